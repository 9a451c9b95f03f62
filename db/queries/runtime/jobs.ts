import 'server-only';
import { and, asc, eq, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition, increment } from '#db/columns';
import { jobs } from '#db/schema/jobs';

export type JobRow = typeof jobs.$inferSelect;

/** Asks for work once per key, however often it is asked. */
export function* enqueueJob(
  d: Db,
  {
    id,
    kind,
    dedupeKey,
    payload,
    nowMs,
  }: { id: string; kind: string; dedupeKey: string; payload: Record<string, string>; nowMs: number },
): Body<void> {
  yield* q(
    d
      .insert(jobs)
      .values({ id, kind, dedupeKey, payload, state: 'queued', runAt: nowMs, attempts: 0, createdAt: nowMs })
      .onConflictDoNothing(),
  );
}

/** Literal, as in the partial index: with parameters no engine can prove that the index covers the question. */
const OPEN = condition("jobs.state in ('queued', 'running')");

const due = (nowMs: number) =>
  and(OPEN, lte(jobs.runAt, nowMs), or(isNull(jobs.leaseUntil), lt(jobs.leaseUntil, nowMs)));

/** Is anything due? Asked before claiming, so that an idle server takes no write lock. */
export function* isJobDue(d: Db, { kinds, nowMs }: { kinds: readonly string[]; nowMs: number }): Body<boolean> {
  const row = yield* first(
    d
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(inArray(jobs.kind, [...kinds]), due(nowMs)))
      .limit(1),
  );
  return row !== undefined;
}

/** Takes the next job that is due: one statement with its full condition, so that no two workers take the same. */
export function* claimJob(
  d: Db,
  { kinds, token, nowMs, leaseUntil }: { kinds: readonly string[]; token: string; nowMs: number; leaseUntil: number },
): Body<JobRow | undefined> {
  const next = d
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(inArray(jobs.kind, [...kinds]), due(nowMs)))
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(1);
  const [job] = yield* q(
    d
      .update(jobs)
      .set({ state: 'running', leaseToken: token, leaseUntil, attempts: increment(jobs.attempts) })
      .where(and(eq(jobs.id, next), due(nowMs)))
      .returning(),
  );
  return job;
}

/** Ends a job; a worker whose lease was taken over changes nothing. */
export function* finishJob(d: Db, { id, token }: { id: string; token: string }): Body<boolean> {
  const rows = yield* q(
    d
      .update(jobs)
      .set({ state: 'done', leaseUntil: null })
      .where(and(eq(jobs.id, id), eq(jobs.leaseToken, token), eq(jobs.state, 'running')))
      .returning({ id: jobs.id }),
  );
  return rows.length === 1;
}

/** Queues a failed job again, or poisons it; false where the lease was lost. */
export function* failJob(
  d: Db,
  {
    id,
    token,
    state,
    runAt,
    lastError,
    attempts,
  }: { id: string; token: string; state: 'queued' | 'poisoned'; runAt: number; lastError: string; attempts: number },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(jobs)
      .set({ state, runAt, lastError, attempts, leaseUntil: null })
      .where(and(eq(jobs.id, id), eq(jobs.leaseToken, token), eq(jobs.state, 'running')))
      .returning({ id: jobs.id }),
  );
  return rows.length === 1;
}

export function* renewJob(
  d: Db,
  { id, token, leaseUntil }: { id: string; token: string; leaseUntil: number },
): Body<void> {
  yield* q(
    d
      .update(jobs)
      .set({ leaseUntil })
      .where(and(eq(jobs.id, id), eq(jobs.leaseToken, token), eq(jobs.state, 'running'))),
  );
}
