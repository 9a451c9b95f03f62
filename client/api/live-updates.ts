'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ToldEvent } from '#domain/input/live-event';
import { isConcerned } from './concerned';
import { followEvents } from './event-stream';
import { quietTime } from './quiet-time';
import { pageUse, signedOut } from './signed-out';

const POLL_MS = 15_000;
/** One act often sends several events. */
const GATHER_MS = 150;
/** In a visit the line itself tells at once who is there and what they draw. */
const GATHER_IN_VISIT_MS = 800;

type Listener = (event: ToldEvent) => void;
const listeners = new Set<Listener>();

export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Any query may be old: a stream has begun, or was lost. */
const ALL: ToldEvent = { topic: 'patient', id: 'connected', patientId: null, queries: null };

/** An event makes the page read again what it concerns, a new stream everything; without a stream the page polls. */
export function useLiveUpdates(account: string): void {
  const queryClient = useQueryClient();
  useEffect(() => {
    let isUp = false;
    let gathered: ToldEvent[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const readAgain = async () => {
      await quietTime.over();
      const events = gathered;
      gathered = [];
      gathering = undefined;
      void queryClient.invalidateQueries({ predicate: (query) => events.some((event) => isConcerned(query, event)) });
    };
    const take = (event: ToldEvent) => {
      for (const listener of listeners) listener(event);
      gathered.push(event);
      gathering ??= setTimeout(() => void readAgain(), pageUse.inVisit ? GATHER_IN_VISIT_MS : GATHER_MS);
    };
    const unfollow = followEvents(
      account,
      {
        up() {
          isUp = true;
          take(ALL);
        },
        event: take,
        // Whether the login has ended too shows in the next read.
        down() {
          isUp = false;
          take(ALL);
        },
      },
      signedOut.snapshot,
    );
    const timer = setInterval(() => {
      if (!isUp && navigator.onLine && document.visibilityState === 'visible') take(ALL);
    }, POLL_MS);
    return () => {
      unfollow();
      clearInterval(timer);
      clearTimeout(gathering);
    };
  }, [account, queryClient]);
}
