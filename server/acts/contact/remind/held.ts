import 'server-only';
import type { Body, Db } from '#db/body';
import { findVisitToRemind, type ReminderRow } from '#db/queries/contact/reminders';
import { isMissed, lookedAt, MISSED_LATE_MS, missedNews } from '#domain/visit/missed';
import { type Decision, OVER, type Reminded } from './decision';

/** Whether a visit was held: where it was not, both sides are told. One that was moved is looked at again then. */
export function* decideHeld(d: Db, nowMs: number, row: ReminderRow, person: Reminded): Body<Decision> {
  const { scope, userId, isTreated } = person;
  const visit = yield* findVisitToRemind(d, { ...scope, visitId: row.subjectId });
  if (!visit || !isTreated) return OVER;
  const dueAt = lookedAt(visit);
  if (visit.state === 'scheduled' && dueAt > nowMs) return { tell: null, next: { dueAt, repeatOf: null } };
  if (!isMissed(visit, nowMs) || nowMs >= dueAt + MISSED_LATE_MS) return OVER;
  return { ...OVER, news: missedNews({ ...visit, id: row.subjectId, patientUserId: userId }) };
}
