import type { Joint } from '#domain/annotation/mark';
import { decimalOf } from '#domain/input/decimal';
import { type Digit, FINGERS, type Side } from '#domain/input/fields';
import { hasField, siteOf, specOf } from './catalogue';
import { isStraightening, straightFromTyped } from './joints';
import { type MeasureKind, manualMotionsOf, type SeriesFields, valueOfTrials } from './measure';
import { type MeasureInput, problemsOf } from './measure-input';
import { type ForceUnit, forceToKgf } from './units';

/** What a joint form is of: the joints of one digit, the wrist or the forearm. */
export const JOINT_PARTS = ['thumb', ...FINGERS, 'wrist', 'forearm'] as const;
export type JointPart = (typeof JOINT_PARTS)[number];

const JOINTS_OF: Readonly<Record<'thumb' | 'finger' | 'wrist' | 'forearm', readonly Joint[]>> = {
  thumb: ['thumb_cmc', 'thumb_mcp', 'thumb_ip'],
  finger: ['mcp', 'pip', 'dip'],
  wrist: ['wrist'],
  forearm: ['forearm'],
};

/** The joints that stand in the form of a part, the nearest to the arm first. */
export function jointsOfPart(part: JointPart): readonly Joint[] {
  return JOINTS_OF[part === 'thumb' || part === 'wrist' || part === 'forearm' ? part : 'finger'];
}

/** How a test is done, chosen once for all of its cells. */
export type EntryHow = Pick<SeriesFields, 'kind' | 'method' | 'device' | 'posture' | 'handle' | 'digit' | 'site'> & {
  /** Of joint motion only. */
  readonly part: JointPart;
};

/** One field, or row of trials, of the form: what it would be a measure of. */
export type EntryCell = { readonly key: string; readonly of: SeriesFields };

function fieldsFor(how: EntryHow, side: Side | null, change: Partial<SeriesFields> = {}): SeriesFields {
  const { kind, method, device, posture, handle, digit, site } = how;
  const only = <T>(field: Parameters<typeof hasField>[1], value: T): T | null => (hasField(kind, field) ? value : null);
  const place = siteOf(kind, site);
  const isOfDigit = place ? place.ofDigit : specOf(kind).required.includes('digit');
  return {
    kind,
    side,
    digit: isOfDigit && hasField(kind, 'digit') ? digit : null,
    joint: null,
    motion: null,
    activity: kind === 'total_motion' ? 'active' : null,
    site: place ? place.id : null,
    method,
    device: only('device', device),
    posture: only('posture', posture),
    handle: only('handle', handle),
    statistic: specOf(kind).trials ? 'mean' : null,
    ...change,
  };
}

/**
 * The cells of a form, both hands beside each other; of a joint every motion, active and passive. A kind that need not say
 * its hand (pain, help with a task) has one cell.
 */
export function cellsOf(how: EntryHow): EntryCell[] {
  const sides: readonly (Side | null)[] = specOf(how.kind).required.includes('side') ? ['left', 'right'] : [null];
  return sides.flatMap((side) => {
    if (how.kind !== 'joint') return [{ key: `${side}`, of: fieldsFor(how, side) }];
    const digit: Digit | null = how.part === 'wrist' || how.part === 'forearm' ? null : how.part;
    return jointsOfPart(how.part).flatMap((joint) =>
      (['active', 'passive'] as const).flatMap((activity) =>
        manualMotionsOf(joint).map((motion) => ({
          key: `${side} ${joint} ${activity} ${motion}`,
          of: fieldsFor(how, side, { joint, motion, activity, digit }),
        })),
      ),
    );
  });
}

/** What was typed into a cell: one text, or one for each trial; or a word that was chosen. */
export type TypedCell = {
  readonly texts: readonly string[];
  readonly choice: string | null;
  readonly stoppedFor: 'pain' | null;
};

export const EMPTY_CELL: TypedCell = { texts: [], choice: null, stoppedFor: null };

/**
 * A number as it was typed, in the stored unit; null for an empty field, NaN for what is no number. Strength is typed in
 * `unit`; what is to be straightened may be typed with the sign of a lag (`straightFromTyped`); a sign is read nowhere else,
 * but to say of a negative number that it is out of bounds.
 */
