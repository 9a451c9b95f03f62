import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  answeredOf,
  type Cell,
  type CellEntry,
  CONDITIONS,
  cellKey,
  fieldsOf,
  isPossible,
  lastOfCells,
  measureOfEntry,
  openCells,
  progressOf,
  SECTIONS,
  sectionOf,
  sectionsOf,
  TEMPLATES,
} from './assessment';
import { specOf } from './catalogue';
import { measureKindSchema, type SeriesFields } from './measure';

const grip: SeriesFields = {
  ...{ kind: 'grip', side: 'left', digit: null, joint: null, motion: null, activity: null, site: null },
  ...{ method: 'dynamometer', device: 'Jamar 2', posture: 'asht', handle: 2, statistic: 'mean' },
};
const entry = (change: Partial<CellEntry> = {}): CellEntry => ({
  ...{ of: grip, trials: [6.6, 7, null], value: null, choice: null, note: null, stoppedFor: null },
  overrideReason: null,
  ...change,
});
const stiff = (choice: string | null): CellEntry => {
  const of = { ...grip, kind: 'stiffness' as const, site: 'wrist', method: 'observed' as const, statistic: null };
  return entry({ of: { ...of, device: null, posture: null, handle: null }, trials: null, choice });
};
const cell = ({ of }: CellEntry): Cell => of;
const ask = (change: Partial<Parameters<typeof sectionsOf>[0]> = {}) =>
  sectionsOf({ template: 'first', condition: 'stroke', affected: 'left', before: [], written: [], ...change });

describe('what stands in a cell', () => {
  it.each<[string, CellEntry, unknown]>([
    ['two of three trials are a mean of two', entry(), { trials: [6.6, 7], value: 6.8, statistic: 'mean' }],
    ['three trials', entry({ trials: [6.6, 7, 7.1] }), { value: 6.9 }],
    ['no trial is no measure', entry({ trials: [null, null, null] }), null],
    ['nothing at all is no measure', entry({ trials: null }), null],
    ['a trial of 0 is one', entry({ trials: [0, null, null] }), { trials: [0], value: 0 }],
    ['a stopped test keeps what was made', entry({ stoppedFor: 'pain' }), { stoppedFor: 'pain', value: 6.8 }],
    ['a finding', stiff('slight'), { choice: 'slight', value: null, trials: null }],
    ['a finding that nobody gave is not "none"', stiff(null), null],
  ])('%s', (_, given, expected) => {
    const measure = measureOfEntry('id', given);
    if (expected === null) expect(measure).toBeNull();
    else expect(measure).toMatchObject(expected as object);
  });

  it.each<[string, CellEntry, boolean]>([
    ['open', entry({ trials: null }), true],
    ['a grip', entry(), true],
    ['a negative grip', entry({ trials: [-1] }), false],
    ['a grip of 1e9', entry({ trials: [1e9] }), false],
    ['an answer that is not on the list', stiff('enormous'), false],
  ])('may be kept: %s → %s', (_, given, expected) => {
    expect(isPossible(given)).toBe(expected);
  });
});

