import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  beatsBetween,
  type Cue,
  type CuePattern,
  cueAt,
  cueEndMs,
  cuePatternSchema,
  cueResult,
  cueResultSchema,
  cueSchema,
  LEAD_IN_MS,
  START_AHEAD_MS,
} from './cue';

const T = Date.UTC(2026, 10, 24, 9);
const cueId = '0193593f-0000-7000-8000-000000000001';
type Of<K extends CuePattern['kind']> = Extract<CuePattern, { kind: K }>;

const metronome = (change: Partial<Of<'metronome'>> = {}): CuePattern => ({
  v: 1,
  kind: 'metronome',
  closeSeconds: 2,
  holdSeconds: 3,
  openSeconds: 2,
  restSeconds: 1,
  beatsPerMinute: 60,
  repetitions: 3,
  ...change,
});
const hold = (change: Partial<Of<'hold'>> = {}): CuePattern => ({
  v: 1,
  kind: 'hold',
  holdSeconds: 10,
  restSeconds: 5,
  repetitions: 2,
  ...change,
});
const rest: CuePattern = { v: 1, kind: 'rest', restSeconds: 30 };
const reps: CuePattern = { v: 1, kind: 'reps', closeSeconds: 1, openSeconds: 2, repetitions: 4 };
const cue = (pattern: CuePattern, stoppedAfterMs: number | null = null): Cue => ({
  cueId,
  pattern,
  startsAtMs: T,
  stoppedAtMs: stoppedAfterMs === null ? null : T + stoppedAfterMs,
  lineageId: null,
});
const isPattern = (pattern: unknown) => cuePatternSchema.safeParse(pattern).success;

describe('a pattern', () => {
  it.each<[string, unknown, boolean]>([
    ['metronome', metronome(), true],
    ['hold', hold(), true],
    ['rest', rest, true],
    ['reps', reps, true],
    ['20 beats a minute', metronome({ beatsPerMinute: 20 }), true],
    ['19 beats a minute', metronome({ beatsPerMinute: 19 }), false],
    ['180 beats a minute, three flashes a second', metronome({ beatsPerMinute: 180 }), true],
    ['181 beats a minute', metronome({ beatsPerMinute: 181 }), false],
    ['one repetition', metronome({ repetitions: 1 }), true],
    ['no repetition', metronome({ repetitions: 0 }), false],
    ['100 repetitions', hold({ repetitions: 100 }), true],
    ['101 repetitions', hold({ repetitions: 101 }), false],
    ['half a repetition', hold({ repetitions: 1.5 }), false],
    ['a hold without a movement', metronome({ closeSeconds: 0, openSeconds: 0 }), true],
    ['a metronome without any part', metronome({ closeSeconds: 0, holdSeconds: 0, openSeconds: 0 }), false],
    ['a negative part', metronome({ closeSeconds: -1 }), false],
    ['NaN', metronome({ openSeconds: Number.NaN }), false],
    ['a hold of nothing', hold({ holdSeconds: 0 }), false],
    ['a hold of 600 s', hold({ holdSeconds: 600 }), true],
    ['a hold of 601 s', hold({ holdSeconds: 601 }), false],
    ['a rest of nothing', { ...rest, restSeconds: 0 }, false],
    ['reps without a pace', { ...reps, closeSeconds: 0 }, false],
    ['another version', { ...rest, v: 2 }, false],
    ['another kind', { ...rest, kind: 'wait' }, false],
  ])('%s', (_, pattern, accepted) => {
    expect(isPattern(pattern)).toBe(accepted);
  });

  it.each<[string, (seconds: number) => unknown, number, number]>([
    ['close', (closeSeconds) => metronome({ closeSeconds }), 0, 60],
    ['hold', (holdSeconds) => metronome({ holdSeconds }), 0, 120],
    ['open', (openSeconds) => metronome({ openSeconds }), 0, 60],
    ['rest', (restSeconds) => metronome({ restSeconds }), 0, 120],
    ['hold of a hold timer', (holdSeconds) => hold({ holdSeconds }), 1, 600],
    ['rest of a hold timer', (restSeconds) => hold({ restSeconds }), 0, 600],
    ['rest of a rest timer', (restSeconds) => ({ ...rest, restSeconds }), 0.5, 600],
    ['close of a counter', (closeSeconds) => ({ ...reps, closeSeconds }), 0.5, 60],
    ['open of a counter', (openSeconds) => ({ ...reps, openSeconds }), 0.5, 60],
    ['whole round', (openSeconds) => metronome({ closeSeconds: 0, holdSeconds: 0, openSeconds }), 0.5, 60],
  ])('bounds the %s', (_, patternOf, least, most) => {
    expect([least - 0.01, least, most, most + 0.01].map(patternOf).map(isPattern)).toEqual([false, true, true, false]);
  });

  it('belongs to a cue with a start instant', () => {
    expect(cueSchema.safeParse(cue(hold())).success).toBe(true);
    expect(cueSchema.safeParse({ ...cue(hold()), startsAtMs: null }).success).toBe(false);
    expect(cueSchema.safeParse({ ...cue(hold()), startsAtMs: T + 0.5 }).success).toBe(false);
    expect(cueSchema.safeParse({ ...cue(hold()), cueId: 'cue-1' }).success).toBe(false);
  });
});

