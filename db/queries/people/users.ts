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

export function* setEmail(d: Db, { userId, email }: { userId: string; email: string }): Body<void> {
  yield* q(d.update(users).set({ email }).where(eq(users.id, userId)));
}

/** Has any account this address, a disabled one too? */
export function* isEmailTaken(d: Db, { email }: { email: string }): Body<boolean> {
  return (yield* first(d.select({ id: users.id }).from(users).where(eq(users.email, email)))) !== undefined;
}

export function* setForceUnit(d: Db, { userId, unit }: { userId: string; unit: UserRow['forceUnit'] }): Body<void> {
  yield* q(d.update(users).set({ forceUnit: unit }).where(eq(users.id, userId)));
}

export function* setPasswordHash(
  d: Db,
  { userId, passwordHash }: { userId: string; passwordHash: string },
): Body<void> {
  yield* q(d.update(users).set({ passwordHash }).where(eq(users.id, userId)));
}
