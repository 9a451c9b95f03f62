import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import type { PatientStanding } from '#db/queries/people/access';
import { findOpenEpisode } from '#db/queries/people/patients';
import { findUser } from '#db/queries/people/users';
import { listDemos, listErrorTags, listExerciseVersions } from '#db/queries/program/exercises';
import {
  doseOf,
  insertProgram,
  listPrescriptions,
  listPrograms,
  listPublished,
  listVersions,
} from '#db/queries/program/programs';
import { listRestrictionsById } from '#db/queries/record/restrictions';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import type { Relation } from '#domain/people/access';
import type { SignedBreak } from '#domain/record/breaks';
import { localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { requireProgram } from './access';

/** Begins a program of the open episode; it holds nothing until its first version is published. */
export function* createProgram(
  d: Db,
  work: UnitOfWork,
  { scope, title }: { scope: PatientScope; title: string },
): Body<{ programId: string }> {
  const episode = yield* findOpenEpisode(d, scope);
  if (!episode) throw new Failure('BAD_REQUEST', 'no_open_episode');
  const programId = uuidv7();
  const row = { id: programId, ...scope, episodeId: episode.id, title, state: 'active' as const };
  yield* insertProgram(d, { ...row, createdAt: work.nowMs });
  work.about(programId);
  work.tell('program', programId, { patientId: scope.patientId });
  return { programId };
}

type Reader = { locale: string; olderThan: number | null };
type FoundProgram = ReturnType<typeof requireProgram> extends Body<infer T> ? T : never;

const VERSIONS_PER_PAGE = 20;

/**
 * A program with a page of its versions, newest first, and what the exercises say. Drafts are the clinic's own business.
 */
export function* readProgram(
  d: Db,
  work: UnitOfWork,
  { program, patientName, surgeryOn, side, condition, standing, locale, olderThan }: FoundProgram & Reader,
) {
  const withDraft = standing.relations.includes('clinician');
  const isOfClinic = isClinics(standing.relations);
  const found = yield* listVersions(d, { programId: program.id, olderThan, withDraft, limit: VERSIONS_PER_PAGE + 1 });
  const shown = found.slice(0, VERSIONS_PER_PAGE);
  const rows = yield* listPrescriptions(d, { versionIds: shown.map(({ version }) => version.id) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  const draft = shown.find(({ version }) => version.state === 'draft')?.version;
  return {
    program,
    patientName,
    episode: { surgeryOn, side, condition },
    /** The patient's own day. */
    today: localDay(work.nowMs, standing.timeZone),
    timeZone: standing.timeZone,
    draftBy: draft ? ((yield* findUser(d, { userId: draft.createdBy }))?.name ?? null) : null,
    versions: shown.map(({ version, publishedByName }) => ({
      ...version,
      reason: isOfClinic ? version.reason : '',
      flagReason: isOfClinic ? version.flagReason : null,
      restrictionReason: isOfClinic ? version.restrictionReason : null,
      restrictionsBroken: isOfClinic ? version.restrictionsBroken : null,
      publishedByName,
      prescriptions: rows
        .filter((row) => row.programVersionId === version.id)
        .map((row) => ({ ...row, dose: doseOf(row) })),
    })),
    /** The last number of this page, where there are older versions. */
    nextCursor: found.length > VERSIONS_PER_PAGE ? (shown.at(-1)?.version.number ?? null) : null,
    exercises,
    /** Those that these versions break. */
    restrictions: isOfClinic ? yield* listBroken(d, standing.scope, shown) : [],
    errorTags: yield* listErrorTags(d, { exerciseIds: exercises.map((exercise) => exercise.exerciseId) }),
    demos: yield* listDemos(d, standing.scope),
  };
}

type Breaking = { version: { restrictionsBroken: SignedBreak[] | null } };

function* listBroken(d: Db, scope: PatientScope, versions: readonly Breaking[]) {
  const broken = versions.flatMap(({ version }) => version.restrictionsBroken ?? []);
  return yield* listRestrictionsById(d, { ...scope, ids: [...new Set(broken.map((one) => one.restrictionId))] });
}

/** Why it was changed, and why more was asked while a flag was open, is said among clinicians. */
const isClinics = (relations: readonly Relation[]) =>
  relations.some((relation) => relation !== 'self' && relation !== 'caregiver');

/** The programs of a patient with what is prescribed now: of one that has ended, nothing. */
export function* readPrograms(d: Db, { standing, locale }: { standing: PatientStanding; locale: string }) {
  const { scope, relations } = standing;
  const isOfClinic = isClinics(relations);
  const programs = yield* listPrograms(d, scope);
  const published = yield* listPublished(d, { programIds: programs.map((program) => program.id) });
  const rows = yield* listPrescriptions(d, { versionIds: published.map((version) => version.id) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  return programs.map((program) => {
    const last = published.find((version) => version.programId === program.id) ?? null;
    const current = program.state === 'active' ? last : null;
    const prescriptions = rows
      .filter((row) => row.programVersionId === current?.id)
      .map((row) => ({ ...row, dose: doseOf(row) }));
    const hidden = { reason: '', flagReason: null, restrictionReason: null, restrictionsBroken: null };
    const kept = isOfClinic ? {} : hidden;
    return { ...program, current: current ? { ...current, ...kept, prescriptions } : null, exercises };
  });
}
