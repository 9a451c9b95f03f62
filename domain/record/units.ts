import * as z from 'zod/mini';
import { stored } from './measure';

/** In what strength is shown and typed; it is stored in kgf. */
export const forceUnitSchema = z.enum(['kgf', 'lb', 'N']);
export type ForceUnit = z.infer<typeof forceUnitSchema>;
export const FORCE_UNITS = forceUnitSchema.options;

/** Standard gravity: 1 kgf = 9.80665 N. International pound: 1 lbf = 0.45359237 kgf. Both by definition. */
const KGF_OF: Readonly<Record<ForceUnit, number>> = { kgf: 1, lb: 0.453_592_37, N: 1 / 9.806_65 };

/** Kilograms-force in the reader's unit, unrounded. */
export function forceFrom(kgf: number, unit: ForceUnit): number {
  return kgf / KGF_OF[unit];
}

/** What was typed in a unit, in kgf as it is stored (three decimals: a tenth of a pound or newton is read back as typed). */
export function forceToKgf(value: number, unit: ForceUnit): number {
  return stored(value * KGF_OF[unit]);
}

/** Decimals that a strength is shown with: a dynamometer is read to the half kilogram or pound at best. */
export const FORCE_DECIMALS: Readonly<Record<ForceUnit, number>> = { kgf: 1, lb: 1, N: 0 };

export type ForceDoubt = { readonly meant: ForceUnit; readonly kgf: number };

/** Up to this many times more or less than last time is a change that hands make; only beyond it is a unit doubted. */
const PLAUSIBLE_RATIO = 2;
/** How near the last value another unit must bring it before it is asked for. Both are this house's defaults. */
const NEAR_RATIO = 1.5;

function ratioOf(a: number, b: number): number {
  return Math.max(a, b) / Math.min(a, b);
}

/**
 * Whether another unit was meant: the number as typed, the unit that it was taken for, and what the same hand did last time
 * in kgf (null = nothing to compare with). Asks only where the value is more than twice or less than half of the last one,
 * and in another unit would be close to it: 12 typed as newtons after 12 kgf. Null = nothing to ask. It asks, and changes
 * nothing by itself.
 */
export function forceDoubt(typed: number, unit: ForceUnit, lastKgf: number | null): ForceDoubt | null {
  if (lastKgf === null || lastKgf <= 0 || typed <= 0) return null;
  if (ratioOf(typed * KGF_OF[unit], lastKgf) <= PLAUSIBLE_RATIO) return null;
  const nearest = FORCE_UNITS.filter((other) => other !== unit)
    .map((meant) => ({ meant, ratio: ratioOf(typed * KGF_OF[meant], lastKgf) }))
    .sort((a, b) => a.ratio - b.ratio)[0];
  if (!nearest || nearest.ratio > NEAR_RATIO) return null;
  return { meant: nearest.meant, kgf: forceToKgf(typed, nearest.meant) };
}
