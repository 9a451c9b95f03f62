import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import {
  insertPrescriptions,
  insertProgram,
  insertVersion,
  type PrescriptionRow,
  publishVersion,
  supersedeVersion,
} from '#db/queries/program/programs';
import type { Sides } from '#domain/input/fields';
import type { Dose } from '#domain/program/dose';
import type { Body, Db } from '../body';
import { findLatestVersion } from './reads';

export type MadePrescription = {
  id: string;
  lineageId: string;
  programVersionId: string;
  dose: Dose;
  painLimit: number | null;
};
export type MadeProgram = { programId: string; versionId: string; prescriptions: MadePrescription[] };

export type PrescriptionSpec = {
  slug: string;
  side?: Sides;
  dose?: Partial<Dose>;
  lineageId?: string;
  notePatient?: string | null;
};

type ProgramSpec = {
  clinicId: string;
  patientId: string;
  episodeId: string;
  publishedBy: string;
  title?: string;
  exercises: readonly PrescriptionSpec[];
  at: number;
  on: string;
};

function* prescriptionRows(d: Db, { clinicId, exercises }: ProgramSpec, versionId: string): Body<PrescriptionRow[]> {
  const rows: PrescriptionRow[] = [];
  for (const [
    position,
    { slug, side = 'right', dose: changes, lineageId, notePatient = null },
  ] of exercises.entries()) {
    const exercise = yield* findLatestVersion(d, { slug });
    if (!exercise) throw new Error(`the library has no ${slug}`);
    const { painLimit, ...dose } = { ...exercise.defaultDose, ...changes };
    rows.push({
      id: uuidv7(),
      clinicId,
      programVersionId: versionId,
      lineageId: lineageId ?? uuidv7(),
      exerciseVersionId: exercise.exerciseVersionId,
      position,
      side,
      digits: [],
      ...dose,
      painLimit,
      phase: null,
      fromOn: null,
      untilOn: null,
      envelope: null,
      notePatient,
      overrideReason: null,
    });
  }
  return rows;
}

function* makeVersion(
  d: Db,
  spec: ProgramSpec & { programId: string; number: number; basedOnId: string | null; reason: string },
): Body<MadeProgram> {
  const versionId = uuidv7();
  yield* insertVersion(d, {
    id: versionId,
    clinicId: spec.clinicId,
    programId: spec.programId,
    number: spec.number,
    state: 'draft',
    basedOnId: spec.basedOnId,
    source: 'editor',
    reason: spec.reason,
    createdBy: spec.publishedBy,
    createdAt: spec.at,
  });
  const rows = yield* prescriptionRows(d, spec, versionId);
  yield* insertPrescriptions(d, rows);
  if (spec.basedOnId) yield* supersedeVersion(d, { versionId: spec.basedOnId });
  yield* publishVersion(d, {
    versionId,
    effectiveFromOn: spec.on,
    reason: spec.reason,
    publishedBy: spec.publishedBy,
    nowMs: spec.at,
  });
  const prescriptions = rows.map(({ id, lineageId, programVersionId, painLimit, ...row }) => ({
    id,
    lineageId,
    programVersionId,
    painLimit,
    dose: { ...row, painLimit } as Dose,
  }));
  return { programId: spec.programId, versionId, prescriptions };
}

/** A program whose first version is published, of exercises that the library has by these slugs. */
export function* makeProgram(d: Db, spec: ProgramSpec): Body<MadeProgram> {
  const programId = uuidv7();
  const { clinicId, patientId, episodeId, title = 'Home program', at } = spec;
  yield* insertProgram(d, { id: programId, clinicId, patientId, episodeId, title, state: 'active', createdAt: at });
  return yield* makeVersion(d, { ...spec, programId, number: 1, basedOnId: null, reason: '' });
}

/** The next version of a made program: same lineages, other doses. */
export function* makeNextVersion(
  d: Db,
  spec: ProgramSpec & { before: MadeProgram; number: number; reason: string },
): Body<MadeProgram> {
  const exercises = spec.exercises.map((exercise, index) => ({
    ...exercise,
    lineageId: spec.before.prescriptions[index]?.lineageId,
  }));
  return yield* makeVersion(d, {
    ...spec,
    exercises,
    programId: spec.before.programId,
    basedOnId: spec.before.versionId,
  });
}
