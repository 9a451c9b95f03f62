import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import {
  type AssessmentEntryRow,
  type AssessmentRow,
  changeAssessment,
  countEntries,
  findAssessment,
  findAssessmentById,
  findDraftAssessment,
  forgetDue,
  insertAssessment,
  insertEntry,
  listEntries,
} from '#db/queries/record/assessments';
import { insertMeasure } from '#db/queries/record/measures';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import {
  type CellEntry,
  cellEntrySchema,
  cellKey,
  cellOf,
  lastOfCells,
  measureOfEntry,
  type SignAssessment,
  type StartAssessment,
  type WriteCell,
} from '#domain/record/assessment';
import type { MeasureInput } from '#domain/record/measure-input';
import { localDay } from '#domain/time/local-day';
import { instantsOf } from '#domain/time/wall-time';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { requireEpisode, rowOf, tellMeasures } from './enter';
import { forbiddenAmong } from './test-facts';

/** More than somebody types into one assessment; a loop that writes for ever is stopped there. */
const ENTRIES_MAX = 5000;

type By = { standing: PatientStanding; userId: string };

/**
 * Begins an assessment of a hand problem. Repeating it answers the same; where one is being written already its id is
 * answered instead: two people write one, not two.
 */
export function* startAssessment(
  d: Db,
  work: UnitOfWork,
  { standing, userId, input }: By & { input: StartAssessment },
): Body<{ assessmentId: string; joined: boolean }> {
  const { scope } = standing;
  const { assessmentId, episodeId, template, condition, localOn, timeZone } = input;
  if (localOn > localDay(work.nowMs, timeZone)) throw new Failure('BAD_REQUEST', 'in_the_future');
  const episode = yield* requireEpisode(d, scope, episodeId);
  if (episode.closedAt !== null) throw new Failure('CONFLICT', 'episode_closed');
  const known = yield* findAssessmentById(d, { assessmentId });
  if (known) {
    if (known.patientId !== scope.patientId || known.clinicId !== scope.clinicId) throw notFound();
    return { assessmentId, joined: false };
  }
  const open = yield* findDraftAssessment(d, { ...scope, episodeId });
  if (open) return { assessmentId: open.id, joined: true };
  const row = { id: assessmentId, ...scope, episodeId, template, condition, localOn, timeZone, examinerId: userId };
  yield* insertAssessment(d, { ...row, state: 'draft', note: '', startedAt: work.nowMs, changedAt: work.nowMs });
  tellMeasures(work, scope);
  return { assessmentId, joined: false };
}

/** The assessment while it is written. Throws CONFLICT where it was signed or thrown away meanwhile. */
function* requireDraft(d: Db, scope: PatientScope, assessmentId: string): Body<AssessmentRow> {
  const found = yield* findAssessment(d, { ...scope, assessmentId });
  if (!found) throw notFound();
  if (found.state !== 'draft') throw new Failure('CONFLICT', `assessment_${found.state}`);
  return found;
}

/** Keeps what was typed into one cell, once per entry, however late it arrives; the one that was said last counts. */
export function* writeCell(
  d: Db,
  work: UnitOfWork,
  { standing, userId, input }: By & { input: WriteCell },
): Body<{ written: true }> {
  const { entryId, assessmentId, cell, entry } = input;
  const queued = { opId: entryId, userId, procedure: 'assessments.write', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { scope } = standing;
    yield* requireDraft(d, scope, assessmentId);
    if (entry !== null && cellKey(cellOf(entry.of)) !== cell) throw new Failure('BAD_REQUEST', 'other_cell');
    if ((yield* countEntries(d, { ...scope, assessmentId })) >= ENTRIES_MAX) throw new Failure('CONFLICT', 'too_many');
    const said = work.rightClock({ times: [input.saidAt], clock: input.clock })(input.saidAt);
    const times = { saidAt: said.at, deviceSaidAt: said.deviceAt, receivedAt: work.nowMs };
    yield* insertEntry(d, { id: entryId, ...scope, assessmentId, cell, entry, enteredBy: userId, ...times });
    yield* changeAssessment(d, { ...scope, assessmentId }, { changedAt: work.nowMs });
    tellMeasures(work, scope);
    return { written: true as const };
  });
}

