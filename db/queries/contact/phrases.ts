import 'server-only';
import { and, asc, count, eq, isNull, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { phrases } from '#db/schema/messages';

export type PhraseRow = typeof phrases.$inferSelect;
type Owner = { clinicId: string; userId: string };

/** One's own and everybody's, as long as nobody took them away. */
const offered = ({ clinicId, userId }: Owner) =>
  and(
    eq(phrases.clinicId, clinicId),
    or(eq(phrases.ownerId, userId), isNull(phrases.ownerId)),
    isNull(phrases.removedAt),
  );

export function* listPhrases(d: Db, { limit, ...owner }: Owner & { limit: number }): Body<PhraseRow[]> {
  return yield* q(
    d.select().from(phrases).where(offered(owner)).orderBy(asc(phrases.createdAt), asc(phrases.id)).limit(limit),
  );
}

export function* countPhrases(d: Db, owner: Owner): Body<number> {
  const row = yield* first(d.select({ n: count() }).from(phrases).where(offered(owner)));
  return row?.n ?? 0;
}

export function* insertPhrase(d: Db, row: typeof phrases.$inferInsert): Body<void> {
  yield* q(d.insert(phrases).values(row).onConflictDoNothing());
}

export function* findPhrase(d: Db, { phraseId }: { phraseId: string }): Body<PhraseRow | undefined> {
  return yield* first(d.select().from(phrases).where(eq(phrases.id, phraseId)));
}

/** False where there is none of one's own, or of the clinic, by this id. */
export function* removePhrase(
  d: Db,
  { phraseId, nowMs, ...owner }: Owner & { phraseId: string; nowMs: number },
): Body<boolean> {
  const removed = yield* q(
    d
      .update(phrases)
      .set({ removedAt: nowMs })
      .where(and(eq(phrases.id, phraseId), offered(owner)))
      .returning({ id: phrases.id }),
  );
  return removed.length === 1;
}
