import 'server-only';
import { randomUUID } from 'node:crypto';
import { claimJob, failJob, finishJob, type JobRow, renewJob } from '#db/queries/jobs';
import type { AppProcess } from '../process';

/** Thrown by work whose means are missing for now, such as ffmpeg: it waits and does not count as a failed try. */
export class NotYet extends Error {}

export type JobKind = (app: AppProcess, payload: Record<string, string>) => Promise<void>;

const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const ATTEMPTS_MAX = 5;
const NOT_YET_MS = 15_000;
const backoffMs = (attempts: number) => Math.min(5 * 60_000, 2000 * 2 ** attempts);

/** Works off what is due, one job at a time; returns how many were taken. */
export async function workJobs(app: AppProcess, kinds: Record<string, JobKind>, clock: () => number): Promise<number> {
  for (let taken = 0; ; taken++) {
    const token = randomUUID();
    const nowMs = clock();
    const job = await app.database.write((d) =>
      claimJob(d, { kinds: Object.keys(kinds), token, nowMs, leaseUntil: nowMs + LEASE_MS }),
    );
    if (!job) return taken;
    await runJob(app, kinds, job, token, clock);
  }
}

async function runJob(
  app: AppProcess,
  kinds: Record<string, JobKind>,
  job: JobRow,
  token: string,
  clock: () => number,
): Promise<void> {
  const renewal = setInterval(() => {
    app.database
      .write((d) => renewJob(d, { id: job.id, token, leaseUntil: clock() + LEASE_MS }))
      .catch((err: unknown) => app.log.warn({ err }, 'lease not renewed'));
  }, RENEW_MS);
  try {
    await kinds[job.kind]?.(app, job.payload);
    await app.database.write((d) => finishJob(d, { id: job.id, token }));
  } catch (err) {
    app.log.warn({ err, kind: job.kind, attempts: job.attempts }, 'job failed');
    const later = err instanceof NotYet;
    const attempts = later ? job.attempts - 1 : job.attempts;
    const state = attempts >= ATTEMPTS_MAX ? 'poisoned' : 'queued';
    const runAt = clock() + (later ? NOT_YET_MS : backoffMs(attempts));
    const lastError = err instanceof Error ? err.name : 'error';
    await app.database.write((d) => failJob(d, { id: job.id, token, state, runAt, lastError, attempts }));
  } finally {
    clearInterval(renewal);
  }
}
