import { folded } from '#domain/input/folded';
import { groupBy } from '#domain/input/group';
import { localDay } from '#domain/time/local-day';
import { CATALOGUE, specOf } from './catalogue';
import { type JointReading, totalMotion } from './joints';
import { type SeriesFields, type Statistic, valueOfTrials } from './measure';

/** A measure as it is read: entered, or drawn on a picture (then its method is `still`, `clip` or `live`). */
export type SeriesRow = SeriesFields & {
  readonly id: string;
  /** In the stored unit; null = not given. */
  readonly trials: readonly number[] | null;
  readonly value: number | null;
  readonly choice: string | null;
  /** Epoch ms, UTC, and where. */
  readonly measuredAt: number;
  readonly measuredTimeZone: string;
};

/** A value at its time, with the measure it is of; of a total, with every reading that it is made of. */
export type SeriesPoint<Row> = {
  readonly at: number;
  readonly value: number | null;
  readonly choice: string | null;
  readonly trials: readonly number[] | null;
  readonly rows: readonly [Row, ...Row[]];
};

export type Series<Row> = {
  readonly key: string;
  readonly of: SeriesFields;
  /** A total that is the sum of joints which were measured. */
  readonly isDerived: boolean;
  /** Oldest first. */
  readonly points: readonly [SeriesPoint<Row>, ...SeriesPoint<Row>[]];
};

const FIELDS = [
  'kind',
  'side',
  'digit',
  'joint',
  'motion',
  'activity',
  'site',
  'method',
  'device',
  'posture',
  'handle',
  'statistic',
] as const satisfies readonly (keyof SeriesFields)[];

/**
 * By what values belong together: all of it, the device as it is read ("jamar 2" is "Jamar 2"). Values of two devices,
 * methods, hands, postures or handles are never one series; mean and maximum of the same trials are two.
 */
export function seriesKeyOf(of: SeriesFields): string {
  return JSON.stringify(FIELDS.map((field) => (field === 'device' ? folded(of.device ?? '') : of[field])));
}

/** The same measure however it was taken: its lines stand in one picture, apart. */
export function measureKeyOf(of: SeriesFields): string {
  return seriesKeyOf({ ...of, method: 'observed', device: null, posture: null, handle: null, statistic: null });
}

/** What tells the series of a measure, without its value. */
export function fieldsOf(row: SeriesFields): SeriesFields {
  const { kind, side, digit, joint, motion, activity, site, method, device, posture, handle, statistic } = row;
  return { kind, side, digit, joint, motion, activity, site, method, device, posture, handle, statistic };
}

type Placed<Row> = { readonly of: SeriesFields; readonly isDerived: boolean; readonly point: SeriesPoint<Row> };

/** A measure in each series that it belongs to: its trials in that of the mean and in that of the maximum. */
function placesOf<Row extends SeriesRow>(row: Row): Placed<Row>[] {
  const at = (statistic: Statistic | null, value: number | null): Placed<Row> => ({
    of: { ...fieldsOf(row), statistic },
    isDerived: false,
    point: { at: row.measuredAt, value, choice: row.choice, trials: row.trials, rows: [row] },
  });
  const { trials } = row;
  if (row.statistic === null || trials === null || trials.length === 0) return [at(row.statistic, row.value)];
  const statistics = specOf(row.kind).trials?.statistics ?? [row.statistic];
  return statistics.map((statistic) => at(statistic, valueOfTrials(trials, statistic)));
}

/** Joints of one digit that were measured on one day in one way. */
function sittingOf(row: SeriesRow): string {
  const day = localDay(row.measuredAt, row.measuredTimeZone);
  return `${day} ${seriesKeyOf({ ...fieldsOf(row), joint: null, motion: null })}`;
}

/** Total motion (TAM, TPM) of every day on which each joint of the digit was bent and straightened, in one way. */
function totalsOf<Row extends SeriesRow>(rows: readonly Row[]): Placed<Row>[] {
  const joints = rows.filter((row) => row.kind === 'joint' && row.digit !== null && row.value !== null);
  return [...groupBy(joints, sittingOf).values()].flatMap((sitting) => {
    const [first] = sitting;
    const total = first ? totalMotion(sitting.flatMap(readingOf)) : null;
    if (!first || !total) return [];
    const used = [...total.from] as [Row, ...Row[]];
    const of = { ...fieldsOf(first), kind: 'total_motion', joint: null, motion: null } as const;
    const at = Math.max(...used.map((row) => row.measuredAt));
    return [{ of, isDerived: true, point: { at, value: total.degrees, choice: null, trials: null, rows: used } }];
  });
}

function readingOf<Row extends SeriesRow>(row: Row): JointReading<Row>[] {
  const { joint, motion, value, digit, activity, measuredAt: at } = row;
  if (joint === null || digit === null || value === null || activity === null) return [];
  return motion === 'flexion' || motion === 'extension'
    ? [{ joint, digit, motion, activity, degrees: value, at, row }]
    : [];
}

const RANKS = new Map(CATALOGUE.map(({ kind }, rank) => [kind, rank]));
const DIGITS = [null, 'thumb', 'index', 'middle', 'ring', 'little'] as const;
const JOINTS = [null, 'mcp', 'pip', 'dip', 'thumb_cmc', 'thumb_mcp', 'thumb_ip', 'wrist', 'forearm'] as const;

function rankOf({ kind, digit, joint, side }: SeriesFields): readonly number[] {
  return [RANKS.get(kind) ?? 0, DIGITS.indexOf(digit), JOINTS.indexOf(joint), side === 'right' ? 1 : 0];
}

function inOrder(a: SeriesFields, b: SeriesFields): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  const at = left.findIndex((rank, index) => rank !== right[index]);
  return at === -1 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/**
 * Measures as series, each oldest first, in the order of the catalogue. Totals are made of joints; one that was entered as
 * a total is a series of its own. What counts no longer (corrected, taken away) is left out by whoever reads the rows.
 */
export function seriesOf<Row extends SeriesRow>(rows: readonly Row[]): Series<Row>[] {
  const placed = [...rows.flatMap(placesOf), ...totalsOf(rows)];
  const groups = groupBy(placed, ({ of, isDerived }) => `${isDerived ? 'sum' : ''}${seriesKeyOf(of)}`);
  return [...groups]
    .flatMap(([key, group]) => {
      const [newest, ...others] = group.map(({ point }) => point).sort((a, b) => a.at - b.at);
      const last = group.at(-1);
      if (!newest || !last) return [];
      return [{ key, of: last.of, isDerived: last.isDerived, points: [newest, ...others] as const }];
    })
    .sort((a, b) => inOrder(a.of, b.of));
}

/** The series of the other hand that was measured in the same way; null where there is none. */
export function otherHandOf<Row>(one: Series<Row>, all: readonly Series<Row>[]): Series<Row> | null {
  if (one.of.side === null) return null;
  const key = seriesKeyOf({ ...one.of, side: one.of.side === 'left' ? 'right' : 'left' });
  return all.find(({ of, isDerived }) => isDerived === one.isDerived && seriesKeyOf(of) === key) ?? null;
}

/**
 * A value in percent of the other hand's, whole; null where that is not above zero. Crosby 1994: of right-handed people the
 * right hand is about 10 % stronger, of left-handed both are alike. That is said beside it and never taken off.
 */
export function percentOfOtherHand(value: number | null, other: number | null): number | null {
  return value === null || other === null || other <= 0 ? null : Math.round((value / other) * 100);
}