it('starts at least 1.5 s ahead', () => {
  expect(START_AHEAD_MS).toBe(1500);
});

describe('where a cue stands', () => {
  // phase, repetition, elapsed, length, countdown
  type Moment = [string, number, number, number, number | null];
  const at = (one: Cue, ms: number): Moment => {
    const { phase, repetition, phaseElapsedMs, phaseLengthMs, countdown } = cueAt(one, T + ms);
    return [phase, repetition, phaseElapsedMs, phaseLengthMs, countdown];
  };

  it('counts 3, 2, 1 and starts exactly at the start instant', () => {
    expect(LEAD_IN_MS).toBe(3000);
    const one = cue(metronome());
    expect([-3000, -2001, -2000, -1000, -1].map((ms) => at(one, ms)[4])).toEqual([3, 3, 2, 1, 1]);
    expect(at(one, -3000)).toEqual(['lead_in', 1, 0, 3000, 3]);
    expect(at(one, -1)).toEqual(['lead_in', 1, 2999, 3000, 1]);
    expect(at(one, 0)).toEqual(['close', 1, 0, 2000, 2]);
    expect(at(one, -5000)).toEqual(['lead_in', 1, 0, 3000, 5]);
  });

  it.each<[string, CuePattern, number, Moment]>([
    ['closes to the last millisecond', metronome(), 1999, ['close', 1, 1999, 2000, 1]],
    ['then holds', metronome(), 2000, ['hold', 1, 0, 3000, 3]],
    ['then opens', metronome(), 5000, ['open', 1, 0, 2000, 2]],
    ['then rests', metronome(), 7000, ['rest', 1, 0, 1000, 1]],
    ['then repeats', metronome(), 8000, ['close', 2, 0, 2000, 2]],
    ['opens a last time', metronome(), 22_999, ['open', 3, 1999, 2000, 1]],
    ['ends without a rest after the last', metronome(), 23_000, ['done', 3, 0, 0, null]],
    ['skips what has no length', metronome({ holdSeconds: 0 }), 2000, ['open', 1, 0, 2000, 2]],
    ['begins with the first part that has a length', metronome({ closeSeconds: 0 }), 0, ['hold', 1, 0, 3000, 3]],
    ['repeats without a rest', metronome({ restSeconds: 0 }), 7000, ['close', 2, 0, 2000, 2]],
    ['a hold timer holds', hold(), 9999, ['hold', 1, 9999, 10_000, 1]],
    ['a hold timer rests', hold(), 10_000, ['rest', 1, 0, 5000, 5]],
    ['a hold timer holds again', hold(), 15_000, ['hold', 2, 0, 10_000, 10]],
    ['a hold timer ends with the last hold', hold(), 25_000, ['done', 2, 0, 0, null]],
    ['a rest timer rests', rest, 29_500, ['rest', 1, 29_500, 30_000, 1]],
    ['a rest timer ends', rest, 30_000, ['done', 1, 0, 0, null]],
    ['a counter closes', reps, 3000, ['close', 2, 0, 1000, 1]],
    ['a counter opens', reps, 4000, ['open', 2, 0, 2000, 2]],
    ['a counter ends', reps, 12_000, ['done', 4, 0, 0, null]],
    ['lengths are rounded to milliseconds', metronome({ closeSeconds: 1.001 }), 1000, ['close', 1, 1000, 1001, 1]],
    ['tenths are whole milliseconds', metronome({ closeSeconds: 1.1 }), 1100, ['hold', 1, 0, 3000, 3]],
  ])('%s', (_, pattern, ms, moment) => {
    expect(at(cue(pattern), ms)).toEqual(moment);
  });

  it('stays where it was stopped', () => {
    const stopped = cue(metronome(), 11_000);
    expect(at(stopped, 10_999)).toEqual(['hold', 2, 999, 3000, 3]);
    expect(at(stopped, 11_000)).toEqual(['stopped', 2, 1000, 3000, null]);
    expect(at(stopped, 99_000)).toEqual(['stopped', 2, 1000, 3000, null]);
    expect(at(cue(metronome(), -500), 0)).toEqual(['stopped', 1, 2500, 3000, null]);
  });

  it('is done, not stopped, when the stop came after the end', () => {
    expect(at(cue(metronome(), 23_000), 23_000)[0]).toBe('done');
    expect(at(cue(metronome(), 22_999), 23_000)[0]).toBe('stopped');
  });

  it('ends when all has run', () => {
    expect([metronome(), hold(), rest, reps].map((pattern) => cueEndMs(cue(pattern)) - T)).toEqual([
      23_000, 25_000, 30_000, 12_000,
    ]);
  });
});

