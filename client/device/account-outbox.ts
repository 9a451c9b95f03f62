'use client';

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { openChannel } from '#client/api/channel';
import { useTRPCClient } from '#client/api/trpc';
import { createOutbox, type Outbox, type OutboxParts, type OutboxState } from './outbox';
import { createSender } from './outbox-sender';

export const OutboxContext = createContext<Outbox | null>(null);

/** Whose page it is; null where nobody is signed in. */
export const AccountContext = createContext<string | null>(null);

export function useAccount(): string | null {
  return useContext(AccountContext);
}

const BROWSER: OutboxParts = {
  // Older browsers have no locks: there two tabs may send the same write, which arrives once all the same.
  get locks() {
    return navigator.locks as LockManager | undefined;
  },
  channel: openChannel,
  onOnline(listener) {
    window.addEventListener('online', listener);
    return () => window.removeEventListener('online', listener);
  },
  now: Date.now,
};

/** Null on the server and for the first paint. */
export function useDeviceOutbox(userId: string | null): Outbox | null {
  const api = useTRPCClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => {
    if (!userId) return;
    const opened = createOutbox({ userId, sender: createSender(api), parts: BROWSER });
    setOutbox(opened);
    return () => opened.close();
  }, [api, userId]);
  return outbox;
}

export function useHydratedOutbox(): Outbox | null {
  return useContext(OutboxContext);
}

const EMPTY: OutboxState = { isRead: false, waiting: 0, parked: 0, stalled: null, held: new Set(), onPageOnly: 0 };

export function useOutboxState(outbox: Outbox | null): OutboxState {
  return useSyncExternalStore(
    (listener) => outbox?.subscribe(listener) ?? (() => undefined),
    () => outbox?.state() ?? EMPTY,
    () => EMPTY,
  );
}
