import { describe, expect, it } from 'vitest';
import { LOAD_PARTS, type Load, loadKindSchema, loadSchema, newLoad, withLoadPart } from './load';

const NO_LOAD: Load = { kind: 'none', brand: null, level: null, kgf: null, percent: null };
const load = (more: Partial<Load>): Load => ({ ...NO_LOAD, ...more });

describe('loadSchema', () => {
  it.each<[Partial<Load>, boolean]>([
    [{ kind: 'none' }, true],
    [{ kind: 'none', level: 1 }, false],
    [{ kind: 'none', kgf: 1 }, false],
    [{ kind: 'none', brand: 'A' }, false],
    [{ kind: 'putty', brand: 'A', level: 1 }, true],
    [{ kind: 'putty', level: 12 }, true],
    [{ kind: 'putty', level: 13 }, false],
    [{ kind: 'putty', level: 0 }, false],
    [{ kind: 'putty', brand: '' }, false],
    [{ kind: 'putty', brand: 'A\0' }, false],
    [{ kind: 'weight', kgf: 0.5 }, true],
    [{ kind: 'weight', kgf: 0 }, false],
    [{ kind: 'weight', kgf: 100.5 }, false],
    [{ kind: 'effort', percent: 30 }, true],
    [{ kind: 'effort', percent: 0 }, false],
    [{ kind: 'effort', percent: 1 }, true],
    [{ kind: 'putty', brand: 'a'.repeat(60) }, true],
    [{ kind: 'putty', brand: 'a'.repeat(61) }, false],
    [{ kind: 'effort', percent: 101 }, false],
    [{ kind: 'putty', percent: 30 }, false],
  ])('%j: %s', (change, valid) => {
    expect(loadSchema.safeParse(load(change)).success).toBe(valid);
  });
});

describe('a part of a load', () => {
  it('is said anew and leaves the others', () => {
    const putty = load({ kind: 'putty', brand: 'A', level: 2 });
    expect(withLoadPart(putty, 'kgf', 1.5)).toEqual({ ...putty, kgf: 1.5 });
    expect(withLoadPart(putty, 'level', null)).toEqual({ ...putty, level: null });
  });

  it('takes what its kind does not have with it: a weight has kilograms and no level', () => {
    const weight = withLoadPart(load({ kind: 'weight', kgf: 0.5, level: 1, brand: 'A' }), 'kgf', 0.75);
    expect(weight).toEqual(load({ kind: 'weight', kgf: 0.75 }));
  });

  it('exists in every kind that is a load, and makes a load that is valid', () => {
    for (const kind of loadKindSchema.options) {
      expect(loadSchema.safeParse(newLoad(kind)).success).toBe(true);
      expect(LOAD_PARTS[kind].length > 0).toBe(kind !== 'none');
    }
    expect(LOAD_PARTS.weight).toEqual(['kgf']);
  });
});
