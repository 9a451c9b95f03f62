import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { DEFAULT_OPENING_HOURS } from '#domain/clinic/hours';
import { HOUR_MS } from '#domain/time/duration';
import {
  addClipsSchema,
  type CheckInState,
  isInQueue,
  isOpen,
  poolLimits,
  promiseOf,
  stateOfMedia,
  submitCheckInSchema,
  triage,
} from './submission';

/** Tuesday, 09:00 in London: the day from eight to five has eight hours left. */
const TUESDAY = Date.UTC(2026, 10, 24, 9);
const rules = {
  ...{ hours: DEFAULT_OPENING_HOURS, timeZone: 'Europe/London' },
  ...{ replyHours: 24, replyHoursRed: 4, replyOpenHours: 8 },
};
const closed = { ...rules, hours: { ...DEFAULT_OPENING_HOURS, week: [[], [], [], [], [], [], []] } };

describe('what waits for somebody', () => {
  const always: CheckInState[] = ['ready', 'in_review', 'escalated', 'failed_media'];
  const forItsClip: CheckInState[] = ['received', 'processing'];
  const never: CheckInState[] = ['answered', 'redo_requested', 'withdrawn'];

  it.each([...always, ...forItsClip, ...never])('%s', (state) => {
    const dueAt = 5000;
    const isOpenState = !never.includes(state);
    // Red never waits for a clip; the rest waits for one until the promised time and no longer.
    expect(isInQueue({ state, queueRank: 0, dueAt }, dueAt - 1)).toBe(isOpenState);
    expect(isInQueue({ state, queueRank: 1, dueAt }, dueAt - 1)).toBe(always.includes(state));
    expect(isInQueue({ state, queueRank: 1, dueAt }, dueAt)).toBe(isOpenState);
    expect(isOpen(state)).toBe(isOpenState);
  });
});

describe('where a check-in stands by its clips', () => {
  it('never hides one that failed behind those that did not', () => {
    expect(stateOfMedia(['ready', 'failed', 'pending'])).toBe('failed_media');
  });

  it('leaves out those that were taken back', () => {
    expect(stateOfMedia(['ready', 'deleted'])).toBe('ready');
    expect(stateOfMedia(['deleted', 'failed'])).toBe('failed_media');
    expect(stateOfMedia(['deleted'])).toBe('received');
  });

  it('is ready when all are, and received until all have come', () => {
    expect(stateOfMedia(['ready', 'ready'])).toBe('ready');
    expect(stateOfMedia(['ready', 'pending'])).toBe('received');
    expect(stateOfMedia([])).toBe('received');
    expect(stateOfMedia(['ready', 'received'])).toBe('processing');
    expect(stateOfMedia(['processing'])).toBe('processing');
  });
});

describe('triage', () => {
  it('pins red and urgent, due by the clock, and counts the rest in opening hours', () => {
    for (const zone of ['red', 'urgent'] as const)
      expect(triage(zone, rules, TUESDAY)).toEqual({ severity: zone, queueRank: 0, dueAt: TUESDAY + 4 * HOUR_MS });
    for (const zone of ['none', 'green', 'amber'] as const)
      expect(triage(zone, rules, TUESDAY)).toMatchObject({ queueRank: 1, dueAt: TUESDAY + 8 * HOUR_MS });
    expect(triage('green', rules, 0).severity).toBe('none');
    expect(triage('amber', rules, 0).severity).toBe('amber');
  });

  it('promises what comes on Friday evening by Monday', () => {
    const friday = Date.UTC(2026, 10, 27, 18);
    expect(triage('green', rules, friday).dueAt).toBe(Date.UTC(2026, 10, 30, 16));
  });

  it('promises no date to a red answer, nor where the clinic never opens', () => {
    expect(promiseOf(triage('green', rules, TUESDAY), true)).toBe(TUESDAY + 8 * HOUR_MS);
    expect(promiseOf(triage('red', rules, TUESDAY), true)).toBeNull();
    const unpromised = triage('green', closed, TUESDAY);
    expect([unpromised.dueAt, promiseOf(unpromised, false)]).toEqual([TUESDAY + 24 * HOUR_MS, null]);
  });

  it('opens a check-in to the pool when 60 % of its time is gone', () => {
    expect(poolLimits(rules, TUESDAY)).toEqual({
      pinnedMs: TUESDAY + 1.6 * HOUR_MS,
      routineMs: TUESDAY + 3.2 * HOUR_MS,
    });
    // While it is closed nothing of what is promised for the next day comes any nearer.
    const saturday = Date.UTC(2026, 10, 28, 12);
    expect(poolLimits(rules, saturday).routineMs).toBe(Date.UTC(2026, 10, 30, 8) + 3.2 * HOUR_MS);
    expect(poolLimits(closed, TUESDAY).routineMs).toBe(TUESDAY + 9.6 * HOUR_MS);
  });
});

describe('what is sent', () => {
  it('names each clip once, with its real size and hash', () => {
    const id = '0193a000-0000-7000-8000-000000000001';
    const clip = { mediaId: id, bytes: 10, sha256: 'a'.repeat(64) };
    const sent = {
      opId: id,
      checkInId: id,
      lineageId: null,
      question: '',
      answers: { v: 1, pain: null, redFlags: [] },
    };
    const parse = (clips: unknown[]) =>
      z.safeParse(submitCheckInSchema, { ...sent, clips, submittedAt: Date.UTC(2026, 10, 24) }).success;
    expect(parse([clip])).toBe(true);
    // Answers may go ahead of their clips; clips that follow are at least one.
    expect(parse([])).toBe(true);
    const follow = (clips: unknown[]) => z.safeParse(addClipsSchema, { opId: id, checkInId: id, clips }).success;
    expect(follow([clip])).toBe(true);
    expect(follow([])).toBe(false);
    expect(parse([clip, clip])).toBe(false);
    expect(parse([{ ...clip, bytes: 0 }])).toBe(false);
    expect(parse([{ ...clip, bytes: 500_000_001 }])).toBe(false);
    expect(parse([{ ...clip, sha256: 'A'.repeat(64) }])).toBe(false);
  });
});
