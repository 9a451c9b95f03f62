import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient, makeSession } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { linkPatientUser } from '#db/queries/people/patients';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { signIn } from '#server/auth/sign-in';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const from = { network: '192.0.2.1', device: null, deviceLabel: null };
const admin = () => test.as(cast.admin.userId);
const ana = () => ({ patientId: cast.ana.patientId });

/** A login of Ana's own device. */
async function tokenOf(userId: string): Promise<string> {
  const token = newToken();
  const login = { userId, clinicId: cast.clinicId, tokenHash: hashToken(token), kind: 'own_device' as const };
  await test.app.database.write((d) => makeSession(d, { ...login, at: test.clock.nowMs }));
  return token;
}

async function lastAudit() {
  const rows = await test.app.database.read((d) => listAudit(d, { clinicId: cast.clinicId, before: null, limit: 1 }));
  return rows[0];
}

describe('the records of a clinic', () => {
  it('are found by any part of a name, by page, without those of the clinic next door', async () => {
    const { clinicId } = cast;
    await test.app.database.write(function* (d) {
      for (let number = 0; number < 60; number++)
        yield* makePatient(d, { clinicId, name: `Page ${String(number).padStart(2, '0')} 100%`, login: null });
    });
    const caller = await admin();
    const first = await caller.records.list({ search: '100%' });
    expect(first.records).toHaveLength(50);
    const second = await caller.records.list({ search: '100%', cursor: first.nextCursor });
    expect(second).toMatchObject({ records: { length: 10 }, nextCursor: null });
    const names = [...first.records, ...second.records].map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(new Set(names).size).toBe(60);
    expect((await caller.records.list({ search: 'page 0_' })).records).toEqual([]);
    expect((await caller.records.list({ search: 'PAGE 07' })).records).toHaveLength(1);
    const everyone = JSON.stringify(await caller.records.list({ search: 'Callum' }));
    expect(everyone).not.toContain(cast.outsiderPatient.patientId);
  });

  it('show nothing clinical', async () => {
    const shown = await (await admin()).records.get(ana());
    expect(Object.keys(shown).toSorted()).toEqual(
      'addressRefusedAt backupsUntil createdAt email erasableFrom holds joined lock lockedAt loginEndedAt name patientId'.split(
        ' ',
      ),
    );
  });
});

describe('a login that is ended', () => {
  it('signs the patient out at once, lets them in no more, and comes back as it was', async () => {
    const password = 'a long enough password';
    const login = { email: 'joined@example.org', passwordHash: await hashPassword(password) };
    const { patientId, userId } = await test.app.database.write((d) =>
      makePatient(d, { clinicId: cast.clinicId, name: 'Joined Person', lead: cast.mira, login }),
    );
    const token = await tokenOf(userId ?? '');
    const isIn = async () => (await gate(test.app, token, test.clock.nowMs)) !== null;
    const enters = () => signIn(test.app, { email: login.email, password }, from, test.clock.nowMs);
    expect(await isIn()).toBe(true);
    const link = await (await admin()).passwordLinks.ofAnyPatient({ patientId });
    const opens = async () => await (await test.as(null)).invites.show({ token: link.url.split('/').at(-1) ?? '' });
    await expect(opens()).resolves.toMatchObject({ kind: 'password' });
    await (await test.as(cast.mira.userId)).patients.endLogin({ patientId });
    expect(await lastAudit()).toMatchObject({ act: 'patient.end_login', patientName: 'Joined Person' });
    expect(await isIn()).toBe(false);
    await expect(opens()).rejects.toMatchObject({ message: 'invite_gone' });
    expect(await enters()).toEqual({ ok: false, reason: 'no_access' });
    expect(await (await admin()).records.get({ patientId })).toMatchObject({ loginEndedAt: test.clock.nowMs });
    await (await admin()).records.giveLoginBack({ patientId });
    expect(await enters()).toMatchObject({ ok: true });
    // What had been ended stays ended.
    expect(await isIn()).toBe(false);
  });

  it('is not what somebody without one has', async () => {
    const { patientId } = await test.app.database.write((d) =>
      makePatient(d, { clinicId: cast.clinicId, name: 'No Login', login: null }),
    );
    await expect((await admin()).records.endLogin({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is no way to the record for somebody who also works in the clinic', async () => {
    const { patientId } = await test.app.database.write((d) =>
      makePatient(d, { clinicId: cast.clinicId, name: 'Jonas Himself', lead: cast.mira, login: null }),
    );
    const { userId } = cast.colleague;
    await test.app.database.write((d) => linkPatientUser(d, { clinicId: cast.clinicId, patientId, userId }));
    expect(await (await test.as(userId)).visits.ofPatient({ patientId })).toEqual([]);
    await (await admin()).records.endLogin({ patientId });
    await expect((await test.as(userId)).visits.ofPatient({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('leaves what the account may do elsewhere', async () => {
    const { userId } = cast.outsiderPatient;
    const here = await test.app.database.write((d) =>
      makePatient(d, { clinicId: cast.clinicId, name: 'In Both', login: null }),
    );
    const scope = { clinicId: cast.clinicId, patientId: here.patientId };
    await test.app.database.write((d) => linkPatientUser(d, { ...scope, userId: userId ?? '' }));
    await (await admin()).records.endLogin({ patientId: here.patientId });
    expect((await (await test.as(userId)).account.me()).patientId).toBe(cast.outsiderPatient.patientId);
  });
});

describe('a legal hold', () => {
  it('is put on and lifted with a reason, one at a time, and stays on record', async () => {
    const caller = await admin();
    const reason = 'Claim 2026/114 against the clinic';
    await caller.records.hold({ ...ana(), reason });
    expect(await lastAudit()).toMatchObject({ act: 'record.hold' });
    await expect(caller.records.hold({ ...ana(), reason })).rejects.toMatchObject({ message: 'changed_meanwhile' });
    expect(await caller.records.list({ search: 'Ana' })).toMatchObject({ records: [{ onHold: true }] });
    await caller.records.liftHold({ ...ana(), reason: 'Settled on 28 November' });
    await expect(caller.records.liftHold({ ...ana(), reason: 'Once more, please' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await caller.records.get(ana())).holds).toMatchObject([
      { reason, setBy: 'Ada Lind', liftedAt: test.clock.nowMs, liftedReason: 'Settled on 28 November' },
    ]);
  });

  it.each(['', 'too short', ' '.repeat(20), 'x'.repeat(501), 'a\0nul in it'])('is refused for %j', async (reason) => {
    await expect((await admin()).records.hold({ ...ana(), reason })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('is not put on a record that is not there', async () => {
    await expect((await admin()).records.hold({ patientId: uuidv7(), reason: 'A good reason' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
