import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Body, type Db, together } from '#db/body';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { findClinic } from '#db/queries/clinic/clinics';
import { listReachableAmong } from '#db/queries/people/access';
import { findOpenEpisode, findPatient } from '#db/queries/people/patients';
import { takeOffWaitingList, withdrawRequestsOf } from '#db/queries/visit/appointments';
import { countScheduled, listScheduled, listVisitsAround } from '#db/queries/visit/calendar';
import { findVisit, insertVisit, insertVisitEvent, listWaiting, moveVisit } from '#db/queries/visit/visits';
import { reachOf } from '#db/reach';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { typeOf } from '#domain/visit/appointment-settings';
import {
  type CancelledState,
  isOverlap,
  isPastStart,
  OVERLAPS_MAX,
  type scheduleVisitSchema,
  VISIT_REACH_MS,
} from '#domain/visit/lifecycle';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';
import { noticeBooked, noticeCalendars, noticeCancelled, noticeNotHeld, readVisitNotices } from './notices';
import { tellOfColleague } from './staff-notices';
import { tellWhoWaits } from './waiting-list';

/** Who asked to be let in longer ago has long put the phone away. */
const WAITS_AT_MOST_MS = 2 * HOUR_MS;

type VisitShown = FoundVisit['visit'];
/** `seriesId`, and that the patient chose the time, are the server's to say. */
type Schedule = Omit<z.output<typeof scheduleVisitSchema>, 'patientId'> & {
  scope: PatientScope;
  clinicianId: string;
  seriesId?: string;
  acceptedAt?: number;
  /** Another act tells the patient of it. */
  untold?: boolean;
};

/**
 * Puts a visit on the calendar, with the surface that will be drawn on; without an instant it is for now. What needs the
 * same clinician or patient at the same time is a CONFLICT, unless the visit begins now and they were seen and named; of
 * many that want one time at once, one gets it.
 */
export function* scheduleVisit(d: Db, work: UnitOfWork, schedule: Schedule): Body<{ visitId: string }> {
  const { scope, clinicianId, startsAt, durationMinutes, kind, visitId: id = uuidv7() } = schedule;
  const { mode, purpose, interpreter, helperWanted, seriesId, acceptedAt } = schedule;
  const before = yield* findVisit(d, { ...scope, visitId: id });
  if (before) return sameAgain(before, schedule);
  if (startsAt !== null && isPastStart(startsAt, work.nowMs)) throw new Failure('BAD_REQUEST', 'visit_in_past');
  const patient = yield* findPatient(d, scope);
  const episode = yield* findOpenEpisode(d, scope);
  const clinic = yield* findClinic(d, scope);
  if (!patient || !episode || !clinic) throw new Failure('BAD_REQUEST', 'no_open_episode');
  const type = typeOf(clinicSettingsSchema.parse(clinic.settings).appointments, schedule.typeId ?? null);
  const seen = startsAt === null ? (schedule.despite ?? []) : [];
  yield* requireFree(d, work, schedule, seen);
  const isNew = yield* insertVisit(d, {
    id,
    ...scope,
    episodeId: episode.id,
    clinicianId,
    kind: startsAt === null ? 'now' : kind,
    startsAt: startsAt ?? work.nowMs,
    durationMinutes,
    timeZone: schedule.timeZone ?? patient.timeZone,
    state: 'scheduled',
    fallbackPhone: clinic.phone,
    createdAt: work.nowMs,
    ...{ mode, interpreter, helperWanted, seriesId, acceptedAt },
    purpose: purpose || null,
    ...(type ? { typeId: type.id, bufferMinutes: type.bufferMinutes } : {}),
  });
  // Of another patient, who may be another clinician's.
  if (!isNew) throw notFound();
  yield* insertSurface(d, { id: uuidv7(), ...scope, kind: 'stage', visitId: id });
  // One that is for now stands on Today at once.
  if (startsAt !== null && !schedule.untold)
    yield* noticeBooked(d, work, { scope, userId: patient.userId, visit: { id, startsAt, durationMinutes } });
  work.about(id);
  tellVisit(work, { id, patientId: scope.patientId });
  return { visitId: id };
}

/** The same press once more, over a line that lost the answer; another visit under its id is none. */
function sameAgain(before: VisitShown, { clinicianId, startsAt, durationMinutes }: Schedule): { visitId: string } {
  const isSame =
    before.clinicianId === clinicianId &&
    before.durationMinutes === durationMinutes &&
    (startsAt === null ? before.kind === 'now' : before.startsAt === startsAt);
  if (!isSame) throw new Failure('CONFLICT', 'operation_differs');
  return { visitId: before.id };
}

type AtOnce = Pick<Schedule, 'scope' | 'clinicianId' | 'startsAt' | 'durationMinutes'>;

/** CONFLICT where the clinician or the patient has another visit at that time than those that are named. */
export function* requireFree(d: Db, work: UnitOfWork, asked: AtOnce, besides: readonly string[]): Body<void> {
  const others = (yield* listOverlaps(d, work, asked)).filter(({ id }) => !besides.includes(id));
  if (others.length > 0) throw new Failure('CONFLICT', 'visit_overlaps');
}

