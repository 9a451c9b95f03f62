import type { Dose } from '#domain/program/dose';
import type { CuePattern } from './cue';

type Metronome = Extract<CuePattern, { kind: 'metronome' }>;
type HoldTimer = Extract<CuePattern, { kind: 'hold' }>;

/** Where no exercise says otherwise: a slow count that can be spoken. Defaults, not a recommendation. */
export const DEFAULT_BEATS_PER_MINUTE = 60;
const DEFAULT_TEMPO = { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 };
const DEFAULT_REPETITIONS = 10;
const DEFAULT_HOLD_SECONDS = 5;
const REST_BEATS = 1;
const HOLD_REST_SECONDS = 3;

/** At 60 beats a minute a beat is a second; a slower beat stretches the whole repetition. Seconds, tenths. */
function beats(count: number, beatsPerMinute: number, max: number): number {
  return Math.min(max, Math.round((count * 600) / beatsPerMinute) / 10);
}

/** The tempo of a prescription, counted: close, hold, open, one beat of rest. */
export function metronomeOf(
  dose: Pick<Dose, 'tempo' | 'repsMin'> | null,
  { beatsPerMinute, repetitions }: { beatsPerMinute: number; repetitions: number | null },
): Metronome {
  const tempo = dose?.tempo ?? DEFAULT_TEMPO;
  const moves = tempo.closeSeconds + tempo.holdSeconds + tempo.openSeconds > 0 ? tempo : DEFAULT_TEMPO;
  return {
    v: 1,
    kind: 'metronome',
    closeSeconds: beats(moves.closeSeconds, beatsPerMinute, 60),
    holdSeconds: beats(moves.holdSeconds, beatsPerMinute, 120),
    openSeconds: beats(moves.openSeconds, beatsPerMinute, 60),
    restSeconds: beats(REST_BEATS, beatsPerMinute, 120),
    beatsPerMinute,
    repetitions: repetitions ?? dose?.repsMin ?? DEFAULT_REPETITIONS,
  };
}

/** The hold of a prescription, or `holdSeconds` where it is set by hand. */
export function holdTimerOf(
  dose: Pick<Dose, 'holdSeconds' | 'repsMin'> | null,
  { holdSeconds, repetitions }: { holdSeconds: number | null; repetitions: number | null },
): HoldTimer {
  return {
    v: 1,
    kind: 'hold',
    holdSeconds: holdSeconds ?? (dose && dose.holdSeconds > 0 ? dose.holdSeconds : DEFAULT_HOLD_SECONDS),
    restSeconds: HOLD_REST_SECONDS,
    repetitions: repetitions ?? dose?.repsMin ?? DEFAULT_REPETITIONS,
  };
}
