'use client';

import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import { useHydratedOutbox } from '#client/device/account-outbox';
import type { OutboxItem } from '#client/device/outbox';
import { type CheckInAnswers, checkInAnswersSchema } from '#domain/check-in/submission';

export type WaitingCheckIn = Pick<CheckInAnswers, 'pain' | 'redFlags'> & { id: string; at: number; question: string };

const inputSchema = z.object({ checkInId: z.string(), question: z.string(), answers: checkInAnswersSchema });

function waitingOf({ kind, input, createdAt, parked }: OutboxItem): WaitingCheckIn[] {
  const parsed = kind === 'check_in' && parked === null ? inputSchema.safeParse(input) : null;
  if (!parsed?.success) return [];
  const { checkInId: id, question, answers } = parsed.data;
  return [{ id, at: createdAt, question, pain: answers.pain, redFlags: answers.redFlags }];
}

/** The check-ins in this device's queue; one that was refused stands on Today. */
export function useWaitingCheckIns(): readonly WaitingCheckIn[] {
  const outbox = useHydratedOutbox();
  const [waiting, setWaiting] = useState<readonly WaitingCheckIn[]>([]);
  useEffect(() => {
    if (!outbox) return;
    let current = true;
    const read = () =>
      void outbox.list().then((items) => {
        if (current) setWaiting(items.flatMap(waitingOf));
      });
    read();
    const stop = outbox.subscribe(read);
    return () => {
      current = false;
      stop();
    };
  }, [outbox]);
  return waiting;
}
