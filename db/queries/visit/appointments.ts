import 'server-only';
import { and, asc, count, desc, eq, gt, gte, inArray, lt, or } from 'drizzle-orm';
import { type Body, type Db, first, q, together } from '#db/body';
import { condition } from '#db/columns';
import { laterThan, olderThan } from '#db/keyset';
import { type Reach, reached } from '#db/reach';
import { appointmentRequests, waitingList } from '#db/schema/appointments';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';

export type RequestRow = typeof appointmentRequests.$inferSelect;
type Place = { at: number; id: string };

/** Literal, as in the partial indexes. */
const ON_THE_CALENDAR = condition("visits.state in ('scheduled', 'open')");
const OPEN = condition("appointment_requests.state = 'open'");

type AsTaken = PatientScope & { clinicianId: string; fromMs: number; untilMs: number; limit: number };

/** What takes the time of a clinician and of a patient: what begins in a span, and what is open. */
export function* listTaken(d: Db, { clinicId, patientId, clinicianId, fromMs, untilMs, limit }: AsTaken) {
  const begins = and(gte(visits.startsAt, fromMs), lt(visits.startsAt, untilMs));
  const listed = (who: ReturnType<typeof eq>) =>
    q(
      d
        .select({
          id: visits.id,
          startsAt: visits.startsAt,
          durationMinutes: visits.durationMinutes,
          bufferMinutes: visits.bufferMinutes,
        })
        .from(visits)
        .where(and(who, eq(visits.clinicId, clinicId), ON_THE_CALENDAR, or(begins, eq(visits.state, 'open'))))
        .orderBy(asc(visits.startsAt), asc(visits.id))
        .limit(limit),
    );
  const [patient, clinician] = yield* together(
    listed(eq(visits.patientId, patientId)),
    listed(eq(visits.clinicianId, clinicianId)),
  );
  return { patient, clinician };
}

/** How many visits a patient has on the calendar that are still to come. */
export function* countUpcoming(d: Db, { clinicId, patientId, nowMs }: PatientScope & { nowMs: number }): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(visits)
      .where(
        and(
          eq(visits.patientId, patientId),
          eq(visits.clinicId, clinicId),
          eq(visits.state, 'scheduled'),
          gt(visits.startsAt, nowMs),
        ),
      ),
  );
  return row?.n ?? 0;
}

/** The patient comes to the time that was on screen; false where the visit is another by now. */
export function* acceptTime(
  d: Db,
  { visitId, sequence, nowMs }: { visitId: string; sequence: number; nowMs: number },
): Body<boolean> {
  const accepted = yield* q(
    d
      .update(visits)
      .set({ acceptedAt: nowMs })
      .where(and(eq(visits.id, visitId), eq(visits.state, 'scheduled'), eq(visits.sequence, sequence)))
      .returning({ id: visits.id }),
  );
  return accepted.length === 1;
}

/** False where a request has this id already, or the visit is asked about already. */
export function* insertRequest(d: Db, row: typeof appointmentRequests.$inferInsert): Body<boolean> {
  const added = yield* q(
    d.insert(appointmentRequests).values(row).onConflictDoNothing().returning({ id: appointmentRequests.id }),
  );
  return added.length === 1;
}

export function* findRequest(d: Db, { clinicId, requestId }: { clinicId: string; requestId: string }) {
  return yield* first(
    d
      .select()
      .from(appointmentRequests)
      .where(and(eq(appointmentRequests.id, requestId), eq(appointmentRequests.clinicId, clinicId))),
  );
}

export function* countOpenRequests(d: Db, { clinicId, patientId }: PatientScope): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(appointmentRequests)
      .where(and(eq(appointmentRequests.patientId, patientId), eq(appointmentRequests.clinicId, clinicId), OPEN)),
  );
  return row?.n ?? 0;
}

type Decided = Pick<RequestRow, 'state' | 'bookedId' | 'answer' | 'decidedAt' | 'decidedBy'>;

/** Settles an open request; false where somebody did so first. */
export function* decideRequest(d: Db, { requestId, decided }: { requestId: string; decided: Decided }): Body<boolean> {
  const settled = yield* q(
    d
      .update(appointmentRequests)
      .set(decided)
      .where(and(eq(appointmentRequests.id, requestId), OPEN))
      .returning({ id: appointmentRequests.id }),
  );
  return settled.length === 1;
}

/** Nothing is asked about a visit any more that is not on the calendar. */
export function* withdrawRequestsOf(d: Db, { visitId, nowMs }: { visitId: string; nowMs: number }): Body<void> {
  yield* q(
    d
      .update(appointmentRequests)
      .set({ state: 'withdrawn', decidedAt: nowMs })
      .where(and(eq(appointmentRequests.visitId, visitId), OPEN)),
  );
}

