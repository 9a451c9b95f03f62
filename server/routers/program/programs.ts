import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Db } from '#db/body';
import { findOpenEpisode } from '#db/queries/people/patients';
import { findUser } from '#db/queries/people/users';
import { listDemos, listErrorTags, listExerciseVersions } from '#db/queries/program/exercises';
import {
  doseOf,
  findProgram,
  findProgramPatient,
  insertProgram,
  listPrescriptions,
  listPrograms,
  listVersions,
} from '#db/queries/program/programs';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { createProgramSchema, publishProgramSchema, saveDraftSchema } from '#domain/program/draft';
import { localDay } from '#domain/time/local-day';
import { publishDraft, writeDraft } from '#server/acts/program/versions';
import { procedure, router } from '#server/routers/trpc';
import type { Act } from '#server/runtime/unit-of-work';

function* requireProgram(d: Db, act: Act, clinicId: string, programId: string) {
  const patientId = yield* findProgramPatient(d, { clinicId, programId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  const found = yield* findProgram(d, { ...standing.scope, programId });
  if (!found) throw notFound();
  act.about(programId);
  return { standing, ...found };
}

export const programsRouter = router({
  create: procedure('program.write')
    .input(createProgramSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const episode = yield* findOpenEpisode(d, scope);
        if (!episode) throw new Failure('BAD_REQUEST', 'no_open_episode');
        const programId = uuidv7();
        yield* insertProgram(d, {
          id: programId,
          ...scope,
          episodeId: episode.id,
          title: input.title,
          state: 'active',
          createdAt: act.nowMs,
        });
        act.about(programId);
        act.tell('program', programId, { patientId: scope.patientId });
        return { programId };
      }),
    ),

  /** A program with all its versions, newest first, and what the exercises say. */
  get: procedure('program.read')
    .input(z.object({ programId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { program, surgeryOn, side, condition, standing } = yield* requireProgram(
          d,
          act,
          ctx.actor.clinicId,
          input.programId,
        );
        const all = yield* listVersions(d, { programIds: [program.id] });
        const shown = standing.relations.includes('clinician')
          ? all
          : all.filter(({ version }) => version.state !== 'draft');
        const rows = yield* listPrescriptions(d, { versionIds: shown.map(({ version }) => version.id) });
        const versions = yield* listExerciseVersions(d, {
          versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
          locale: ctx.actor.locale,
        });
        const draft = shown.find(({ version }) => version.state === 'draft')?.version;
        return {
          program,
          episode: { surgeryOn, side, condition },
          /** The patient's own day. */
          today: localDay(act.nowMs, standing.timeZone),
          draftBy: draft ? ((yield* findUser(d, { userId: draft.createdBy }))?.name ?? null) : null,
          versions: shown.map(({ version, publishedByName }) => ({
            ...version,
            publishedByName,
            prescriptions: rows
              .filter((row) => row.programVersionId === version.id)
              .map((row) => ({ ...row, dose: doseOf(row) })),
          })),
          exercises: versions,
          errorTags: yield* listErrorTags(d, { exerciseIds: versions.map((version) => version.exerciseId) }),
          demos: yield* listDemos(d, { clinicId: ctx.actor.clinicId }),
        };
      }),
    ),

  ofPatient: procedure('program.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope } = yield* act.patient(input.patientId);
        const programs = yield* listPrograms(d, scope);
        const versions = yield* listVersions(d, { programIds: programs.map((program) => program.id) });
        const published = versions.filter(({ version }) => version.state === 'published');
        const rows = yield* listPrescriptions(d, { versionIds: published.map(({ version }) => version.id) });
        const exercises = yield* listExerciseVersions(d, {
          versionIds: [...new Set(rows.map((row) => row.exerciseVersionId))],
          locale: ctx.actor.locale,
        });
        return programs.map((program) => {
          const current = published.find(({ version }) => version.programId === program.id)?.version ?? null;
          const prescriptions = rows
            .filter((row) => row.programVersionId === current?.id)
            .map((row) => ({ ...row, dose: doseOf(row) }));
          return { ...program, current: current ? { ...current, prescriptions } : null, exercises };
        });
      }),
    ),

  saveDraft: procedure('program.write')
    .input(saveDraftSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { standing } = yield* requireProgram(d, act, ctx.actor.clinicId, input.programId);
        const draftId = yield* writeDraft(d, {
          scope: standing.scope,
          ...input,
          createdBy: ctx.actor.userId,
          nowMs: act.nowMs,
          source: 'editor',
          sourceId: null,
        });
        return { draftId };
      }),
    ),

  publish: procedure('program.write')
    .input(publishProgramSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { standing } = yield* requireProgram(d, act, ctx.actor.clinicId, input.programId);
        const published = yield* publishDraft(d, {
          standing,
          ...input,
          publishedBy: ctx.actor.userId,
          nowMs: act.nowMs,
          source: 'editor',
          sourceId: null,
        });
        act.tell('program', input.programId, { patientId: standing.scope.patientId });
        return published;
      }),
    ),
});