describe('what is asked', () => {
  it.each(['stroke', 'fracture', 'nerve'] as const)(
    'of %s: both hands of strength, the affected one first',
    (condition) => {
      const [first, second] = ask({ condition, affected: 'right' }).find(({ id }) => id === 'strength')?.cells ?? [];
      expect([first?.side, second?.side]).toEqual(['right', 'left']);
    },
  );

  it('of a stroke: tremor and box and block; of a fracture neither, but the wound and the scar', () => {
    const kinds = (condition: 'stroke' | 'fracture') =>
      new Set(ask({ condition }).flatMap(({ cells }) => cells.map(({ kind }) => kind)));
    expect([...kinds('stroke')]).toEqual(expect.arrayContaining(['tremor', 'box_and_block']));
    const ofFracture = kinds('fracture');
    expect(ofFracture.has('tremor') || ofFracture.has('box_and_block')).toBe(false);
    expect([...ofFracture]).toEqual(expect.arrayContaining(['wound', 'scar']));
  });

  it('in a re-assessment what was measured before, and whatever was added, each once', () => {
    const joint = {
      ...grip,
      kind: 'joint',
      digit: 'index',
      joint: 'pip',
      motion: 'flexion',
      activity: 'active',
    } as const;
    const again = ask({ template: 're_assessment', before: [joint, joint], written: [joint] });
    const motion = again.find(({ id }) => id === 'motion')?.cells ?? [];
    expect(motion.filter((one) => cellKey(one) === cellKey(joint))).toHaveLength(1);
    const first = ask({ before: [joint] }).find(({ id }) => id === 'motion')?.cells ?? [];
    expect(first.some(({ kind }) => kind === 'joint')).toBe(false);
  });

  it('property: every cell that is asked is one of its kind, stands once, and in the part of its kind', () => {
    const some = fc.record({
      template: fc.constantFrom(...TEMPLATES),
      condition: fc.constantFrom(...CONDITIONS),
      affected: fc.constantFrom('left', 'right', 'both'),
    });
    fc.assert(
      fc.property(some, (asked) => {
        const sections = sectionsOf({ ...asked, before: [], written: [] });
        expect(sections.map(({ id }) => id)).toEqual(SECTIONS);
        const keys = sections.flatMap(({ cells }) => cells.map(cellKey));
        expect(new Set(keys).size).toBe(keys.length);
        for (const { id, cells } of sections)
          for (const one of cells) {
            expect(sectionOf(one.kind)).toBe(id);
            const { required, sites } = specOf(one.kind);
            expect(required.includes('side') ? one.side !== null : true).toBe(true);
            expect(sites.length > 0).toBe(one.site !== null);
          }
      }),
    );
  });

  it('has a part for every kind', () => {
    for (const kind of measureKindSchema.options) expect(SECTIONS).toContain(sectionOf(kind));
  });
});

describe('how far it is', () => {
  const sections = [{ id: 'strength' as const, cells: [cell(entry())] }];
  const withEntry = (given: CellEntry | null) => new Map([[cellKey(cell(entry())), given]]);

  it.each<[string, CellEntry | null, number]>([
    ['nothing', null, 0],
    ['two trials of three', entry(), 2],
    ['all', entry({ trials: [1, 2, 3] }), 3],
    ['a value without trials, as from a letter', entry({ trials: null, value: 6.9 }), 3],
    ['stopped on pain: it is done', entry({ trials: [6], stoppedFor: 'pain' }), 3],
  ])('%s', (_, given, answered) => {
    expect(progressOf(sections[0] ?? { id: 'strength', cells: [] }, withEntry(given))).toEqual({ asked: 3, answered });
    const open = openCells(sections, withEntry(given));
    expect(open.map(({ left }) => left)).toEqual(answered === 3 ? [] : [3 - answered]);
  });

  it('property: never more is answered than is asked', () => {
    const trials = fc.array(fc.option(fc.double({ min: 0, max: 90, noNaN: true })), { maxLength: 6 });
    fc.assert(
      fc.property(trials, (made) => {
        const given = entry({ trials: made });
        expect(answeredOf(cell(given), given)).toBeLessThanOrEqual(fieldsOf(cell(given)));
      }),
    );
  });
});

describe('of two who write the same cell', () => {
  it('property: the one who said it last counts, in whatever order it arrives', () => {
    const said = fc.record({
      cell: fc.constantFrom('a', 'b'),
      saidAt: fc.integer({ min: 0, max: 5 }),
      receivedAt: fc.integer({ min: 0, max: 5 }),
      id: fc.uuid(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(said, { selector: ({ id }) => id, maxLength: 12 }), (entries) => {
        const last = lastOfCells(entries);
        expect(lastOfCells([...entries].reverse())).toEqual(last);
        for (const one of entries) expect(last.get(one.cell)?.saidAt).toBeGreaterThanOrEqual(one.saidAt);
      }),
    );
  });
});
