import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { listMailedReaders } from '#db/queries/contact/deliveries';
import { insertNotice, markSubjectReadByAll } from '#db/queries/contact/notices';
import { findVisitToRemind, scheduleReminder } from '#db/queries/contact/reminders';
import { findConsent, findOpenEpisode } from '#db/queries/people/patients';
import type { PatientScope } from '#db/scope';
import { VISIT_SOON_MS } from '#domain/contact/reminders';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { lookedAt, MISSED_KINDS, MISSED_LATE_MS, missedNews } from '#domain/visit/missed';
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

type Series = Pick<Told, 'scope' | 'userId'> & { visits: readonly Pick<Visit, 'id'>[] };

/**
 * The patient learns once of a series that was planned, or called off from a visit on; their calendar of each visit of it,
 * whether or not the news was read in the app by then.
 */
export function* tellOfSeries(
  d: Db,
  { nowMs }: UnitOfWork,
  { scope, userId, visits }: Series,
  what: 'booked' | 'cancelled',
): Body<void> {
  const [first] = visits;
  if (!userId || !first) return;
  const told = { clinicId: scope.clinicId, userId, createdAt: nowMs };
  const event = (id: string, end: string) => ({ subjectId: id, eventKey: `visit:${id}:series_${what}${end}` });
  yield* insertNotice(d, { id: uuidv7(), ...told, kind: `visits_${what}`, ...event(first.id, '') });
  for (const { id } of visits)
    yield* insertNotice(d, { id: uuidv7(), ...told, kind: 'visit_calendar', ...event(id, ':calendar') });
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
  yield* noticeCalendars(d, work, moved);
  yield* remindOf(d, moved);
}

/** Puts the reminders of a visit on the list, or moves them to its time. */
export function* remindOf(d: Db, { scope, visit }: Pick<Told, 'scope' | 'visit'>): Body<void> {
  const about = { ...scope, subjectId: visit.id, repeatOf: null };
  // A day by the patient's clocks may be an hour longer or shorter: it is looked at again then.
  yield* scheduleReminder(d, { ...about, kind: 'visit_day', dueAt: visit.startsAt - DAY_MS - HOUR_MS });
  yield* scheduleReminder(d, { ...about, kind: 'visit_soon', dueAt: visit.startsAt - VISIT_SOON_MS });
  yield* scheduleReminder(d, { ...about, kind: 'visit_held', dueAt: lookedAt(visit) });
}

/** The patient learns that a visit is not held, unless its time is over; that it was booked is no news any more. */
export function* noticeCancelled(d: Db, work: UnitOfWork, told: Told): Body<void> {
  yield* readVisitNotices(d, work, { clinicId: told.scope.clinicId, visitId: told.visit.id });
  const { startsAt, durationMinutes } = told.visit;
  if (startsAt + durationMinutes * MINUTE_MS > work.nowMs) yield* tellPatient(d, work, told, 'cancelled');
  yield* noticeCalendars(d, work, told);
}

type NotHeld = Told & { visit: Visit & { clinicianId: string; kind: string } };

/** Staff said that a visit was not held: both sides are told, where they were not by the clock, as long as care goes on. */
export function* noticeNotHeld(d: Db, work: UnitOfWork, { scope, userId, visit }: NotHeld): Body<void> {
  const { clinicId } = scope;
  yield* readVisitNotices(d, work, { clinicId, visitId: visit.id, besides: MISSED_KINDS });
  const isOld = work.nowMs >= lookedAt(visit) + MISSED_LATE_MS;
  // One that was for now nobody had planned.
  if (isOld || visit.kind === 'now' || !(yield* findOpenEpisode(d, scope))) return;
  const isAgreed = (yield* findConsent(d, { ...scope, kind: 'telehealth' })) !== undefined;
  const hasWaited = (yield* findVisitToRemind(d, { ...scope, visitId: visit.id }))?.hasWaited ?? false;
  const missed = { ...visit, patientUserId: isAgreed ? userId : null, hasWaited };
  for (const { userId: told, ...news } of missedNews(missed)) {
    const about = { subjectId: visit.id, createdAt: work.nowMs, ...news };
    yield* insertNotice(d, { id: uuidv7(), clinicId, userId: told, ...about });
    work.tell('notice', visit.id, { userId: told });
  }
}

/**
 * A calendar that took the visit from an e-mail hears of each change by another, also where its person made the change
 * and there is nothing to tell them. It is read before it is written: the app shows nothing of it.
 */
export function* noticeCalendars(
  d: Db,
  { nowMs }: UnitOfWork,
  { scope, visit }: Pick<Told, 'scope' | 'visit'>,
): Body<void> {
  const { clinicId } = scope;
  const readers = yield* listMailedReaders(d, { clinicId, subjectId: visit.id });
  for (const { userId, audience } of readers) {
    const isPatient = audience === 'patient';
    const kind = isPatient ? 'visit_calendar' : 'visit_calendar_staff';
    const about = { kind, subjectId: visit.id, eventKey: `visit:${visit.id}:calendar:${nowMs}` };
    yield* insertNotice(d, { id: uuidv7(), clinicId, userId, ...about, createdAt: nowMs, readAt: nowMs });
  }
}

/** Whoever came to a visit, and whoever did not, needs not be told of it any more. */
export function* readVisitNotices(
  d: Db,
  work: UnitOfWork,
  { clinicId, visitId, besides = [] }: { clinicId: string; visitId: string; besides?: readonly string[] },
): Body<void> {
  const userIds = yield* markSubjectReadByAll(d, { clinicId, subjectId: visitId, nowMs: work.nowMs, besides });
  for (const userId of userIds) work.tell('notice', visitId, { userId });
}
