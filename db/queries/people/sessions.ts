import 'server-only';
import { and, desc, eq, gt, inArray, isNull, lt, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { calendarFeeds } from '#db/schema/appointments';
import { pushSubscriptions } from '#db/schema/contact';
import { patients } from '#db/schema/patients';
import { memberships, sessions, users } from '#db/schema/people';
import type { SessionKind } from '#domain/people/session-policy';

/** The login behind a token, with its account unless that was disabled. */
export function* findSession(d: Db, { tokenHash }: { tokenHash: string }) {
  return yield* first(
    d
      .select({ session: sessions, user: { id: users.id, name: users.name, email: users.email, locale: users.locale } })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(sessions.tokenHash, tokenHash), isNull(users.disabledAt))),
  );
}

/** What the account is in each clinic: open memberships and the patient record it belongs to. */
export function* findAffiliations(d: Db, { userId }: { userId: string }) {
  // Bounded: what one account is in the clinics of this store.
  const staff = yield* q(
    d
      .select({
        id: memberships.id,
        clinicId: memberships.clinicId,
        role: memberships.role,
        discipline: memberships.discipline,
      })
      .from(memberships)
      .where(and(eq(memberships.userId, userId), isNull(memberships.toAt)))
      .orderBy(memberships.id),
  );
  // Bounded: what one account is in the clinics of this store.
  const records = yield* q(
    d
      .select({ id: patients.id, clinicId: patients.clinicId })
      .from(patients)
      .where(and(eq(patients.userId, userId), isNull(patients.loginEndedAt)))
      .orderBy(patients.id),
  );
  return { staff, records };
}

type NewSession = {
  id: string;
  userId: string;
  clinicId: string | null;
  kind: SessionKind;
  tokenHash: string;
  nowMs: number;
  expiresAt: number;
  deviceLabel: string | null;
};

export function* insertSession(d: Db, { nowMs, ...session }: NewSession): Body<void> {
  yield* q(d.insert(sessions).values({ ...session, createdAt: nowMs, lastSeenAt: nowMs }));
}

/** Moves `lastSeenAt` on, unless another request already did so further. */
export function* touchSession(
  d: Db,
  { id, lastSeenAt, expiresAt }: { id: string; lastSeenAt: number; expiresAt: number },
): Body<void> {
  yield* q(
    d
      .update(sessions)
      .set({ lastSeenAt, expiresAt })
      .where(and(eq(sessions.id, id), lt(sessions.lastSeenAt, lastSeenAt), isNull(sessions.revokedAt))),
  );
}

/** Ends the login behind a token, and the notifications that its device showed. */
export function* revokeSessionByToken(d: Db, { tokenHash, nowMs }: { tokenHash: string; nowMs: number }): Body<void> {
  const ofToken = d.select({ id: sessions.id }).from(sessions).where(eq(sessions.tokenHash, tokenHash));
  yield* q(d.delete(pushSubscriptions).where(inArray(pushSubscriptions.sessionId, ofToken)));
  yield* q(
    d
      .update(sessions)
      .set({ revokedAt: nowMs })
      .where(and(eq(sessions.tokenHash, tokenHash), isNull(sessions.revokedAt))),
  );
}

/**
 * Ends every login of the account, but for the one kept, and what their devices showed, also of logins that had ended by
 * themselves. Where none is kept the account is let go of as a whole: links to its calendar end too. Who stays signed in
 * ends those by themselves. Returns how many logins ended.
 */
export function* revokeSessions(
  d: Db,
  { userId, exceptId, nowMs }: { userId: string; exceptId: string | null; nowMs: number },
): Body<number> {
  const ofOthers = exceptId === null ? undefined : ne(pushSubscriptions.sessionId, exceptId);
  yield* q(d.delete(pushSubscriptions).where(and(eq(pushSubscriptions.userId, userId), ofOthers)));
  if (exceptId === null) {
    const links = and(eq(calendarFeeds.userId, userId), isNull(calendarFeeds.revokedAt));
    yield* q(d.update(calendarFeeds).set({ revokedAt: nowMs }).where(links));
  }
  const mine = and(eq(sessions.userId, userId), isNull(sessions.revokedAt));
  const where = exceptId === null ? mine : and(mine, ne(sessions.id, exceptId));
  const ended = yield* q(d.update(sessions).set({ revokedAt: nowMs }).where(where).returning({ id: sessions.id }));
  return ended.length;
}

export function* listSessions(d: Db, { userId, nowMs }: { userId: string; nowMs: number }) {
  // Bounded: the logins of one account that are open; each ends by itself.
  return yield* q(
    d
      .select({
        id: sessions.id,
        kind: sessions.kind,
        createdAt: sessions.createdAt,
        lastSeenAt: sessions.lastSeenAt,
        expiresAt: sessions.expiresAt,
        revokedAt: sessions.revokedAt,
        deviceLabel: sessions.deviceLabel,
      })
      .from(sessions)
      .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, nowMs)))
      .orderBy(desc(sessions.lastSeenAt), desc(sessions.id)),
  );
}

/** Ends every login of every account, and every link to a calendar. */
export function* revokeAllSessions(d: Db, { nowMs }: { nowMs: number }): Body<void> {
  yield* q(d.delete(pushSubscriptions));
  yield* q(d.update(calendarFeeds).set({ revokedAt: nowMs }).where(isNull(calendarFeeds.revokedAt)));
  yield* q(d.update(sessions).set({ revokedAt: nowMs }).where(isNull(sessions.revokedAt)));
}