/** What the clinician or the patient has at that time. */
export function* listOverlaps(d: Db, { nowMs }: UnitOfWork, { scope, clinicianId, ...time }: AtOnce) {
  const { startsAt, durationMinutes } = time;
  const wanted = { state: 'scheduled' as const, startsAt: startsAt ?? nowMs, durationMinutes };
  const fromMs = wanted.startsAt - VISIT_REACH_MS;
  const untilMs = wanted.startsAt + durationMinutes * MINUTE_MS;
  const around = yield* listVisitsAround(d, { ...scope, clinicianId, fromMs, untilMs, limit: OVERLAPS_MAX });
  return around.filter((visit) => isOverlap(wanted, visit, nowMs));
}

/** What stands at the same time, as the form shows it: of patients that the clinician does not treat no more than that. */
export function* readOverlaps(d: Db, work: UnitOfWork, asked: AtOnce) {
  const { scope, clinicianId: userId } = asked;
  const overlaps = yield* listOverlaps(d, work, asked);
  const reach = yield* reachOf(d, { clinicId: scope.clinicId, userId, nowMs: work.nowMs });
  const known = yield* listReachableAmong(d, { ...reach, patientIds: overlaps.map(({ patientId }) => patientId) });
  const patient = yield* findPatient(d, scope);
  if (!patient) throw notFound();
  return {
    /** By which clock the patient lives. */
    patient: { name: patient.name, timeZone: patient.timeZone },
    overlaps: overlaps.map(({ id, startsAt, durationMinutes, state, patientId, patientName, clinicianName }) => ({
      ...{ id, startsAt, durationMinutes, state, clinicianName },
      patientName: known.has(patientId) || patientId === scope.patientId ? patientName : null,
    })),
  };
}

type Cancel = Pick<FoundVisit, 'standing'> & {
  visit: Pick<VisitShown, 'id' | 'patientId' | 'clinicianId' | 'kind' | 'state' | 'startsAt' | 'durationMinutes'>;
  state: CancelledState;
  /** Another act tells the patient of it. */
  untold?: boolean;
  /** Who of the clinic says so; left out = the patient. */
  by?: string;
};

/** A visit that will not be held: cancelled, or the patient did not come. One that began is ended instead. */
export function* cancelVisit(
  d: Db,
  work: UnitOfWork,
  { visit, standing, state, untold = false, by }: Cancel,
): Body<{ state: CancelledState }> {
  if (visit.state === state) return { state };
  if (state === 'no_show' && visit.startsAt > work.nowMs) throw new Failure('CONFLICT', 'visit_to_come');
  const change = { visitId: visit.id, from: 'scheduled' as const, state, nowMs: work.nowMs };
  if (!(yield* moveVisit(d, change))) throw new Failure('CONFLICT', 'visit_begun');
  yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: state, at: work.nowMs, source: 'app' });
  const { scope, userId } = standing;
  if (state === 'no_show') yield* noticeNotHeld(d, work, { scope, userId, visit });
  else if (untold) {
    yield* readVisitNotices(d, work, { clinicId: scope.clinicId, visitId: visit.id });
    yield* noticeCalendars(d, work, { scope, visit });
  } else yield* noticeCancelled(d, work, { scope, userId, visit });
  if (state === 'cancelled') yield* tellOfColleague(d, work, { clinicId: scope.clinicId, visit, by, once: 'off' });
  yield* withdrawRequestsOf(d, { visitId: visit.id, nowMs: work.nowMs });
  yield* takeOffWaitingList(d, { visitId: visit.id });
  if (state === 'cancelled') yield* tellWhoWaits(d, work, { ...visit, clinicId: scope.clinicId });
  tellVisit(work, visit);
  return { state };
}

type Clinician = { clinicId: string; userId: string };

const PAGE = 50;
/** More than one person can let in; who waits longest comes first. */
const WAITING_MAX = 20;

type CalendarPage = Clinician & { fromMs: number; untilMs: number; after: { at: number; id: string } | null };

/**
 * A page of what is, or was held, on the calendar for the clinician's own patients between two instants, and how many of
 * all are still to be held.
 */
export function* readSchedule(d: Db, { nowMs }: UnitOfWork, { after, ...span }: CalendarPage) {
  const { fromMs, untilMs, ...clinician } = span;
  const scheduled = { ...(yield* reachOf(d, { ...clinician, nowMs })), fromMs, untilMs };
  const [rows, count] = yield* together(
    listScheduled(d, { ...scheduled, after, limit: PAGE + 1 }),
    countScheduled(d, scheduled),
  );
  const visits = rows.slice(0, PAGE);
  const last = visits.at(-1);
  return {
    visits,
    count,
    nextCursor: rows.length > PAGE && last ? { at: last.startsAt, id: last.id } : null,
  };
}

/** Patients of one's own who wait to be let into a visit now. */
export function* readWaiting(d: Db, { nowMs }: UnitOfWork, { clinicId, userId }: Clinician) {
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  return yield* listWaiting(d, { ...reach, sinceMs: nowMs - WAITS_AT_MOST_MS, limit: WAITING_MAX });
}
