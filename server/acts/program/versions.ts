import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { insertNotice } from '#db/queries/contact/notices';
import type { PatientStanding } from '#db/queries/people/access';
import { findPrescribable } from '#db/queries/program/exercises';
import {
  deleteDraft,
  doseOf,
  findProgram,
  findVersion,
  findVersionById,
  insertPrescriptions,
  insertVersion,
  listForeignLineages,
  listPrescriptions,
  type PrescriptionRow,
  publishVersion,
  supersedeVersion,
} from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { DoseChange, PrescriptionInput, SaveDraft } from '#domain/program/draft';
import { exerciseCategorySchema } from '#domain/program/exercise';
import { publishIssues } from '#domain/program/publishing';
import { localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { reasonToRaise } from './raise';
import { reasonToBreak } from './restricted';

type Source = { source: 'editor' | 'review' | 'visit'; sourceId: string | null; reason: string };

type Publish = Source & {
  standing: PatientStanding;
  programId: string;
  /** The version that the person saw; another one meanwhile is a conflict. */
  basedOnNumber: number;
  /** Why more is asked though a flag is open; earlier clients do not say it. */
  flagReason?: string | null | undefined;
  /** Why a restriction is broken; earlier clients do not say it. */
  restrictionReason?: string | null | undefined;
  publishedBy: string;
};

function rowsOf(scope: PatientScope, programVersionId: string, list: readonly PrescriptionInput[]) {
  return list.map(({ dose, ...prescription }, position) => ({
    id: uuidv7(),
    clinicId: scope.clinicId,
    programVersionId,
    position,
    ...prescription,
    ...dose,
  }));
}

/** A stored prescription as the editor would send it. */
function inputOf(row: PrescriptionRow): PrescriptionInput {
  const { lineageId, exerciseVersionId, side, notePatient, fromOn, untilOn, overrideReason } = row;
  const digits = row.digits as PrescriptionInput['digits'];
  return {
    lineageId,
    exerciseVersionId,
    side,
    digits,
    notePatient,
    fromOn,
    untilOn,
    overrideReason,
    dose: doseOf(row),
  };
}

type Draft = Source & {
  scope: PatientScope;
  programId: string;
  basedOnNumber: number;
  draftId: string;
  replaces: SaveDraft['replaces'];
  prescriptions: readonly PrescriptionInput[];
  createdBy: string;
};

/** The draft that stands now, which its author must have seen to write in its place. */
function* requireSeenDraft(d: Db, { programId, draftId, replaces }: Draft) {
  const draft = yield* findVersion(d, { programId, state: 'draft' });
  const isSeen = draft?.id === replaces?.draftId && draft?.createdAt === replaces?.savedAt;
  if (draft && draft.id !== draftId && !isSeen) throw new Failure('CONFLICT', 'draft_elsewhere');
  return draft;
}

/**
 * Writes the draft of the next version, in place of the draft that its author saw. Nothing of it is seen by the patient.
 * A draft of another window or person is a conflict: it is never written over unseen.
 */
export function* writeDraft(d: Db, work: UnitOfWork, save: Draft): Body<{ draftId: string }> {
  const { scope, programId, basedOnNumber, draftId, prescriptions, createdBy, source, sourceId, reason } = save;
  const current = yield* findVersion(d, { programId, state: 'published' });
  if ((current?.number ?? 0) !== basedOnNumber) throw new Failure('CONFLICT', 'changed_meanwhile');
  const allowed = yield* findPrescribable(d, {
    clinicId: scope.clinicId,
    versionIds: prescriptions.map((one) => one.exerciseVersionId),
  });
  const known = new Set(allowed.map((one) => one.exerciseVersionId));
  if (prescriptions.some((one) => !known.has(one.exerciseVersionId))) throw notFound();
  const lineageIds = prescriptions.map((one) => one.lineageId);
  if ((yield* listForeignLineages(d, { programId, lineageIds })).length > 0) throw notFound();
  const draft = yield* requireSeenDraft(d, save);
  if (draft) yield* deleteDraft(d, { versionId: draft.id });
  if (yield* findVersionById(d, { versionId: draftId })) throw notFound();
  yield* insertVersion(d, {
    id: draftId,
    clinicId: scope.clinicId,
    programId,
    number: basedOnNumber + 1,
    state: 'draft',
    basedOnId: current?.id ?? null,
    createdBy,
    createdAt: work.nowMs,
    source,
    sourceId,
    reason,
  });
  yield* insertPrescriptions(d, rowsOf(scope, draftId, prescriptions));
  return { draftId };
}

/** Whether a person would find anything else in it than before; ids of rows and of versions say nothing. */
function isChanged(before: readonly PrescriptionRow[], after: readonly PrescriptionRow[]): boolean {
  return canonicalJson(before.map(inputOf)) !== canonicalJson(after.map(inputOf));
}

/** Publishes the draft: the version before is superseded, the patient's Today changes, one notice is given. */
export function* publishDraft(
  d: Db,
  work: UnitOfWork,
  {
    standing,
    programId,
    basedOnNumber,
    reason,
    flagReason: said = null,
    restrictionReason = null,
    publishedBy,
  }: Publish,
): Body<{ programVersionId: string; number: number }> {
  const { nowMs } = work;
  const { scope } = standing;
  const found = yield* findProgram(d, { ...scope, programId });
  const draft = yield* findVersion(d, { programId, state: 'draft' });
  if (!found) throw notFound();
  if (found.program.state === 'closed') throw new Failure('CONFLICT', 'program_ended');
  // What somebody else saved meanwhile is not what this person saw and meant.
  if (draft?.number !== basedOnNumber + 1 || draft.createdBy !== publishedBy)
    throw new Failure('CONFLICT', 'changed_meanwhile');
  const day = localDay(nowMs, standing.timeZone);
  const rows = yield* listPrescriptions(d, { versionIds: [draft.id] });
  if (rows.length === 0) throw new Failure('BAD_REQUEST', 'program_empty');
  const kinds = yield* findPrescribable(d, {
    clinicId: scope.clinicId,
    versionIds: rows.map((row) => row.exerciseVersionId),
  });
  const categoryOf = new Map(kinds.map((kind) => [kind.exerciseVersionId, kind.category]));
  const issues = publishIssues(
    rows.map((row) => ({ ...row, category: exerciseCategorySchema.parse(categoryOf.get(row.exerciseVersionId)) })),
    { surgeryOn: found.surgeryOn },
    day,
  );
  if (issues.length > 0) throw new Failure('BAD_REQUEST', 'reason_needed');
  const current = yield* findVersion(d, { programId, state: 'published' });
  const before = current ? yield* listPrescriptions(d, { versionIds: [current.id] }) : [];
  const restricted = yield* reasonToBreak(d, {
    ...{ scope, day, current, before, rows, number: draft.number, reason: restrictionReason },
    exercises: kinds,
  });
  // To sign for what is in force, while a restriction holds it, is a change of its own.
  if (!isChanged(before, rows) && restricted.restrictionReason === null)
    throw new Failure('BAD_REQUEST', 'nothing_changed');
  const flagReason = yield* reasonToRaise(d, { scope, currentId: current?.id ?? null, rows, reason: said });
  if (current && !(yield* supersedeVersion(d, { versionId: current.id })))
    throw new Failure('CONFLICT', 'changed_meanwhile');
  const why = { reason, flagReason, ...restricted };
  yield* publishVersion(d, { versionId: draft.id, effectiveFromOn: day, ...why, publishedBy, nowMs });
  yield* tellOfChange(d, work, { standing, programId, draftId: draft.id });
  return { programVersionId: draft.id, number: draft.number };
}

type Told = { standing: PatientStanding; programId: string; draftId: string };

function* tellOfChange(d: Db, work: UnitOfWork, { standing, programId, draftId }: Told): Body<void> {
  const { userId, scope } = standing;
  if (userId) {
    yield* insertNotice(d, {
      ...{ id: uuidv7(), clinicId: scope.clinicId, userId, kind: 'program_changed', subjectId: programId },
      ...{ eventKey: `program:${draftId}`, createdAt: work.nowMs },
    });
  }
  work.tell('program', programId, { patientId: scope.patientId });
}

type Change = (prescription: PrescriptionInput) => PrescriptionInput;

/** The next version with some doses changed and everything else as it is: how a review or a visit prescribes. */
export function* publishNextVersion(
  d: Db,
  work: UnitOfWork,
  { changes, ...publish }: Publish & { changes: readonly DoseChange[] },
): Body<{ programVersionId: string; number: number }> {
  const doses = new Map(changes.map(({ lineageId, dose }) => [lineageId, dose]));
  return yield* publishChanged(d, work, {
    ...publish,
    lineageIds: [...doses.keys()],
    change: (one) => ({ ...one, dose: doses.get(one.lineageId) ?? one.dose }),
  });
}

/** The next version, changed in some of its exercises. A draft that somebody began goes on from it, changed likewise. */
export function* publishChanged(
  d: Db,
  work: UnitOfWork,
  { change, lineageIds, ...publish }: Publish & { change: Change; lineageIds: readonly string[] },
): Body<{ programVersionId: string; number: number }> {
  const { standing, programId, basedOnNumber, publishedBy, source, sourceId, reason } = publish;
  const current = yield* findVersion(d, { programId, state: 'published' });
  if (!current) throw new Failure('CONFLICT', 'changed_meanwhile');
  const rows = yield* listPrescriptions(d, { versionIds: [current.id] });
  if (lineageIds.some((lineageId) => !rows.some((row) => row.lineageId === lineageId))) throw notFound();
  const withChanges = (list: readonly PrescriptionRow[]) => list.map((row) => change(inputOf(row)));
  const begun = yield* findVersion(d, { programId, state: 'draft' });
  const begunRows = begun ? yield* listPrescriptions(d, { versionIds: [begun.id] }) : [];
  const draft = { scope: standing.scope, programId, createdBy: publishedBy };
  const prescriptions = withChanges(rows);
  const inItsPlace = { draftId: uuidv7(), replaces: begun ? { draftId: begun.id, savedAt: begun.createdAt } : null };
  yield* writeDraft(d, work, { ...draft, ...inItsPlace, basedOnNumber, prescriptions, source, sourceId, reason });
  const published = yield* publishDraft(d, work, publish);
  if (begun) {
    yield* writeDraft(d, work, {
      ...draft,
      basedOnNumber: published.number,
      draftId: uuidv7(),
      replaces: null,
      prescriptions: withChanges(begunRows),
      createdBy: begun.createdBy,
      source: 'editor',
      sourceId: null,
      reason: begun.reason,
    });
  }
  return published;
}
