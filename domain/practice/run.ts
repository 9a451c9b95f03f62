import * as z from 'zod/mini';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import type { Dose } from '#domain/program/dose';
import { type Cue, type CueMoment, cueAt, cueResult, LEAD_IN_MS } from '#domain/visit/cue';
import { answerSchema, type LogSet } from './log';

/** A sitting under way, as it survives a reload. Times in epoch ms; a set begins with its 3-2-1. */
export const practiceRunSchema = z.object({
  v: z.literal(1),
  lineageId: idSchema,
  startedAt: epochMsSchema,
  /** Pain before the first movement, 0–10; null = not answered. The baseline of the rise rule comes from it. */
  painBefore: answerSchema,
  /** Sets that ended, with what was counted. */
  done: z.array(z.object({ reps: z.int(), holdSeconds: z.array(z.number()) })),
  /** When the running set's first movement begins; null while it is paused or over. */
  setStartsAt: z.nullable(epochMsSchema),
  /** Rests until then before the next set; null = no rest. */
  restUntil: z.nullable(epochMsSchema),
  /** Repetitions of the running set that were done before a pause. */
  carried: z.object({ reps: z.int(), holdSeconds: z.array(z.number()) }),
});
export type PracticeRun = z.infer<typeof practiceRunSchema>;

const NOTHING = { reps: 0, holdSeconds: [] as number[] };

export function startRun(lineageId: string, nowMs: number, painBefore: number | null): PracticeRun {
  return {
    v: 1,
    lineageId,
    startedAt: nowMs,
    painBefore,
    done: [],
    setStartsAt: nowMs + LEAD_IN_MS,
    restUntil: null,
    carried: NOTHING,
  };
}

/** Seconds of one repetition's parts; a dose without any tempo is counted in and out by the second. */
function tempoOf({ tempo, holdSeconds }: Dose) {
  const hold = Math.max(tempo.holdSeconds, holdSeconds);
  const { closeSeconds, openSeconds } = tempo;
  if (closeSeconds + openSeconds + hold > 0) return { closeSeconds, holdSeconds: hold, openSeconds };
  return { closeSeconds: 1, holdSeconds: 0, openSeconds: 1 };
}

/** The cue of the running set: the prescribed tempo, for the repetitions that are still to do. */
export function runCue(run: PracticeRun, dose: Dose): Cue | null {
  const left = dose.repsMin - run.carried.reps;
  if (run.setStartsAt === null || left <= 0) return null;
  return {
    cueId: run.lineageId,
    pattern: {
      v: 1,
      kind: 'metronome',
      ...tempoOf(dose),
      restSeconds: 0,
      beatsPerMinute: 60,
      repetitions: left,
    },
    startsAtMs: run.setStartsAt,
    stoppedAtMs: null,
    lineageId: run.lineageId,
  };
}

export type RunMoment =
  | { kind: 'moving'; moment: CueMoment; rep: number }
  | { kind: 'resting'; secondsLeft: number }
  | { kind: 'paused' }
  | { kind: 'finished' };

/** What the player shows at an instant. */
export function runAt(run: PracticeRun, dose: Dose, nowMs: number): RunMoment {
  if (run.done.length >= dose.sets) return { kind: 'finished' };
  if (run.restUntil !== null && nowMs < run.restUntil)
    return { kind: 'resting', secondsLeft: Math.ceil((run.restUntil - nowMs) / 1000) };
  const cue = runCue(run, dose);
  if (!cue) return { kind: 'paused' };
  const moment = cueAt(cue, nowMs);
  return { kind: 'moving', moment, rep: Math.min(dose.repsMin, run.carried.reps + moment.repetition) };
}

function counted(run: PracticeRun, dose: Dose, nowMs: number) {
  const cue = runCue(run, dose);
  if (!cue) return run.carried;
  const result = cueResult(cue, nowMs);
  return {
    reps: run.carried.reps + result.repetitions,
    holdSeconds: [...run.carried.holdSeconds, ...result.holdSeconds],
  };
}

/** Ends what has run out: a set that reached its last repetition, then the rest before the next one. */
export function advanceRun(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  if (run.done.length >= dose.sets) return run;
  if (run.restUntil !== null) {
    if (nowMs < run.restUntil) return run;
    return { ...run, restUntil: null, setStartsAt: Math.max(nowMs, run.restUntil) + LEAD_IN_MS };
  }
  const cue = runCue(run, dose);
  if (!cue || cueAt(cue, nowMs).phase !== 'done') return run;
  const done = [...run.done, counted(run, dose, nowMs)];
  const last = done.length >= dose.sets;
  return {
    ...run,
    done,
    carried: NOTHING,
    setStartsAt: null,
    restUntil: last ? null : nowMs + dose.restSeconds * 1000,
  };
}

export function pauseRun(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  if (run.setStartsAt === null) return { ...run, restUntil: null };
  return { ...run, carried: counted(run, dose, nowMs), setStartsAt: null };
}

export function resumeRun(run: PracticeRun, nowMs: number): PracticeRun {
  return { ...run, restUntil: null, setStartsAt: nowMs + LEAD_IN_MS };
}

/** What was done when the sitting ends now, set by set; a set without a repetition or a hold, even a cut one, is not there. */
export function runSets(run: PracticeRun, dose: Dose, nowMs: number): LogSet[] {
  const rest = run.done.length < dose.sets ? [counted(run, dose, nowMs)] : [];
  return [...run.done, ...rest]
    .filter((set) => set.reps > 0 || set.holdSeconds.length > 0)
    .map(({ reps, holdSeconds }) => ({
      reps,
      holdSeconds: dose.holdSeconds > 0 && holdSeconds.length > 0 ? holdSeconds : null,
      countedBy: 'tempo',
      autoReps: reps,
    }));
}

export type RoundPart = { phase: 'close' | 'hold' | 'open'; from: number; to: number };

/** The parts of one repetition as shares of its time (0–1), in their order; none has no length. */
export function roundParts(dose: Dose): RoundPart[] {
  const { closeSeconds, holdSeconds, openSeconds } = tempoOf(dose);
  const whole = closeSeconds + holdSeconds + openSeconds;
  const close = closeSeconds / whole;
  const hold = close + holdSeconds / whole;
  const parts: RoundPart[] = [
    { phase: 'close', from: 0, to: close },
    { phase: 'hold', from: close, to: hold },
    { phase: 'open', from: hold, to: 1 },
  ];
  return parts.filter(({ from, to }) => to > from);
}

/** Where the repetition is at an instant, as a share of its time, and how far the hand is closed: both 0–1. */
export function motionAt(run: RunMoment, dose: Dose): { round: number; closed: number } {
  const still = { round: 0, closed: 0 };
  if (run.kind !== 'moving') return still;
  const { phase, phaseElapsedMs, phaseLengthMs } = run.moment;
  const part = roundParts(dose).find((one) => one.phase === phase);
  if (!part) return still;
  const done = Math.min(1, phaseElapsedMs / phaseLengthMs);
  const closed = { close: done, hold: 1, open: 1 - done }[part.phase];
  return { round: part.from + (part.to - part.from) * done, closed };
}
