import * as z from 'zod/mini';
import { idSchema } from '#domain/input/fields';
import type { Dose } from '#domain/program/dose';
import { deviceMsSchema } from '#domain/time/device-clock';
import { type Cue, type CueMoment, cueAt, cueResult, LEAD_IN_MS } from '#domain/visit/cue';
import { answerSchema, type Log, type LogSet } from './log';

/** A sitting under way, as it survives a reload. Times in epoch ms; a set begins with its 3-2-1. */
export const practiceRunSchema = z.object({
  v: z.literal(1),
  lineageId: idSchema,
  startedAt: deviceMsSchema,
  /** Pain before the first movement, 0–10; null = not answered. The baseline of the rise rule comes from it. */
  painBefore: answerSchema,
  /** Sets that ended, with what was counted. */
  done: z.array(z.object({ reps: z.int(), holdSeconds: z.array(z.number()) })),
  /** When the running set's first movement begins; null while it is paused or over. */
  setStartsAt: z.nullable(deviceMsSchema),
  /** Rests until then before the next set; null = no rest. */
  restUntil: z.nullable(deviceMsSchema),
  /** Repetitions of the running set that were done before a pause. */
  carried: z.object({ reps: z.int(), holdSeconds: z.array(z.number()) }),
  /** The last instant at which the player was seen to run: up to there somebody could follow it. Earlier builds have none. */
  seenAt: z.optional(deviceMsSchema),
  /** Paused by itself, since nobody could follow: hidden, locked, a call, a device that slept. */
  isAway: z.optional(z.boolean()),
});
export type PracticeRun = z.infer<typeof practiceRunSchema>;

const NOTHING = { reps: 0, holdSeconds: [] as number[] };

/** Longer between two ticks, and nobody could follow the count: a default of this project. */
const GAP_MAX_MS = 3000;
/** A run is seen this often, and where a part of a repetition ends: each sight of it is written down. */
const SIGHT_MS = 500;

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
    seenAt: nowMs,
  };
}

const seenAtOf = ({ seenAt, startedAt }: PracticeRun) => seenAt ?? startedAt;

/** Nobody was seen to follow for too long, or the device's clock was set. */
const isGap = (run: PracticeRun, nowMs: number) => Math.abs(nowMs - seenAtOf(run)) > GAP_MAX_MS;

/** Up to when it counts: what came after a gap was followed by nobody. */
const followedUntil = (run: PracticeRun, nowMs: number) => (isGap(run, nowMs) ? seenAtOf(run) : nowMs);

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
  if (!cue || isGap(run, nowMs)) return { kind: 'paused' };
  const moment = cueAt(cue, nowMs);
  return { kind: 'moving', moment, rep: Math.min(dose.repsMin, run.carried.reps + moment.repetition) };
}

function counted(run: PracticeRun, dose: Dose, nowMs: number) {
  const cue = runCue(run, dose);
  if (!cue) return run.carried;
  const result = cueResult(cue, followedUntil(run, nowMs));
  return {
    reps: run.carried.reps + result.repetitions,
    holdSeconds: [...run.carried.holdSeconds, ...result.holdSeconds],
  };
}

/**
 * One tick of the player. It ends what has run out: a set that reached its last repetition, then the rest before the next
 * one. After a gap of more than 3 s it pauses where it was last seen; a rest may run out meanwhile, and the next set
 * then waits for the person.
 */
export function tickRun(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  if (run.done.length >= dose.sets) return run;
  if (run.restUntil === null && run.setStartsAt === null) return run;
  if (isGap(run, nowMs)) return afterGap(run, dose, nowMs);
  const seen = isSight(run, dose, nowMs) ? { ...run, seenAt: nowMs } : run;
  return advance(seen, dose, nowMs);
}

function isSight(run: PracticeRun, dose: Dose, nowMs: number): boolean {
  const seenAt = seenAtOf(run);
  if (nowMs - seenAt >= SIGHT_MS) return true;
  const cue = runCue(run, dose);
  if (!cue || nowMs <= seenAt) return false;
  const [before, now] = [cueAt(cue, seenAt), cueAt(cue, nowMs)];
  return before.phase !== now.phase || before.repetition !== now.repetition;
}

function afterGap(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  const isResting = run.restUntil !== null && nowMs >= seenAtOf(run) && nowMs < run.restUntil;
  return isResting ? { ...run, seenAt: nowMs } : { ...pauseRun(run, dose, nowMs), isAway: true };
}

function advance(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  if (run.restUntil !== null) {
    if (nowMs < run.restUntil) return run;
    return { ...run, restUntil: null, setStartsAt: nowMs + LEAD_IN_MS, seenAt: nowMs };
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
    seenAt: nowMs,
  };
}

/** Paused by the person. A rest that is paused is over. */
export function pauseRun(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  const seenAt = followedUntil(run, nowMs);
  // A set whose last repetition is over has ended, and is not there to go on with.
  const here = advance(run, dose, seenAt);
  if (here.setStartsAt === null) return { ...here, restUntil: null, seenAt };
  return { ...here, carried: counted(here, dose, seenAt), setStartsAt: null, seenAt };
}

/** The page is hidden: a set pauses, a rest goes on, since nobody has to follow that. */
export function hideRun(run: PracticeRun, dose: Dose, nowMs: number): PracticeRun {
  const here = advance(run, dose, followedUntil(run, nowMs));
  return here.setStartsAt === null ? here : { ...pauseRun(here, dose, nowMs), isAway: true };
}

export function resumeRun(run: PracticeRun, nowMs: number): PracticeRun {
  return { ...run, restUntil: null, setStartsAt: nowMs + LEAD_IN_MS, seenAt: nowMs, isAway: false };
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

/** What the counts say before the person does; pain that ended a sitting speaks against all of it. */
export function stateOfCounted(
  { sets, hurts }: { sets: readonly LogSet[]; hurts: boolean },
  dose: Pick<Dose, 'sets' | 'repsMin'>,
): Log['state'] {
  if (sets.length === 0) return 'skipped';
  const isWhole = sets.length >= dose.sets && sets.every((set) => (set.reps ?? 0) >= dose.repsMin);
  return isWhole && !hurts ? 'done' : 'partial';
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
