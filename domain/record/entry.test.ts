import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue';
import { againHow, cellsOf, EMPTY_CELL, type EntryHow, readCell, recentKinds, usualHow, valueFromTyped } from './entry';
import { measureInputSchema } from './measure-input';
import { FORCE_UNITS, type ForceUnit } from './units';

const ID = '01a2b3c4-d5e6-4f70-8a9b-0c1d2e3f4a5b';
const GRIP = usualHow('grip', []);
const first = (how: EntryHow) => {
  const [cell] = cellsOf(how);
  if (!cell) throw new Error('no cell');
  return cell;
};
const read = (how: EntryHow, texts: string[], unit: ForceUnit = 'kgf') =>
  readCell(first(how), { ...EMPTY_CELL, texts }, { id: ID, unit });

describe('the cells of a form', () => {
  it('has both hands beside each other', () => {
    expect(cellsOf(GRIP).map(({ of }) => [of.side, of.handle, of.posture])).toEqual([
      ['left', 2, 'asht'],
      ['right', 2, 'asht'],
    ]);
  });
  it('has every joint of a finger, both ways, active and passive', () => {
    const cells = cellsOf({ ...usualHow('joint', []), part: 'ring' });
    // Abduction of the MCP beside flexion and extension: 7 motions, twice, of two hands.
    expect(cells).toHaveLength(28);
    expect(new Set(cells.map(({ of }) => of.digit))).toEqual(new Set(['ring']));
  });
  it('has a wrist of no digit', () => {
    const cells = cellsOf({ ...usualHow('joint', []), part: 'wrist' });
    expect(cells.map(({ of }) => of.digit)).not.toContain('index');
    expect(cells).toHaveLength(16);
  });
  it('has pain once', () => {
    expect(cellsOf(usualHow('pain_now', []))).toHaveLength(1);
  });
  it('is of something that can be, whatever kind and site', () => {
    for (const spec of CATALOGUE)
      for (const site of spec.sites.length > 0 ? spec.sites.map(({ id }) => id) : [null])
        for (const cell of cellsOf({ ...usualHow(spec.kind, []), site })) {
          const [choice = null] = spec.choices;
          const text = String(spec.bounds ? Math.max(1, spec.bounds.min) : '');
          const typed = spec.unit === null ? { ...EMPTY_CELL, choice } : { ...EMPTY_CELL, texts: [text] };
          expect(readCell(cell, typed, { id: ID, unit: 'kgf' }).state, `${spec.kind} ${site}`).toBe('measured');
        }
  });
});

describe('what was typed', () => {
  it.each<[string, string[], unknown]>([
    ['three trials', ['6.6', '7', '7,1'], { trials: [6.6, 7, 7.1], value: 6.9 }],
    ['a trial left out is none', ['6.6', '', '7'], { trials: [6.6, 7], value: 6.8 }],
    ['a hand that cannot squeeze', ['0'], { trials: [0], value: 0 }],
    ['Arabic digits', ['١٢'], { trials: [12], value: 12 }],
  ])('%s', (_, texts, expected) => {
    expect(read(GRIP, texts)).toMatchObject({ state: 'measured', measure: expected });
  });
  it.each<[string, string[], string]>([
    ['negative', ['-3'], 'out_of_bounds'],
    ['1e9', ['1e9'], 'not_a_number'],
    ['1000000000', ['1000000000'], 'out_of_bounds'],
    ['12 N', ['12 N'], 'not_a_number'],
    ['NaN', ['NaN'], 'not_a_number'],
    ['one of three', ['6', 'x', '7'], 'not_a_number'],
  ])('%s is refused', (_, texts, code) => {
    expect(read(GRIP, texts)).toEqual({ state: 'wrong', code });
  });
  it('is nothing where nothing was typed', () => {
    expect(read(GRIP, ['', ' ', ''])).toEqual({ state: 'empty' });
  });
  it('is in the unit of whoever types', () => {
    expect(read(GRIP, ['26.4'], 'lb')).toMatchObject({ measure: { value: 11.975 } });
    expect(valueFromTyped({ kind: 'grip', joint: null, motion: null }, '98.07', 'N')).toBe(10);
    expect(valueFromTyped({ kind: 'nine_hole_peg', joint: null, motion: null }, '27.4', 'lb')).toBe(27.4);
  });
  it('is a lag in extension, and has no sign in flexion', () => {
    expect(valueFromTyped({ kind: 'joint', joint: 'pip', motion: 'extension' }, '-12', 'kgf')).toBe(12);
    expect(valueFromTyped({ kind: 'joint', joint: 'pip', motion: 'extension' }, '+5', 'kgf')).toBe(-5);
    expect(valueFromTyped({ kind: 'joint', joint: 'wrist', motion: 'extension' }, '-12', 'kgf')).toBe(-12);
    expect(valueFromTyped({ kind: 'joint', joint: 'pip', motion: 'flexion' }, '-', 'kgf')).toBeNaN();
  });
  it('is stored only as it may be, whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 6 }), fc.constantFrom(...FORCE_UNITS), (texts, unit) => {
        const cell = read(GRIP, texts, unit);
        if (cell.state === 'measured') expect(measureInputSchema.safeParse(cell.measure).success).toBe(true);
      }),
    );
  });
});

describe('what the form remembers', () => {
  const earlier = [
    { ...GRIP, kind: 'grip', method: 'stated', device: null, handle: null, posture: null },
    { ...GRIP, kind: 'pain_now', method: 'said' },
    { ...GRIP, kind: 'grip', method: 'dynamometer', device: 'Jamar 2', handle: 3, posture: 'other' },
  ] as const;
  it('is how it was tested by hand the last time, not what a letter says', () => {
    expect(usualHow('grip', earlier)).toMatchObject({ device: 'Jamar 2', handle: 3, posture: 'other' });
  });
  it('measures the same again: same place, by hand where it was drawn', () => {
    const wrist = { ...GRIP, kind: 'joint', side: 'left', digit: null, joint: 'wrist', motion: 'extension' } as const;
    const drawn = { ...wrist, activity: 'active', method: 'clip', statistic: null } as const;
    expect(againHow(drawn, earlier)).toMatchObject({ kind: 'joint', part: 'wrist', method: 'goniometer' });
    const squeezed = { ...drawn, kind: 'grip', joint: null, motion: null, activity: null } as const;
    expect(againHow({ ...squeezed, method: 'sensor', device: 'Squeeze' }, earlier)).toMatchObject({
      method: 'sensor',
      device: 'Squeeze',
    });
  });
  it('is the last kinds first, each once', () => {
    expect(recentKinds(earlier)).toEqual(['grip', 'pain_now']);
  });
});
