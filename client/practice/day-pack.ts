'use client';

import { useCallback, useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { onLiveEvent } from '#client/api/live-updates';
import { type ApiClient, problemOf, useTRPCClient } from '#client/api/trpc';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { Outbox } from '#client/device/outbox';
import { type DayPack, dayPackSchema, type PackLog } from '#domain/practice/day-pack';
import { logSchema } from '#domain/practice/log';
import { localDay } from '#domain/time/local-day';
import { keepDay, readDay } from './day-store';

async function readPack(userId: string): Promise<DayPack | null> {
  const parsed = dayPackSchema.safeParse(await readDay(userId));
  return parsed.success ? parsed.data : null;
}

async function renewPack(api: ApiClient, userId: string, known: DayPack | null): Promise<DayPack | null> {
  const answer = await api.practice.dayPack.query({ revision: known?.revision ?? null });
  if (answer.unchanged) return known;
  await keepDay(userId, answer.pack);
  return answer.pack;
}

const queuedSchema = z.object({
  practice: z.nullable(z.object({ slot: z.nullable(z.int()), localOn: z.string() })),
  logs: z.array(logSchema),
});

/** Logs that wait to be sent count at once; one that the server refused does not. */
async function queuedLogs(outbox: Outbox | null, timeZone: string): Promise<PackLog[]> {
  const items = (await outbox?.list()) ?? [];
  return items.flatMap((item) => {
    const parsed = item.kind === 'log' && item.parked === null ? queuedSchema.safeParse(item.input) : null;
    if (!parsed?.success) return [];
    return parsed.data.logs.map((log) => ({
      id: log.id,
      lineageId: log.lineageId,
      localOn: localDay(log.performedAt, timeZone),
      slot: parsed.data.practice?.slot ?? null,
      state: log.state,
      performedAt: log.performedAt,
      pain: log.pain,
    }));
  });
}

export type Day = { pack: DayPack; logs: PackLog[]; offline: boolean };

/** The patient's day as this device has it, renewed when the server can be reached. */
export function useDay(userId: string): { day: Day | null; empty: boolean } {
  const api = useTRPCClient();
  const outbox = useHydratedOutbox();
  const [pack, setPack] = useState<DayPack | null>(null);
  const [queued, setQueued] = useState<PackLog[]>([]);
  const [offline, setOffline] = useState(false);
  const [tried, setTried] = useState(false);

  const renew = useCallback(async () => {
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

  const timeZone = pack?.patient.timeZone ?? 'UTC';
  useEffect(() => {
    const read = () => void queuedLogs(outbox, timeZone).then(setQueued);
    read();
    const stop = outbox?.subscribe(read);
    const stopSent = outbox?.onSent((item) => {
      if (item.kind === 'log') void renew();
    });
    return () => {
      stop?.();
      stopSent?.();
    };
  }, [outbox, timeZone, renew]);

  if (!pack) return { day: null, empty: tried };
  const known = new Set(pack.logs.map((log) => log.id));
  return { day: { pack, logs: [...pack.logs, ...queued.filter((log) => !known.has(log.id))], offline }, empty: false };
}
