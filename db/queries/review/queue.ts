import 'server-only';
import { and, asc, eq, gt, isNull, lt, lte, ne, notExists, or, type SQL } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition, increment } from '#db/columns';
import { laterThan } from '#db/keyset';
import type { CheckInRow } from '#db/queries/check-in/check-ins';
import { checkInSkips, checkIns } from '#db/schema/check-ins';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';
import type { QueueCursor } from '#domain/review/answer';

/** Literal, as in the partial index: with parameters no engine can prove that the index covers the question. */
const OPEN = condition(
  "check_ins.state in ('received', 'processing', 'ready', 'in_review', 'escalated', 'failed_media')",
);
const NEEDS_NO_CLIP = condition(
  "(check_ins.state in ('ready', 'in_review', 'escalated', 'failed_media') or check_ins.queue_rank = 0)",
);

/** What waits for somebody at this instant, as `isInQueue` says it (domain/check-in/submission.ts). */
export function inQueue(nowMs: number): SQL | undefined {
  return and(OPEN, or(NEEDS_NO_CLIP, lte(checkIns.dueAt, nowMs)));
}

/** Who asks, and from when a check-in of somebody else's patient is open to them, per rank. */
type Claimer = { clinicId: string; userId: string; nowMs: number; pinnedMs: number; routineMs: number };

const isUnclaimed = (nowMs: number) => or(isNull(checkIns.claimedBy), lt(checkIns.leaseUntil, nowMs));

function free({ nowMs }: Claimer): SQL | undefined {
  return and(inQueue(nowMs), isUnclaimed(nowMs));
}

/**
 * What a clinician may take, as four ranges that an index holds each in the queue's order: nobody's, one's own, and
 * what is open to the pool by its time, per rank. With one condition for all of it, a clinician whose colleagues have
 * a million would wait for a walk over the million.
 */
function ranges({ userId, pinnedMs, routineMs }: Claimer) {
  return {
    nobodys: isNull(checkIns.assigneeId),
    own: eq(checkIns.assigneeId, userId),
    pinned: and(eq(checkIns.queueRank, 0), lt(checkIns.dueAt, pinnedMs)),
    routine: and(eq(checkIns.queueRank, 1), lt(checkIns.dueAt, routineMs)),
  };
}

/** What was brought to a colleague is theirs until its time is up. */
function notBroughtToOthers({ userId, nowMs }: Claimer): SQL | undefined {
  return or(ne(checkIns.state, 'escalated'), eq(checkIns.assigneeId, userId), lt(checkIns.dueAt, nowMs));
}

/** Own patients first; what waits for too long, or for nobody, is everybody's. */
function mine(claimer: Claimer): SQL | undefined {
  return and(or(...Object.values(ranges(claimer))), notBroughtToOthers(claimer));
}

type Lease = { leaseToken: string; leaseUntil: number };

const claimed = ({ userId }: Claimer, { leaseToken, leaseUntil }: Lease) => ({
  state: 'in_review' as const,
  claimedBy: userId,
  leaseToken,
  leaseUntil,
  claimCount: increment(checkIns.claimCount),
});

/** The first of one range that is free and was not skipped by this clinician. */
function firstOf(d: Db, range: SQL | undefined, claimer: Claimer) {
  const { clinicId, userId, nowMs } = claimer;
  const skippedByMe = d
    .select({ one: checkInSkips.checkInId })
    .from(checkInSkips)
    .where(
      and(eq(checkInSkips.checkInId, checkIns.id), eq(checkInSkips.userId, userId), gt(checkInSkips.untilAt, nowMs)),
    );
  const found = d
    .select({ id: checkIns.id, queueRank: checkIns.queueRank, dueAt: checkIns.dueAt })
    .from(checkIns)
    .where(
      and(eq(checkIns.clinicId, clinicId), range, free(claimer), notBroughtToOthers(claimer), notExists(skippedByMe)),
    )
    .orderBy(asc(checkIns.queueRank), asc(checkIns.dueAt), asc(checkIns.id))
    .limit(1)
    .as('found');
  // An engine orders a union as a whole: only a table of its own has an order of its own.
  return d.select({ id: found.id, queueRank: found.queueRank, dueAt: found.dueAt }).from(found);
}

/** Takes the first that this clinician may take: one statement, its full condition also outside the subquery. */
export function* claimNext(d: Db, { lease, ...claimer }: Claimer & { lease: Lease }): Body<CheckInRow | undefined> {
  const { clinicId } = claimer;
  const { nobodys, own, pinned, routine } = ranges(claimer);
  const candidates = firstOf(d, nobodys, claimer)
    .unionAll(firstOf(d, own, claimer))
    .unionAll(firstOf(d, pinned, claimer))
    .unionAll(firstOf(d, routine, claimer))
    .as('candidates');
  const next = d
    .select({ id: candidates.id })
    .from(candidates)
    .orderBy(asc(candidates.queueRank), asc(candidates.dueAt), asc(candidates.id))
    .limit(1);
  const [row] = yield* q(
    d
      .update(checkIns)
      .set(claimed(claimer, lease))
      .where(and(eq(checkIns.id, next), eq(checkIns.clinicId, clinicId), free(claimer), mine(claimer)))
      .returning(),
  );
  return row;
}

