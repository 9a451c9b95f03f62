import 'server-only';
import { z } from 'zod';
import { idSchema, revisionSchema } from '#domain/input/fields';
import { createProgramSchema, publishProgramSchema, saveDraftSchema } from '#domain/program/draft';
import { requireProgram } from '#server/acts/program/access';
import { createProgram, readProgram, readPrograms } from '#server/acts/program/programs';
import { publishDraft, writeDraft } from '#server/acts/program/versions';
import { procedure, router } from '#server/routers/trpc';

/** A version that a person wrote in the editor, and nothing else asked for. */
const BY_HAND = { source: 'editor', sourceId: null } as const;

export const programsRouter = router({
  create: procedure('program.write')
    .input(createProgramSchema)
    .mutation(({ ctx, input: { patientId, title } }) =>
      ctx.write(function* (d, work) {
        const { scope } = yield* work.patient(patientId);
        return yield* createProgram(d, work, { scope, title });
      }),
    ),

  get: procedure('program.read')
    .input(z.object({ programId: idSchema, cursor: z.nullish(revisionSchema) }))
    .query(({ ctx, input: { programId, cursor = null } }) =>
      ctx.read(function* (d, work) {
        const found = yield* requireProgram(d, work, ctx.actor, programId);
        return yield* readProgram(d, work, { ...found, locale: ctx.actor.locale, olderThan: cursor });
      }),
    ),

  ofPatient: procedure('program.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, work) {
        const standing = yield* work.patient(input.patientId);
        return yield* readPrograms(d, { standing, locale: ctx.actor.locale });
      }),
    ),

  saveDraft: procedure('program.write', { trail: 'counted' })
    .input(saveDraftSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { standing } = yield* requireProgram(d, work, ctx.actor, input.programId);
        const { scope } = standing;
        return yield* writeDraft(d, work, { scope, ...input, ...BY_HAND, createdBy: ctx.actor.userId });
      }),
    ),

  publish: procedure('program.write')
    .input(publishProgramSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, work) {
        const { standing } = yield* requireProgram(d, work, ctx.actor, input.programId);
        return yield* publishDraft(d, work, { standing, ...input, ...BY_HAND, publishedBy: ctx.actor.userId });
      }),
    ),
});
