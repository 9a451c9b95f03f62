import type { Sex } from './sex';

/** Mean and standard deviation of one hand. */
type Spread = { readonly mean: number; readonly sd: number };
/** Of people from this age on, up to the next row; the last has no end. */
type SpreadRow = { readonly fromAge: number; readonly right: Spread; readonly left: Spread };
export type SpreadTable = Readonly<Record<Sex, readonly SpreadRow[]>>;
