import * as z from 'zod/mini';
import { epochMsSchema, idSchema } from './input';

/** 3, 2, 1: the count ends at the start instant. */
export const LEAD_IN_MS = 3000;
/** A start is announced at least this far ahead, so that it reaches the other side before it happens. */
export const START_AHEAD_MS = 1500;

const seconds = (max: number) => z.number().check(z.minimum(0), z.maximum(max));
const repetitions = z.int().check(z.minimum(1), z.maximum(100));

export const cuePatternSchema = z.discriminatedUnion('kind', [
  z.object({
    v: z.literal(1),
    kind: z.literal('metronome'),
    closeSeconds: seconds(60),
    holdSeconds: seconds(120),
    openSeconds: seconds(60),
    restSeconds: seconds(120),
    /** Flashes at most three times a second (WCAG 2.3.1), so 180 is the ceiling. */
    beatsPerMinute: z.int().check(z.minimum(20), z.maximum(180)),
    repetitions,
  }),
  z.object({
    v: z.literal(1),
    kind: z.literal('hold'),
    holdSeconds: z.number().check(z.minimum(1), z.maximum(600)),
    restSeconds: seconds(600),
    repetitions,
  }),
]);
export type CuePattern = z.infer<typeof cuePatternSchema>;

export const cueSchema = z.object({
  cueId: idSchema,
  pattern: cuePatternSchema,
  startsAtMs: epochMsSchema,
  stoppedAtMs: z.nullable(epochMsSchema),
  lineageId: z.nullable(idSchema),
});
export type Cue = z.infer<typeof cueSchema>;

export const cueResultSchema = z.object({
  v: z.literal(1),
  repetitions: z.int().check(z.minimum(0), z.maximum(100)),
  /** Seconds held in each hold that began, the last one maybe cut short. */
  holdSeconds: z.array(z.number().check(z.minimum(0), z.maximum(600))).check(z.maxLength(100)),
});
export type CueResult = z.infer<typeof cueResultSchema>;

export type CuePhase = 'lead_in' | 'close' | 'hold' | 'open' | 'rest' | 'done' | 'stopped';
export type CueMoment = {
  phase: CuePhase;
  repetition: number;
  phaseElapsedMs: number;
  phaseLengthMs: number;
  countdown: number | null;
};
type Part = { phase: 'close' | 'hold' | 'open' | 'rest'; ms: number };

export function startIsAheadEnough(nowMs: number, startsAtMs: number): boolean {
  return startsAtMs - nowMs >= START_AHEAD_MS;
}

function parts(pattern: CuePattern): Part[] {
  const all: Part[] =
    pattern.kind === 'metronome'
      ? [
          { phase: 'close', ms: pattern.closeSeconds * 1000 },
          { phase: 'hold', ms: pattern.holdSeconds * 1000 },
          { phase: 'open', ms: pattern.openSeconds * 1000 },
          { phase: 'rest', ms: pattern.restSeconds * 1000 },
        ]
      : [
          { phase: 'hold', ms: pattern.holdSeconds * 1000 },
          { phase: 'rest', ms: pattern.restSeconds * 1000 },
        ];
  return all.filter((part) => part.ms > 0);
}

const lengthOf = (pattern: CuePattern) => parts(pattern).reduce((sum, part) => sum + part.ms, 0);

/** What both sides show at an instant, from the start instant and the pattern alone: nothing is sent in between. */
export function cueAt(cue: Cue, atMs: number): CueMoment {
  if (cue.stoppedAtMs !== null && atMs >= cue.stoppedAtMs)
    return { ...momentAt(cue, cue.stoppedAtMs), phase: 'stopped', countdown: null };
  return momentAt(cue, atMs);
}

function momentAt(cue: Cue, atMs: number): CueMoment {
  const since = atMs - cue.startsAtMs;
  if (since < 0) {
    return {
      phase: 'lead_in',
      repetition: 1,
      phaseElapsedMs: Math.max(0, LEAD_IN_MS + since),
      phaseLengthMs: LEAD_IN_MS,
      countdown: Math.ceil(-since / 1000),
    };
  }
  const round = lengthOf(cue.pattern);
  const index = round > 0 ? Math.floor(since / round) : cue.pattern.repetitions;
  if (index >= cue.pattern.repetitions) {
    return { phase: 'done', repetition: cue.pattern.repetitions, phaseElapsedMs: 0, phaseLengthMs: 0, countdown: null };
  }
  let rest = since - index * round;
  for (const part of parts(cue.pattern)) {
    if (rest < part.ms) {
      return {
        phase: part.phase,
        repetition: index + 1,
        phaseElapsedMs: rest,
        phaseLengthMs: part.ms,
        countdown: Math.ceil((part.ms - rest) / 1000),
      };
    }
    rest -= part.ms;
  }
  return { phase: 'done', repetition: index + 1, phaseElapsedMs: 0, phaseLengthMs: 0, countdown: null };
}

export type Beat = { atMs: number; accent: boolean };

/** The beats in [fromMs, untilMs), each once however the time is cut; the count-in's three, then the tempo's. */
export function beatsBetween(cue: Cue, fromMs: number, untilMs: number): Beat[] {
  const end = Math.min(untilMs, cue.stoppedAtMs ?? Number.POSITIVE_INFINITY);
  const beats: Beat[] = [];
  for (let left = 3; left >= 1; left--) beats.push({ atMs: cue.startsAtMs - left * 1000, accent: false });
  const round = lengthOf(cue.pattern);
  const last = cue.startsAtMs + round * cue.pattern.repetitions;
  const period = cue.pattern.kind === 'metronome' ? 60_000 / cue.pattern.beatsPerMinute : 1000;
  const first = Math.max(0, Math.ceil((fromMs - cue.startsAtMs) / period - 1));
  for (let n = first; cue.startsAtMs + n * period < Math.min(end, last); n++) {
    const atMs = cue.startsAtMs + n * period;
    beats.push({ atMs, accent: round > 0 && (n * period) % round < period });
  }
  return beats.filter((beat) => beat.atMs >= fromMs && beat.atMs < end);
}

/** What was achieved when the cue ended or was stopped: a hold that was cut short is not a full hold. */
export function cueResult(cue: Cue, stoppedAtMs: number): CueResult {
  const round = lengthOf(cue.pattern);
  const ran = Math.min(Math.max(0, stoppedAtMs - cue.startsAtMs), round * cue.pattern.repetitions);
  const repetitionsDone = round > 0 ? Math.floor(ran / round) : 0;
  const before = parts(cue.pattern);
  const holdIndex = before.findIndex((part) => part.phase === 'hold');
  const hold = before[holdIndex];
  if (!hold) return { v: 1, repetitions: repetitionsDone, holdSeconds: [] };
  const holdStartsMs = before.slice(0, holdIndex).reduce((sum, part) => sum + part.ms, 0);
  const holdSeconds: number[] = [];
  for (let n = 0; n < cue.pattern.repetitions; n++) {
    const held = Math.min(hold.ms, ran - n * round - holdStartsMs);
    if (held <= 0) break;
    holdSeconds.push(Math.round(held / 100) / 10);
  }
  return { v: 1, repetitions: repetitionsDone, holdSeconds };
}
