import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { findJob } from '#db/factories/reads';
import { claimJob, enqueueJob } from '#db/queries/runtime/jobs';
import { MINUTE_MS } from '#domain/time/duration';
import { openTestApp } from '#server/testing/application';
import { type JobKinds, workJobs } from './worker';

const test = openTestApp();
const kinds = ['clip'];
const { signal } = new AbortController();
const work = (jobs: JobKinds) => workJobs(test.app, jobs, { clock: () => test.clock.nowMs, signal });

async function enqueued(): Promise<string> {
  const dedupeKey = randomUUID();
  const job = { id: uuidv7(), kind: 'clip', dedupeKey, payload: {}, nowMs: test.clock.nowMs };
  await test.app.database.write((d) => enqueueJob(d, job));
  return dedupeKey;
}
const jobOf = (dedupeKey: string) => test.app.database.read((d) => findJob(d, { dedupeKey }));

/** Fails until it was tried so often. */
async function failFor(times: number, jobs: JobKinds): Promise<void> {
  for (let tries = 0; tries < times; tries++) {
    await work(jobs);
    test.clock.nowMs += 10 * MINUTE_MS;
  }
}

describe('a job that fails at its last try', () => {
  it('is given up by the worker that holds it', async () => {
    const dedupeKey = await enqueued();
    const given: string[] = [];
    const run = () => Promise.reject(new Error('no'));
    await failFor(5, { clip: { run, giveUp: async () => void given.push('up') } });
    expect([given, (await jobOf(dedupeKey))?.state]).toEqual([['up'], 'poisoned']);
  });

  it('is not given up by one that lost it meanwhile: the other is working on it', async () => {
    const dedupeKey = await enqueued();
    const given: string[] = [];
    let isLast = false;
    const run = async () => {
      if (isLast) {
        const nowMs = test.clock.nowMs + 2 * MINUTE_MS;
        const lease = { kinds, token: 'another worker', nowMs, leaseUntil: nowMs + MINUTE_MS };
        expect(await test.app.database.write((d) => claimJob(d, lease))).toBeDefined();
      }
      throw new Error('no');
    };
    const jobs: JobKinds = { clip: { run, giveUp: async () => void given.push('up') } };
    await failFor(4, jobs);
    isLast = true;
    await work(jobs);
    expect(given).toEqual([]);
    expect(await jobOf(dedupeKey)).toMatchObject({ state: 'running', leaseToken: 'another worker' });
  });
});