const shownRequest = {
  id: appointmentRequests.id,
  patientId: appointmentRequests.patientId,
  clinicianId: appointmentRequests.clinicianId,
  clinicianName: users.name,
  visitId: appointmentRequests.visitId,
  typeId: appointmentRequests.typeId,
  mode: appointmentRequests.mode,
  wishes: appointmentRequests.wishes,
  words: appointmentRequests.words,
  purpose: appointmentRequests.purpose,
  interpreter: appointmentRequests.interpreter,
  helperWanted: appointmentRequests.helperWanted,
  state: appointmentRequests.state,
  answer: appointmentRequests.answer,
  createdAt: appointmentRequests.createdAt,
  decidedAt: appointmentRequests.decidedAt,
};

/** What a patient asked for, the newest first. */
export function* listOwnRequests(
  d: Db,
  { clinicId, patientId, before, limit }: PatientScope & { before: Place | null; limit: number },
) {
  return yield* q(
    d
      .select(shownRequest)
      .from(appointmentRequests)
      .innerJoin(users, eq(users.id, appointmentRequests.clinicianId))
      .where(
        and(
          eq(appointmentRequests.patientId, patientId),
          eq(appointmentRequests.clinicId, clinicId),
          olderThan(appointmentRequests.createdAt, appointmentRequests.id, before),
        ),
      )
      .orderBy(desc(appointmentRequests.createdAt), desc(appointmentRequests.id))
      .limit(limit),
  );
}

/** What patients of one's own ask for and nobody settled, who waits longest first. */
export function* listOpenRequests(d: Db, { after, limit, ...reach }: Reach & { after: Place | null; limit: number }) {
  return yield* q(
    d
      .select({
        ...shownRequest,
        patientName: patients.name,
        patientTimeZone: patients.timeZone,
        visitStartsAt: visits.startsAt,
        visitMinutes: visits.durationMinutes,
      })
      .from(appointmentRequests)
      .innerJoin(users, eq(users.id, appointmentRequests.clinicianId))
      .innerJoin(patients, eq(patients.id, appointmentRequests.patientId))
      .leftJoin(visits, eq(visits.id, appointmentRequests.visitId))
      .where(
        and(
          eq(appointmentRequests.clinicId, reach.clinicId),
          OPEN,
          inArray(appointmentRequests.patientId, reached(d, reach)),
          laterThan(appointmentRequests.createdAt, appointmentRequests.id, after),
        ),
      )
      .orderBy(asc(appointmentRequests.createdAt), asc(appointmentRequests.id))
      .limit(limit),
  );
}

export function* putOnWaitingList(d: Db, row: typeof waitingList.$inferInsert): Body<void> {
  yield* q(d.insert(waitingList).values(row).onConflictDoNothing());
}

export function* takeOffWaitingList(d: Db, { visitId }: { visitId: string }): Body<void> {
  yield* q(d.delete(waitingList).where(eq(waitingList.visitId, visitId)));
}

/** Which of a patient's visits would rather be earlier. */
export function* listWaitingVisits(d: Db, { clinicId, patientId }: PatientScope): Body<string[]> {
  // Bounded: rows go with their visits, of which a patient has a handful to come.
  const rows = yield* q(
    d
      .select({ visitId: waitingList.visitId })
      .from(waitingList)
      .where(and(eq(waitingList.patientId, patientId), eq(waitingList.clinicId, clinicId))),
  );
  return rows.map(({ visitId }) => visitId);
}

type Freed = { clinicId: string; clinicianId: string; startsAt: number; limit: number };

/** Planned visits with a clinician that are later than an instant and would rather be earlier, who waits longest first. */
export function* listWouldBeEarlier(d: Db, { clinicId, clinicianId, startsAt, limit }: Freed) {
  return yield* q(
    d
      .select({
        visitId: visits.id,
        patientId: visits.patientId,
        startsAt: visits.startsAt,
        durationMinutes: visits.durationMinutes,
        bufferMinutes: visits.bufferMinutes,
        userId: patients.userId,
      })
      .from(waitingList)
      .innerJoin(visits, eq(visits.id, waitingList.visitId))
      .innerJoin(patients, eq(patients.id, waitingList.patientId))
      .where(
        and(
          eq(waitingList.clinicId, clinicId),
          eq(waitingList.clinicianId, clinicianId),
          eq(visits.state, 'scheduled'),
          gt(visits.startsAt, startsAt),
        ),
      )
      .orderBy(asc(waitingList.since), asc(waitingList.visitId))
      .limit(limit),
  );
}
