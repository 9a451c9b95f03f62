import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folded } from '#domain/input/folded';
import { manualMotionsOf, type SeriesFields } from './measure';
import { measureKeyOf, otherHandOf, percentOfOtherHand, type SeriesRow, seriesKeyOf, seriesOf } from './series';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 9, 9, 9);
let made = 0;

function row(change: Partial<SeriesRow> = {}, days = 0): SeriesRow {
  made += 1;
  return {
    id: `m${made}`,
    kind: 'grip',
    side: 'right',
    digit: null,
    joint: null,
    motion: null,
    activity: null,
    site: null,
    method: 'dynamometer',
    device: 'Jamar 2',
    posture: 'asht',
    handle: 2,
    statistic: 'mean',
    trials: [10, 12, 14],
    value: 12,
    choice: null,
    measuredAt: START_MS + days * DAY_MS,
    measuredTimeZone: 'Europe/Lisbon',
    ...change,
  };
}

const angle = (change: Partial<SeriesRow> = {}, days = 0) =>
  row(
    {
      kind: 'joint',
      digit: 'index',
      joint: 'pip',
      motion: 'flexion',
      activity: 'active',
      method: 'goniometer',
      device: null,
      posture: null,
      handle: null,
      statistic: null,
      trials: null,
      value: 66,
      ...change,
    },
    days,
  );

const finger = (values: readonly number[], change: Partial<SeriesRow> = {}, days = 0) =>
  (['mcp', 'pip', 'dip'] as const).flatMap((joint, index) =>
    (['flexion', 'extension'] as const).map((motion, which) =>
      angle({ joint, motion, value: values[index * 2 + which] ?? 0, ...change }, days),
    ),
  );

describe('series', () => {
  it('makes two of three trials: their mean and their maximum', () => {
    const series = seriesOf([row(), row({ trials: [11, 12, 16], value: 13 }, 7)]);
    expect(series.map(({ of, points }) => [of.statistic, points.map(({ value }) => value)])).toEqual([
      ['mean', [12, 13]],
      ['max', [14, 16]],
    ]);
  });

  it.each<[string, Partial<SeriesRow>]>([
    ['another device', { device: 'Sensor', method: 'sensor' }],
    ['another dynamometer', { device: 'Jamar 3' }],
    ['the other hand', { side: 'left' }],
    ['another handle', { handle: 3 }],
    ['another posture', { posture: 'southampton' }],
    ['a letter', { method: 'stated' }],
  ])('keeps %s apart', (_, change) => {
    expect(seriesOf([row(), row(change, 7)]).filter(({ of }) => of.statistic === 'mean')).toHaveLength(2);
  });

  it('keeps a goniometer, a still, a clip and a live picture apart, in one measure', () => {
    const rows = (['goniometer', 'still', 'clip', 'live'] as const).map((method) => angle({ method }));
    const series = seriesOf(rows);
    expect(series.map(({ of }) => of.method).sort()).toEqual(['clip', 'goniometer', 'live', 'still']);
    expect(new Set(series.map(({ of }) => measureKeyOf(of))).size).toBe(1);
  });

  it('keeps active and passive apart', () => {
    expect(seriesOf([angle(), angle({ activity: 'passive', value: 80 })])).toHaveLength(2);
  });

  it('reads a device as it is called, however it is typed', () => {
    const typed = [row({ device: 'Jamar 2' }), row({ device: ' jamar  2' }, 1), row({ device: 'JAMAR 2' }, 2)];
    expect(seriesOf(typed).map(({ points }) => points.length)).toEqual([3, 3]);
  });

  it('is oldest first, whatever came first', () => {
    const [series] = seriesOf([angle({ value: 70 }, 14), angle({ value: 60 }, 0), angle({ value: 65 }, 7)]);
    expect(series?.points.map(({ value }) => value)).toEqual([60, 65, 70]);
  });

  it('adds up the joints of a finger on one day, in one way', () => {
    const rows = [...finger([62, 0, 74, 12, 38, 0]), ...finger([84, 0, 96, 4, 60, 0], { activity: 'passive' })];
    const totals = seriesOf(rows).filter(({ isDerived }) => isDerived);
    expect(totals.map(({ of, points }) => [of.kind, of.activity, points[0].value])).toEqual([
      ['total_motion', 'active', 162],
      ['total_motion', 'passive', 236],
    ]);
    expect(totals[0]?.points[0].rows).toHaveLength(6);
  });

  it('adds up nothing of two days, two ways or two fingers', () => {
    const [one, ...rest] = finger([62, 0, 74, 12, 38, 0]);
    const lost = (change: Partial<SeriesRow>, days = 0) => [angle({ ...one, id: 'x', ...change }, days), ...rest];
    expect(seriesOf(lost({ measuredAt: START_MS + 2 * DAY_MS })).some(({ isDerived }) => isDerived)).toBe(false);
    expect(seriesOf(lost({ method: 'visual' })).some(({ isDerived }) => isDerived)).toBe(false);
    expect(seriesOf(lost({ digit: 'ring' })).some(({ isDerived }) => isDerived)).toBe(false);
  });

  it('knows the day of whoever was measured: late evening and past midnight are two', () => {
    const late = Date.UTC(2026, 9, 9, 22, 30);
    const [one, ...rest] = finger([62, 0, 74, 12, 38, 0], { measuredAt: late, measuredTimeZone: 'UTC' });
    const after = { ...one, id: 'y', measuredAt: late + 7_200_000 } as SeriesRow;
    expect(seriesOf([after, ...rest]).some(({ isDerived }) => isDerived)).toBe(false);
    const inLisbon = [after, ...rest].map((each) => ({ ...each, measuredTimeZone: 'America/New_York' }));
    expect(seriesOf(inLisbon).some(({ isDerived }) => isDerived)).toBe(true);
  });

  it('keeps a total that was entered apart from one that was added up', () => {
    const entered = angle({ kind: 'total_motion', joint: null, motion: null, value: 170 });
    const totals = seriesOf([...finger([62, 0, 74, 12, 38, 0]), entered]).filter(
      ({ of }) => of.kind === 'total_motion',
    );
    expect(totals.map(({ isDerived, points }) => [isDerived, points.length])).toEqual([
      [false, 1],
      [true, 1],
    ]);
    expect(new Set(totals.map(({ key }) => key)).size).toBe(2);
  });

  it('finds the other hand, taken in the same way', () => {
    const all = seriesOf([
      row(),
      row({ side: 'left', trials: [30, 32, 34], value: 32 }),
      row({ side: 'left', handle: 3 }),
    ]);
    const right = all.find(({ of }) => of.side === 'right' && of.statistic === 'mean');
    const other = right ? otherHandOf(right, all) : null;
    expect(other?.of).toMatchObject({ side: 'left', handle: 2, statistic: 'mean' });
    expect(percentOfOtherHand(right?.points[0].value ?? null, other?.points[0].value ?? null)).toBe(38);
  });
  it.each<[number | null, number | null, number | null]>([
    [6.9, 31.8, 22],
    [12, 0, null],
    [null, 12, null],
    [12, null, null],
  ])('%s of %s is %s %%', (value, other, percent) => {
    expect(percentOfOtherHand(value, other)).toBe(percent);
  });
});

