import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS } from '#domain/time/duration';
import {
  DEFAULT_KEEPING,
  editKeepingSchema,
  KEEPING_NOTICE_MS,
  keepingSchema,
  keptDays,
  nextKeeping,
  shorterKept,
} from './keeping';

const NOW = Date.UTC(2026, 10, 29);
const MB = { clipMegabytesADay: 4000, recordYears: 10 };
const daysArb = fc.option(fc.integer({ min: 1, max: 3650 }), { nil: null });
const infinite = (days: number | null) => days ?? Number.POSITIVE_INFINITY;

function edited(clips: number | null) {
  return { version: 1, clips, stills: null, demos: null, ...MB };
}

describe('how long media are kept', () => {
  it('is as long as the record until a clinic says otherwise', () => {
    expect(keepingSchema.parse(DEFAULT_KEEPING)).toEqual(DEFAULT_KEEPING);
    expect(keptDays(DEFAULT_KEEPING.clips, NOW)).toBeNull();
  });

  it('becomes shorter a week later, and longer at once', () => {
    const shorter = nextKeeping(DEFAULT_KEEPING, edited(30), NOW);
    expect(keptDays(shorter.clips, NOW + KEEPING_NOTICE_MS - 1)).toBeNull();
    expect(keptDays(shorter.clips, NOW + KEEPING_NOTICE_MS)).toBe(30);
    const later = NOW + 10 * DAY_MS;
    expect(keptDays(nextKeeping(shorter, edited(90), later).clips, later)).toBe(90);
  });

  it('a mistake that is put right within the week has removed nothing', () => {
    const slip = nextKeeping(DEFAULT_KEEPING, edited(9), NOW);
    const put = nextKeeping(slip, edited(90), NOW + DAY_MS);
    expect(keptDays(put.clips, NOW + DAY_MS)).toBeNull();
    expect(keptDays(put.clips, NOW + DAY_MS + KEEPING_NOTICE_MS)).toBe(90);
  });

  it('counts its versions, and leaves alone what was not changed', () => {
    const first = nextKeeping(DEFAULT_KEEPING, edited(30), NOW);
    const second = nextKeeping(first, edited(30), NOW + DAY_MS);
    expect(second.version).toBe(3);
    expect(second.clips).toEqual(first.clips);
  });

  it('is never shorter, within the week after a change, than it was before', () => {
    const step = fc.record({ clips: daysArb, afterMs: fc.integer({ min: 0, max: 30 * DAY_MS }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let keeping = DEFAULT_KEEPING;
        let nowMs = NOW;
        for (const { clips, afterMs } of steps) {
          nowMs += afterMs;
          const before = infinite(keptDays(keeping.clips, nowMs));
          keeping = nextKeeping(keeping, edited(clips), nowMs);
          const soon = infinite(keptDays(keeping.clips, nowMs + KEEPING_NOTICE_MS - 1));
          const isUnchanged = infinite(keeping.clips.days) === before;
          expect(soon >= Math.min(before, infinite(clips)) || isUnchanged).toBe(true);
          expect(infinite(keptDays(keeping.clips, nowMs)) >= before || infinite(clips) >= before).toBe(true);
          expect(keptDays(keeping.clips, nowMs + KEEPING_NOTICE_MS)).toBe(clips);
        }
      }),
    );
  });

  it('is the shorter of the clinic’s setting and the patient’s agreement', () => {
    expect([shorterKept(null, null), shorterKept(30, null), shorterKept(null, 90), shorterKept(30, 90)]).toEqual([
      null,
      30,
      90,
      30,
    ]);
  });
});

describe('what an admin may say', () => {
  const good = { ...edited(90), originals: 30 };
  it.each([
    ['days of nothing', { ...good, clips: 0 }],
    ['part of a day', { ...good, stills: 1.5 }],
    ['longer than ten years', { ...good, demos: 3651 }],
    ['less than one large file a day', { ...good, clipMegabytesADay: 499 }],
    ['no version', { ...good, version: 0 }],
  ])('is not %s', (_, input) => {
    expect(editKeepingSchema.safeParse(input).success).toBe(false);
  });
  it('is days, or as long as the record', () => {
    expect(editKeepingSchema.safeParse(good).success).toBe(true);
    expect(editKeepingSchema.safeParse({ ...good, clips: null }).success).toBe(true);
  });
});
