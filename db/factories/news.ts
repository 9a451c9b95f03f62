import 'server-only';
import { and, asc, eq, gt } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { type Body, type Db, q } from '#db/body';
import { insertNotice } from '#db/queries/contact/notices';
import { deliveries, reminders } from '#db/schema/contact';
import { notices } from '#db/schema/notices';
import { episodes } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { visits } from '#db/schema/visits';

type NewsSpec = { clinicId: string; userId: string; kind: string; at: number; expiresAt?: number | null };

/** News for somebody, as an act leaves it. */
export function* makeNews(
  d: Db,
  { clinicId, userId, kind, at, expiresAt = null }: NewsSpec,
): Body<{ noticeId: string; subjectId: string }> {
  const [noticeId, subjectId, eventKey] = [uuidv7(), uuidv7(), uuidv7()];
  yield* insertNotice(d, { id: noticeId, clinicId, userId, kind, subjectId, eventKey, createdAt: at, expiresAt });
  return { noticeId, subjectId };
}

/** How news stands on its way to an account, the oldest first. */
export function* readDeliveriesOf(d: Db, { userId }: { userId: string }) {
  return yield* q(
    d
      .select()
      .from(deliveries)
      .where(eq(deliveries.userId, userId))
      .orderBy(asc(deliveries.createdAt), asc(deliveries.id)),
  );
}

/** All deliveries, for counting; and how many notices nobody decided of yet. */
export function* readAllDeliveries(d: Db) {
  const rows = yield* q(d.select().from(deliveries));
  const open = yield* q(d.select({ id: notices.id, plannedAt: notices.plannedAt }).from(notices));
  return { rows, unplanned: open.filter(({ plannedAt }) => plannedAt === null).length };
}

/** What an account is stored with as its address, whatever it is. */
export function* setEmail(d: Db, { userId, email }: { userId: string; email: string | null }): Body<void> {
  yield* q(d.update(users).set({ email }).where(eq(users.id, userId)));
}

/** As if the time had come for all that waits: quiet hours, bundles and pauses are over. */
export function* bringForward(d: Db, { nowMs }: { nowMs: number }): Body<void> {
  const waits = and(eq(deliveries.state, 'queued'), gt(deliveries.runAt, nowMs));
  yield* q(d.update(deliveries).set({ runAt: nowMs }).where(waits));
}

/** What is on the list of a patient's reminders. */
export function* readRemindersOf(d: Db, { patientId }: { patientId: string }) {
  return yield* q(d.select().from(reminders).where(eq(reminders.patientId, patientId)).orderBy(asc(reminders.kind)));
}

/** Lets the time of a patient's reminders come now, with what they repeat. */
export function* bringRemindersForward(d: Db, { patientId, nowMs }: { patientId: string; nowMs: number }): Body<void> {
  yield* q(d.update(reminders).set({ dueAt: nowMs }).where(eq(reminders.patientId, patientId)));
}

/** The notices of an account by their kind, the oldest first. */
export function* readNoticesOf(d: Db, { userId }: { userId: string }) {
  return yield* q(
    d.select().from(notices).where(eq(notices.userId, userId)).orderBy(asc(notices.createdAt), asc(notices.id)),
  );
}

/** A hand problem that is treated no more. */
export function* closeEpisodes(d: Db, { patientId, nowMs }: { patientId: string; nowMs: number }): Body<void> {
  yield* q(d.update(episodes).set({ closedAt: nowMs }).where(eq(episodes.patientId, patientId)));
}

/** A visit at another time than it was booked for. */
export function* moveStart(d: Db, { visitId, startsAt }: { visitId: string; startsAt: number }): Body<void> {
  yield* q(d.update(visits).set({ startsAt }).where(eq(visits.id, visitId)));
}
