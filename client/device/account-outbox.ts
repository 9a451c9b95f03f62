'use client';

import { createContext, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useTRPCClient } from '#client/api/trpc';
import { createOutbox, type Outbox, type OutboxState } from './outbox';
import { createSender } from './outbox-sender';

export const OutboxContext = createContext<Outbox | null>(null);

/** Null on the server and for the first paint. */
export function useDeviceOutbox(userId: string | null): Outbox | null {
  const api = useTRPCClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  useEffect(() => {
    if (!userId) return;
    const opened = createOutbox({ userId, sender: createSender(api), now: Date.now });
    setOutbox(opened);
    return () => opened.close();
  }, [api, userId]);
  return outbox;
}

export function useHydratedOutbox(): Outbox | null {
  return useContext(OutboxContext);
}

const EMPTY: OutboxState = { isRead: false, waiting: 0, parked: 0, stalled: null };

export function useOutboxState(outbox: Outbox | null): OutboxState {
  return useSyncExternalStore(
    (listener) => outbox?.subscribe(listener) ?? (() => undefined),
    () => outbox?.state() ?? EMPTY,
    () => EMPTY,
  );
}
