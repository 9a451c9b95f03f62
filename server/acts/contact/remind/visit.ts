import 'server-only';
import type { Body, Db } from '#db/body';
import { findVisitToRemind, type ReminderRow } from '#db/queries/contact/reminders';
import { dayBefore, JUST_BOOKED_MS, VISIT_DAY_LATE_MS, VISIT_SOON_MS } from '#domain/contact/reminders';
import { type Decision, OVER, type Reminded } from './decision';

/** A visit a day before, by the patient's clocks, and ten minutes before. One that was moved is looked at again then. */
export function* decideVisit(d: Db, nowMs: number, row: ReminderRow, { scope, timeZone }: Reminded): Body<Decision> {
  const visit = yield* findVisitToRemind(d, { ...scope, visitId: row.subjectId });
  const isOn = visit?.state === 'scheduled' || visit?.state === 'open';
  if (!visit || !isOn || visit.kind === 'now' || visit.startsAt <= nowMs) return OVER;
  const { startsAt, createdAt, isThere } = visit;
  const isSoon = row.kind === 'visit_soon';
  const dueAt = isSoon ? startsAt - VISIT_SOON_MS : dayBefore(startsAt, timeZone);
  if (dueAt > nowMs) return { tell: null, next: { dueAt, repeatOf: null } };
  if (isSoon) return isThere ? OVER : { tell: { expiresAt: startsAt }, next: null };
  const isOfUse = nowMs < dueAt + VISIT_DAY_LATE_MS && createdAt <= dueAt - JUST_BOOKED_MS;
  return isOfUse ? { tell: { expiresAt: startsAt - VISIT_SOON_MS }, next: null } : OVER;
}
