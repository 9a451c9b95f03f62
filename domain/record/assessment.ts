import * as z from 'zod/mini';
import { type Digit, FINGERS, idSchema, lineSchema, proseSchema, type Side, type Sides } from '#domain/input/fields';
import { deviceClockSchema, deviceMsSchema } from '#domain/time/device-clock';
import { localDaySchema, timeZoneSchema } from '#domain/time/local-day';
import { hasField, specOf } from './catalogue';
import { type MeasureKind, type SeriesFields, seriesFieldsSchema, valueOfTrials } from './measure';
import { type MeasureInput, problemsOf, TRIALS_MAX } from './measure-input';

export const TEMPLATES = ['first', 're_assessment'] as const;
export type Template = (typeof TEMPLATES)[number];

/** What brings somebody: it decides what is asked first, and forbids nothing. */
export const CONDITIONS = [
  'fracture',
  'tendon',
  'nerve',
  'compression',
  'arthritis',
  'stroke',
  'wound',
  'other',
] as const;
export type Condition = (typeof CONDITIONS)[number];

/** The parts of an assessment, in the order of a paper form. */
export const SECTIONS = ['pain_skin', 'strength', 'motion', 'findings', 'feeling', 'tasks'] as const;
export type SectionId = (typeof SECTIONS)[number];

/** What is measured, whatever it is measured with: one field of an assessment. */
export type Cell = Pick<SeriesFields, 'kind' | 'side' | 'digit' | 'joint' | 'motion' | 'activity' | 'site'>;

/** The same cell has the same text on every device. */
export function cellKey({ kind, side, digit, joint, motion, activity, site }: Cell): string {
  return [kind, side, digit, joint, motion, activity, site].map((part) => part ?? '').join('|');
}

const finite = z.number().check(z.refine((value) => Number.isFinite(value)));

/** What stands in a cell while the assessment is a draft: trials that are still open are null. */
export const cellEntrySchema = z.object({
  of: seriesFieldsSchema,
  trials: z.nullable(z.array(z.nullable(finite)).check(z.maxLength(TRIALS_MAX))),
  value: z.nullable(finite),
  choice: z.nullable(z.string().check(z.maxLength(40))),
  note: z.nullable(proseSchema(1000)),
  stoppedFor: z.nullable(z.enum(['pain'])),
  /** Why it is tested although something forbids it. */
  overrideReason: z.nullable(lineSchema(300)),
});
export type CellEntry = z.infer<typeof cellEntrySchema>;

/**
 * The measure that an entry is; null where nothing was measured: an open field is no zero. Its value is the mean of the trials
 * that were made.
 */
export function measureOfEntry(id: string, entry: CellEntry): MeasureInput | null {
  const { of, choice, note, stoppedFor } = entry;
  const trials = entry.trials?.filter((trial) => trial !== null) ?? [];
  const hasTrials = specOf(of.kind).trials !== null && trials.length > 0;
  const statistic = hasTrials ? (of.statistic ?? 'mean') : null;
  const value = statistic === null ? entry.value : valueOfTrials(trials, statistic);
  if (choice === null && value === null) return null;
  return {
    ...{ ...of, id, statistic, choice, note, stoppedFor },
    trials: hasTrials ? [...trials] : null,
    value: choice === null ? value : null,
  };
}

/** An entry as it may be kept: one that can be no measure of its cell is refused as it is typed. */
export function isPossible(entry: CellEntry): boolean {
  const measure = measureOfEntry('', entry);
  return measure === null || problemsOf(measure).length === 0;
}

export const startAssessmentSchema = z.object({
  assessmentId: idSchema,
  patientId: idSchema,
  episodeId: idSchema,
  template: z.enum(TEMPLATES),
  condition: z.enum(CONDITIONS),
  localOn: localDaySchema,
  timeZone: timeZoneSchema,
});
export type StartAssessment = z.infer<typeof startAssessmentSchema>;

/** What was typed into one cell, as a device queues it. `entryId` is the id of the measure that it becomes. */
export const writeCellSchema = z.object({
  entryId: idSchema,
  assessmentId: idSchema,
  patientId: idSchema,
  /** Null = taken back: the cell is open again. */
  entry: z.nullable(cellEntrySchema.check(z.refine(isPossible, { error: 'impossible' }))),
  cell: z.string().check(z.maxLength(160)),
  saidAt: deviceMsSchema,
  clock: z.optional(deviceClockSchema),
});
export type WriteCell = z.infer<typeof writeCellSchema>;

export const signAssessmentSchema = z.object({
  opId: idSchema,
  assessmentId: idSchema,
  patientId: idSchema,
  /** How many entries had arrived when it was read: what somebody else wrote meanwhile is seen before it is signed. */
  seenEntries: z.int().check(z.gte(0), z.lte(1_000_000)),
  note: proseSchema(4000),
  /** The patient's local day of the next one; null = none is planned. */
  nextDueOn: z.nullable(localDaySchema),
});
export type SignAssessment = z.infer<typeof signAssessmentSchema>;

