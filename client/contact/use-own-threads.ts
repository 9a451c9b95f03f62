'use client';

import { useCallback, useEffect, useState } from 'react';
import { onLiveEvent } from '#client/api/live-updates';
import { problemOf, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { type OwnThreads, ownThreadsSchema } from '#domain/contact/thread-view';
import { keepThreads, readKeptThreads } from './thread-store';

async function readKept(userId: string): Promise<OwnThreads | null> {
  // A store that cannot be read, or one of another build, holds no threads.
  const parsed = ownThreadsSchema.safeParse(await readKeptThreads(userId).catch(() => null));
  return parsed.success ? parsed.data : null;
}

/** The patient's threads as this device has them, renewed when the server can be reached. `isEmpty`: there is neither. */
export function useOwnThreads(userId: string): { own: OwnThreads | null; isOffline: boolean; isEmpty: boolean } {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const [own, setOwn] = useState<OwnThreads | null>(null);
  const [isOffline, setOffline] = useState(false);
  const [hasTried, setTried] = useState(false);

  const renew = useCallback(async () => {
    try {
      const fresh = await api.messages.mine.query();
      setOwn(fresh);
      setOffline(false);
      // A device without room shows what it was given, and has nothing without a line.
      await keepThreads(userId, fresh).catch(() => undefined);
    } catch (error) {
      // Signed out is not offline; the shell says so.
      setOffline(problemOf(error).code !== 'UNAUTHORIZED');
    }
    setTried(true);
  }, [api, userId]);

  useEffect(() => {
    const again = () => void renew();
    void readKept(userId).then((kept) => setOwn((before) => before ?? kept));
    again();
    const seen = () => {
      if (document.visibilityState === 'visible') again();
    };
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', seen);
    const unlisten = onLiveEvent(({ queries }) => {
      if (!queries || queries.includes('messages.mine')) again();
    });
    const unsent = outbox?.onSent(({ kind }) => {
      if (kind === 'message') again();
    });
    return () => {
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', seen);
      unlisten();
      unsent?.();
    };
  }, [renew, outbox, userId]);

  return { own, isOffline, isEmpty: hasTried && !own };
}