describe('no series mixes', () => {
  const device = fc.constantFrom('Jamar 2', 'JAMAR 2', 'Sensor', null);
  const grip = fc
    .record({
      side: fc.constantFrom('left' as const, 'right' as const),
      method: fc.constantFrom('dynamometer' as const, 'sensor' as const, 'stated' as const),
      device,
      posture: fc.constantFrom('asht' as const, 'southampton' as const, null),
      handle: fc.constantFrom(1, 2, null),
      statistic: fc.constantFrom('mean' as const, 'max' as const),
      trials: fc.option(fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 3 })),
    })
    .map((change) => row({ ...change, value: 10 }));
  const joint = fc
    .record({
      side: fc.constantFrom('left' as const, 'right' as const),
      digit: fc.constantFrom('index' as const, 'ring' as const),
      joint: fc.constantFrom('mcp' as const, 'pip' as const, 'dip' as const),
      motion: fc.constantFrom(...manualMotionsOf('pip')),
      activity: fc.constantFrom('active' as const, 'passive' as const),
      method: fc.constantFrom('goniometer' as const, 'still' as const, 'clip' as const),
      value: fc.integer({ min: 0, max: 100 }),
    })
    .map((change) => angle(change));
  const rows = fc.array(fc.oneof(grip, joint), { maxLength: 60 });
  const FIELDS = ['kind', 'side', 'digit', 'activity', 'site', 'method', 'posture', 'handle'] as const;

  it('device, method, hand, posture, handle or statistic', () => {
    fc.assert(
      fc.property(rows, (all) => {
        for (const { of, points, isDerived } of seriesOf(all)) {
          for (const part of points.flatMap((point) => point.rows)) {
            const fields: readonly (keyof SeriesFields)[] = isDerived ? FIELDS.slice(1) : FIELDS;
            for (const field of fields) expect(part[field]).toBe(of[field]);
            expect(folded(part.device ?? '')).toBe(folded(of.device ?? ''));
            if (part.trials === null) expect(part.statistic).toBe(of.statistic);
          }
        }
      }),
    );
  });
  it('and loses no measure', () => {
    fc.assert(
      fc.property(rows, (all) => {
        const series = seriesOf(all).filter(({ isDerived }) => !isDerived);
        const kept = new Set(series.flatMap(({ points }) => points.flatMap((point) => point.rows.map(({ id }) => id))));
        expect(kept).toEqual(new Set(all.map(({ id }) => id)));
        expect(new Set(series.map(({ key }) => key)).size).toBe(series.length);
        for (const { of, key } of series) expect(key).toBe(seriesKeyOf(of));
      }),
    );
  });
});
