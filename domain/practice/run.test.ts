import { describe, expect, it } from 'vitest';
import type { Dose } from '#domain/program/dose';
import {
  advanceRun,
  motionAt,
  pauseRun,
  practiceRunSchema,
  resumeRun,
  roundParts,
  runAt,
  runSets,
  startRun,
} from './run';

const dose: Dose = {
  sets: 2,
  repsMin: 3,
  repsMax: 3,
  holdSeconds: 2,
  restSeconds: 10,
  tempo: { closeSeconds: 1, holdSeconds: 2, openSeconds: 1 },
  load: { kind: 'none', brand: null, level: null, kgf: null, percent: null },
  effortTarget: null,
  painLimit: null,
  schedule: { v: 1, kind: 'per_day', times: 2, days: null },
};
const T = Date.UTC(2026, 10, 24, 9);
const lineageId = '0193593f-0000-7000-8000-000000000001';
const at = (seconds: number) => T + seconds * 1000;

/** Plays second by second, as the page does with each painted frame. */
function play(untilSeconds: number, run = startRun(lineageId, T, null), fromSeconds = 0) {
  let now = run;
  for (let second = fromSeconds; second <= untilSeconds; second++) now = advanceRun(now, dose, at(second));
  return now;
}

describe('a sitting that counts for the patient', () => {
  it('begins with a count-in and then follows the tempo', () => {
    const run = startRun(lineageId, T, null);
    expect(runAt(run, dose, at(0))).toMatchObject({ kind: 'moving', moment: { phase: 'lead_in', countdown: 3 } });
    expect(runAt(run, dose, at(3))).toMatchObject({ kind: 'moving', rep: 1, moment: { phase: 'close' } });
    expect(runAt(run, dose, at(4))).toMatchObject({ moment: { phase: 'hold', countdown: 2 } });
    expect(runAt(run, dose, at(6))).toMatchObject({ moment: { phase: 'open' } });
    expect(runAt(run, dose, at(7))).toMatchObject({ rep: 2, moment: { phase: 'close' } });
  });

  it('rests between sets, counts in again and ends by itself', () => {
    // 3 s count-in, 3 repetitions of 4 s.
    expect(runAt(play(15), dose, at(15))).toEqual({ kind: 'resting', secondsLeft: 10 });
    expect(runAt(play(25), dose, at(25))).toMatchObject({ kind: 'moving', moment: { phase: 'lead_in' } });
    const over = play(40);
    expect(runAt(over, dose, at(40))).toEqual({ kind: 'finished' });
    expect(runSets(over, dose, at(40))).toEqual([
      { reps: 3, holdSeconds: [2, 2, 2], countedBy: 'tempo', autoReps: 3 },
      { reps: 3, holdSeconds: [2, 2, 2], countedBy: 'tempo', autoReps: 3 },
    ]);
  });

  it('rests for as long as prescribed, second by second', () => {
    expect(runAt(play(20), dose, at(20))).toEqual({ kind: 'resting', secondsLeft: 5 });
    expect(runAt(play(24), dose, at(24))).toEqual({ kind: 'resting', secondsLeft: 1 });
    expect(runAt(play(25), dose, at(25))).toMatchObject({ moment: { phase: 'lead_in', countdown: 3 } });
    expect(advanceRun(play(15), dose, at(25)).setStartsAt).toBe(at(28));
    // Its last instant is over, and nobody has gone on yet: no seconds are left to show.
    expect(runAt(play(15), dose, at(25))).toEqual({ kind: 'paused' });
  });

  it('counts in anew when the phone slept past the end of a rest', () => {
    const woken = advanceRun(play(15), dose, at(60));
    expect(runAt(woken, dose, at(60))).toMatchObject({ kind: 'moving', moment: { phase: 'lead_in', countdown: 3 } });
  });

  it('has no rest after the last set, and nothing happens any more', () => {
    const over = play(40);
    expect(over.restUntil).toBeNull();
    expect(advanceRun(over, dose, at(100))).toBe(over);
    expect(runSets(over, dose, at(100))).toHaveLength(2);
  });

  it('ends a rest that is paused, and goes on with the next set', () => {
    const paused = pauseRun(play(15), dose, at(17));
    expect(runAt(paused, dose, at(18))).toEqual({ kind: 'paused' });
    expect(runAt(resumeRun(paused, at(18)), dose, at(21))).toMatchObject({ kind: 'moving', rep: 1 });
  });

  it('keeps a cut hold without a repetition, and names no hold where none is prescribed', () => {
    expect(runSets(play(5), dose, at(5))).toEqual([{ reps: 0, holdSeconds: [1], countedBy: 'tempo', autoReps: 0 }]);
    expect(runSets(play(2), dose, at(2))).toEqual([]);
    const paced = { ...dose, holdSeconds: 0 };
    expect(runSets(startRun(lineageId, T, null), paced, at(7))).toEqual([
      { reps: 1, holdSeconds: null, countedBy: 'tempo', autoReps: 1 },
    ]);
  });

  it('keeps what was done through a pause and goes on from there', () => {
    const paused = pauseRun(play(8), dose, at(8));
    expect(runAt(paused, dose, at(60))).toEqual({ kind: 'paused' });
    expect(paused.carried.reps).toBe(1);
    const resumed = resumeRun(paused, at(60));
    expect(runAt(resumed, dose, at(63))).toMatchObject({ kind: 'moving', rep: 2 });
    const later = play(71, resumed, 60);
    expect(later.done[0]?.reps).toBe(3);
  });

  it('claims only full repetitions when it is stopped early, and says how long the last hold was', () => {
    const run = play(9);
    expect(runSets(run, dose, at(9))).toEqual([{ reps: 1, holdSeconds: [2, 1], countedBy: 'tempo', autoReps: 1 }]);
    expect(runSets(startRun(lineageId, T, null), dose, at(2))).toEqual([]);
  });

  it('runs a long hold, and many repetitions, as prescribed', () => {
    const long: Dose = { ...dose, sets: 1, repsMin: 1, repsMax: 1, holdSeconds: 600 };
    const run = startRun(lineageId, T, null);
    // 3 s count-in, 1 s in, 600 s hold, 1 s out.
    expect(runAt(run, long, at(4 + 599))).toMatchObject({ moment: { phase: 'hold', countdown: 1 } });
    // Half of a long hold is no repetition, and is not nothing.
    expect(runSets(run, long, at(4 + 300))).toMatchObject([{ reps: 0, holdSeconds: [300] }]);
    expect(advanceRun(run, long, at(4 + 600))).toBe(run);
    const over = advanceRun(run, long, at(4 + 601));
    expect(runSets(over, long, at(4 + 601))).toMatchObject([{ reps: 1, holdSeconds: [600] }]);
    const many: Dose = { ...dose, sets: 1, repsMin: 100, repsMax: 100 };
    expect(runSets(advanceRun(run, many, at(3 + 400)), many, at(3 + 400))).toMatchObject([{ reps: 100 }]);
  });

  it('survives being written down and read again', () => {
    const run = play(8);
    expect(practiceRunSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });
});

describe('the movement of a repetition', () => {
  it('has its parts as shares of its time, and none without length', () => {
    expect(roundParts(dose)).toEqual([
      { phase: 'close', from: 0, to: 0.25 },
      { phase: 'hold', from: 0.25, to: 0.75 },
      { phase: 'open', from: 0.75, to: 1 },
    ]);
    const unheld = { ...dose, holdSeconds: 0, tempo: { closeSeconds: 0, holdSeconds: 0, openSeconds: 0 } };
    expect(roundParts(unheld)).toEqual([
      { phase: 'close', from: 0, to: 0.5 },
      { phase: 'open', from: 0.5, to: 1 },
    ]);
  });
  const run = startRun(lineageId, T, null);
  it.each([
    [1, 0, 0],
    [3, 0, 0],
    [3.5, 0.125, 0.5],
    [4, 0.25, 1],
    [5, 0.5, 1],
    [6, 0.75, 1],
    [6.75, 0.9375, 0.25],
    [7.5, 0.125, 0.5],
  ])('after %d s is %d of the way round, the hand %d closed', (seconds, round, closed) => {
    const motion = motionAt(runAt(run, dose, at(seconds)), dose);
    expect(motion.round).toBeCloseTo(round);
    expect(motion.closed).toBeCloseTo(closed);
  });
  it('stands still in a pause, in a rest and at the end', () => {
    const still = { round: 0, closed: 0 };
    for (const one of [{ kind: 'paused' }, { kind: 'finished' }, { kind: 'resting', secondsLeft: 3 }] as const)
      expect(motionAt(one, dose)).toEqual(still);
  });
});