export function valueFromTyped(
  of: Pick<SeriesFields, 'kind' | 'joint' | 'motion'>,
  text: string,
  unit: ForceUnit,
): number | null {
  if (isStraightening(of.joint, of.motion)) return straightFromTyped(text);
  const negative = /^\s*[-−–]/u.test(text);
  const typed = decimalOf(negative ? text.replace(/[-−–]/u, '') : text);
  if (typed === null) return negative ? Number.NaN : null;
  const value = negative ? -typed : typed;
  return specOf(of.kind).unit === 'kgf' ? forceToKgf(value, unit) : value;
}

export type EntryProblem = ReturnType<typeof problemsOf>[number]['code'] | 'not_a_number';

export type ReadCell =
  | { readonly state: 'empty' }
  | { readonly state: 'wrong'; readonly code: EntryProblem }
  | { readonly state: 'measured'; readonly measure: MeasureInput };

/** A cell as the measure that it is; `empty` is not measured, and never 0. A trial that was left out is no trial. */
export function readCell(cell: EntryCell, typed: TypedCell, given: { id: string; unit: ForceUnit }): ReadCell {
  const { of } = cell;
  const values = typed.texts.map((text) => valueFromTyped(of, text, given.unit));
  if (values.some((value) => Number.isNaN(value))) return { state: 'wrong', code: 'not_a_number' };
  const made = values.filter((value) => value !== null);
  if (made.length === 0 && typed.choice === null) return { state: 'empty' };
  const hasTrials = specOf(of.kind).trials !== null && made.length > 0;
  const measure: MeasureInput = {
    ...of,
    id: given.id,
    statistic: hasTrials ? of.statistic : null,
    trials: hasTrials ? made : null,
    value: typed.choice !== null ? null : hasTrials ? valueOfTrials(made, of.statistic ?? 'mean') : (made[0] ?? null),
    choice: typed.choice,
    note: null,
    stoppedFor: typed.stoppedFor,
  };
  const [problem] = problemsOf(measure);
  return problem ? { state: 'wrong', code: problem.code } : { state: 'measured', measure };
}

/** The part that a joint of this digit stands in. */
function partOf({ joint, digit }: Pick<SeriesFields, 'joint' | 'digit'>): JointPart {
  return joint === 'wrist' || joint === 'forearm' ? joint : (digit ?? 'index');
}

/** How the same is measured again by hand: as it was the last time, of the same place. */
export function againHow(of: SeriesFields, earlier: readonly Earlier[]): EntryHow {
  const usual = usualHow(of.kind, earlier);
  const isByHand = specOf(of.kind).methods.includes(of.method) && of.method !== 'stated';
  const { method, device, posture, handle } = isByHand ? of : usual;
  return { ...usual, method, device, posture, handle, site: of.site, digit: of.digit ?? usual.digit, part: partOf(of) };
}

/** A measure that was made before, newest first: what the form remembers of it. */
type Earlier = Pick<SeriesFields, 'kind' | 'method' | 'device' | 'posture' | 'handle' | 'digit' | 'site'>;

/** Kinds that were measured of this person, the last one first, and no kind twice. */
export function recentKinds(earlier: readonly Pick<SeriesFields, 'kind'>[], most = 4): MeasureKind[] {
  return [...new Set(earlier.map(({ kind }) => kind))].slice(0, most);
}

/**
 * How a kind is tested before anybody chose: as it was the last time by hand; else by its usual method, in the posture of
 * ASHT and at the second handle, on the index finger.
 */
export function usualHow(kind: MeasureKind, earlier: readonly Earlier[]): EntryHow {
  const spec = specOf(kind);
  const last = earlier.find((one) => one.kind === kind && spec.methods.includes(one.method) && one.method !== 'stated');
  const [method = 'observed'] = spec.methods;
  const [site] = spec.sites;
  const digit = last?.digit ?? 'index';
  return {
    kind,
    method: last?.method ?? method,
    device: last?.device ?? null,
    posture: last ? last.posture : hasField(kind, 'posture') ? 'asht' : null,
    handle: last ? last.handle : hasField(kind, 'handle') ? 2 : null,
    site: last?.site ?? site?.id ?? null,
    digit,
    part: digit,
  };
}
