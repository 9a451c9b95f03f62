import 'server-only';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findEpisode, findPatient } from '#db/queries/people/patients';
import {
  type AssessmentRow,
  findAssessment,
  findAssessmentById,
  findLastSigned,
  listAssessments,
  listEntries,
} from '#db/queries/record/assessments';
import { listMeasuresOfAssessment } from '#db/queries/record/measures';
import type { PatientScope } from '#db/scope';
import { notFound } from '#domain/input/failure';
import { type Cell, type CellEntry, cellEntrySchema, cellOf, lastOfCells } from '#domain/record/assessment';
import { seriesFieldsSchema } from '#domain/record/measure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** As many assessments as ten years of a monthly one make. */
const ASSESSMENTS_MAX = 120;

/** What stands in one cell, who wrote it, and what somebody else had written before. */
export type WrittenCell = {
  cell: string;
  entryId: string;
  entry: CellEntry | null;
  byId: string;
  byName: string;
  saidAt: number;
  other: { entry: CellEntry | null; byName: string; saidAt: number } | null;
};

/** How the actor stands to the patient whose assessment it is; strangers and unknown ids look alike. */
export function* requireAssessment(
  d: Db,
  work: UnitOfWork,
  { clinicId }: { clinicId: string },
  assessmentId: string,
): Body<PatientStanding> {
  const found = yield* findAssessmentById(d, { assessmentId });
  if (found?.clinicId !== clinicId) throw notFound();
  return yield* work.patient(found.patientId);
}

/** The assessments of a patient, newest first; drafts among them. */
export function* readAssessments(d: Db, { scope }: { scope: PatientScope }) {
  return yield* listAssessments(d, { ...scope, limit: ASSESSMENTS_MAX });
}

/** One assessment as it is written or was signed, with what the one before it measured. */
export function* readAssessment(d: Db, { scope, assessmentId }: { scope: PatientScope; assessmentId: string }) {
  const found = yield* findAssessment(d, { ...scope, assessmentId });
  const patient = yield* findPatient(d, scope);
  const episode = found && (yield* findEpisode(d, { ...scope, episodeId: found.episodeId }));
  if (!found || !patient || !episode) throw notFound();
  const entries = yield* listEntries(d, { ...scope, assessmentId });
  const { name, birthYear, sex, dominantHand } = patient;
  const { side, conditionText, injuryOn, surgeryOn } = episode;
  return {
    patientId: scope.patientId,
    assessment: shownOf(found),
    patient: { name, birthYear, sex, dominantHand },
    episode: { side, conditionText, injuryOn, surgeryOn },
    cells: writtenCells(entries),
    entries: entries.length,
    before: yield* cellsBefore(d, scope, found),
  };
}

type Entries = ReturnType<typeof listEntries> extends Body<infer T> ? T : never;

function shownOf({ clinicId: _clinic, patientId: _patient, ...shown }: AssessmentRow) {
  return shown;
}

function writtenCells(rows: Entries): WrittenCell[] {
  const said = rows.map(({ entry, byName }) => ({ ...entry, byName }));
  return [...lastOfCells(said).values()].map((last) => {
    const others = said.filter(({ cell, enteredBy }) => cell === last.cell && enteredBy !== last.enteredBy);
    const other = lastOfCells(others).get(last.cell);
    return {
      cell: last.cell,
      entryId: last.id,
      entry: entryOf(last.entry),
      byId: last.enteredBy,
      byName: last.byName,
      saidAt: last.saidAt,
      other: other ? { entry: entryOf(other.entry), byName: other.byName, saidAt: other.saidAt } : null,
    };
  });
}

const entryOf = (entry: unknown): CellEntry | null => (entry === null ? null : cellEntrySchema.parse(entry));

/** What the signed one before this measured: a re-assessment asks for it again. */
function* cellsBefore(d: Db, scope: PatientScope, { id, episodeId }: AssessmentRow): Body<Cell[]> {
  const last = yield* findLastSigned(d, { ...scope, episodeId });
  if (!last || last.id === id) return [];
  const measures = yield* listMeasuresOfAssessment(d, { ...scope, assessmentId: last.id });
  return measures
    .filter(({ isCurrent, isVoid }) => isCurrent && !isVoid)
    .map((measure) => cellOf(seriesFieldsSchema.parse(measure)));
}
