import 'server-only';
import { z } from 'zod';
import { idSchema } from '#domain/input/fields';
import { saveNoteSchema } from '#domain/visit/record';
import { requireVisit } from '#server/acts/visit/access';
import { saveNote, signNote } from '#server/acts/visit/notes';
import { procedure, router } from '#server/routers/trpc';

export const notesRouter = router({
  save: procedure('note.write', { trail: 'counted' })
    .input(saveNoteSchema)
    .mutation(({ ctx, input: { visitId, ...note } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* saveNote(d, work, { ...found, authorId: ctx.actor.userId, ...note });
      }),
    ),

  sign: procedure('note.write')
    .input(z.object({ visitId: idSchema }))
    .mutation(({ ctx, input: { visitId } }) =>
      ctx.write(function* (d, work) {
        const found = yield* requireVisit(d, work, ctx.actor, visitId);
        return yield* signNote(d, work, { ...found, authorId: ctx.actor.userId });
      }),
    ),
});
