import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import { type Body, type Db, together } from '#db/body';
import { insertSurface } from '#db/queries/annotation/surfaces';
import { findClinic } from '#db/queries/clinic/clinics';
import { findOpenEpisode, findPatient } from '#db/queries/people/patients';
import {
  countScheduled,
  insertVisit,
  insertVisitEvent,
  listScheduled,
  listWaiting,
  moveVisit,
} from '#db/queries/visit/visits';
import { reachOf } from '#db/reach';
import type { PatientScope } from '#db/scope';
import { Failure } from '#domain/input/failure';
import { HOUR_MS } from '#domain/time/duration';
import type { CancelledState, scheduleVisitSchema } from '#domain/visit/lifecycle';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';

/** Who asked to be let in longer ago has long put the phone away. */
const WAITS_AT_MOST_MS = 2 * HOUR_MS;

type Schedule = Omit<z.output<typeof scheduleVisitSchema>, 'patientId'> & { scope: PatientScope; clinicianId: string };

/** Puts a visit on the calendar, with the surface that will be drawn on; without an instant it is for now. */
export function* scheduleVisit(
  d: Db,
  work: UnitOfWork,
  { scope, clinicianId, startsAt, durationMinutes, kind }: Schedule,
): Body<{ visitId: string }> {
  const patient = yield* findPatient(d, scope);
  const episode = yield* findOpenEpisode(d, scope);
  const clinic = yield* findClinic(d, scope);
  if (!patient || !episode || !clinic) throw new Failure('BAD_REQUEST', 'no_open_episode');
  const id = uuidv7();
  yield* insertVisit(d, {
    id,
    ...scope,
    episodeId: episode.id,
    clinicianId,
    kind: startsAt === null ? 'now' : kind,
    startsAt: startsAt ?? work.nowMs,
    durationMinutes,
    timeZone: patient.timeZone,
    state: 'scheduled',
    fallbackPhone: clinic.phone,
    createdAt: work.nowMs,
  });
  yield* insertSurface(d, { id: uuidv7(), ...scope, kind: 'stage', visitId: id });
  work.about(id);
  tellVisit(work, { id, patientId: scope.patientId });
  return { visitId: id };
}

type Cancel = Pick<FoundVisit, 'visit'> & { state: CancelledState };

/** A visit that will not be held: cancelled, or the patient did not come. One that began is ended instead. */
export function* cancelVisit(d: Db, work: UnitOfWork, { visit, state }: Cancel): Body<{ state: CancelledState }> {
  if (visit.state === state) return { state };
  if (state === 'no_show' && visit.startsAt > work.nowMs) throw new Failure('CONFLICT', 'visit_to_come');
  const change = { visitId: visit.id, from: 'scheduled' as const, state, nowMs: work.nowMs };
  if (!(yield* moveVisit(d, change))) throw new Failure('CONFLICT', 'visit_begun');
  yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: state, at: work.nowMs, source: 'app' });
  tellVisit(work, visit);
  return { state };
}

type Clinician = { clinicId: string; userId: string };

const PAGE = 50;
/** More than one person can let in; who waits longest comes first. */
const WAITING_MAX = 20;

type CalendarPage = Clinician & { fromMs: number; untilMs: number; after: { at: number; id: string } | null };

/** A page of what is on the calendar for the clinician's own patients between two instants, and how many it is in all. */
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
