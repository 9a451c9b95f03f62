import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOfTyped, typedOfEntry } from './assessment-typed';
import type { TypedCell } from './entry';
import type { SeriesFields } from './measure';
import { FORCE_UNITS } from './units';

const grip: SeriesFields = {
  ...{ kind: 'grip', side: 'left', digit: null, joint: null, motion: null, activity: null, site: null },
  ...{ method: 'dynamometer', device: 'Jamar 2', posture: 'asht', handle: 2, statistic: 'mean' },
};
const straight: SeriesFields = {
  ...{ ...grip, kind: 'joint', digit: 'index', joint: 'pip', motion: 'extension', activity: 'active' },
  ...{ method: 'goniometer', device: null, posture: null, handle: null, statistic: null },
};
const typed = (texts: string[], change: Partial<TypedCell> = {}): TypedCell => ({
  ...{ texts, choice: null, stoppedFor: null },
  ...change,
});
const kgf = { unit: 'kgf', overrideReason: null } as const;

describe('what is typed into a cell', () => {
  it.each<[string, SeriesFields, string[], unknown]>([
    ['a trial left out stays open in its place', grip, ['6.6', '', '7.1'], { trials: [6.6, null, 7.1], value: null }],
    ['nothing is an open cell', grip, ['', '', ''], null],
    ['a comma is a point', grip, ['6,6'], { trials: [6.6] }],
    ['0 is an answer', grip, ['0'], { trials: [0] }],
    ['12 is 12° short of straight', straight, ['12'], { value: 12 }],
    ['−12 is, too', straight, ['-12'], { value: 12 }],
    ['+5 is 5° past it', straight, ['+5'], { value: -5 }],
  ])('%s', (_, of, texts, expected) => {
    const read = entryOfTyped(of, typed(texts), kgf);
    if (expected === null) expect(read).toEqual({ state: 'possible', entry: null });
    else expect(read).toMatchObject({ state: 'possible', entry: expected });
  });

  it.each([
    ['a word', ['twelve']],
    ['a negative grip', ['-3']],
    ['1e9', ['1e9']],
    ['more than any hand', ['900']],
  ])('%s cannot be so', (_, texts) => {
    expect(entryOfTyped(grip, typed(texts), kgf)).toEqual({ state: 'wrong' });
  });

  it('stopped for pain is an entry of its own, without a trial too', () => {
    const read = entryOfTyped(grip, typed(['', '', ''], { stoppedFor: 'pain' }), kgf);
    expect(read).toMatchObject({ entry: { stoppedFor: 'pain' } });
  });

  it('property: what was typed is shown as it was typed, in each unit', () => {
    // As fine as the unit is shown: newtons are whole.
    const trial = (unit: string) =>
      fc.option(
        fc.integer({ min: 0, max: 600 }).map((n) => String(unit === 'N' ? n : n / 10)),
        { nil: '' },
      );
    const given = fc
      .constantFrom(...FORCE_UNITS)
      .chain((unit) => fc.tuple(fc.constant(unit), fc.array(trial(unit), { minLength: 3, maxLength: 3 })));
    fc.assert(
      fc.property(given, ([unit, texts]) => {
        const read = entryOfTyped(grip, typed(texts), { unit, overrideReason: null });
        if (read.state === 'possible' && read.entry !== null)
          expect(typedOfEntry(read.entry, unit).texts).toEqual(texts);
      }),
    );
  });

  it('property: a straight is shown so that it reads the same again', () => {
    fc.assert(
      fc.property(fc.integer({ min: -40, max: 90 }), (degrees) => {
        const entry = { of: straight, trials: null, value: degrees, choice: null, note: null, stoppedFor: null };
        const shown = typedOfEntry({ ...entry, overrideReason: null }, 'kgf');
        expect(entryOfTyped(straight, shown, kgf)).toMatchObject({ entry: { value: degrees === 0 ? 0 : degrees } });
      }),
    );
  });
});
