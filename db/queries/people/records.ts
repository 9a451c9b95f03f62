import 'server-only';
import { and, desc, eq, inArray, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { calendarFeeds } from '#db/schema/appointments';
import { pushSubscriptions } from '#db/schema/contact';
import { legalHolds, patients } from '#db/schema/patients';
import { sessions, users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

type HoldRow = typeof legalHolds.$inferSelect;
type RecordsPage = { clinicId: string; patientIds: readonly string[] };

/** Some of the clinic's records, with the address each signs in with. No clinical content. */
export function* listRecords(d: Db, { clinicId, patientIds }: RecordsPage) {
  // Bounded: the records of one page.
  return yield* q(
    d
      .select({
        patientId: patients.id,
        name: patients.name,
        userId: patients.userId,
        email: users.email,
        loginEndedAt: patients.loginEndedAt,
        lockedAt: patients.lockedAt,
        holdId: legalHolds.id,
      })
      .from(patients)
      .leftJoin(users, eq(users.id, patients.userId))
      .leftJoin(legalHolds, and(eq(legalHolds.patientId, patients.id), isNull(legalHolds.liftedAt)))
      .where(and(eq(patients.clinicId, clinicId), inArray(patients.id, [...patientIds]))),
  );
}

/** Who the record is of and how it is signed in to. No clinical content. */
export function* findRecord(d: Db, { clinicId, patientId }: PatientScope) {
  return yield* first(
    d
      .select({
        patientId: patients.id,
        name: patients.name,
        createdAt: patients.createdAt,
        userId: patients.userId,
        email: users.email,
        loginEndedAt: patients.loginEndedAt,
        lockedAt: patients.lockedAt,
      })
      .from(patients)
      .leftJoin(users, eq(users.id, patients.userId))
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId))),
  );
}

/** The clinic whose record this is; for whoever runs the server. */
export function* findRecordClinic(d: Db, { patientId }: { patientId: string }): Body<PatientScope | undefined> {
  return yield* first(
    d.select({ clinicId: patients.clinicId, patientId: patients.id }).from(patients).where(eq(patients.id, patientId)),
  );
}

/** Ends or gives back what the account may do with this record; false where that was so already. */
export function* setLoginEnded(
  d: Db,
  { clinicId, patientId, endedAt }: PatientScope & { endedAt: number | null },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(patients)
      .set({ loginEndedAt: endedAt })
      .where(
        and(
          eq(patients.id, patientId),
          eq(patients.clinicId, clinicId),
          endedAt === null ? undefined : isNull(patients.loginEndedAt),
        ),
      )
      .returning({ id: patients.id }),
  );
  return rows.length === 1;
}

/** Ends the account's logins in one clinic, what their devices showed of it, and its links to the calendar. */
export function* revokeSessionsIn(
  d: Db,
  { clinicId, userId, nowMs }: { clinicId: string; userId: string; nowMs: number },
): Body<void> {
  const shown = and(eq(pushSubscriptions.userId, userId), eq(pushSubscriptions.clinicId, clinicId));
  yield* q(d.delete(pushSubscriptions).where(shown));
  const links = and(eq(calendarFeeds.userId, userId), eq(calendarFeeds.clinicId, clinicId));
  yield* q(
    d
      .update(calendarFeeds)
      .set({ revokedAt: nowMs })
      .where(and(links, isNull(calendarFeeds.revokedAt))),
  );
  yield* q(
    d
      .update(sessions)
      .set({ revokedAt: nowMs })
      .where(and(eq(sessions.userId, userId), eq(sessions.clinicId, clinicId), isNull(sessions.revokedAt))),
  );
}

/** The holds of a record, the open one first. */
export function* listHolds(d: Db, { clinicId, patientId }: PatientScope) {
  // Bounded: the holds of one record; a person sets each.
  return yield* q(
    d
      .select({
        id: legalHolds.id,
        reason: legalHolds.reason,
        setAt: legalHolds.setAt,
        setBy: users.name,
        liftedAt: legalHolds.liftedAt,
        liftedReason: legalHolds.liftedReason,
      })
      .from(legalHolds)
      .innerJoin(users, eq(users.id, legalHolds.setBy))
      .where(and(eq(legalHolds.patientId, patientId), eq(legalHolds.clinicId, clinicId)))
      .orderBy(desc(legalHolds.setAt), desc(legalHolds.id)),
  );
}

export function* findOpenHold(d: Db, { clinicId, patientId }: PatientScope): Body<HoldRow | undefined> {
  return yield* first(
    d
      .select()
      .from(legalHolds)
      .where(and(eq(legalHolds.patientId, patientId), eq(legalHolds.clinicId, clinicId), isNull(legalHolds.liftedAt))),
  );
}

/** Puts a record on hold; false where it is on hold already. */
export function* insertHold(d: Db, row: typeof legalHolds.$inferInsert): Body<boolean> {
  const rows = yield* q(d.insert(legalHolds).values(row).onConflictDoNothing().returning({ id: legalHolds.id }));
  return rows.length === 1;
}

export function* liftHold(
  d: Db,
  { clinicId, patientId, ...lifted }: PatientScope & Pick<HoldRow, 'liftedBy' | 'liftedAt' | 'liftedReason'>,
): Body<boolean> {
  const rows = yield* q(
    d
      .update(legalHolds)
      .set(lifted)
      .where(and(eq(legalHolds.patientId, patientId), eq(legalHolds.clinicId, clinicId), isNull(legalHolds.liftedAt)))
      .returning({ id: legalHolds.id }),
  );
  return rows.length === 1;
}
