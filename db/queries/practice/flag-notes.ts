import 'server-only';
import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { flagNotes } from '#db/schema/logs';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export function* insertFlagNote(d: Db, row: typeof flagNotes.$inferInsert): Body<void> {
  yield* q(d.insert(flagNotes).values(row));
}

/** What was done about these flags, oldest first, with the names of those who wrote it. */
export function* listFlagNotes(d: Db, { clinicId, patientId, flagIds }: PatientScope & { flagIds: readonly string[] }) {
  if (flagIds.length === 0) return [];
  const { id, flagId, at, text } = flagNotes;
  // Bounded: what people wrote about the flags that are named.
  return yield* q(
    d
      .select({ id, flagId, at, text, byName: users.name })
      .from(flagNotes)
      .innerJoin(users, eq(users.id, flagNotes.by))
      .where(
        and(
          inArray(flagNotes.flagId, [...flagIds]),
          eq(flagNotes.patientId, patientId),
          eq(flagNotes.clinicId, clinicId),
        ),
      )
      .orderBy(asc(at), asc(id)),
  );
}
