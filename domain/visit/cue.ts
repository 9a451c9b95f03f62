import * as z from 'zod/mini';
import { epochMsSchema, idSchema } from '#domain/input/fields';
import { MINUTE_MS } from '#domain/time/duration';

/** 3, 2, 1: the count ends at the start instant. */
export const LEAD_IN_MS = 3000;
/** A start is announced at least this far ahead, so that it reaches the other side before it happens. */
export const START_AHEAD_MS = 1500;
const SECOND_MS = 1000;
const REPETITIONS_MAX = 100;

const seconds = (max: number) => z.number().check(z.minimum(0), z.maximum(max));
const someSeconds = (max: number) => z.number().check(z.minimum(0.5), z.maximum(max));
const repetitions = z.int().check(z.minimum(1), z.maximum(REPETITIONS_MAX));

export const cuePatternSchema = z.discriminatedUnion('kind', [
  z
    .object({
      v: z.literal(1),
      kind: z.literal('metronome'),
      closeSeconds: seconds(60),
      holdSeconds: seconds(120),
      openSeconds: seconds(60),
      restSeconds: seconds(120),
      /** Flashes at most three times a second (WCAG 2.3.1), so 180 is the ceiling. */
      beatsPerMinute: z.int().check(z.minimum(20), z.maximum(180)),
      repetitions,
    })
    .check(z.refine((tempo) => tempo.closeSeconds + tempo.holdSeconds + tempo.openSeconds >= 0.5)),
  z.object({
    v: z.literal(1),
    kind: z.literal('hold'),
    holdSeconds: z.number().check(z.minimum(1), z.maximum(600)),
    restSeconds: seconds(600),
    repetitions,
  }),
  z.object({ v: z.literal(1), kind: z.literal('rest'), restSeconds: someSeconds(600) }),
  /** Counts at a fixed pace, for an exercise without holds. */
  z.object({
    v: z.literal(1),
    kind: z.literal('reps'),
    closeSeconds: someSeconds(60),
    openSeconds: someSeconds(60),
    repetitions,
  }),
]);
export type CuePattern = z.infer<typeof cuePatternSchema>;

/** A shared timing event: a start instant and a pattern, from which each side derives the rest; never ticks. */
export const cueSchema = z.object({
  cueId: idSchema,
  pattern: cuePatternSchema,
  startsAtMs: epochMsSchema,
  stoppedAtMs: z.nullable(epochMsSchema),
  lineageId: z.nullable(idSchema),
});
export type Cue = z.infer<typeof cueSchema>;

const tempoPart = z.nullable(z.number().check(z.minimum(0), z.maximum(600)));

export const cueResultSchema = z.object({
  v: z.literal(1),
  /** Repetitions whose movements ran in full. */
  repetitions: z.int().check(z.minimum(0), z.maximum(REPETITIONS_MAX)),
  /** Seconds held in each hold that began, the last one maybe cut short. */
  holdSeconds: z.array(z.number().check(z.minimum(0), z.maximum(600))).check(z.maxLength(REPETITIONS_MAX)),
  /** How many of those were held to the end: a timer that was stopped early is not a full hold. */
  fullHolds: z.int().check(z.minimum(0), z.maximum(REPETITIONS_MAX)),
  /** The tempo that was given; null for a part that the cue does not have. */
  tempo: z.object({
    closeSeconds: tempoPart,
    holdSeconds: tempoPart,
    openSeconds: tempoPart,
    beatsPerMinute: z.nullable(z.number().check(z.minimum(20), z.maximum(180))),
  }),
});
export type CueResult = z.infer<typeof cueResultSchema>;

type CuePhase = 'lead_in' | 'close' | 'hold' | 'open' | 'rest' | 'done' | 'stopped';
export type CueMoment = {
  phase: CuePhase;
  /** From 1; the coming one in the lead-in, the last one when done. */
  repetition: number;
  phaseElapsedMs: number;
  phaseLengthMs: number;
  /** Whole seconds left of the lead-in (3, 2, 1) or the phase; null when done or stopped. */
  countdown: number | null;
};