const patterns = fc.oneof(
  fc.record({
    v: fc.constant(1 as const),
    kind: fc.constant('metronome' as const),
    closeSeconds: fc.integer({ min: 1, max: 50 }).map((n) => n / 10),
    holdSeconds: fc.integer({ min: 0, max: 50 }).map((n) => n / 10),
    openSeconds: fc.integer({ min: 0, max: 50 }).map((n) => n / 10),
    restSeconds: fc.integer({ min: 0, max: 50 }).map((n) => n / 10),
    beatsPerMinute: fc.integer({ min: 20, max: 180 }),
    repetitions: fc.integer({ min: 1, max: 5 }),
  }),
  fc.constantFrom(hold(), rest, reps),
);

describe('beats', () => {
  const all = (one: Cue) => beatsBetween(one, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const marked = (one: Cue) => all(one).map(({ atMs, accent }) => `${atMs - T}${accent ? '!' : ''}`);

  it('count in, then keep the tempo, with the accent where a phase begins', () => {
    const pattern = metronome({ closeSeconds: 2, holdSeconds: 0, openSeconds: 1, restSeconds: 1, repetitions: 2 });
    const beats = ['-3000', '-2000', '-1000', '0!', '1000', '2000!', '3000!', '4000!', '5000', '6000!'];
    expect(marked(cue(pattern))).toEqual(beats);
  });

  it('keep one grid from the start, whatever the lengths of the phases', () => {
    const pattern = metronome({ closeSeconds: 1.1, holdSeconds: 0, openSeconds: 1.1, restSeconds: 0, repetitions: 1 });
    expect(marked(cue(pattern)).slice(3)).toEqual(['0!', '1000', '2000!']);
  });

  it('meet a phase at the same instant though a beat is no whole number of milliseconds', () => {
    const pattern = metronome({
      closeSeconds: 2,
      holdSeconds: 0,
      openSeconds: 2,
      restSeconds: 0,
      repetitions: 2,
      beatsPerMinute: 90,
    });
    const accents = all(cue(pattern)).filter((beat) => beat.accent);
    expect(accents.map(({ atMs }) => atMs - T)).toEqual([0, 2000, 4000, 6000]);
  });

  it('follow the tempo that was set', () => {
    const pattern = metronome({ holdSeconds: 0, openSeconds: 0, repetitions: 1, beatsPerMinute: 120 });
    expect(marked(cue(pattern)).slice(3)).toEqual(['0!', '500', '1000', '1500']);
  });

  it('mark a new repetition also when it has one phase only', () => {
    const pattern = metronome({ closeSeconds: 2, holdSeconds: 0, openSeconds: 0, restSeconds: 0, repetitions: 2 });
    expect(marked(cue(pattern)).slice(3)).toEqual(['0!', '1000', '2000!', '3000']);
  });

  it('come once a second without a metronome', () => {
    expect(marked(cue(reps)).slice(3, 8)).toEqual(['0!', '1000!', '2000', '3000!', '4000!']);
    expect(marked(cue(hold()))).toHaveLength(3 + 25);
    expect(marked(cue(rest))).toHaveLength(3 + 30);
  });

  it('lie in [from, until)', () => {
    const between = (from: number, until: number) =>
      beatsBetween(cue(metronome()), T + from, T + until).map(({ atMs }) => atMs - T);
    expect(between(1000, 3000)).toEqual([1000, 2000]);
    expect(between(-1000, 1)).toEqual([-1000, 0]);
    expect(between(-2999, -2000)).toEqual([]);
    expect(between(1001, 1999)).toEqual([]);
    expect(between(22_000, 99_000)).toEqual([22_000]);
  });

  it('end with the stop, also in the lead-in', () => {
    expect(marked(cue(metronome(), 2000)).slice(3)).toEqual(['0!', '1000']);
    expect(marked(cue(metronome(), -1500))).toEqual(['-3000', '-2000']);
  });

  it('come each exactly once however the time is cut', () => {
    const cuts = fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(patterns, cuts, fc.integer({ min: 0, max: 4000 }), (pattern, lengths, lead) => {
        const one = cue(pattern);
        const heard = [];
        let fromMs = T - lead;
        for (const length of lengths) {
          heard.push(...beatsBetween(one, fromMs, fromMs + length));
          fromMs += length;
        }
        expect(heard).toEqual(all(one).filter(({ atMs }) => atMs >= T - lead && atMs < fromMs));
      }),
    );
  });

  it('come each exactly once also when the time is cut at the very beat', () => {
    for (let beatsPerMinute = 20; beatsPerMinute <= 180; beatsPerMinute++) {
      const one = cue(metronome({ beatsPerMinute }));
      const beats = all(one);
      const heard = beats.flatMap(({ atMs }, n) => beatsBetween(one, atMs, beats[n + 1]?.atMs ?? cueEndMs(one)));
      expect(heard, `${beatsPerMinute}`).toEqual(beats);
    }
  });

  it('never flash more than three times a second', () => {
    fc.assert(
      fc.property(patterns, (pattern) => {
        const times = all(cue(pattern)).map(({ atMs }) => atMs);
        for (const [n, atMs] of times.entries()) {
          const third = times[n + 3];
          if (third !== undefined) expect(third - atMs).toBeGreaterThan(999.9);
        }
      }),
    );
  });
});