const nothing = { digit: null, joint: null, motion: null, activity: null, site: null } as const;

/** The affected hand first; of both the left one. */
function handsOf(affected: Sides): readonly Side[] {
  return affected === 'right' ? ['right', 'left'] : ['left', 'right'];
}

const ofBoth = (kind: MeasureKind, affected: Sides, change: Partial<Cell> = {}): Cell[] =>
  handsOf(affected).map((side) => ({ kind, ...nothing, side, ...change }));

/** What is looked at on the hand that is treated. */
const ofAffected = (kind: MeasureKind, affected: Sides, change: Partial<Cell> = {}): Cell[] =>
  (affected === 'both' ? handsOf(affected) : [affected]).map((side) => ({ kind, ...nothing, side, ...change }));

const ofNone = (kind: MeasureKind, change: Partial<Cell> = {}): Cell[] => [{ kind, ...nothing, side: null, ...change }];

const sitesOf = (kind: MeasureKind): readonly string[] => specOf(kind).sites.map(({ id }) => id);
const DIGITS: readonly Digit[] = ['thumb', ...FINGERS];

const WITH_WOUND: ReadonlySet<Condition> = new Set<Condition>(['tendon', 'fracture', 'nerve', 'compression', 'wound']);
const OF_NERVES: ReadonlySet<Condition> = new Set<Condition>(['nerve', 'compression', 'stroke']);
const OF_SPEED: ReadonlySet<Condition> = new Set<Condition>(['stroke', 'nerve', 'compression', 'arthritis']);
/** Tasks that nearly everybody does; the others are there to be added. */
const TASKS = ['cut_food', 'button', 'write', 'key', 'jar', 'carry'] as const;

/** What each part asks of a hand with this condition, before anybody adds to it. A default, not a recommendation. */
const ASKED: Readonly<Record<SectionId, (affected: Sides, condition: Condition) => Cell[]>> = {
  pain_skin: (affected, condition) => [
    ...(['pain_now', 'pain_worst', 'pain_average'] as const).flatMap((kind) => ofAffected(kind, affected)),
    ...ofAffected('skin', affected),
    ...(WITH_WOUND.has(condition) ? [...ofAffected('wound', affected), ...ofAffected('scar', affected)] : []),
    ...ofBoth('figure_of_eight', affected),
  ],
  strength: (affected) =>
    (['grip', 'pinch_tip', 'pinch_key', 'pinch_palmar'] as const).flatMap((kind) => ofBoth(kind, affected)),
  motion: (affected) => ofAffected('kapandji', affected),
  findings: (affected, condition) => [
    ...sitesOf('stiffness').flatMap((site) => ofAffected('stiffness', affected, { site })),
    ...(condition === 'stroke' || condition === 'other'
      ? sitesOf('tremor').flatMap((site) => ofAffected('tremor', affected, { site }))
      : []),
    ...DIGITS.flatMap((digit) => ofAffected('finger_independence', affected, { digit })),
    ...(OF_SPEED.has(condition)
      ? sitesOf('coordination').flatMap((site) => ofAffected('coordination', affected, { site }))
      : []),
  ],
  feeling: (affected, condition) => [
    ...(OF_NERVES.has(condition)
      ? [
          ...(['two_point_static', 'monofilament'] as const).flatMap((kind) =>
            DIGITS.flatMap((digit) => ofAffected(kind, affected, { digit, site: 'tip' })),
          ),
          ...ofAffected('localisation', affected, { site: 'palm_radial' }),
          ...ofAffected('texture', affected),
        ]
      : []),
    ...(OF_SPEED.has(condition) ? ofBoth('nine_hole_peg', affected) : []),
    ...(condition === 'stroke' ? ofBoth('box_and_block', affected) : []),
  ],
  tasks: () => TASKS.flatMap((site) => ofNone('assistance', { site })),
};

/** A part of the assessment with the cells that it asks for. */
export type Section = { readonly id: SectionId; readonly cells: readonly Cell[] };

const SECTION_OF: Readonly<Record<MeasureKind, SectionId>> = {
  ...{ pain_now: 'pain_skin', pain_worst: 'pain_skin', pain_average: 'pain_skin', skin: 'pain_skin' },
  ...{ wound: 'pain_skin', scar: 'pain_skin', figure_of_eight: 'pain_skin', circumference: 'pain_skin' },
  ...{ grip: 'strength', pinch_tip: 'strength', pinch_key: 'strength', pinch_palmar: 'strength' },
  ...{ joint: 'motion', total_motion: 'motion', kapandji: 'motion', fingertip_to_palm: 'motion' },
  ...{ stiffness: 'findings', tremor: 'findings', finger_independence: 'findings', coordination: 'findings' },
  ...{ two_point_static: 'feeling', two_point_moving: 'feeling', monofilament: 'feeling', localisation: 'feeling' },
  ...{ texture: 'feeling', nine_hole_peg: 'feeling', box_and_block: 'feeling', assistance: 'tasks' },
};

