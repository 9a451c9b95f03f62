import 'server-only';
import { and, asc, eq, gte, inArray, isNull, lt, ne } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { type Reach, reached } from '#db/reach';
import { patients } from '#db/schema/patients';
import { visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import type { CalendarVisit } from '#domain/contact/calendar';

/** When a visit is, and nothing of what it is about: more must not reach a calendar outside of the app. */
const shown = {
  id: visits.id,
  startsAt: visits.startsAt,
  durationMinutes: visits.durationMinutes,
  mode: visits.mode,
  state: visits.state,
  sequence: visits.sequence,
  changedAt: visits.changedAt,
  createdAt: visits.createdAt,
};

type Shown = Omit<CalendarVisit, 'audience'>;

/** Nobody planned it. */
const PLANNED = ne(visits.kind, 'now');

type Named = { clinicId: string; visitIds: readonly string[] };

/** Those of these visits that were planned, with whose they are: the clinician's, and the account's of the patient. */
export function* listNamedVisits(
  d: Db,
  { clinicId, visitIds }: Named,
): Body<(Shown & { patientId: string; clinicianId: string; patientUserId: string | null })[]> {
  if (visitIds.length === 0) return [];
  // Bounded: what the notices of one message are about.
  return yield* q(
    d
      .select({
        ...shown,
        patientId: visits.patientId,
        clinicianId: visits.clinicianId,
        patientUserId: patients.userId,
      })
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .where(and(eq(visits.clinicId, clinicId), inArray(visits.id, [...visitIds]), PLANNED, isNull(patients.lockedAt)))
      .orderBy(asc(visits.startsAt), asc(visits.id)),
  );
}

type Span = { fromMs: number; untilMs: number; limit: number };

const within = ({ fromMs, untilMs }: Span) => and(PLANNED, gte(visits.startsAt, fromMs), lt(visits.startsAt, untilMs));

/** A patient's planned visits of a span of time, those that were called off too. */
export function* listVisitsOfPatient(d: Db, { clinicId, patientId, ...span }: PatientScope & Span): Body<Shown[]> {
  return yield* q(
    d
      .select(shown)
      .from(visits)
      .where(and(eq(visits.clinicId, clinicId), eq(visits.patientId, patientId), within(span)))
      .orderBy(asc(visits.startsAt), asc(visits.id))
      .limit(span.limit),
  );
}

/** A clinician's own with patients whom they still reach. */
export function* listVisitsOfClinician(
  d: Db,
  { reach, clinicianId, ...span }: Span & { reach: Reach; clinicianId: string },
): Body<Shown[]> {
  return yield* q(
    d
      .select(shown)
      .from(visits)
      .where(
        and(
          eq(visits.clinicId, reach.clinicId),
          eq(visits.clinicianId, clinicianId),
          inArray(visits.patientId, reached(d, reach)),
          within(span),
        ),
      )
      .orderBy(asc(visits.startsAt), asc(visits.id))
      .limit(span.limit),
  );
}
