import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertNotice, markSubjectReadByAll } from '#db/queries/contact/notices';
import { scheduleReminder } from '#db/queries/contact/reminders';
import type { PatientScope } from '#db/scope';
import { VISIT_SOON_MS } from '#domain/contact/reminders';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Visit = { id: string; startsAt: number; durationMinutes: number };
/** `userId`: the patient's account; null = the record has none, and nobody is told. */
type Told = { scope: PatientScope; userId: string | null; visit: Visit };

type What = 'booked' | 'cancelled' | 'moved';

function* tellPatient(d: Db, { nowMs }: UnitOfWork, { scope, userId, visit }: Told, what: What, once = '') {
  if (!userId) return;
  const about = { kind: `visit_${what}`, subjectId: visit.id, eventKey: `visit:${visit.id}:${what}${once}` };
  yield* insertNotice(d, { id: uuidv7(), clinicId: scope.clinicId, userId, ...about, createdAt: nowMs });
}

/** The patient learns of a visit that was put on the calendar, and is reminded of it in time. */
export function* noticeBooked(d: Db, work: UnitOfWork, told: Told): Body<void> {
  yield* tellPatient(d, work, told, 'booked');
  yield* remindOf(d, told);
}

/** The patient learns once of a series that was planned, or called off from a visit on; `visit` is the first of it. */
export function* tellOfSeries(d: Db, { nowMs }: UnitOfWork, told: Told, what: 'booked' | 'cancelled'): Body<void> {
  const { scope, userId, visit } = told;
  if (!userId) return;
  const about = { kind: `visits_${what}`, subjectId: visit.id, eventKey: `visit:${visit.id}:series_${what}` };
  yield* insertNotice(d, { id: uuidv7(), clinicId: scope.clinicId, userId, ...about, createdAt: nowMs });
}

type Moved = Told & { visit: Visit & { sequence: number } };

/**
 * A visit has another time: the patient learns of it, and their calendar, whoever moved it; what was said of the old time
 * is no news any more, and they are reminded of the new one.
 */
export function* noticeMoved(d: Db, work: UnitOfWork, moved: Moved): Body<void> {
  const { scope, visit } = moved;
  yield* readVisitNotices(d, work, { clinicId: scope.clinicId, visitId: visit.id });
  yield* tellPatient(d, work, moved, 'moved', `:${visit.sequence}`);
  yield* remindOf(d, moved);
}

/** Puts the reminders of a visit on the list, or moves them to its time. */
export function* remindOf(d: Db, { scope, visit }: Pick<Told, 'scope' | 'visit'>): Body<void> {
  const about = { ...scope, subjectId: visit.id, repeatOf: null };
  // A day by the patient's clocks may be an hour longer or shorter: it is looked at again then.
  yield* scheduleReminder(d, { ...about, kind: 'visit_day', dueAt: visit.startsAt - DAY_MS - HOUR_MS });
  yield* scheduleReminder(d, { ...about, kind: 'visit_soon', dueAt: visit.startsAt - VISIT_SOON_MS });
}

/** The patient learns that a visit is not held, unless its time is over; that it was booked is no news any more. */
export function* noticeCancelled(d: Db, work: UnitOfWork, told: Told): Body<void> {
  yield* readVisitNotices(d, work, { clinicId: told.scope.clinicId, visitId: told.visit.id });
  const { startsAt, durationMinutes } = told.visit;
  if (startsAt + durationMinutes * MINUTE_MS > work.nowMs) yield* tellPatient(d, work, told, 'cancelled');
}

/** Whoever came to a visit, and whoever did not, needs not be told of it any more. */
export function* readVisitNotices(
  d: Db,
  work: UnitOfWork,
  { clinicId, visitId }: { clinicId: string; visitId: string },
): Body<void> {
  const userIds = yield* markSubjectReadByAll(d, { clinicId, subjectId: visitId, nowMs: work.nowMs });
  for (const userId of userIds) work.tell('notice', visitId, { userId });
}
