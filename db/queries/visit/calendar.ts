import 'server-only';
import { and, asc, count, eq, gte, inArray, lt, or } from 'drizzle-orm';
import { type Body, type Db, first, q, together } from '#db/body';
import { condition } from '#db/columns';
import { laterThan } from '#db/keyset';
import { type Reach, reached } from '#db/reach';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import { SERIES_MAX } from '#domain/visit/series';
import { shownVisit } from './visits';

type Span = { fromMs: number; untilMs: number };

const within = ({ fromMs, untilMs }: Span) => and(gte(visits.startsAt, fromMs), lt(visits.startsAt, untilMs));

/** Literal, as in the partial index. */
const ON_THE_CALENDAR = condition("visits.state in ('scheduled', 'open')");

/** A patient's visits of a span of time: no more than a day or two holds, since a visit takes its minutes. */
export function* listVisitsBetween(
  d: Db,
  { clinicId, patientId, limit, ...span }: PatientScope & Span & { limit: number },
) {
  return yield* q(
    d
      .select(shownVisit)
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .where(and(eq(visits.clinicId, clinicId), eq(visits.patientId, patientId), within(span)))
      .orderBy(asc(visits.startsAt), asc(visits.id))
      .limit(limit),
  );
}

type Scheduled = Reach & Span;

type State = (typeof visits.$inferSelect)['state'];
const TO_COME: State[] = ['scheduled', 'open'];
const ON_THE_WEEK: State[] = [...TO_COME, 'ended', 'no_show'];

const during = (d: Db, { fromMs, untilMs, ...reach }: Scheduled, states: State[]) =>
  and(
    eq(visits.clinicId, reach.clinicId),
    inArray(visits.state, states),
    inArray(visits.patientId, reached(d, reach)),
    within({ fromMs, untilMs }),
  );

/** A page of what is, or was held, for one's own patients, the earliest first; what was called off is not there. */
export function* listScheduled(
  d: Db,
  { after, limit, ...scheduled }: Scheduled & { after: { at: number; id: string } | null; limit: number },
) {
  return yield* q(
    d
      .select(shownVisit)
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .where(and(during(d, scheduled, ON_THE_WEEK), laterThan(visits.startsAt, visits.id, after)))
      .orderBy(asc(visits.startsAt), asc(visits.id))
      .limit(limit),
  );
}

/** How many are still to be held. */
export function* countScheduled(d: Db, scheduled: Scheduled): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(visits)
      .where(during(d, scheduled, TO_COME)),
  );
  return row?.n ?? 0;
}

type AtOnce = PatientScope & Span & { clinicianId: string; limit: number };

/**
 * What stands on the calendar of a patient or of a clinician and may reach into a span of time: what begins in it, and
 * what is open since whenever.
 */
export function* listVisitsAround(d: Db, { clinicId, patientId, clinicianId, limit, ...span }: AtOnce) {
  const listed = (who: ReturnType<typeof eq>) =>
    q(
      d
        .select(shownVisit)
        .from(visits)
        .innerJoin(patients, eq(patients.id, visits.patientId))
        .innerJoin(users, eq(users.id, visits.clinicianId))
        .where(and(who, eq(visits.clinicId, clinicId), ON_THE_CALENDAR, or(within(span), eq(visits.state, 'open'))))
        .orderBy(asc(visits.startsAt), asc(visits.id))
        .limit(limit),
    );
  const [ofPatient, ofClinician] = yield* together(
    listed(eq(visits.patientId, patientId)),
    listed(eq(visits.clinicianId, clinicianId)),
  );
  return [...new Map([...ofPatient, ...ofClinician].map((row) => [row.id, row])).values()];
}

/** A patient's visits that were booked by one press, in order. */
export function* listSeries(d: Db, { clinicId, patientId, seriesId }: PatientScope & { seriesId: string }) {
  return yield* q(
    d
      .select(shownVisit)
      .from(visits)
      .innerJoin(patients, eq(patients.id, visits.patientId))
      .innerJoin(users, eq(users.id, visits.clinicianId))
      .where(and(eq(visits.clinicId, clinicId), eq(visits.patientId, patientId), eq(visits.seriesId, seriesId)))
      .orderBy(asc(visits.startsAt), asc(visits.id))
      .limit(SERIES_MAX),
  );
}
