import 'server-only';
import * as z from 'zod/mini';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { listDrawnAngles, listMeasures, listShownSurfaces, type MeasureRow } from '#db/queries/record/measures';
import { activitySchema, jointSchema } from '#domain/annotation/mark';
import { digitSchema, sideSchema } from '#domain/input/fields';
import { measuredMotionSchema, type SeriesFields, seriesFieldsSchema } from '#domain/record/measure';

/** As many as ten years of a weekly hand hold; the newest are read. */
const MEASURES_MAX = 2000;

type DrawnRow = Awaited<ReturnType<typeof listDrawnAngles>> extends Body<(infer R)[]> ? R : never;

/** Where it was measured, so that somebody can look at it again. */
type MeasuredAt =
  | { kind: 'visit'; visitId: string; stillId: string | null }
  | { kind: 'clip'; checkInId: string; frame: number | null };

/** What stood there before somebody corrected it. */
type EarlierValue = Pick<MeasureRow, 'value' | 'choice' | 'trials'> & {
  reason: string;
  byName: string;
  at: number;
};

export type ReadMeasure = SeriesFields &
  Pick<MeasureRow, 'id' | 'trials' | 'value' | 'choice' | 'note' | 'stoppedFor' | 'measuredAt' | 'measuredTimeZone'> & {
    episodeId: string | null;
    assessmentId: string | null;
    byName: string;
    overrideReason: string | null;
    /** It arrived after the record of its visit was closed. */
    isAddendum: boolean;
    where: MeasuredAt | null;
    /** The drawn angle that it is, or that it corrects. */
    mark: { surfaceId: string; markId: string } | null;
    view: string | null;
    /** The newest first. */
    earlier: EarlierValue[];
    /** Taken away; it counts in no series. */
    isVoid: boolean;
  };

const drawnSchema = z.object({
  joint: jointSchema,
  digit: z.nullable(digitSchema),
  side: sideSchema,
  motion: measuredMotionSchema,
  activity: activitySchema,
});

const METHODS = { still: 'still', frames: 'clip', live: 'live' } as const;

/** A drawn angle as a measure; null for a row of an earlier release that does not say all of it. */
export function drawnMeasure(row: DrawnRow): { of: SeriesFields; value: number; measuredAt: number } | null {
  const said = drawnSchema.safeParse(row);
  const method = METHODS[row.anchor as keyof typeof METHODS];
  if (!said.success || !method || row.value === null) return null;
  const nothing = { site: null, device: null, posture: null, handle: null, statistic: null };
  // A still says when the hand stood so; an angle on it may be drawn days later.
  return {
    of: { kind: 'joint', ...said.data, method, ...nothing },
    value: row.value,
    measuredAt: row.capturedAt ?? row.committedAt,
  };
}

function placeOf({ visitId, stillId, checkInId, frame }: DrawnRow): MeasuredAt | null {
  if (visitId !== null) return { kind: 'visit', visitId, stillId };
  return checkInId === null ? null : { kind: 'clip', checkInId, frame };
}

/**
 * Everything that was measured of a patient and counts, newest first: what was entered and every angle that was drawn with its
 * joint, which stays a mark and is never copied. What was corrected stands with what stood there before. The patient does not
 * see what is still being written.
 */
