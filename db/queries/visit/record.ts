import 'server-only';
import { and, asc, desc, eq, isNotNull, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { media } from '#db/schema/media';
import { users } from '#db/schema/people';
import { cues, notes, stills } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import type { CueResult } from '#domain/visit/cue';

type StillRow = typeof stills.$inferSelect;
type CueRow = typeof cues.$inferSelect;
type NoteRow = typeof notes.$inferSelect;

export function* findStill(d: Db, { stillId }: { stillId: string }): Body<StillRow | undefined> {
  return yield* first(d.select().from(stills).where(eq(stills.id, stillId)));
}

export function* insertStill(d: Db, row: typeof stills.$inferInsert): Body<void> {
  yield* q(d.insert(stills).values(row));
}

/** The stills of a visit, oldest first, with what has become of their pictures. */
export function* listStills(d: Db, { visitId }: { visitId: string }) {
  // Bounded: the stills of one visit.
  return yield* q(
    d
      .select({
        id: stills.id,
        capturedAt: stills.capturedAt,
        source: stills.source,
        side: stills.side,
        label: stills.label,
        addendumAt: stills.addendumAt,
        addedByName: users.name,
        state: media.state,
        width: media.width,
        height: media.height,
      })
      .from(stills)
      .innerJoin(media, eq(media.id, stills.mediaId))
      .innerJoin(users, eq(users.id, media.ownerUserId))
      .where(eq(stills.visitId, visitId))
      .orderBy(asc(stills.capturedAt), asc(stills.id)),
  );
}

export function* findCue(d: Db, { cueId }: { cueId: string }): Body<CueRow | undefined> {
  return yield* first(d.select().from(cues).where(eq(cues.id, cueId)));
}

export function* insertCue(d: Db, row: typeof cues.$inferInsert): Body<void> {
  yield* q(d.insert(cues).values(row));
}

/** Stops a cue once, or in the place of the visit's end; false where somebody had stopped it. */
export function* setCueResult(
  d: Db,
  {
    visitId,
    cueId,
    stoppedAt,
    result,
    settledAt,
  }: { visitId: string; cueId: string; stoppedAt: number | null; result: CueResult; settledAt: number | null },
): Body<boolean> {
  const stopped = yield* q(
    d
      .update(cues)
      .set({ stoppedAt, result, settledAt })
      .where(and(eq(cues.id, cueId), eq(cues.visitId, visitId), or(isNull(cues.result), isNotNull(cues.settledAt))))
      .returning({ id: cues.id }),
  );
  return stopped.length === 1;
}

/** The cues of a visit in the order they started. */
export function* listCues(d: Db, { visitId }: { visitId: string }) {
  // Bounded: the counts of one visit.
  return yield* q(
    d
      .select({
        cueId: cues.id,
        pattern: cues.pattern,
        startsAtMs: cues.startsAt,
        stoppedAtMs: cues.stoppedAt,
        lineageId: cues.lineageId,
        result: cues.result,
        addendumAt: cues.addendumAt,
        startedByName: users.name,
      })
      .from(cues)
      .innerJoin(users, eq(users.id, cues.startedBy))
      .where(eq(cues.visitId, visitId))
      .orderBy(asc(cues.startsAt), asc(cues.id)),
  );
}

/** The author's newest note of a visit, signed or not. */
export function* findVisitNote(
  d: Db,
  { clinicId, patientId, visitId, authorId }: PatientScope & { visitId: string; authorId: string },
): Body<NoteRow | undefined> {
  return yield* first(
    d
      .select()
      .from(notes)
      .where(
        and(
          eq(notes.visitId, visitId),
          eq(notes.authorId, authorId),
          eq(notes.patientId, patientId),
          eq(notes.clinicId, clinicId),
        ),
      )
      // A draft begins after the note before it was signed; ids are made in the order of time.
      .orderBy(desc(notes.id))
      .limit(1),
  );
}

/** Every signed note of a visit and, of the reader's own, the draft. */
export function* listVisitNotes(d: Db, { clinicId, patientId, visitId }: PatientScope & { visitId: string }) {
  // Bounded: the notes of one visit, one draft per person.
  return yield* q(
    d
      .select({
        id: notes.id,
        body: notes.body,
        revision: notes.revision,
        authorId: notes.authorId,
        authorName: users.name,
        updatedAt: notes.updatedAt,
        signedAt: notes.signedAt,
      })
      .from(notes)
      .innerJoin(users, eq(users.id, notes.authorId))
      .where(and(eq(notes.visitId, visitId), eq(notes.patientId, patientId), eq(notes.clinicId, clinicId)))
      .orderBy(asc(notes.id)),
  );
}

export function* insertNote(d: Db, row: typeof notes.$inferInsert): Body<void> {
  yield* q(d.insert(notes).values(row));
}

/** Changes a note that is not signed; false where it is. */
export function* updateNote(
  d: Db,
  {
    noteId,
    change,
  }: { noteId: string; change: Partial<Pick<NoteRow, 'body' | 'revision' | 'updatedAt' | 'signedAt'>> },
): Body<boolean> {
  const changed = yield* q(
    d
      .update(notes)
      .set(change)
      .where(and(eq(notes.id, noteId), isNull(notes.signedAt)))
      .returning({ id: notes.id }),
  );
  return changed.length === 1;
}
