import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dose } from '#domain/program/dose';
import {
  hideRun,
  motionAt,
  pauseRun,
  practiceRunSchema,
  resumeRun,
  roundParts,
  runAt,
  runSets,
  startRun,
  tickRun,
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
function play(untilSeconds: number, run = startRun(lineageId, T, null), fromSeconds = 0, of: Dose = dose) {
  let now = run;
  for (let second = fromSeconds; second <= untilSeconds; second++) now = tickRun(now, of, at(second));
  return now;
}

describe('a sitting that counts for the patient', () => {
  it('begins with a count-in and then follows the tempo', () => {
    const seen = (seconds: number) => runAt(play(seconds), dose, at(seconds));
    expect(seen(0)).toMatchObject({ kind: 'moving', moment: { phase: 'lead_in', countdown: 3 } });
    expect(seen(3)).toMatchObject({ kind: 'moving', rep: 1, moment: { phase: 'close' } });
    expect(seen(4)).toMatchObject({ moment: { phase: 'hold', countdown: 2 } });
    expect(seen(6)).toMatchObject({ moment: { phase: 'open' } });
    expect(seen(7)).toMatchObject({ rep: 2, moment: { phase: 'close' } });
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
    expect(tickRun(play(24), dose, at(25)).setStartsAt).toBe(at(28));
    // Its last instant is over, and nobody has gone on yet: no seconds are left to show.
    expect(runAt(play(15), dose, at(25))).toEqual({ kind: 'paused' });
  });

  it('has no rest after the last set, and nothing happens any more', () => {
    const over = play(40);
    expect(over.restUntil).toBeNull();
    expect(tickRun(over, dose, at(100))).toBe(over);
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
    expect(runSets(play(7), paced, at(7))).toEqual([{ reps: 1, holdSeconds: null, countedBy: 'tempo', autoReps: 1 }]);
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
    const held = play(4 + 300, startRun(lineageId, T, null), 0, long);
    // 3 s count-in, 1 s in, 600 s hold, 1 s out.
    expect(runAt(held, long, at(4 + 300))).toMatchObject({ moment: { phase: 'hold', countdown: 300 } });
    // Half of a long hold is no repetition, and is not nothing.
    expect(runSets(held, long, at(4 + 300))).toMatchObject([{ reps: 0, holdSeconds: [300] }]);
    const over = play(4 + 601, held, 4 + 301, long);
    expect(runSets(over, long, at(4 + 601))).toMatchObject([{ reps: 1, holdSeconds: [600] }]);
    const many: Dose = { ...dose, sets: 1, repsMin: 100, repsMax: 100 };
    const all = play(3 + 400, startRun(lineageId, T, null), 0, many);
    expect(runSets(all, many, at(3 + 400))).toMatchObject([{ reps: 100 }]);
  });

  it('survives being written down and read again', () => {
    const run = play(8);
    expect(practiceRunSchema.parse(JSON.parse(JSON.stringify(run)))).toEqual(run);
  });
});

describe('a sitting that nobody could follow for a while', () => {
  const second = { reps: 1, holdSeconds: [2] };

  it('is paused where it was last seen, and goes on from there when the person says so', () => {
    const woken = tickRun(play(8), dose, at(60));
    expect(woken).toMatchObject({ carried: second, setStartsAt: null, done: [], isAway: true });
    expect(runAt(woken, dose, at(60))).toEqual({ kind: 'paused' });
    const gone = resumeRun(woken, at(90));
    expect(gone.isAway).toBe(false);
    expect(runAt(gone, dose, at(93))).toMatchObject({ kind: 'moving', rep: 2 });
  });

  it('counts no set that ran out while the page was hidden, not even before the first tick', () => {
    const run = play(8);
    // A set of three would be over at 15 s.
    expect(runAt(run, dose, at(600))).toEqual({ kind: 'paused' });
    expect(runSets(run, dose, at(600))).toMatchObject([{ reps: 1, autoReps: 1 }]);
    expect(pauseRun(run, dose, at(600)).carried).toEqual(second);
    expect(tickRun(run, dose, at(600)).done).toEqual([]);
  });

  it('pauses at once when the page is hidden in a set', () => {
    const hidden = hideRun(play(8), dose, at(8.4));
    expect(hidden.seenAt).toBe(at(8.4));
    expect(hidden).toMatchObject({ carried: { reps: 1, holdSeconds: [2, 0.4] }, setStartsAt: null, isAway: true });
  });

  it('rests on while hidden, and begins no set unwatched', () => {
    const resting = play(17);
    const hidden = hideRun(resting, dose, at(17));
    expect(hidden.restUntil).toBe(at(25));
    // Back before its end: it rests on, and goes on by itself.
    const back = tickRun(hidden, dose, at(22));
    expect(runAt(back, dose, at(22))).toEqual({ kind: 'resting', secondsLeft: 3 });
    expect(runAt(play(25, back, 23), dose, at(25))).toMatchObject({ moment: { phase: 'lead_in' } });
    // Back later: the next set waits.
    const late = tickRun(hidden, dose, at(40));
    expect(late).toMatchObject({ setStartsAt: null, restUntil: null, isAway: true });
    expect(late.done).toHaveLength(1);
    expect(runAt(late, dose, at(41))).toEqual({ kind: 'paused' });
  });

  it('counts a repetition that had just ended when the device slept', () => {
    const ticks = [7.05, 7.1, 7.3];
    const run = ticks.reduce((at, seconds) => tickRun(at, dose, T + seconds * 1000), play(6));
    expect(tickRun(run, dose, at(90)).carried).toEqual({ reps: 1, holdSeconds: [2] });
  });

  it('goes on through two seconds in which the device was slow', () => {
    const slow = tickRun(play(8), dose, at(10.5));
    expect(slow.setStartsAt).not.toBeNull();
    expect(runSets(slow, dose, at(10.5))).toMatchObject([{ reps: 1 }]);
  });

  it('pauses where a clock was set back or forth', () => {
    for (const seconds of [-3600, 3600]) {
      const paused = tickRun(play(8), dose, at(seconds));
      expect(paused.carried).toEqual(second);
      expect(paused.setStartsAt).toBeNull();
    }
  });

  it('ends a set whose last repetition was over when it was paused', () => {
    const paused = pauseRun(play(14), dose, at(15.5));
    expect(paused.done).toHaveLength(1);
    expect(paused.carried.reps).toBe(0);
    expect(runAt(resumeRun(paused, at(20)), dose, at(23))).toMatchObject({ kind: 'moving', rep: 1 });
  });

  it('reads a run of an earlier build as one that nobody was seen to follow', () => {
    const { seenAt: _seenAt, ...older } = play(8);
    const run = practiceRunSchema.parse(older);
    expect(tickRun(run, dose, at(9))).toMatchObject({ setStartsAt: null, carried: { reps: 0, holdSeconds: [] } });
  });

  it('never counts more than somebody could have done in the time in which it was seen', () => {
    const step = fc.record({
      ms: fc.oneof(fc.integer({ min: 1, max: 2900 }), fc.integer({ min: 3001, max: 600_000 })),
      act: fc.constantFrom('tick', 'tick', 'tick', 'hide', 'pause', 'resume'),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        let run = startRun(lineageId, T, null);
        let [nowMs, followedMs] = [T, 0];
        for (const { ms, act } of steps) {
          nowMs += ms;
          followedMs += ms <= 3000 ? ms : 0;
          if (act === 'hide') run = hideRun(run, dose, nowMs);
          else if (act === 'pause') run = pauseRun(run, dose, nowMs);
          else if (act === 'resume' && runAt(run, dose, nowMs).kind === 'paused') run = resumeRun(run, nowMs);
          else run = tickRun(run, dose, nowMs);
        }
        const sets = runSets(run, dose, nowMs);
        const reps = sets.reduce((sum, set) => sum + (set.reps ?? 0), 0);
        const heldMs = sets.flatMap((set) => set.holdSeconds ?? []).reduce((sum, held) => sum + held * 1000, 0);
        expect(reps * 4000).toBeLessThanOrEqual(followedMs);
        expect(heldMs).toBeLessThanOrEqual(followedMs);
        expect(run.done.every((set) => set.reps === dose.repsMin)).toBe(true);
        expect(sets.length).toBeLessThanOrEqual(dose.sets);
      }),
    );
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
    const motion = motionAt(runAt(play(seconds), dose, at(seconds)), dose);
    expect(motion.round).toBeCloseTo(round);
    expect(motion.closed).toBeCloseTo(closed);
  });
  it('stands still in a pause, in a rest and at the end', () => {
    const still = { round: 0, closed: 0 };
    for (const one of [{ kind: 'paused' }, { kind: 'finished' }, { kind: 'resting', secondsLeft: 3 }] as const)
      expect(motionAt(one, dose)).toEqual(still);
  });
});
