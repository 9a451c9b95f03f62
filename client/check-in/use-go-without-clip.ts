'use client';

import { v7 as uuidv7 } from 'uuid';
import { useHydratedOutbox } from '#client/device/account-outbox';

/** Says that no clip will come: the clinic looks at the answers as they are. Kept on this device until it is sent. */
export function useGoWithoutClip(): (checkInId: string) => Promise<void> {
  const outbox = useHydratedOutbox();
  return async (checkInId) => {
    const opId = uuidv7();
    await outbox?.add('check_in_without_clip', opId, { opId, checkInId });
  };
}
