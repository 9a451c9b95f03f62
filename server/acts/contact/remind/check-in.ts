import 'server-only';
import type { Body, Db } from '#db/body';
import { findCheckIn, findReplacement } from '#db/queries/check-in/check-ins';
import { findReminderChoices, type ReminderRow } from '#db/queries/contact/reminders';
import { listHeldStops } from '#db/queries/practice/stops';
import { CHECK_IN_AFTER_MS, CHECK_IN_LATE_MS } from '#domain/contact/reminders';
import { stopOn } from '#domain/practice/stop';
import { DAY_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { listWaiting } from '#server/acts/program/restricted';
import { type Decision, OVER, type Reminded } from './decision';
import { listPrescribed } from './practice';

/** Another clip was asked for and none came: said once. On a day on which it is stopped, held by a
 * restriction or not wished, it waits a day. */
export function* decideCheckIn(d: Db, nowMs: number, row: ReminderRow, person: Reminded): Body<Decision> {
  const { scope, timeZone } = person;
  const checkInId = row.subjectId;
  const checkIn = yield* findCheckIn(d, { ...scope, checkInId });
  if (checkIn?.state !== 'redo_requested' || checkIn.closedAt === null) return OVER;
  const expiresAt = checkIn.closedAt + CHECK_IN_AFTER_MS + CHECK_IN_LATE_MS;
  if (nowMs >= expiresAt || (yield* findReplacement(d, { ...scope, checkInId }))) return OVER;
  const { lineageId } = checkIn;
  if (lineageId !== null && !(yield* listPrescribed(d, scope)).some((one) => one.lineageId === lineageId)) return OVER;
  const chosen = yield* findReminderChoices(d, scope);
  const today = localDay(nowMs, timeZone);
  const isNotToday = chosen?.notTodayOn === today;
  const isStopped = stopOn(lineageId, yield* listHeldStops(d, scope)) !== null;
  const isHeld = lineageId !== null && (yield* listWaiting(d, scope, today)).has(lineageId);
  if (isNotToday || isStopped || isHeld || person.userId === null)
    return { tell: null, next: { dueAt: nowMs + DAY_MS, repeatOf: null } };
  return { tell: { expiresAt }, next: null };
}
