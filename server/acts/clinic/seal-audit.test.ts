import { beforeAll, describe, expect, it } from 'vitest';
import { countUnsealedBefore, listChain, sealAudit } from '#db/queries/clinic/audit';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { auditHash, sealAuditTrail, verifyAuditChain } from './seal-audit';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const mira = await test.as(cast.mira.userId);
  for (let n = 0; n < 3; n++) await mira.programs.create({ patientId: cast.ana.patientId, title: `Program ${n}` });
});

describe('the audit trail', () => {
  it('has a row per act, made in the act’s transaction and sealed afterwards into one chain', async () => {
    expect(await test.app.database.read((d) => countUnsealedBefore(d, { beforeMs: test.clock.nowMs }))).toBe(3);
    await sealAuditTrail(test.app, test.clock.nowMs);
    const rows = await test.app.database.read((d) => listChain(d, { clinicId: cast.clinicId, after: 0, limit: 100 }));
    expect(rows.map((row) => [row.n, row.act, row.actorId, row.patientId])).toEqual(
      [1, 2, 3].map((number) => [number, 'program.write', cast.mira.userId, cast.ana.patientId]),
    );
    expect(rows[1]?.prev).toBe(rows[0]?.hash);
    expect(await verifyAuditChain(test.app, cast.clinicId)).toEqual({ rows: 3, broken: null });
  });

  it('goes on from its head, and sealing twice changes nothing', async () => {
    const mira = await test.as(cast.mira.userId);
    await mira.programs.create({ patientId: cast.ana.patientId, title: 'Fourth' });
    await sealAuditTrail(test.app, test.clock.nowMs);
    await sealAuditTrail(test.app, test.clock.nowMs);
    const rows = await test.app.database.read((d) => listChain(d, { clinicId: cast.clinicId, after: 0, limit: 100 }));
    expect(rows.map((row) => row.n)).toEqual([1, 2, 3, 4]);
    for (const limit of [1, 2, 3, 4, 5])
      expect(await verifyAuditChain(test.app, cast.clinicId, limit)).toEqual({ rows: 4, broken: null });
  });

  it('is not reached by a second seal', async () => {
    const [row] = await test.app.database.read((d) => listChain(d, { clinicId: cast.clinicId, after: 0, limit: 100 }));
    if (!row) throw new Error('the chain has rows');
    // The condition keeps it from being reached at all; the trigger behind it is tried in db/trail.test.ts.
    await test.app.database.write((d) => sealAudit(d, { id: row.id, n: 9, prev: 'x', hash: 'x' }));
    const [same] = await test.app.database.read((d) => listChain(d, { clinicId: cast.clinicId, after: 0, limit: 100 }));
    expect(same).toEqual(row);
  });

  it('covers every field that says who did what', () => {
    const row = {
      id: 'a',
      clinicId: 'c',
      actorId: 'u',
      sessionId: 's',
      act: 'x',
      patientId: 'p',
      subjectId: 'q',
      outcome: 'done' as const,
      at: 1,
      count: null,
      n: null,
      prev: null,
      hash: null,
    };
    const sealed = auditHash(row, 1, 'prev');
    // As it was before rows had a count: old chains still verify.
    expect(sealed).toBe('b334f6441c822b13921dd24d129effa002252810caa2e77a0ad62e3e5fbb3c59');
    for (const change of [
      { actorId: 'v' },
      { sessionId: 't' },
      { act: 'y' },
      { patientId: null },
      { subjectId: null },
      { outcome: 'refused' as const },
      { at: 2 },
      { clinicId: 'd' },
      { count: 1 },
    ]) {
      expect(auditHash({ ...row, ...change }, 1, 'prev')).not.toBe(sealed);
    }
    expect(auditHash(row, 2, 'prev')).not.toBe(sealed);
    expect(auditHash(row, 1, 'other')).not.toBe(sealed);
  });

  it('writes down what was refused, and whose record it was', async () => {
    const colleague = await test.as(cast.colleague.userId);
    await expect(colleague.programs.create({ patientId: cast.ana.patientId, title: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await Promise.allSettled(test.app.pending);
    const admin = await test.as(cast.admin.userId);
    const refused = (await admin.audit.changes({})).filter((row) => row.outcome === 'refused');
    expect(refused).toMatchObject([{ act: 'program.write', actorName: 'Jonas Weber', patientName: 'Ana Duarte' }]);
  });
});