describe('what was achieved', () => {
  const result = (pattern: CuePattern, stoppedAfterMs: number) => cueResult(cue(pattern), T + stoppedAfterMs);

  it.each<[string, CuePattern, number, number, number[], number]>([
    // name, pattern, stopped after, repetitions, seconds of each hold, full holds
    ['all of it', metronome(), 23_000, 3, [3, 3, 3], 3],
    ['stopped long after the end', metronome(), 99_000, 3, [3, 3, 3], 3],
    ['one millisecond short', metronome(), 22_999, 2, [3, 3, 3], 3],
    ['one repetition, its rest cut short', metronome(), 7000, 1, [3], 1],
    ['in the first hold', metronome(), 3500, 0, [1.5], 0],
    ['a hold a moment short of full', metronome(), 4999, 0, [2.9], 0],
    ['a full hold', metronome(), 5000, 0, [3], 1],
    ['as the first hold began', metronome(), 2001, 0, [0], 0],
    ['before the first hold', metronome(), 2000, 0, [], 0],
    ['in the lead-in', metronome(), -500, 0, [], 0],
    ['no hold in the pattern', metronome({ holdSeconds: 0 }), 7000, 1, [], 0],
    ['a full hold of no whole tenths', metronome({ holdSeconds: 1.25 }), 3250, 0, [1.25], 1],
    ['in the second hold', hold(), 19_400, 1, [10, 4.4], 1],
    ['both holds', hold(), 25_000, 2, [10, 10], 2],
    ['a counter', reps, 8999, 2, [], 0],
    ['a rest counts nothing', rest, 30_000, 0, [], 0],
  ])('%s', (_, pattern, stoppedAfterMs, repetitions, holdSeconds, fullHolds) => {
    const achieved = result(pattern, stoppedAfterMs);
    expect(achieved).toMatchObject({ v: 1, repetitions, holdSeconds, fullHolds });
    expect(cueResultSchema.parse(achieved)).toEqual(achieved);
  });

  it('is nothing for a pattern without any length, and the cue is done at once', () => {
    const empty = metronome({ closeSeconds: 0, holdSeconds: 0, openSeconds: 0, restSeconds: 0 });
    expect(result(empty, 1000)).toMatchObject({ repetitions: 0, holdSeconds: [], fullHolds: 0 });
    expect(cueAt(cue(empty), T).phase).toBe('done');
  });

  it('ends with the cue’s own stop when that came first', () => {
    expect(cueResult(cue(metronome(), 7000), T + 23_000).repetitions).toBe(1);
    expect(cueResult(cue(metronome(), 23_000), T + 7000).repetitions).toBe(1);
  });

  it.each([
    ['repetitions', { repetitions: 100 }, { repetitions: 101 }],
    ['full holds', { fullHolds: 100 }, { fullHolds: 101 }],
    ['holds', { holdSeconds: Array(100).fill(600) }, { holdSeconds: Array(101).fill(1) }],
    ['seconds', { holdSeconds: [0, 600] }, { holdSeconds: [600.1] }],
    ['tempo', { tempo: { closeSeconds: 0, holdSeconds: 600, openSeconds: null, beatsPerMinute: 20 } }, { tempo: null }],
    ['beats', {}, { tempo: { closeSeconds: 0, holdSeconds: 0, openSeconds: 0, beatsPerMinute: 181 } }],
    ['tempo seconds', {}, { tempo: { closeSeconds: 601, holdSeconds: 0, openSeconds: 0, beatsPerMinute: 20 } }],
  ])('as stored is bounded: %s', (_, within, beyond) => {
    const stored = result(metronome(), 23_000);
    expect(cueResultSchema.safeParse({ ...stored, ...within }).success).toBe(true);
    expect(cueResultSchema.safeParse({ ...stored, ...beyond }).success).toBe(false);
  });

  it('keeps the tempo that was given', () => {
    const none = { closeSeconds: null, holdSeconds: null, openSeconds: null, beatsPerMinute: null };
    const full = { closeSeconds: 2, holdSeconds: 3, openSeconds: 2, beatsPerMinute: 60 };
    expect(result(metronome(), 0).tempo).toEqual(full);
    expect(result(hold(), 0).tempo).toEqual({ ...none, holdSeconds: 10 });
    expect(result(reps, 0).tempo).toEqual({ ...none, closeSeconds: 1, openSeconds: 2 });
    expect(result(rest, 0).tempo).toEqual(none);
  });

  it('never claims a repetition that the screen did not show to its end', () => {
    fc.assert(
      fc.property(patterns, fc.integer({ min: -3000, max: 60_000 }), (pattern, stoppedAfterMs) => {
        const achieved = result(pattern, stoppedAfterMs);
        const { phase, repetition } = cueAt(cue(pattern), T + stoppedAfterMs);
        const isOver = phase === 'done' || phase === 'rest';
        if (pattern.kind !== 'rest') expect(achieved.repetitions).toBe(isOver ? repetition : repetition - 1);
        expect(achieved.fullHolds).toBeLessThanOrEqual(achieved.holdSeconds.length);
        expect(achieved.holdSeconds.length - achieved.fullHolds).toBeLessThanOrEqual(1);
      }),
    );
  });
});