/** A draft that was begun by mistake. What was typed stays on record and counts nowhere. */
export function* discardAssessment(
  d: Db,
  work: UnitOfWork,
  { standing, assessmentId }: { standing: PatientStanding; assessmentId: string },
): Body<{ discarded: true }> {
  const { scope } = standing;
  yield* requireDraft(d, scope, assessmentId);
  yield* changeAssessment(d, { ...scope, assessmentId }, { state: 'discarded', changedAt: work.nowMs });
  tellMeasures(work, scope);
  return { discarded: true };
}

/**
 * Signs an assessment: its last entries become measures, and when the next one is due is known. Throws CONFLICT
 * `changed_meanwhile` where somebody wrote what the signer has not seen, and `measure_forbidden` where something forbids a
 * test and nobody said why it was made.
 */
export function* signAssessment(
  d: Db,
  work: UnitOfWork,
  { standing, userId, input }: By & { input: SignAssessment },
): Body<{ signed: true; measures: number }> {
  const queued = { opId: input.opId, userId, procedure: 'assessments.sign', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    const { scope } = standing;
    const { assessmentId, note, nextDueOn } = input;
    const draft = yield* requireDraft(d, scope, assessmentId);
    const rows = yield* listEntries(d, { ...scope, assessmentId });
    if (rows.length !== input.seenEntries) throw new Failure('CONFLICT', 'changed_meanwhile');
    if (nextDueOn !== null && nextDueOn <= draft.localOn) throw new Failure('BAD_REQUEST', 'due_before');
    const written = writtenIn(
      draft,
      rows.map(({ entry }) => entry),
    );
    if (written.length === 0) throw new Failure('CONFLICT', 'assessment_empty');
    yield* requireReasons(d, scope, draft, written);
    for (const one of written)
      yield* insertMeasure(d, {
        ...rowOf(one.measure),
        ...scope,
        episodeId: draft.episodeId,
        assessmentId,
        measuredAt: one.measuredAt,
        measuredTimeZone: draft.timeZone,
        enteredBy: one.enteredBy,
        receivedAt: work.nowMs,
        overrideReason: one.entry.overrideReason,
        isVoid: false,
        isCurrent: true,
      });
    yield* forgetDue(d, { ...scope, episodeId: draft.episodeId, nextDueOn: null });
    const signed = { state: 'done', note, signedAt: work.nowMs, signedBy: userId, nextDueOn } as const;
    yield* changeAssessment(d, { ...scope, assessmentId }, { ...signed, changedAt: work.nowMs });
    tellMeasures(work, scope);
    return { signed: true as const, measures: written.length };
  });
}

type Written = { measure: MeasureInput; entry: CellEntry; measuredAt: number; enteredBy: string };

/** What stands in the cells: the last entry of each, where something was measured. */
function writtenIn(draft: AssessmentRow, rows: readonly AssessmentEntryRow[]): Written[] {
  return [...lastOfCells(rows).values()].flatMap(({ id, entry, saidAt, enteredBy }) => {
    if (entry === null) return [];
    const parsed = cellEntrySchema.parse(entry);
    const measure = measureOfEntry(id, parsed);
    return measure ? [{ measure, entry: parsed, measuredAt: timeOf(draft, saidAt), enteredBy }] : [];
  });
}

function* requireReasons(d: Db, scope: PatientScope, draft: AssessmentRow, written: readonly Written[]): Body<void> {
  const { episodeId, localOn: onDay } = draft;
  const forbidden = yield* forbiddenAmong(d, written, { scope, episodeId, onDay });
  if (forbidden.some(({ entry }) => entry.overrideReason === null)) throw new Failure('CONFLICT', 'measure_forbidden');
}

const NOON_MINUTES = 12 * 60;

/** When it was measured: as it was said, or, of a paper form of an earlier day, at noon of that day. */
function timeOf({ localOn, timeZone }: AssessmentRow, saidAt: number): number {
  if (localDay(saidAt, timeZone) === localOn) return saidAt;
  const noon = instantsOf({ day: localOn, minutes: NOON_MINUTES }, timeZone);
  if (noon.kind === 'once') return noon.at;
  return noon.kind === 'twice' ? noon.first : noon.after;
}
