import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { MINUTE_MS } from '#domain/time/duration';
import { wakeAt } from './wake';

/** Midnight of any zone, and every hour, is one of these. */
const QUARTER_MS = 15 * MINUTE_MS;

const startOf = (nowMs: number, spanMs: number) => Math.floor(nowMs / spanMs) * spanMs;

function useSpan(spanMs: number): number {
  const [startMs, setStart] = useState(() => startOf(deviceNow(), spanMs));
  useEffect(() => wakeAt(startMs + spanMs, startMs, () => setStart(startOf(deviceNow(), spanMs))), [startMs, spanMs]);
  return startMs;
}

/**
 * The minute that it is, epoch ms, by the clock that is right: whatever a screen says of now (today, due, overdue) follows
 * it, so that a page that stays open does not stay in yesterday.
 */
export function useMinute(): number {
  return useSpan(MINUTE_MS);
}

/** The quarter of an hour that it is: what is read again with it is of today, in any zone. */
export function useQuarter(): number {
  return useSpan(QUARTER_MS);
}

/** Whether an instant has come; false for none. */
export function useHasCome(atMs: number | null): boolean {
  const [, turn] = useReducer((turns: number) => turns + 1, 0);
  const hasCome = atMs !== null && deviceNow() >= atMs;
  useEffect(() => {
    if (atMs !== null && !hasCome) return wakeAt(atMs, Number.NEGATIVE_INFINITY, turn);
    return undefined;
  }, [atMs, hasCome]);
  return hasCome;
}

/** What the server says of now (whose day it is, what is overdue) is read again as the clock goes on. */
export function useTurnedReads(): void {
  const queryClient = useQueryClient();
  const quarterMs = useQuarter();
  const [drawnMs] = useState(quarterMs);
  useEffect(() => {
    if (quarterMs !== drawnMs) void queryClient.invalidateQueries({ type: 'active' });
  }, [queryClient, quarterMs, drawnMs]);
}
