import 'server-only';
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { users } from '#db/schema/people';
import { cues, notes, visitAddenda } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';

/** Whether anybody has signed a note of a visit: then its record is closed. */
export function* isVisitSigned(
  d: Db,
  { clinicId, patientId, visitId }: PatientScope & { visitId: string },
): Body<boolean> {
  const signed = yield* first(
    d
      .select({ id: notes.id })
      .from(notes)
      .where(
        and(
          eq(notes.patientId, patientId),
          eq(notes.clinicId, clinicId),
          eq(notes.visitId, visitId),
          isNotNull(notes.signedAt),
        ),
      )
      .limit(1),
  );
  return signed !== undefined;
}

/** Keeps an addendum; the same stop of a cue by the same person is kept once. */
export function* insertVisitAddendum(d: Db, row: typeof visitAddenda.$inferInsert): Body<void> {
  yield* q(d.insert(visitAddenda).values(row).onConflictDoNothing());
}

/** What was added to a visit after its record was closed, in order of arrival. */
export function* listVisitAddenda(d: Db, { visitId }: { visitId: string }) {
  // Bounded: what the devices of one visit still had to send, and what was written about it later.
  return yield* q(
    d
      .select({
        id: visitAddenda.id,
        kind: visitAddenda.kind,
        text: visitAddenda.text,
        userId: visitAddenda.userId,
        byName: users.name,
        pattern: cues.pattern,
        result: visitAddenda.result,
        addedAt: visitAddenda.addedAt,
      })
      .from(visitAddenda)
      .innerJoin(users, eq(users.id, visitAddenda.userId))
      .leftJoin(cues, eq(cues.id, visitAddenda.cueId))
      .where(eq(visitAddenda.visitId, visitId))
      .orderBy(asc(visitAddenda.addedAt), asc(visitAddenda.id)),
  );
}
