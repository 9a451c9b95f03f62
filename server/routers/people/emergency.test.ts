import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { setLocked } from '#db/queries/people/erasures';
import { endMembership, insertMembership } from '#db/queries/people/staff';
import { setPasswordHash } from '#db/queries/people/users';
import { insertFlag } from '#db/queries/practice/flags';
import { EMERGENCY_MS } from '#domain/people/emergency';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { hashPassword } from '#server/auth/password';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
const password = 'four words in a row';
const reason = 'Rings with a swollen, cold hand';
let cast: Cast;
beforeEach(async () => {
  cast = await makeCast(test.app);
  const passwordHash = await hashPassword(password);
  await test.app.database.write((d) => setPasswordHash(d, { userId: cast.colleague.userId, passwordHash }));
});

const colleague = () => test.as(cast.colleague.userId);
const admin = () => test.as(cast.admin.userId);
const ana = () => ({ patientId: cast.ana.patientId });
const open = async (asked: Partial<{ reason: string; password: string }> = {}) =>
  (await colleague()).emergency.open({ ...ana(), reason, password, ...asked });
const seesAna = async () =>
  (await colleague()).patients.get(ana()).then(
    (record) => record.emergency,
    ({ code }: { code: string }) => code,
  );

describe('an emergency access', () => {
  it('opens one record for an hour, to read, and says until when and why', async () => {
    expect(await seesAna()).toBe('NOT_FOUND');
    const { toAt } = await open();
    expect(toAt).toBe(test.clock.nowMs + EMERGENCY_MS);
    expect(await seesAna()).toEqual({ reason, toAt, endsInMs: HOUR_MS });
    const c = await colleague();
    await c.logs.ofPatient(ana());
    await c.programs.ofPatient(ana());
    for (const refused of [
      () => c.programs.create({ ...ana(), title: 'x' }),
      () => c.patients.endCareTeam({ ...ana(), careTeamId: uuidv7() }),
      () => c.visits.schedule({ ...ana(), startsAt: null, durationMinutes: 30, kind: 'now' }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await c.caseload.mine({ search: '' })).rows.map(({ patientId }) => patientId)).not.toContain(
      cast.ana.patientId,
    );
    await expect(c.patients.get({ patientId: cast.outsiderPatient.patientId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is over after an hour, at once when it is given back, and with the work at the clinic', async () => {
    await open();
    test.clock.nowMs += EMERGENCY_MS - 1;
    expect(await seesAna()).toMatchObject({ endsInMs: 1 });
    test.clock.nowMs += 1;
    expect(await seesAna()).toBe('NOT_FOUND');
    await expect((await colleague()).emergency.end(ana())).rejects.toMatchObject({ code: 'NOT_FOUND' });

    await open();
    expect(await (await colleague()).emergency.running()).toMatchObject([{ ...ana(), name: 'Ana Duarte' }]);
    expect(await (await colleague()).emergency.end(ana())).toEqual({ ended: true });
    expect(await seesAna()).toBe('NOT_FOUND');
    expect(await (await colleague()).emergency.running()).toEqual([]);

    await open();
    const { clinicId, colleague: leaving } = cast;
    const gone = { clinicId, membershipId: leaving.membershipId, nowMs: test.clock.nowMs };
    const c = await colleague();
    await test.app.database.write((d) => endMembership(d, gone));
    await expect(c.patients.get(ana())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('asks why, and for the password again; pressing twice opens one', async () => {
    await expect(open({ reason: '  because ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(open({ password: 'not this one' })).rejects.toMatchObject({ message: 'wrong_password' });
    expect(await seesAna()).toBe('NOT_FOUND');
    const first = await open();
    test.clock.nowMs += MINUTE_MS;
    expect(await open()).toEqual(first);
    expect(await (await admin()).emergency.unreviewed()).toHaveLength(1);
  });

  it('lets a flag be closed with what was done', async () => {
    const flagId = uuidv7();
    const { clinicId } = cast;
    const raised = { kind: 'pain', severity: 'red' as const, rule: 'pain_red', policyVersion: 1, raisedAt: 1 };
    await test.app.database.write((d) =>
      insertFlag(d, { id: flagId, clinicId, ...ana(), ...raised, sourceKind: 'log', sourceId: uuidv7() }),
    );
    await open();
    await (await colleague()).flags.resolve({ ...ana(), flagId, resolution: 'Rang her, sent to A&E' });
    expect(await (await colleague()).flags.open(ana())).toEqual([]);
  });

  it('is for whom the clinic has, and not for a record that was put away', async () => {
    const outsider = (await test.as(cast.outsider.userId)).emergency.open({ ...ana(), reason, password });
    await expect(outsider).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await open();
    const scope = { clinicId: cast.clinicId, ...ana() };
    await test.app.database.write((d) => setLocked(d, scope, { lockedAt: test.clock.nowMs }));
    expect(await seesAna()).toBe('NOT_FOUND');
    expect(await (await colleague()).emergency.running()).toEqual([]);
    await expect(open()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('who hears of it', () => {
  it('is whoever leads the care team, every admin, and the patient', async () => {
    await open();
    const noticesOf = async (userId: string) =>
      (await (await test.as(userId)).notices.list()).notices.map(({ kind, subjectId }) => ({ kind, subjectId }));
    const subjectId = cast.ana.patientId;
    expect(await noticesOf(cast.mira.userId)).toEqual([{ kind: 'emergency_access', subjectId }]);
    expect(await noticesOf(cast.admin.userId)).toEqual([{ kind: 'emergency_access_review', subjectId }]);
    expect(await noticesOf(cast.colleague.userId)).toEqual([]);
    const own = await (await test.as(cast.ana.userId)).audit.ofOwnRecord({});
    expect(own.rows).toMatchObject([{ kind: 'emergency', actorName: 'Jonas Weber', reason }]);
    const { reads, changes } = (await admin()).audit;
    expect((await reads({ filter: { kind: 'emergency' } })).rows).toMatchObject([{ actorName: 'Jonas Weber', reason }]);
    expect((await reads({ filter: { kind: 'cover' } })).rows).toEqual([]);
    const acts = (await changes({})).map(({ act, patientName }) => ({ act, patientName }));
    expect(acts).toContainEqual({ act: 'emergency_access.open', patientName: 'Ana Duarte' });
  });
});

describe('looking at it afterwards', () => {
  it('is an admin’s, once, and stays to be done until then', async () => {
    const { emergencyId } = await open();
    const { unreviewed, review } = (await admin()).emergency;
    expect(await unreviewed()).toMatchObject([
      { id: emergencyId, actorName: 'Jonas Weber', patientName: 'Ana Duarte', reason, isOwn: false },
    ]);
    await expect(review({ emergencyId, note: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await review({ emergencyId, note: 'Right to do so' })).toEqual({ reviewed: true });
    expect(await unreviewed()).toEqual([]);
    await expect(review({ emergencyId, note: 'Again' })).rejects.toMatchObject({ message: 'changed_meanwhile' });
  });

  it('is not for whom it was, where another admin could', async () => {
    const { clinicId, colleague: both } = cast;
    const membership = {
      id: uuidv7(),
      clinicId,
      userId: both.userId,
      role: 'admin' as const,
      discipline: 'OT' as const,
    };
    await test.app.database.write((d) => insertMembership(d, { ...membership, fromAt: 0 }));
    const { emergencyId } = await open();
    const own = (await colleague()).emergency;
    expect(await own.unreviewed()).toMatchObject([{ isOwn: true }]);
    await expect(own.review({ emergencyId, note: 'Mine' })).rejects.toMatchObject({ message: 'own_act' });
    const ended = { clinicId, membershipId: cast.admin.membershipId, nowMs: test.clock.nowMs };
    await test.app.database.write((d) => endMembership(d, ended));
    expect(await own.unreviewed()).toMatchObject([{ isOwn: false }]);
    expect(await own.review({ emergencyId, note: 'Nobody else is here' })).toEqual({ reviewed: true });
  });
});
