import { type CellEntry, isPossible } from './assessment';
import { specOf } from './catalogue';
import { EMPTY_CELL, type TypedCell, valueFromTyped } from './entry';
import { isStraightening } from './joints';
import type { SeriesFields } from './measure';
import { FORCE_DECIMALS, type ForceUnit, forceFrom } from './units';

export type ReadEntry =
  /** Null = the cell is open again. */
  { readonly state: 'possible'; readonly entry: CellEntry | null } | { readonly state: 'wrong' };

/** What was typed into a cell as it is kept: a trial that is left out stays open in its place. */
export function entryOfTyped(
  of: SeriesFields,
  { texts, choice, stoppedFor }: TypedCell,
  { unit, overrideReason }: { unit: ForceUnit; overrideReason: string | null },
): ReadEntry {
  const values = texts.map((text) => valueFromTyped(of, text, unit));
  if (values.some((value) => Number.isNaN(value))) return { state: 'wrong' };
  if (values.every((value) => value === null) && choice === null && stoppedFor === null)
    return { state: 'possible', entry: null };
  const hasTrials = specOf(of.kind).trials !== null;
  const entry: CellEntry = {
    of,
    trials: hasTrials && choice === null ? values : null,
    value: hasTrials || choice !== null ? null : (values[0] ?? null),
    choice,
    note: null,
    stoppedFor,
    overrideReason,
  };
  return isPossible(entry) ? { state: 'possible', entry } : { state: 'wrong' };
}

/** What stands in a cell as it would be typed: a lag with its minus, what is past straight with a plus. */
export function typedOfEntry(entry: CellEntry | null, unit: ForceUnit): TypedCell {
  if (entry === null) return EMPTY_CELL;
  const { of, trials, value, choice, stoppedFor } = entry;
  const numbers = trials ?? (value === null ? [] : [value]);
  return { texts: numbers.map((number) => textOf(of, number, unit)), choice, stoppedFor };
}

function textOf(of: SeriesFields, value: number | null, unit: ForceUnit): string {
  if (value === null) return '';
  if (isStraightening(of.joint, of.motion)) return value === 0 ? '0' : value > 0 ? `−${value}` : `+${-value}`;
  if (specOf(of.kind).unit !== 'kgf') return String(value);
  const scale = 10 ** FORCE_DECIMALS[unit];
  return String(Math.round(forceFrom(value, unit) * scale) / scale);
}
