import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Body, Db } from '#db/body';
import { claimJob, failJob, finishJob, isJobDue, type JobRow, renewJob } from '#db/queries/runtime/jobs';
import { MINUTE_MS } from '#domain/time/duration';
import type { AppProcess } from './process';

/** Thrown by work whose means are missing for now, such as ffmpeg: it waits and does not count as a failed try. */
export class NotYet extends Error {}

/** Thrown where another worker has the job meanwhile: nothing of this one's may be stored. */
class LeaseLost extends Error {}

export type JobRun = {
  readonly payload: Readonly<Record<string, string>>;
  /** Ends the job inside the write that stores its result, or throws where the lease was lost. */
  finish(d: Db): Body<void>;
  /** The process is stopping. */
  readonly signal: AbortSignal;
};

export type JobKind = {
  run(app: AppProcess, job: JobRun): Promise<void>;
  /** After the last try: says so where people look. */
  giveUp(app: AppProcess, payload: Readonly<Record<string, string>>): Promise<void>;
};

export type JobKinds = Readonly<Record<string, JobKind>>;

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const ATTEMPTS_MAX = 5;
const NOT_YET_MS = 15_000;
const backoffMs = (attempts: number) => Math.min(5 * MINUTE_MS, 2000 * 2 ** attempts);

type Worker = { clock: () => number; signal: AbortSignal };

/** Works off what is due, one job at a time; returns how many were taken. */
export async function workJobs(app: AppProcess, kinds: JobKinds, worker: Worker): Promise<number> {
  const names = Object.keys(kinds);
  for (let taken = 0; ; taken++) {
    const nowMs = worker.clock();
    if (worker.signal.aborted || !(await app.database.read((d) => isJobDue(d, { kinds: names, nowMs })))) return taken;
    const lease = { kinds: names, token: randomUUID(), nowMs, leaseUntil: nowMs + LEASE_MS };
    const job = await app.database.write((d) => claimJob(d, lease));
    const kind = job && kinds[job.kind];
    if (!kind) return taken;
    await work(app, kind, job, { ...worker, token: lease.token });
  }
}

type Claim = Worker & { token: string };

async function work(app: AppProcess, kind: JobKind, job: JobRow, claim: Claim): Promise<void> {
  const { clock, token, signal } = claim;
  const renewal = setInterval(() => {
    app.database
      .write((d) => renewJob(d, { id: job.id, token, leaseUntil: clock() + LEASE_MS }))
      .catch((err: unknown) => app.log.warn({ err }, 'lease not renewed'));
  }, RENEW_MS);
  try {
    // A job that ended its process each time never came back to be counted as failed.
    if (job.attempts > ATTEMPTS_MAX) throw new Error('the worker was lost too often');
    const finish = function* (d: Db): Body<void> {
      if (!(yield* finishJob(d, { id: job.id, token }))) throw new LeaseLost();
    };
    await kind.run(app, { payload: job.payload, finish, signal });
  } catch (err) {
    if (!(err instanceof LeaseLost)) await putBack(app, kind, job, { ...claim, err });
  } finally {
    clearInterval(renewal);
  }
}

/** Queued again, with growing pauses; poisoned after the last try. */
async function putBack(app: AppProcess, kind: JobKind, job: JobRow, claim: Claim & { err: unknown }): Promise<void> {
  const { clock, token, signal, err } = claim;
  app.log.warn({ err, kind: job.kind, attempts: job.attempts }, 'job failed');
  const uncounted = err instanceof NotYet || signal.aborted;
  const attempts = uncounted ? job.attempts - 1 : job.attempts;
  const poisoned = attempts >= ATTEMPTS_MAX;
  const pauseMs = err instanceof NotYet ? NOT_YET_MS : signal.aborted ? 0 : backoffMs(attempts);
  const change = {
    id: job.id,
    token,
    state: poisoned ? ('poisoned' as const) : ('queued' as const),
    runAt: clock() + pauseMs,
    lastError: err instanceof Error ? err.message.slice(0, 200) : 'error',
    attempts,
  };
  // Whoever lost the lease has nothing to say about the job: another may be working on it.
  const isOurs = await app.database.write((d) => failJob(d, change));
  if (isOurs && poisoned) await kind.giveUp(app, job.payload);
}
