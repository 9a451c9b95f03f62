import * as z from 'zod/mini';
import { lineSchema, wholeNumber } from '#domain/input/fields';

export const loadKindSchema = z.enum(['none', 'putty', 'band', 'gripper', 'weight', 'effort']);
export type LoadKind = z.infer<typeof loadKindSchema>;

/**
 * What the hand works against. `level` counts from 1, the softest of its brand: colours are
 * not standard across brands ("How to use therapy putty", biologyinsights.com). `kgf` is measured or printed on the device; `percent` is a share of the person's best effort.
 */
export const loadSchema = z
  .object({
    kind: loadKindSchema,
    brand: z.nullable(lineSchema(60)),
    level: z.nullable(wholeNumber(1, 12)),
    kgf: z.nullable(z.number().check(z.gt(0), z.lte(100))),
    percent: z.nullable(wholeNumber(1, 100)),
  })
  .check(
    z.refine(({ kind, brand, level, kgf }) => kind !== 'none' || (brand === null && level === null && kgf === null), {
      path: ['kind'],
    }),
    z.refine(({ kind, percent }) => percent === null || kind === 'effort', { path: ['percent'] }),
  );
export type Load = z.infer<typeof loadSchema>;

export type LoadPart = 'brand' | 'level' | 'kgf' | 'percent';

/**
 * What is said of a load of each kind. A weight is its kilograms (1 kg weighs 1 kgf) and has no level; putty and bands
 * are brand and level, with the force where somebody measured it; a gripper has the force on its label.
 */
export const LOAD_PARTS: Record<LoadKind, readonly LoadPart[]> = {
  none: [],
  putty: ['brand', 'level', 'kgf'],
  band: ['brand', 'level', 'kgf'],
  gripper: ['brand', 'level', 'kgf'],
  weight: ['kgf'],
  effort: ['percent'],
};

/** A load of a kind of which nothing more is known: the level of a putty says nothing about a band. */
export function newLoad(kind: LoadKind): Load {
  return { kind, brand: null, level: null, kgf: null, percent: null };
}

/** The load with one part said anew; what its kind does not have is dropped (a weight that was given a level). */
export function withLoadPart<P extends LoadPart>(load: Load, part: P, value: Load[P]): Load {
  const kept = Object.fromEntries(LOAD_PARTS[load.kind].map((one) => [one, load[one]]));
  return { ...newLoad(load.kind), ...kept, [part]: value };
}
