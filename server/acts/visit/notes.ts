import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findVisitNote, insertNote, updateNote } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';

type OwnNote = FoundVisit & { authorId: string };

/** Keeps the draft of the clinician's own note. A signed note stays for ever: what is written then follows it. */
export function* saveNote(
  d: Db,
  work: UnitOfWork,
  { visit, standing, authorId, body }: OwnNote & { body: string },
): Body<{ noteId: string }> {
  const mine = { ...standing.scope, visitId: visit.id, authorId };
  const last = yield* findVisitNote(d, mine);
  if (last && last.signedAt === null) {
    yield* updateNote(d, { noteId: last.id, change: { body, updatedAt: work.nowMs } });
    work.about(last.id);
    return { noteId: last.id };
  }
  const noteId = uuidv7();
  yield* insertNote(d, { id: noteId, ...mine, body, updatedAt: work.nowMs, supersedesId: last?.id ?? null });
  work.about(noteId);
  tellVisit(work, visit);
  return { noteId };
}

/** Signs the author's newest note. Repeating it answers the same. */
export function* signNote(d: Db, work: UnitOfWork, { visit, standing, authorId }: OwnNote): Body<{ signedAt: number }> {
  const note = yield* findVisitNote(d, { ...standing.scope, visitId: visit.id, authorId });
  if (!note) throw notFound();
  if (note.signedAt !== null) return { signedAt: note.signedAt };
  if (note.body.trim() === '') throw new Failure('BAD_REQUEST', 'note_empty');
  yield* updateNote(d, { noteId: note.id, change: { signedAt: work.nowMs } });
  work.about(note.id);
  tellVisit(work, visit);
  return { signedAt: work.nowMs };
}