/** Times from the start of a repetition, whole milliseconds. */
type Part = { phase: 'close' | 'hold' | 'open' | 'rest'; startMs: number; ms: number };
type Plan = { parts: Part[]; roundMs: number; restMs: number; lastRepetition: number; totalMs: number };

function lengthsOf(pattern: CuePattern): [Part['phase'], number][] {
  switch (pattern.kind) {
    case 'metronome':
      return [
        ['close', pattern.closeSeconds],
        ['hold', pattern.holdSeconds],
        ['open', pattern.openSeconds],
        ['rest', pattern.restSeconds],
      ];
    case 'hold':
      return [
        ['hold', pattern.holdSeconds],
        ['rest', pattern.restSeconds],
      ];
    case 'rest':
      return [['rest', pattern.restSeconds]];
    case 'reps':
      return [
        ['close', pattern.closeSeconds],
        ['open', pattern.openSeconds],
      ];
  }
}

/** A rest stands between repetitions, so none follows the last one; the rest timer is nothing else. */
function planOf(pattern: CuePattern): Plan {
  const parts: Part[] = [];
  let roundMs = 0;
  for (const [phase, length] of lengthsOf(pattern)) {
    const ms = Math.round(length * SECOND_MS);
    if (ms > 0) parts.push({ phase, startMs: roundMs, ms });
    roundMs += ms;
  }
  const last = parts.at(-1);
  const restMs = pattern.kind !== 'rest' && last?.phase === 'rest' ? last.ms : 0;
  const lastRepetition = pattern.kind === 'rest' ? 1 : pattern.repetitions;
  return { parts, roundMs, restMs, lastRepetition, totalMs: lastRepetition * roundMs - restMs };
}

/** The instant at which the pattern has run in full, whether it is stopped or not. */
export function cueEndMs(cue: Cue): number {
  return cue.startsAtMs + planOf(cue.pattern).totalMs;
}

/** What both sides show at an instant, from the start instant and the pattern alone: nothing is sent in between. */
export function cueAt(cue: Cue, atMs: number): CueMoment {
  const plan = planOf(cue.pattern);
  const stopMs = cue.stoppedAtMs === null ? Number.POSITIVE_INFINITY : cue.stoppedAtMs - cue.startsAtMs;
  const sinceMs = atMs - cue.startsAtMs;
  if (sinceMs < stopMs || stopMs >= plan.totalMs) return momentAt(plan, sinceMs);
  return { ...momentAt(plan, stopMs), phase: 'stopped', countdown: null };
}

function momentAt(plan: Plan, sinceMs: number): CueMoment {
  if (sinceMs < 0) return running('lead_in', 1, LEAD_IN_MS + sinceMs, LEAD_IN_MS);
  const index = Math.floor(sinceMs / plan.roundMs);
  const inRoundMs = sinceMs - index * plan.roundMs;
  const part = plan.parts.filter(({ startMs }) => startMs <= inRoundMs).at(-1);
  if (sinceMs >= plan.totalMs || !part) {
    return { phase: 'done', repetition: plan.lastRepetition, phaseElapsedMs: 0, phaseLengthMs: 0, countdown: null };
  }
  return running(part.phase, index + 1, inRoundMs - part.startMs, part.ms);
}

/** Before the lead-in begins its countdown is above 3. */
function running(phase: CuePhase, repetition: number, elapsedMs: number, phaseLengthMs: number): CueMoment {
  const countdown = Math.ceil((phaseLengthMs - elapsedMs) / SECOND_MS);
  return { phase, repetition, phaseElapsedMs: Math.max(0, elapsedMs), phaseLengthMs, countdown };
}

export type Beat = { atMs: number; accent: boolean };

