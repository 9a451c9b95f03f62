import 'server-only';
import { and, desc, eq } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { barriers } from '#db/schema/messages';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export function* insertBarrier(d: Db, row: typeof barriers.$inferInsert): Body<void> {
  yield* q(d.insert(barriers).values(row));
}

/** Whose it is, in any clinic: that an id is taken is all that one may learn of it. */
export function* findBarrierOwner(d: Db, { barrierId }: { barrierId: string }): Body<{ saidBy: string } | undefined> {
  return yield* first(d.select({ saidBy: barriers.saidBy }).from(barriers).where(eq(barriers.id, barrierId)));
}

/** What a patient found hard last, newest first. */
export function* listBarriers(d: Db, { clinicId, patientId, limit }: PatientScope & { limit: number }) {
  const { id, code, words, suggestion, outcome, saidAt } = barriers;
  return yield* q(
    d
      .select({ id, code, words, suggestion, outcome, saidAt, byName: users.name })
      .from(barriers)
      .innerJoin(users, eq(users.id, barriers.saidBy))
      .where(and(eq(barriers.patientId, patientId), eq(barriers.clinicId, clinicId)))
      .orderBy(desc(barriers.receivedAt), desc(barriers.id))
      .limit(limit),
  );
}
