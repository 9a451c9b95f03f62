'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { LiveEvent } from '#domain/input/live-event';
import { signedOut } from './signed-out';
import { useSubscription, useTRPC } from './trpc';

const POLL_MS = 15_000;
/** One act often sends several events. */
const GATHER_MS = 150;
/** Drawing has a cursor of its own. */
const QUIET_TOPICS: ReadonlySet<string> = new Set(['visit_ink']);

type Listener = (event: LiveEvent) => void;
const listeners = new Set<Listener>();

export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One connection per page: an event makes the page read again, a reconnect too, and without it the page polls. */
export function useLiveUpdates(): void {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const connected = useRef(false);
  const hasFailed = useRef(false);
  const gathering = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readAgainSoon = () => {
    gathering.current ??= setTimeout(() => {
      gathering.current = undefined;
      void queryClient.invalidateQueries();
    }, GATHER_MS);
  };
  useEffect(
    () => () => {
      clearTimeout(gathering.current);
      gathering.current = undefined;
    },
    [],
  );
  const { reset } = useSubscription(
    trpc.live.events.subscriptionOptions(undefined, {
      onStarted() {
        if (!connected.current) void queryClient.invalidateQueries();
        connected.current = true;
      },
      onData(message) {
        for (const listener of listeners) listener(message.data);
        if (!QUIET_TOPICS.has(message.data.topic)) readAgainSoon();
      },
      // The server has ended the stream; whether the login has ended too shows in the next read.
      onError() {
        connected.current = false;
        hasFailed.current = true;
        readAgainSoon();
      },
    }),
  );
  useEffect(() => {
    const timer = setInterval(() => {
      if (connected.current || document.visibilityState !== 'visible') return;
      void queryClient.invalidateQueries();
      if (!hasFailed.current || signedOut.snapshot()) return;
      hasFailed.current = false;
      reset();
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [queryClient, reset]);
}
