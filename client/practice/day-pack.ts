'use client';

import { useCallback, useEffect, useState } from 'react';
import { onLiveEvent } from '#client/api/live-updates';
import { type ApiClient, problemOf, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useQuarter } from '#client/device/clock/use-clock-turn';
import type { Outbox } from '#client/device/outbox';
import { openLocal } from '#client/device/saved/local';
import { dayLogs } from '#domain/practice/day-logs';
import { type DayPack, dayPackSchema, type PackLog } from '#domain/practice/day-pack';
import { type HeldStop, heldStops, painHistoryOf } from '#domain/practice/said';
import { forgetSentLately, keepDay, keepSentLately, readDay, readSentLately } from './day-store';
import { CHANGES_THE_DAY, type Here, NOTHING_HERE, readHere } from './said-here';

async function readPack(userId: string): Promise<DayPack | null> {
  // A store that cannot be read holds no day.
  const parsed = dayPackSchema.safeParse(await readDay(userId).catch(() => null));
  return parsed.success ? parsed.data : null;
}

async function renewPack(api: ApiClient, userId: string, known: DayPack | null): Promise<DayPack | null> {
  // What was sent before the pack is asked for is in it.
  const sent = new Set((await readSentLately(userId).catch(() => [])).map(({ id }) => id));
  const answer = await api.practice.dayPack.query({ revision: known?.revision ?? null });
  try {
    if (!answer.unchanged) await keepDay(userId, answer.pack);
    await forgetSentLately(userId, sent);
  } catch {
    // A device without room shows the day that it was given, and has none without a line.
  }
  return answer.unchanged ? known : answer.pack;
}

export type Day = {
  pack: DayPack;
  logs: PackLog[];
  /** What is forbidden now, and what people said of mornings, by the pack and by this device. */
  stops: HeldStop[];
  history: ReturnType<typeof painHistoryOf>;
  offline: boolean;
};

/** What this device said and its pack may not know; null until it was read. */
function useHere(outbox: Outbox | null, userId: string, timeZone: string, renew: () => Promise<void>): Here | null {
  const [here, setHere] = useState<Here | null>(null);
  useEffect(() => {
    // A device that cannot read its own store still shows the day that it has.
    const read = () => void readHere(outbox, userId, timeZone).then(setHere, () => setHere(NOTHING_HERE));
    read();
    const stop = outbox?.subscribe(read);
    const stopSent = outbox?.onSent((item) => {
      if (!CHANGES_THE_DAY.has(item.kind)) return;
      void keepSentLately(userId, item)
        .catch(() => undefined)
        .then(renew)
        .then(read);
    });
    return () => {
      stop?.();
      stopSent?.();
    };
  }, [outbox, userId, timeZone, renew]);
  return here;
}

/** The patient's day as this device has it, renewed when the server can be reached. */
export function useDay(userId: string): { day: Day | null; empty: boolean } {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const [pack, setPack] = useState<DayPack | null>(null);
  const [offline, setOffline] = useState(false);
  const [tried, setTried] = useState(false);

  const renew = useCallback(async () => {
    // With the day comes what was counted on this device and is not logged.
    await openLocal(userId);
    const known = await readPack(userId);
    if (known) setPack(known);
    try {
      setPack(await renewPack(api, userId, known));
      setOffline(false);
    } catch (error) {
      // Signed out is not offline; the shell says so.
      setOffline(problemOf(error).code !== 'UNAUTHORIZED');
    }
    setTried(true);
  }, [api, userId]);

  useEffect(() => {
    void renew();
    const again = () => void renew();
    const seen = () => {
      if (document.visibilityState === 'visible') again();
    };
    window.addEventListener('online', again);
    document.addEventListener('visibilitychange', seen);
    const unlisten = onLiveEvent(({ queries }) => {
      if (!queries || queries.includes('practice.dayPack')) again();
    });
    return () => {
      window.removeEventListener('online', again);
      document.removeEventListener('visibilitychange', seen);
      unlisten();
    };
  }, [renew]);

  // What the pack says of today ends with it.
  const quarterMs = useQuarter();
  const [drawnMs] = useState(quarterMs);
  useEffect(() => {
    if (quarterMs !== drawnMs) void renew();
  }, [quarterMs, drawnMs, renew]);

  const here = useHere(outbox, userId, pack?.patient.timeZone ?? 'UTC', renew);

  // Without what this device said itself, a day would offer what it has just stopped.
  if (!pack || !here) return { day: null, empty: tried && !pack };
  const day = {
    pack,
    logs: dayLogs(pack.logs, here),
    stops: heldStops(pack, here),
    history: painHistoryOf(pack, here),
    offline,
  };
  return { day, empty: false };
}
