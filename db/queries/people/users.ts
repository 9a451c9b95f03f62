import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { users } from '#db/schema/people';

type UserRow = typeof users.$inferSelect;

/** The account of an e-mail address; disabled accounts are as if they were not there. */
export function* findUserByEmail(d: Db, { email }: { email: string }): Body<UserRow | undefined> {
  return yield* first(
    d
      .select()
      .from(users)
      .where(and(eq(users.email, email), isNull(users.disabledAt))),
  );
}

export function* findUser(d: Db, { userId }: { userId: string }): Body<UserRow | undefined> {
  return yield* first(d.select().from(users).where(eq(users.id, userId)));
}

export function* insertUser(d: Db, row: typeof users.$inferInsert): Body<void> {
  yield* q(d.insert(users).values(row));
}

export function* setPasswordHash(
  d: Db,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Body<void> {
  yield* q(d.update(users).set({ passwordHash }).where(eq(users.id, userId)));
}