/**
 * Takes this one. Who is on the care team need wait neither for the pool nor for a clip; one's own claim is taken over by
 * a new token.
 */
export function* claimCheckIn(
  d: Db,
  { checkInId, onCareTeam, lease, ...claimer }: Claimer & { checkInId: string; onCareTeam: boolean; lease: Lease },
): Body<CheckInRow | undefined> {
  const { nowMs, userId } = claimer;
  const isMineOrFree = or(isUnclaimed(nowMs), eq(checkIns.claimedBy, userId));
  const mayTake = onCareTeam ? OPEN : and(inQueue(nowMs), mine(claimer));
  const [row] = yield* q(
    d
      .update(checkIns)
      .set(claimed(claimer, lease))
      .where(and(eq(checkIns.id, checkInId), eq(checkIns.clinicId, claimer.clinicId), isMineOrFree, mayTake))
      .returning(),
  );
  return row;
}

type Held = PatientScope & { checkInId: string; userId: string; leaseToken: string };

function held({ clinicId, patientId, checkInId, userId, leaseToken }: Held): SQL | undefined {
  return and(
    eq(checkIns.id, checkInId),
    eq(checkIns.patientId, patientId),
    eq(checkIns.clinicId, clinicId),
    eq(checkIns.state, 'in_review'),
    eq(checkIns.claimedBy, userId),
    eq(checkIns.leaseToken, leaseToken),
  );
}

/** The check-in, if this token is the latest of its claims. */
export function* findHeld(d: Db, claim: Held): Body<CheckInRow | undefined> {
  return yield* first(d.select().from(checkIns).where(held(claim)));
}

/** Changes a claimed check-in; a token that was overtaken changes nothing. */
export function* changeHeld(
  d: Db,
  claim: Held,
  change: Partial<typeof checkIns.$inferInsert>,
): Body<CheckInRow | undefined> {
  const [row] = yield* q(d.update(checkIns).set(change).where(held(claim)).returning());
  return row;
}

/** Hides a check-in from whom skipped it until then. */
export function* upsertSkip(d: Db, row: typeof checkInSkips.$inferInsert): Body<void> {
  const { reason, untilAt } = row;
  yield* q(
    d
      .insert(checkInSkips)
      .values(row)
      .onConflictDoUpdate({ target: [checkInSkips.checkInId, checkInSkips.userId], set: { reason, untilAt } }),
  );
}

const shown = {
  id: checkIns.id,
  patientId: checkIns.patientId,
  patientName: patients.name,
  lineageId: checkIns.lineageId,
  question: checkIns.question,
  answers: checkIns.answers,
  replacesId: checkIns.replacesId,
  state: checkIns.state,
  severity: checkIns.severity,
  queueRank: checkIns.queueRank,
  dueAt: checkIns.dueAt,
  submittedAt: checkIns.submittedAt,
  assigneeId: checkIns.assigneeId,
  claimedBy: checkIns.claimedBy,
  claimedByName: users.name,
  leaseUntil: checkIns.leaseUntil,
};

/** One rank of the queue in its order; the cursor is a range of the index, not a filter over all that came before. */
function* listRank(
  d: Db,
  {
    clinicId,
    rank,
    nowMs,
    after,
    limit,
  }: { clinicId: string; rank: number; nowMs: number; after: QueueCursor | null; limit: number },
) {
  const later = laterThan(checkIns.dueAt, checkIns.id, after ? { at: after.dueAt, id: after.id } : null);
  return yield* q(
    d
      .select(shown)
      .from(checkIns)
      .innerJoin(patients, eq(patients.id, checkIns.patientId))
      .leftJoin(users, eq(users.id, checkIns.claimedBy))
      .where(and(eq(checkIns.clinicId, clinicId), eq(checkIns.queueRank, rank), inQueue(nowMs), later))
      .orderBy(asc(checkIns.dueAt), asc(checkIns.id))
      .limit(limit),
  );
}

const RANKS = [0, 1] as const;

/** A page of the clinic's queue: pinned first, then the earliest deadline. */
export function* listQueue(
  d: Db,
  { clinicId, nowMs, after, limit }: { clinicId: string; nowMs: number; after: QueueCursor | null; limit: number },
) {
  const rows: ReturnType<typeof listRank> extends Body<infer T> ? T : never = [];
  for (const rank of RANKS) {
    if (rows.length >= limit || (after && rank < after.queueRank)) continue;
    const from = after?.queueRank === rank ? after : null;
    rows.push(...(yield* listRank(d, { clinicId, rank, nowMs, after: from, limit: limit - rows.length })));
  }
  return rows;
}
