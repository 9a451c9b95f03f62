import { describe, expect, it } from 'vitest';
import { cuePatternSchema } from './cue';
import { holdTimerOf, metronomeOf } from './cue-of-dose';

const dose = { tempo: { closeSeconds: 2, holdSeconds: 8, openSeconds: 2 }, repsMin: 12, holdSeconds: 8 };
const still = { tempo: { closeSeconds: 0, holdSeconds: 0, openSeconds: 0 }, repsMin: 5, holdSeconds: 0 };

describe('the metronome of a dose', () => {
  it('counts the tempo of the prescription, a beat a second at 60', () => {
    expect(metronomeOf(dose, { beatsPerMinute: 60, repetitions: null })).toEqual({
      v: 1,
      kind: 'metronome',
      closeSeconds: 2,
      holdSeconds: 8,
      openSeconds: 2,
      restSeconds: 1,
      beatsPerMinute: 60,
      repetitions: 12,
    });
  });

  it.each([
    [40, 3, 12, 1.5],
    [120, 1, 4, 0.5],
    [45, 2.7, 10.7, 1.3],
  ])('at %i a minute the whole repetition stretches', (beatsPerMinute, close, hold, rest) => {
    const pattern = metronomeOf(dose, { beatsPerMinute, repetitions: 3 });
    expect(pattern).toMatchObject({ closeSeconds: close, holdSeconds: hold, restSeconds: rest, repetitions: 3 });
  });

  it('without a prescription, or with one that does not move, has a slow default', () => {
    const expected = { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 };
    expect(metronomeOf(null, { beatsPerMinute: 60, repetitions: null })).toMatchObject({
      ...expected,
      repetitions: 10,
    });
    expect(metronomeOf(still, { beatsPerMinute: 60, repetitions: null })).toMatchObject({
      ...expected,
      repetitions: 5,
    });
  });

  it('is always a pattern that can be played, at the slowest beat and the longest hold too', () => {
    const long = { tempo: { closeSeconds: 60, holdSeconds: 60, openSeconds: 60 }, repsMin: 100 };
    for (const beatsPerMinute of [20, 60, 180]) {
      const pattern = metronomeOf(long, { beatsPerMinute, repetitions: null });
      expect(cuePatternSchema.safeParse(pattern).success).toBe(true);
    }
  });
});

describe('the hold timer of a dose', () => {
  it.each([
    [dose, null, 8, 12],
    [dose, 20, 20, 12],
    [still, null, 5, 5],
    [null, null, 5, 10],
  ])('%o set to %s holds for %i s', (given, holdSeconds, seconds, repetitions) => {
    const pattern = holdTimerOf(given, { holdSeconds, repetitions: null });
    expect(pattern).toEqual({ v: 1, kind: 'hold', holdSeconds: seconds, restSeconds: 3, repetitions });
    expect(cuePatternSchema.safeParse(pattern).success).toBe(true);
  });
});
