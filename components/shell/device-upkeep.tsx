'use client';

import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';

const loadOthers = () => import('./others-things').then(({ OthersThings }) => OthersThings);
const loadHint = () => import('./install-hint').then(({ InstallHint }) => InstallHint);

/** What a device needs now and then; none of it is part of what a page needs to be read. */
export function DeviceUpkeep({ userId }: { userId: string }) {
  const Others = useLoaded(loadOthers);
  return Others ? <Others userId={userId} /> : null;
}

/** At the end of a day's page: that it can be put on the home screen. Never beside a player or a visit. */
export function InstallAtEnd() {
  const Hint = useLoaded(usePathname() === '/today' ? loadHint : null);
  return Hint ? <Hint /> : null;
}

/** Asked for when there is something to lose: browsers clear the storage of pages that were not used for days. */
export function AskToPersist() {
  const { waiting } = useOutboxState(useHydratedOutbox());
  const hasSomething = waiting > 0;
  useEffect(() => {
    // It may say no, and some browsers do not know the question: the queue works without.
    if (hasSomething) void navigator.storage?.persist?.().catch(() => undefined);
  }, [hasSomething]);
  return null;
}
