import type { Outputs } from '#client/api/trpc';
import type { MeasureItem } from '#domain/record/items';
import type { ForceUnit } from '#domain/record/units';

export type Read = Outputs['record']['measures'];
export type Measure = Read['measures'][number];
export type Item = MeasureItem<Measure>;

/** Of whom it is read, and in which unit of strength. */
export type Reader = Pick<Outputs['patients']['get'], 'patient' | 'episodes'> & { unit: ForceUnit };
