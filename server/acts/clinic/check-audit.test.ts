import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { findAuditCheck, findChainHead, insertAudit, saveAuditCheck, sealAudit } from '#db/queries/clinic/audit';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { health } from '#server/runtime/health';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { checkAuditTrail } from './check-audit';
import { sealAuditTrail } from './seal-audit';

const test = openTestApp();
let cast: Cast;
beforeEach(async () => {
  cast = await makeCast(test.app);
  await act(5);
});
const now = () => test.clock.nowMs;

async function act(times: number) {
  const mira = await test.as(cast.mira.userId);
  for (let n = 0; n < times; n++) await mira.programs.create({ patientId: cast.ana.patientId, title: `Program ${n}` });
  await sealAuditTrail(test.app, now());
}

const look = (piece = 100) => checkAuditTrail(test.app, now(), piece);
const found = () => test.app.database.read((d) => findAuditCheck(d, { clinicId: cast.clinicId }));
const head = async () => (await test.as(cast.admin.userId)).audit.head();
const noticesOf = async (userId: string) =>
  (await (await test.as(userId)).notices.list()).notices.filter(({ kind }) => kind === 'audit_broken');

/** One more row, with a seal of somebody who does not know what a seal covers. */
async function forge() {
  const said = { act: 'program.write', patientId: null, subjectId: null, outcome: 'done' as const };
  const row = { id: uuidv7(), clinicId: cast.clinicId, actorId: null, sessionId: null, ...said, nowMs: now() };
  await test.app.database.write(function* (d) {
    yield* insertAudit(d, row);
    const head = yield* findChainHead(d, { clinicId: cast.clinicId });
    if (!head) throw new Error('the chain has rows');
    yield* sealAudit(d, { id: row.id, n: head.n + 1, prev: head.hash, hash: 'f'.repeat(64) });
  });
}

describe('looking through the audit trail', () => {
  it('goes piece by piece from the beginning to the end, and begins again a day later', async () => {
    await look(2);
    expect(await found()).toMatchObject({ upTo: 2, wholeAt: null });
    await look(2);
    expect(await found()).toMatchObject({ upTo: 4, wholeAt: null });
    await look(2);
    expect(await found()).toMatchObject({ upTo: 0, wholeAt: now(), wholeN: 5, brokenN: null });
    expect(await head()).toMatchObject({ head: { n: 5 }, check: { wholeAt: now(), brokenN: null } });
    const firstAt = now();
    await act(1);
    test.clock.nowMs += DAY_MS - 1;
    await look();
    expect(await found()).toMatchObject({ wholeAt: firstAt, wholeN: 5 });
    test.clock.nowMs += 1;
    await look();
    expect(await found()).toMatchObject({ wholeAt: now(), wholeN: 6 });
  });

  it('finds a row that does not fit, tells the clinic’s admins once, and shows it until it fits again', async () => {
    await forge();
    await look(2);
    await look(2);
    await look(2);
    expect(await head()).toMatchObject({ check: { wholeAt: null, brokenN: 6 } });
    expect((await health(test.app, now())).degraded).toContain('audit_chain');
    expect(await noticesOf(cast.admin.userId)).toHaveLength(1);
    expect(await noticesOf(cast.mira.userId)).toEqual([]);
    test.clock.nowMs += MINUTE_MS;
    await look();
    test.clock.nowMs += DAY_MS;
    await look();
    expect(await noticesOf(cast.admin.userId)).toHaveLength(1);
  });

  it.each([
    ['whose end was cut off', { wholeN: 7, wholeHash: 'a'.repeat(64) }, 6],
    ['that was written anew', { wholeN: 3, wholeHash: 'a'.repeat(64) }, 3],
  ])('finds a chain %s since the last look', async (_, whole, brokenN) => {
    await look();
    const before = await found();
    if (!before) throw new Error('the chain was looked through');
    const check = { ...before, ...whole };
    await test.app.database.write((d) => saveAuditCheck(d, { from: 0, beganAt: before.beganAt, check }));
    test.clock.nowMs += DAY_MS;
    await look();
    expect(await found()).toMatchObject({ brokenN });
    expect((await health(test.app, now())).degraded).toContain('audit_chain');
  });

  it('is one look, however many processes take part', async () => {
    await look(2);
    const at = await found();
    if (!at) throw new Error('the look has begun');
    await look(2);
    const late = { from: at.upTo, beganAt: at.beganAt, check: { ...at, brokenN: 1 } };
    expect(await test.app.database.write((d) => saveAuditCheck(d, late))).toBe(false);
    expect(await found()).toMatchObject({ upTo: 4, brokenN: null });
  });
});
