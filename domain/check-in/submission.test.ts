import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { HOUR_MS } from '#domain/time/duration';
import {
  addClipsSchema,
  type CheckInState,
  isInQueue,
  isOpen,
  poolLimits,
  stateOfMedia,
  submitCheckInSchema,
  triage,
} from './submission';

const settings = { replyHours: 24, replyHoursRed: 4 };

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
  it('pins red and urgent and promises them sooner', () => {
    for (const zone of ['red', 'urgent'] as const)
      expect(triage(zone, settings, 1000)).toEqual({ severity: zone, queueRank: 0, dueAt: 1000 + 4 * HOUR_MS });
    for (const zone of ['none', 'green', 'amber'] as const)
      expect(triage(zone, settings, 1000)).toMatchObject({ queueRank: 1, dueAt: 1000 + 24 * HOUR_MS });
    expect(triage('green', settings, 0).severity).toBe('none');
    expect(triage('amber', settings, 0).severity).toBe('amber');
  });

  it('opens a check-in to the pool when 60 % of its time is gone', () => {
    const { pinnedMs, routineMs } = poolLimits(settings, 0);
    expect(pinnedMs).toBe(1.6 * HOUR_MS);
    expect(routineMs).toBe(9.6 * HOUR_MS);
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
