import 'server-only';
import { and, desc, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { calendarFeeds } from '#db/schema/appointments';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';

export type CalendarFeedRow = typeof calendarFeeds.$inferSelect;
type Account = { clinicId: string; userId: string };

const ofAccount = ({ clinicId, userId }: Account) =>
  and(eq(calendarFeeds.clinicId, clinicId), eq(calendarFeeds.userId, userId), isNull(calendarFeeds.revokedAt));

/** The links of an account that work, the newest first. */
export function* listFeeds(d: Db, account: Account): Body<CalendarFeedRow[]> {
  // Bounded: FEEDS_MAX of one account.
  return yield* q(
    d
      .select()
      .from(calendarFeeds)
      .where(ofAccount(account))
      .orderBy(desc(calendarFeeds.createdAt), desc(calendarFeeds.id)),
  );
}

export function* insertFeed(d: Db, row: typeof calendarFeeds.$inferInsert): Body<void> {
  yield* q(d.insert(calendarFeeds).values(row));
}

/** Ends a link of an account; one that has ended, or is another's, stays as it is. */
export function* revokeFeed(d: Db, { id, nowMs, ...account }: Account & { id: string; nowMs: number }): Body<void> {
  yield* q(
    d
      .update(calendarFeeds)
      .set({ revokedAt: nowMs })
      .where(and(eq(calendarFeeds.id, id), ofAccount(account))),
  );
}

/** Whose link it is, as long as it works and their account does; undefined for any other, whyever it is none. */
export function* findReader(d: Db, { tokenHash }: { tokenHash: string }) {
  return yield* first(
    d
      .select({
        id: calendarFeeds.id,
        clinicId: calendarFeeds.clinicId,
        lastReadAt: calendarFeeds.lastReadAt,
        userId: users.id,
        locale: users.locale,
      })
      .from(calendarFeeds)
      .innerJoin(users, eq(users.id, calendarFeeds.userId))
      .where(and(eq(calendarFeeds.tokenHash, tokenHash), isNull(calendarFeeds.revokedAt), isNull(users.disabledAt))),
  );
}

/** The record that the account opens in its clinic; none where its login has ended or the record was put away. */
export function* findOwnRecord(d: Db, { clinicId, userId }: Account): Body<string | null> {
  const own = and(eq(patients.clinicId, clinicId), eq(patients.userId, userId));
  const row = yield* first(
    d
      .select({ id: patients.id })
      .from(patients)
      .where(and(own, isNull(patients.loginEndedAt), isNull(patients.lockedAt))),
  );
  return row?.id ?? null;
}

export function* markFeedRead(d: Db, { id, nowMs }: { id: string; nowMs: number }): Body<void> {
  yield* q(d.update(calendarFeeds).set({ lastReadAt: nowMs }).where(eq(calendarFeeds.id, id)));
}