/** The part that a kind stands in. */
export function sectionOf(kind: MeasureKind): SectionId {
  return SECTION_OF[kind];
}

type Asked = {
  template: Template;
  condition: Condition;
  affected: Sides;
  /** What the assessment before had; a re-assessment asks for all of it again. */
  before: readonly Cell[];
  /** What stands in this one; what was added to it is a part of it. */
  written: readonly Cell[];
};

/**
 * What an assessment asks, part by part: what its condition asks, in a re-assessment what was measured before, and whatever
 * somebody added. Each cell once, in the order of the form.
 */
export function sectionsOf({ template, condition, affected, before, written }: Asked): Section[] {
  return SECTIONS.map((id) => {
    const cells = [
      ...ASKED[id](affected, condition),
      ...(template === 're_assessment' ? before.filter((cell) => SECTION_OF[cell.kind] === id) : []),
      ...written.filter((cell) => SECTION_OF[cell.kind] === id),
    ];
    return { id, cells: [...new Map(cells.map((cell) => [cellKey(cell), cell])).values()] };
  });
}

/** Fields of a cell, without how it was measured. */
export function cellOf({ kind, side, digit, joint, motion, activity, site }: SeriesFields): Cell {
  return { kind, side, digit, joint, motion, activity, site };
}

export type Progress = { readonly asked: number; readonly answered: number };

/** How many fields a cell has: one for each trial that is usual, else one. */
export function fieldsOf(cell: Cell): number {
  return specOf(cell.kind).trials?.usual ?? 1;
}

/** How many fields of a cell are answered; a test that was stopped is done. */
export function answeredOf(cell: Cell, entry: CellEntry | null | undefined): number {
  if (!entry) return 0;
  const asked = fieldsOf(cell);
  if (entry.stoppedFor !== null) return asked;
  const made = entry.trials?.filter((trial) => trial !== null).length ?? 0;
  const isAnswered = entry.value !== null || entry.choice !== null;
  return made > 0 ? Math.min(made, asked) : isAnswered ? asked : 0;
}

/** How far a part is: in fields, as a paper form is filled in. */
export function progressOf({ cells }: Section, entries: ReadonlyMap<string, CellEntry | null>): Progress {
  return cells.reduce<Progress>(
    ({ asked, answered }, cell) => ({
      asked: asked + fieldsOf(cell),
      answered: answered + answeredOf(cell, entries.get(cellKey(cell))),
    }),
    { asked: 0, answered: 0 },
  );
}

/** What is still open, in the order of the form. It may stay so: nothing of it counts as 0. */
export function openCells(
  sections: readonly Section[],
  entries: ReadonlyMap<string, CellEntry | null>,
): { section: SectionId; cell: Cell; left: number }[] {
  return sections.flatMap(({ id, cells }) =>
    cells.flatMap((cell) => {
      const left = fieldsOf(cell) - answeredOf(cell, entries.get(cellKey(cell)));
      return left > 0 ? [{ section: id, cell, left }] : [];
    }),
  );
}

/** What was typed, as far as it tells who wrote last. */
type Said = { cell: string; saidAt: number; receivedAt: number; id: string };

/** The last entry of each cell: by when it was said, then by when it arrived. */
export function lastOfCells<E extends Said>(entries: readonly E[]): Map<string, E> {
  const last = new Map<string, E>();
  for (const entry of entries) {
    const known = last.get(entry.cell);
    if (!known || isLater(entry, known)) last.set(entry.cell, entry);
  }
  return last;
}

function isLater(a: Said, b: Said): boolean {
  if (a.saidAt !== b.saidAt) return a.saidAt > b.saidAt;
  return a.receivedAt === b.receivedAt ? a.id > b.id : a.receivedAt > b.receivedAt;
}

/** How a cell is measured, chosen for all of its part. */
export type CellHow = Pick<SeriesFields, 'method' | 'device' | 'posture' | 'handle'>;

/** A cell with how it is measured: only what its kind says. Of trials the mean is what counts. */
export function withHow(cell: Cell, { method, device, posture, handle }: CellHow): SeriesFields {
  const { kind } = cell;
  return {
    ...cell,
    method,
    device: hasField(kind, 'device') ? device : null,
    posture: hasField(kind, 'posture') ? posture : null,
    handle: hasField(kind, 'handle') ? handle : null,
    statistic: specOf(kind).trials ? 'mean' : null,
  };
}