export function* readMeasures(
  d: Db,
  { standing }: { standing: PatientStanding },
): Body<{ measures: ReadMeasure[]; isWhole: boolean }> {
  const { scope, timeZone, relations } = standing;
  const entered = yield* listMeasures(d, { ...scope, limit: MEASURES_MAX });
  const drawn = yield* listDrawnAngles(d, { ...scope, limit: MEASURES_MAX, mark: null });
  const isTeam = relations.some((relation) => relation !== 'self' && relation !== 'caregiver');
  const shown = isTeam ? null : yield* listShownSurfaces(d, { surfaceIds: [...new Set(drawn.map(surfaceOf))] });
  const rows = new Map(entered.map((row) => [row.measure.id, row]));
  const current = entered.filter(({ measure }) => measure.isCurrent);
  const drawings = new Map(drawn.map((row) => [markKey(row.surfaceId, row.markId), row]));
  const measures = current.map((row) => {
    const measure = enteredMeasure(row, rows, drawings);
    // Why a test was made all the same is said among the team.
    return isTeam ? measure : { ...measure, overrideReason: null };
  });
  const corrected = new Set(measures.flatMap(({ mark }) => (mark ? [markKey(mark.surfaceId, mark.markId)] : [])));
  for (const row of drawn) {
    if (corrected.has(markKey(row.surfaceId, row.markId)) || (shown && !shown.has(row.surfaceId))) continue;
    const measured = drawnMeasure(row);
    if (measured) measures.push(shownDrawing(row, measured, timeZone));
  }
  return {
    measures: measures.sort((a, b) => b.measuredAt - a.measuredAt),
    isWhole: entered.length < MEASURES_MAX && drawn.length < MEASURES_MAX,
  };
}

const surfaceOf = ({ surfaceId }: DrawnRow) => surfaceId;
const markKey = (surfaceId: string, markId: string) => `${surfaceId} ${markId}`;

type Entered = { measure: MeasureRow; byName: string };

function enteredMeasure(
  { measure, byName }: Entered,
  rows: ReadonlyMap<string, Entered>,
  drawings: ReadonlyMap<string, DrawnRow>,
): ReadMeasure {
  const { surfaceId, markId } = measure;
  const drawn = surfaceId !== null && markId !== null ? drawings.get(markKey(surfaceId, markId)) : undefined;
  return {
    ...seriesFieldsSchema.parse(measure),
    ...pick(measure),
    episodeId: measure.episodeId,
    assessmentId: measure.assessmentId,
    byName,
    overrideReason: measure.overrideReason,
    isAddendum: measure.addendumAt !== null,
    where: drawn ? placeOf(drawn) : placeOfVisit(measure.visitId),
    mark: surfaceId !== null && markId !== null ? { surfaceId, markId } : null,
    view: drawn?.view ?? null,
    earlier: earlierOf({ measure, byName }, rows, drawn),
    isVoid: measure.isVoid,
  };
}

const placeOfVisit = (visitId: string | null): MeasuredAt | null =>
  visitId === null ? null : { kind: 'visit', visitId, stillId: null };

function pick(measure: MeasureRow) {
  const { id, trials, value, choice, note, stoppedFor, measuredAt, measuredTimeZone } = measure;
  return { id, trials, value, choice, note, stoppedFor, measuredAt, measuredTimeZone };
}

/** What stood there before, the newest first: each with why it was corrected, by whom and when. */
function earlierOf(now: Entered, rows: ReadonlyMap<string, Entered>, drawn: DrawnRow | undefined): EarlierValue[] {
  const earlier: EarlierValue[] = [];
  let later = now;
  for (;;) {
    const { supersedesId, correctionReason, receivedAt } = later.measure;
    const said = { reason: correctionReason ?? '', byName: later.byName, at: receivedAt };
    const before = supersedesId === null ? undefined : rows.get(supersedesId);
    if (!before) {
      // A correction of a drawn angle: what was drawn is what stood there.
      if (drawn && correctionReason !== null && supersedesId === null)
        earlier.push({ value: drawn.value, choice: null, trials: null, ...said });
      return earlier;
    }
    const { value, choice, trials } = before.measure;
    earlier.push({ value, choice, trials, ...said });
    later = before;
  }
}

type Measured = NonNullable<ReturnType<typeof drawnMeasure>>;

function shownDrawing(row: DrawnRow, { of, value, measuredAt }: Measured, timeZone: string): ReadMeasure {
  return {
    ...of,
    id: row.markId,
    trials: null,
    value,
    choice: null,
    note: null,
    stoppedFor: null,
    measuredAt,
    measuredTimeZone: timeZone,
    episodeId: null,
    assessmentId: null,
    byName: row.byName ?? '',
    overrideReason: null,
    isAddendum: false,
    where: placeOf(row),
    mark: { surfaceId: row.surfaceId, markId: row.markId },
    view: row.view,
    earlier: [],
    isVoid: false,
  };
}
