import 'server-only';
import { and, asc, eq, gte, inArray, isNull, lt, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { CURRENT } from '#db/queries/practice/logs';
import { inQueue } from '#db/queries/review/queue';
import { checkIns } from '#db/schema/check-ins';
import { logs, practices } from '#db/schema/logs';
import { episodes, patients } from '#db/schema/patients';
import { visits } from '#db/schema/visits';

/** Some patients of a caseload: those of one page. */
type Caseload = { clinicId: string; patientIds: readonly string[] };

/** A badge says "99+" beyond this; counting a million rows would help nobody. */
const COUNTED = 100;

const among = (ids: readonly string[]) => [...ids];

export function* listCaseloadPeople(d: Db, { clinicId, patientIds }: Caseload) {
  // Bounded: the patients of one page and their open hand problems.
  return yield* q(
    d
      .select({
        patientId: patients.id,
        name: patients.name,
        userId: patients.userId,
        timeZone: patients.timeZone,
        phone: patients.phone,
        condition: episodes.conditionText,
        side: episodes.side,
        injuryOn: episodes.injuryOn,
        surgeryOn: episodes.surgeryOn,
      })
      .from(patients)
      .innerJoin(episodes, and(eq(episodes.patientId, patients.id), isNull(episodes.closedAt)))
      .where(and(eq(patients.clinicId, clinicId), inArray(patients.id, among(patientIds))))
      .orderBy(asc(episodes.createdAt)),
  );
}

/** What waits in the queue for this clinician: their own and what is nobody's, without what a colleague has open. */
export function* countQueue(
  d: Db,
  { clinicId, userId, nowMs }: { clinicId: string; userId: string; nowMs: number },
): Body<{ waiting: number; overdue: number }> {
  const isFree = or(isNull(checkIns.claimedBy), eq(checkIns.claimedBy, userId), lt(checkIns.leaseUntil, nowMs));
  const rows: { dueAt: number }[] = [];
  // One range of the index after the other: with both in one condition, the colleagues' rows are walked over too.
  for (const whose of [isNull(checkIns.assigneeId), eq(checkIns.assigneeId, userId)]) {
    const found = d
      .select({ dueAt: checkIns.dueAt })
      .from(checkIns)
      .where(and(eq(checkIns.clinicId, clinicId), inQueue(nowMs), isFree, whose))
      .orderBy(asc(checkIns.queueRank), asc(checkIns.dueAt), asc(checkIns.id))
      .limit(COUNTED - rows.length);
    if (rows.length < COUNTED) rows.push(...(yield* q(found)));
  }
  return { waiting: rows.length, overdue: rows.filter((row) => row.dueAt < nowMs).length };
}

/** Current logs from an instant on: what the week's nodes, the pain line and "worst pain" are read from. */
export function* listCaseloadLogs(d: Db, { clinicId, patientIds, sinceMs }: Caseload & { sinceMs: number }) {
  // Bounded: some days of the patients of one page.
  return yield* q(
    d
      .select({
        patientId: logs.patientId,
        lineageId: logs.lineageId,
        localOn: logs.localOn,
        state: logs.state,
        performedAt: logs.performedAt,
        pain: logs.pain,
        slot: practices.slot,
      })
      .from(logs)
      .leftJoin(practices, eq(practices.id, logs.practiceId))
      .where(
        and(
          eq(logs.clinicId, clinicId),
          inArray(logs.patientId, among(patientIds)),
          CURRENT,
          gte(logs.performedAt, sinceMs),
        ),
      )
      .orderBy(asc(logs.performedAt)),
  );
}

export function* listCaseloadPractices(d: Db, { clinicId, patientIds, sinceMs }: Caseload & { sinceMs: number }) {
  // Bounded: some days of the patients of one page.
  return yield* q(
    d
      .select({ patientId: practices.patientId, localOn: practices.localOn, painAfter: practices.painAfter })
      .from(practices)
      .where(
        and(
          eq(practices.clinicId, clinicId),
          inArray(practices.patientId, among(patientIds)),
          gte(practices.startedAt, sinceMs),
          isNull(practices.removedAt),
        ),
      ),
  );
}

export function* listNextVisits(d: Db, { clinicId, patientIds, fromMs }: Caseload & { fromMs: number }) {
  // Bounded: what is on the calendar for the patients of one page.
  return yield* q(
    d
      .select({ id: visits.id, patientId: visits.patientId, startsAt: visits.startsAt, state: visits.state })
      .from(visits)
      .where(
        and(
          eq(visits.clinicId, clinicId),
          inArray(visits.patientId, among(patientIds)),
          inArray(visits.state, ['scheduled', 'open']),
          gte(visits.startsAt, fromMs),
        ),
      )
      .orderBy(asc(visits.startsAt)),
  );
}
