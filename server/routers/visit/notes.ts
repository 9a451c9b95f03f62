import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findVisitNote, insertNote, updateNote } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { saveNoteSchema } from '#domain/visit/record';
import { requireVisit, tellVisit } from '#server/acts/visit/access';
import { procedure, router } from '#server/routers/trpc';

/** The clinician's own note of a visit. Signed it stays for ever; what is written afterwards is a note that follows it. */
export const notesRouter = router({
  /** Keeps the draft as it is written. */
  save: procedure('note.write')
    .input(saveNoteSchema)
    .mutation(({ ctx, input: { visitId, body } }) =>
      ctx.write(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, visitId);
        const mine = { ...standing.scope, visitId, authorId: ctx.actor.userId };
        const last = yield* findVisitNote(d, mine);
        if (last && last.signedAt === null) {
          yield* updateNote(d, { noteId: last.id, change: { body, updatedAt: act.nowMs } });
          return { noteId: last.id };
        }
        const noteId = uuidv7();
        yield* insertNote(d, { id: noteId, ...mine, body, updatedAt: act.nowMs, supersedesId: last?.id ?? null });
        act.about(noteId);
        tellVisit(act, visit);
        return { noteId };
      }),
    ),

  sign: procedure('note.write')
    .input(z.object({ visitId: idSchema }))
    .mutation(({ ctx, input: { visitId } }) =>
      ctx.write(function* (d, act) {
        const { visit, standing } = yield* requireVisit(d, act, ctx.actor, visitId);
        const note = yield* findVisitNote(d, { ...standing.scope, visitId, authorId: ctx.actor.userId });
        if (!note) throw notFound();
        if (note.signedAt !== null) return { signedAt: note.signedAt };
        if (note.body.trim() === '') throw new Failure('BAD_REQUEST', 'note_empty');
        yield* updateNote(d, { noteId: note.id, change: { signedAt: act.nowMs } });
        act.about(note.id);
        tellVisit(act, visit);
        return { signedAt: act.nowMs };
      }),
    ),
});
