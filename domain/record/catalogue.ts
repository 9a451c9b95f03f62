import { FINDINGS } from './catalogue/findings';
import { MOTION } from './catalogue/motion';
import { SIZE_FEELING } from './catalogue/size-feeling';
import type { MeasureField, MeasureSpec, Site } from './catalogue/spec';
import { STRENGTH } from './catalogue/strength';
import type { MeasureKind } from './measure';

/** Every kind, in the order in which they are listed. */
export const CATALOGUE: readonly MeasureSpec[] = [...MOTION, ...STRENGTH, ...SIZE_FEELING, ...FINDINGS];

const BY_KIND = new Map(CATALOGUE.map((spec) => [spec.kind, spec]));

/** What a kind has: unit, protocol, bounds, detectable changes, norms. */
export function specOf(kind: MeasureKind): MeasureSpec {
  const spec = BY_KIND.get(kind);
  if (!spec) throw new Error(`no measure of kind ${kind}`);
  return spec;
}

/** Whether a kind may say this of itself. */
export function hasField(kind: MeasureKind, field: MeasureField): boolean {
  const { required, optional } = specOf(kind);
  return required.includes(field) || optional.includes(field);
}

/** The place of a kind that goes by this id; null where there is none. */
export function siteOf(kind: MeasureKind, id: string | null): Site | null {
  return specOf(kind).sites.find((site) => site.id === id) ?? null;
}
