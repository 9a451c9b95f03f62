import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { clinics, users } from '#db/schema/clinics';

export type UserRow = typeof users.$inferSelect;

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

export type ClinicRow = typeof clinics.$inferSelect;

export function* findClinic(d: Db, { clinicId }: { clinicId: string }): Body<ClinicRow | undefined> {
  return yield* first(d.select().from(clinics).where(eq(clinics.id, clinicId)));
}

export function* listClinics(d: Db): Body<ClinicRow[]> {
  return yield* q(d.select().from(clinics).orderBy(clinics.createdAt, clinics.id));
}

export function* insertClinic(d: Db, row: typeof clinics.$inferInsert): Body<void> {
  yield* q(d.insert(clinics).values(row));
}

export function* updateClinic(
  d: Db,
  { clinicId, ...change }: { clinicId: string } & Pick<ClinicRow, 'name' | 'phone' | 'emergencyNumber' | 'settings'>,
): Body<void> {
  yield* q(d.update(clinics).set(change).where(eq(clinics.id, clinicId)));
}
