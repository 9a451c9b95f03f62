import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findOpenEpisode } from '#db/queries/people/patients';
import { findUser } from '#db/queries/people/users';
import { listDemos, listErrorTags, listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, insertProgram, listPrescriptions, listPrograms, listVersions } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
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

type FoundProgram = ReturnType<typeof requireProgram> extends Body<infer T> ? T : never;

/** A program with all its versions, newest first, and what the exercises say. Drafts are the clinic's own business. */
export function* readProgram(
  d: Db,
  work: UnitOfWork,
  { program, surgeryOn, side, condition, standing, locale }: FoundProgram & { locale: string },
) {
  const all = yield* listVersions(d, { programIds: [program.id] });
  const shown = standing.relations.includes('clinician') ? all : all.filter(({ version }) => version.state !== 'draft');
  const rows = yield* listPrescriptions(d, { versionIds: shown.map(({ version }) => version.id) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  const draft = shown.find(({ version }) => version.state === 'draft')?.version;
  return {
    program,
    episode: { surgeryOn, side, condition },
    /** The patient's own day. */
    today: localDay(work.nowMs, standing.timeZone),
    draftBy: draft ? ((yield* findUser(d, { userId: draft.createdBy }))?.name ?? null) : null,
    versions: shown.map(({ version, publishedByName }) => ({
      ...version,
      publishedByName,
      prescriptions: rows
        .filter((row) => row.programVersionId === version.id)
        .map((row) => ({ ...row, dose: doseOf(row) })),
    })),
    exercises,
    errorTags: yield* listErrorTags(d, { exerciseIds: exercises.map((exercise) => exercise.exerciseId) }),
    demos: yield* listDemos(d, standing.scope),
  };
}

/** The programs of a patient with what is prescribed now. */
export function* readPrograms(d: Db, { scope, locale }: { scope: PatientScope; locale: string }) {
  const programs = yield* listPrograms(d, scope);
  const versions = yield* listVersions(d, { programIds: programs.map((program) => program.id) });
  const published = versions.filter(({ version }) => version.state === 'published');
  const rows = yield* listPrescriptions(d, { versionIds: published.map(({ version }) => version.id) });
  const exercises = yield* listExerciseVersions(d, {
    versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
    locale,
  });
  return programs.map((program) => {
    const current = published.find(({ version }) => version.programId === program.id)?.version ?? null;
    const prescriptions = rows
      .filter((row) => row.programVersionId === current?.id)
      .map((row) => ({ ...row, dose: doseOf(row) }));
    return { ...program, current: current ? { ...current, prescriptions } : null, exercises };
  });
}
