import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { Outbox } from '#client/device/outbox';
import type { PackPrescription } from '#domain/practice/day-pack';
import { DEFAULT_PAIN_POLICY, type Zone } from '#domain/practice/pain-policy';
import { MINUTE_MS } from '#domain/time/duration';
import type { Day } from './day-pack';
import { recordLog } from './record-log';

const START = Date.parse('2026-11-24T09:00:00Z');

/** The zone that a phone shows of pain after a sitting, and what it queued. */
function after(pain: number, painBefore: number | null, before: { startedAt: number; painBefore: number | null }[]) {
  const queued: unknown[] = [];
  const outbox = { add: async (_kind: string, _id: string, input: unknown) => void queued.push(input) };
  const dose = { sets: 1, repsMin: 5, repsMax: 5, painLimit: null, holdSeconds: null, load: { kind: 'none' } };
  const ids = { id: uuidv7(), lineageId: uuidv7(), programVersionId: uuidv7() };
  const day = {
    pack: { patient: { timeZone: 'Europe/London' }, painPolicy: DEFAULT_PAIN_POLICY },
    history: { policy: DEFAULT_PAIN_POLICY, painsBefore: before },
  };
  const { answer } = recordLog(
    outbox as unknown as Outbox,
    day as unknown as Day,
    {
      ...{ prescription: { ...ids, dose } as unknown as PackPrescription, slot: null, source: 'player' as const },
      ...{ startedAt: START, endedAt: START + 10 * MINUTE_MS, painBefore },
    },
    { state: 'done', reason: null, pain, effort: null, comment: '', sets: [] },
  );
  return { zone: answer.zone, queued };
}

describe('pain after a sitting, on the phone', () => {
  it.each<[string, number, number, { startedAt: number; painBefore: number }[], Zone]>([
    ['nothing said before', 1, 4, [], 'amber'],
    // The first exercise of the same sitting may be in the history already.
    ['its own sitting alone', 1, 4, [{ startedAt: START, painBefore: 1 }], 'amber'],
    ['usually 1', 4, 4, [{ startedAt: START - MINUTE_MS, painBefore: 1 }], 'red'],
  ])('%s, %i before, %i after', (_what, painBefore, pain, before, zone) => {
    const recorded = after(pain, painBefore, before);
    expect(recorded.zone).toBe(zone);
    expect(recorded.queued).toMatchObject([
      { practice: { startedAt: START, painBefore }, logs: [{ shown: { zone } }] },
    ]);
  });
});
