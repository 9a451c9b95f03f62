import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findVisitNote, insertNote, updateNote } from '#db/queries/visit/record';
import { Failure, notFound } from '#domain/input/failure';
import { nextRevision } from '#domain/input/revision';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';

type OwnNote = FoundVisit & { authorId: string };

/** Keeps the draft of the clinician's own note. A signed note stays for ever: what is written then follows it. */
export function* saveNote(
  d: Db,
  work: UnitOfWork,
  { visit, standing, authorId, body, revision: seen }: OwnNote & { body: string; revision?: number | undefined },
): Body<{ noteId: string; revision: number }> {
  const mine = { ...standing.scope, visitId: visit.id, authorId };
  const last = yield* findVisitNote(d, mine);
  const draft = last?.signedAt === null ? last : null;
  const stored = { value: draft?.body ?? '', revision: draft?.revision ?? 0 };
  // The first is one even where nothing is in it yet.
  const revision = Math.max(
    1,
    nextRevision(stored, { value: body, revision: seen }, (a, b) => a === b),
  );
  const noteId = draft?.id ?? uuidv7();
  work.about(noteId);
  if (revision === stored.revision) return { noteId, revision };
  if (draft) yield* updateNote(d, { noteId, change: { body, revision, updatedAt: work.nowMs } });
  else {
    const supersedesId = last?.id ?? null;
    yield* insertNote(d, { id: noteId, ...mine, body, revision, updatedAt: work.nowMs, supersedesId });
  }
  // Another window of the same person shows it.
  tellVisit(work, visit);
  return { noteId, revision };
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
