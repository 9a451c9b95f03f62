import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { listCareTeam } from '#db/queries/people/care-team';
import {
  acceptTime,
  countUpcoming,
  listOwnRequests,
  listWaitingVisits,
  putOnWaitingList,
  takeOffWaitingList,
} from '#db/queries/visit/appointments';
import { findVisitPatient } from '#db/queries/visit/visits';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import { telOf } from '#domain/input/phone';
import {
  bookableSpan,
  type bookSchema,
  FREE_TIMES_PER_PAGE,
  type freeTimesSchema,
  mayChangeAlone,
  type moveOwnSchema,
} from '#domain/visit/appointment';
import { type AppointmentSettings, offeredType, typeOf, type VisitType } from '#domain/visit/appointment-settings';
import { agreesTo } from '#server/acts/people/consents';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';
import { listFirstStarts, listStarts } from './free-times';
import { rescheduleVisit } from './reschedule';
import { cancelVisit, scheduleVisit } from './schedule';
import { tellClinician } from './staff-notices';

type Scoped = { scope: PatientScope };
/** More than anybody is told of on one page. */
const REQUESTS_SHOWN = 20;

export function* loadRules(d: Db, { clinicId }: PatientScope): Body<AppointmentSettings> {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  return clinicSettingsSchema.parse(clinic.settings).appointments;
}

/** With whom a patient may have a visit: the clinicians on the care team, who leads first. */
function* listClinicians(d: Db, { nowMs }: UnitOfWork, scope: PatientScope) {
  const team = yield* listCareTeam(d, { ...scope, nowMs });
  const clinicians = new Map<string, { userId: string; name: string }>();
  for (const { userId, name, role, part } of team)
    if (role === 'clinician' && (part === 'lead' || !clinicians.has(userId))) clinicians.set(userId, { userId, name });
  const leads = new Set(team.filter(({ part }) => part === 'lead').map(({ userId }) => userId));
  return [...clinicians.values()].sort((a, b) => Number(leads.has(b.userId)) - Number(leads.has(a.userId)));
}

/** What a patient can do about visits: which they may take or ask for, with whom, by which rules, and what they asked. */
export function* readOwnAppointments(d: Db, work: UnitOfWork, { scope }: Scoped) {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const { types, version: _, ...rules } = clinicSettingsSchema.parse(clinic.settings).appointments;
  return {
    clinic: { name: clinic.name, phone: clinic.phone, tel: telOf(clinic.phone) },
    types,
    rules,
    clinicians: yield* listClinicians(d, work, scope),
    upcoming: yield* countUpcoming(d, { ...scope, nowMs: work.nowMs }),
    requests: yield* listOwnRequests(d, { ...scope, before: null, limit: REQUESTS_SHOWN }),
    waitingVisitIds: yield* listWaitingVisits(d, scope),
  };
}

type Length = { durationMinutes: number; bufferMinutes: number };

/** What is looked for: a type that patients may take or ask for, or the length of a visit that is to be moved. */
function lengthOf(rules: AppointmentSettings, typeId: string | null, found: FoundVisit | null): Length {
  if (found) return found.visit;
  return requireOffered(rules, typeId);
}

function requireOffered(rules: AppointmentSettings, typeId: string | null): VisitType {
  const type = offeredType(rules, typeId);
  if (!type) throw notFound();
  return type;
}

export function* requireClinicianOf(d: Db, work: UnitOfWork, { scope, clinicianId }: Scoped & { clinicianId: string }) {
  const clinicians = yield* listClinicians(d, work, scope);
  if (!clinicians.some(({ userId }) => userId === clinicianId)) throw notFound();
}

type Asked = Scoped & Omit<z.output<typeof freeTimesSchema>, 'visitId'> & { found: FoundVisit | null };

/** Times that could be taken or asked for, a page of them, by the clinic's rules. */
export function* readFreeTimes(d: Db, work: UnitOfWork, { scope, clinicianId, typeId, found, cursor }: Asked) {
  yield* requireClinicianOf(d, work, { scope, clinicianId });
  const rules = yield* loadRules(d, scope);
  const { durationMinutes, bufferMinutes } = lengthOf(rules, typeId, found);
  const bookable = bookableSpan(rules, work.nowMs);
  return yield* listFirstStarts(d, work, {
    ...{ scope, clinicianId, durationMinutes, bufferMinutes, besides: found?.visit.id ?? null },
    within: { from: Math.max(bookable.from, cursor ?? 0), until: bookable.until },
    limit: FREE_TIMES_PER_PAGE,
  });
}

type AtTime = Scoped & Length & { clinicianId: string; startsAt: number; besides: string | null };

/** CONFLICT `time_taken` where a patient may not have that time, whatever the reason by now. */
function* requireStart(
  d: Db,
  work: UnitOfWork,
  rules: AppointmentSettings,
  { startsAt, ...wanted }: AtTime,
): Body<void> {
  const bookable = bookableSpan(rules, work.nowMs);
  const isWithin = bookable.from <= startsAt && startsAt < bookable.until;
  const starts = isWithin
    ? yield* listStarts(d, work, { ...wanted, within: { from: startsAt, until: startsAt + 1 } })
    : [];
  if (!starts.includes(startsAt)) throw new Failure('CONFLICT', 'time_taken');
}

type Book = Scoped & z.output<typeof bookSchema>;