/** From the start instant to beat `n`; one division, so that beats meet the phases they belong to. */
function beatMs(pattern: CuePattern, n: number): number {
  return pattern.kind === 'metronome' ? (n * MINUTE_MS) / pattern.beatsPerMinute : n * SECOND_MS;
}

function beginsPhase(plan: Plan, pattern: CuePattern, n: number): boolean {
  if (n === 0) return true;
  const here = momentAt(plan, beatMs(pattern, n));
  const before = momentAt(plan, beatMs(pattern, n - 1));
  return here.phase !== before.phase || here.repetition !== before.repetition;
}

/**
 * The beats in [fromMs, untilMs), each once however the time is cut: the count-in's three, then the tempo's (without a
 * metronome one a second) until the end or the stop. The first beat of a phase has the accent.
 */
export function beatsBetween(cue: Cue, fromMs: number, untilMs: number): Beat[] {
  const { pattern, startsAtMs } = cue;
  const plan = planOf(pattern);
  const end = Math.min(untilMs, cue.stoppedAtMs ?? Number.POSITIVE_INFINITY, startsAtMs + plan.totalMs);
  const beats: Beat[] = [3, 2, 1].map((left) => ({ atMs: startsAtMs - left * SECOND_MS, accent: false }));
  const first = Math.max(0, Math.floor((fromMs - startsAtMs) / beatMs(pattern, 1)));
  for (let n = first; startsAtMs + beatMs(pattern, n) < end; n++) {
    beats.push({ atMs: startsAtMs + beatMs(pattern, n), accent: beginsPhase(plan, pattern, n) });
  }
  return beats.filter((beat) => beat.atMs >= fromMs && beat.atMs < end);
}

/** Seconds of a hold that began `heldMs` ago; a cut one is rounded down, so that it never looks full. */
function heldSeconds(heldMs: number, holdMs: number): number {
  return heldMs >= holdMs ? holdMs / SECOND_MS : Math.floor(heldMs / 100) / 10;
}

function heldEach({ parts, roundMs, lastRepetition }: Plan, ranMs: number): { seconds: number; isFull: boolean }[] {
  const hold = parts.find((part) => part.phase === 'hold');
  if (!hold) return [];
  return Array.from({ length: lastRepetition }, (_, index) => ranMs - index * roundMs - hold.startMs)
    .filter((heldMs) => heldMs > 0)
    .map((heldMs) => ({ seconds: heldSeconds(heldMs, hold.ms), isFull: heldMs >= hold.ms }));
}

function tempoOf(pattern: CuePattern): CueResult['tempo'] {
  return {
    closeSeconds: 'closeSeconds' in pattern ? pattern.closeSeconds : null,
    holdSeconds: 'holdSeconds' in pattern ? pattern.holdSeconds : null,
    openSeconds: 'openSeconds' in pattern ? pattern.openSeconds : null,
    beatsPerMinute: pattern.kind === 'metronome' ? pattern.beatsPerMinute : null,
  };
}

/** What was achieved when the cue ended, or was stopped at `stoppedAtMs` or before. A rest counts no repetition. */
export function cueResult(cue: Cue, stoppedAtMs: number): CueResult {
  const plan = planOf(cue.pattern);
  const stopMs = Math.min(stoppedAtMs, cue.stoppedAtMs ?? Number.POSITIVE_INFINITY) - cue.startsAtMs;
  const ranMs = Math.min(Math.max(0, stopMs), plan.totalMs);
  const isRest = cue.pattern.kind === 'rest' || plan.roundMs === 0;
  const held = heldEach(plan, ranMs);
  return {
    v: 1,
    repetitions: isRest ? 0 : Math.floor((ranMs + plan.restMs) / plan.roundMs),
    holdSeconds: held.map((hold) => hold.seconds),
    fullHolds: held.filter((hold) => hold.isFull).length,
    tempo: tempoOf(cue.pattern),
  };
}
