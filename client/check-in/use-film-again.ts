'use client';

import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { discardDraft, draftInPlaceOf, isBegun, readDraft, writeDraft } from './draft';

type Sent = Parameters<typeof draftInPlaceOf>[0];

type FilmAgain = {
  /** Another check-in is under way on this device: it is not thrown away without a word. */
  isOtherUnderWay: boolean;
  /** Puts a check-in with what was said before on this device; false where another is under way. */
  begin(): Promise<boolean>;
  /** The other one goes, by the person's word. */
  beginAnyway(): Promise<void>;
};

export function useFilmAgain(userId: string, sent: Sent): FilmAgain {
  const [isOtherUnderWay, setOther] = useState(false);
  const start = () => writeDraft(userId, draftInPlaceOf(sent, deviceNow()));
  return {
    isOtherUnderWay,
    async begin() {
      const kept = await readDraft(userId);
      if (kept?.replaces?.checkInId === sent.id) return true;
      if (kept && isBegun(kept)) {
        setOther(true);
        return false;
      }
      await start();
      return true;
    },
    async beginAnyway() {
      const kept = await readDraft(userId);
      if (kept) await discardDraft(userId, kept);
      await start();
    },
  };
}