/** A patient takes a free time. Of many who want it at once one gets it; the same press once more is the same visit. */
export function* bookOwn(d: Db, work: UnitOfWork, { scope, ...wanted }: Book): Body<{ visitId: string }> {
  const { clinicianId, startsAt, visitId } = wanted;
  yield* requireClinicianOf(d, work, { scope, clinicianId });
  yield* requireAgreed(d, scope);
  const rules = yield* loadRules(d, scope);
  const type = requireBookable(rules, wanted.typeId);
  const { durationMinutes, bufferMinutes, kind, mode } = type;
  const isSent = (yield* findVisitPatient(d, { ...scope, visitId })) !== undefined;
  if (!isSent) {
    if ((yield* countUpcoming(d, { ...scope, nowMs: work.nowMs })) >= rules.upcomingMax)
      throw new Failure('CONFLICT', 'visits_enough');
    const time = { clinicianId, startsAt, durationMinutes, bufferMinutes, besides: null };
    yield* requireStart(d, work, rules, { scope, ...time });
  }
  const booked = yield* scheduleVisit(d, work, {
    ...{ ...wanted, scope, kind, mode, durationMinutes, acceptedAt: work.nowMs },
  });
  const news = { clinicId: scope.clinicId, userId: clinicianId, subjectId: booked.visitId };
  if (!isSent) yield* tellClinician(d, work, { ...news, kind: 'visit_taken', once: 'taken' });
  return booked;
}

/** What is at a distance needs that the patient agreed to it. */
export function* requireAgreed(d: Db, scope: PatientScope): Body<void> {
  if (!(yield* agreesTo(d, { scope, kind: 'telehealth' }))) throw new Failure('FORBIDDEN', 'consent_missing');
}

function requireBookable(rules: AppointmentSettings, typeId: string): VisitType {
  const type = requireOffered(rules, typeId);
  if (type.patients === 'ask') throw new Failure('CONFLICT', 'ask_for_it');
  return type;
}

type Move = FoundVisit & Omit<z.output<typeof moveOwnSchema>, 'visitId'>;

/**
 * The patient moves a visit to another free time of its clinician. CONFLICT `ask_for_it` where visits of its type are
 * given by the clinic alone; `too_late_to_change`, `time_taken`.
 */
export function* moveOwn(d: Db, work: UnitOfWork, { visit, standing, startsAt, sequence }: Move) {
  const { scope } = standing;
  const rules = yield* loadRules(d, scope);
  if (typeOf(rules, visit.typeId)?.patients !== 'book') throw new Failure('CONFLICT', 'ask_for_it');
  const isThere = visit.startsAt === startsAt;
  if (!isThere) {
    if (!mayChangeAlone(visit, rules, work.nowMs)) throw new Failure('CONFLICT', 'too_late_to_change');
    const { clinicianId, durationMinutes, bufferMinutes, id: besides } = visit;
    yield* requireStart(d, work, rules, { scope, clinicianId, durationMinutes, bufferMinutes, besides, startsAt });
  }
  const { durationMinutes } = visit;
  const moved = yield* rescheduleVisit(d, work, {
    ...{ visit, standing, startsAt, durationMinutes, sequence, byPatient: true },
  });
  // Who has an earlier time waits for none any more.
  if (startsAt < visit.startsAt) yield* takeOffWaitingList(d, { visitId: visit.id });
  const news = { clinicId: scope.clinicId, userId: visit.clinicianId, subjectId: visit.id };
  if (!isThere)
    yield* tellClinician(d, work, { ...news, kind: 'visit_moved_by_patient', once: String(moved.sequence) });
  return moved;
}

type At = FoundVisit & { sequence: number };

/** The patient calls a visit off, as long as the clinic's rules let them; CONFLICT `too_late_to_change` after that. */
export function* callOffOwn(d: Db, work: UnitOfWork, { visit, standing, sequence }: At) {
  if (visit.state === 'cancelled') return { state: visit.state };
  if (visit.sequence !== sequence) throw new Failure('CONFLICT', 'changed_meanwhile');
  const rules = yield* loadRules(d, standing.scope);
  if (!mayChangeAlone(visit, rules, work.nowMs)) throw new Failure('CONFLICT', 'too_late_to_change');
  const called = yield* cancelVisit(d, work, { visit, standing, state: 'cancelled' });
  const news = { clinicId: standing.scope.clinicId, userId: visit.clinicianId, subjectId: visit.id };
  yield* tellClinician(d, work, { ...news, kind: 'visit_called_off', once: 'off' });
  return called;
}

/** The patient comes to the time that was on screen. */
export function* acceptOwn(d: Db, work: UnitOfWork, { visit, sequence }: At): Body<{ acceptedAt: number }> {
  if (visit.acceptedAt !== null && visit.sequence === sequence) return { acceptedAt: visit.acceptedAt };
  const at = { visitId: visit.id, sequence, nowMs: work.nowMs };
  if (!(yield* acceptTime(d, at))) throw new Failure('CONFLICT', 'changed_meanwhile');
  tellVisit(work, visit);
  return { acceptedAt: work.nowMs };
}

/** Puts a planned visit among those that would rather be earlier, or takes it out again. */
export function* waitForEarlier(d: Db, work: UnitOfWork, { visit, waits }: FoundVisit & { waits: boolean }) {
  if (!waits) yield* takeOffWaitingList(d, { visitId: visit.id });
  else {
    if (visit.state !== 'scheduled' || visit.startsAt <= work.nowMs) throw new Failure('CONFLICT', 'changed_meanwhile');
    const { id: visitId, clinicId, patientId, clinicianId } = visit;
    yield* putOnWaitingList(d, { visitId, clinicId, patientId, clinicianId, since: work.nowMs });
  }
  tellVisit(work, visit);
  return { waits };
}
