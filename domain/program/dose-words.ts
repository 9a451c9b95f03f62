import type { Dose } from './dose';
import type { Load } from './load';

export type DoseMessage = { key: `dose.${string}`; values: Record<string, number | string> };

/** "2 × 10, hold 3 s" as a message key with counts; holds of whole minutes come in minutes. */
export function doseSentence(dose: Pick<Dose, 'sets' | 'repsMin' | 'repsMax' | 'holdSeconds'>): DoseMessage {
  const { sets, repsMin, repsMax, holdSeconds } = dose;
  const inMinutes = holdSeconds >= 60 && holdSeconds % 60 === 0;
  if (inMinutes && repsMax === 1) return { key: 'dose.setsMinutes', values: { sets, minutes: holdSeconds / 60 } };
  const isRange = repsMin !== repsMax;
  const reps: Record<string, number> = isRange ? { repsMin, repsMax } : { reps: repsMin };
  const base = isRange ? 'dose.setsRange' : 'dose.setsReps';
  if (inMinutes) return { key: `${base}Minutes`, values: { sets, ...reps, minutes: holdSeconds / 60 } };
  if (holdSeconds > 0) return { key: `${base}Hold`, values: { sets, ...reps, holdSeconds } };
  return { key: base, values: { sets, ...reps } };
}

/**
 * The load as a message key with what is known of it; `dose.load.none` when there is none. Level and brand come before
 * the force: they are what the person reads on the thing in their hand.
 */
export function loadSentence(load: Load): DoseMessage {
  const { kind, brand, level, kgf, percent } = load;
  if (kind === 'effort') {
    return percent === null
      ? { key: 'dose.load.effort', values: {} }
      : { key: 'dose.load.effortPercent', values: { percent } };
  }
  if (kgf !== null && (kind === 'weight' || level === null)) {
    return brand === null || kind === 'weight'
      ? { key: `dose.load.${kind}Kgf`, values: { kgf } }
      : { key: `dose.load.${kind}BrandKgf`, values: { brand, kgf } };
  }
  if (level === null) {
    return brand === null || kind === 'weight'
      ? { key: `dose.load.${kind}`, values: {} }
      : { key: `dose.load.${kind}Brand`, values: { brand } };
  }
  return brand === null
    ? { key: `dose.load.${kind}Level`, values: { level } }
    : { key: `dose.load.${kind}BrandLevel`, values: { brand, level } };
}
