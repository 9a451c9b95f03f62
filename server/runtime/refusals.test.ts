import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeStaff } from '#db/factories/people';
import { makeVisit } from '#db/factories/visits';
import { listAudit } from '#db/queries/clinic/audit';
import { HOUR_MS } from '#domain/time/duration';
import { sealAuditTrail, verifyAuditChain } from '#server/acts/clinic/seal-audit';
import { hashToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { signIn } from '#server/auth/sign-in';
import { endSession } from '#server/auth/sign-out';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { COUNT_WINDOW_MS, closeCounts } from './counted-acts';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});
/** Each test in windows of its own. */
beforeEach(() => {
  test.clock.nowMs += HOUR_MS;
});

const settled = () => Promise.allSettled([...test.app.pending]);

/** What the trail of a clinic says since this test began, oldest first. */
async function trail(clinicId = cast.clinicId) {
  await settled();
  const rows = await test.app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 500 }));
  return rows.filter(({ at }) => at >= test.clock.nowMs - 1).reverse();
}
const refused = async (clinicId?: string) => (await trail(clinicId)).filter(({ outcome }) => outcome === 'refused');

describe('a read that is refused', () => {
  it('leaves a row with who, what and whose record, in the clinic of the record', async () => {
    const colleague = await test.as(cast.colleague.userId);
    await expect(colleague.patients.get({ patientId: cast.ana.patientId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await refused()).toMatchObject([
      { act: 'patient.read', actorName: 'Jonas Weber', patientName: 'Ana Duarte', count: null },
    ]);
  });

  it('of another clinic’s record stands in that clinic, and the actor’s own clinic is told nothing', async () => {
    const mira = await test.as(cast.mira.userId);
    const { patientId } = cast.outsiderPatient;
    await expect(mira.patients.get({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused(cast.otherClinicId)).toMatchObject([
      { act: 'patient.read', actorName: 'Mira Solberg', patientName: 'Callum Reid' },
    ]);
    expect(await refused()).toEqual([]);
  });

  it('of something in a record names the record: a visit’s patient', async () => {
    const { clinicId, ana, mira, colleague } = cast;
    const spec = { clinicId, patient: ana, clinicianId: mira.userId, phone: '', timeZone: 'Europe/London' };
    const visitId = await test.app.database.write((d) => makeVisit(d, { ...spec, startsAt: 0, ended: true }));
    await expect((await test.as(colleague.userId)).visitRecord.get({ visitId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await refused()).toMatchObject([{ act: 'visit.read', patientName: 'Ana Duarte' }]);
  });

  it('of what nobody has, and by a role that may not, stands in the actor’s clinic', async () => {
    const mira = await test.as(cast.mira.userId);
    await expect(mira.audit.reads({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(mira.patients.get({ patientId: '01890000-0000-7000-8000-000000000000' })).rejects.toBeTruthy();
    const rows = await refused();
    expect(rows.map(({ act, patientName }) => [act, patientName]).toSorted()).toEqual([
      ['audit.read', null],
      ['patient.read', null],
    ]);
  });

  it('and one that is not leaves none', async () => {
    await (await test.as(cast.mira.userId)).patients.get({ patientId: cast.ana.patientId });
    expect(await refused()).toEqual([]);
  });
});

describe('a flood of refusals', () => {
  it('is one row at once and one with how many more came; what is about another record is another', async () => {
    const colleague = await test.as(cast.colleague.userId);
    for (let n = 0; n < 40; n++) await colleague.patients.get({ patientId: cast.ana.patientId }).catch(() => undefined);
    await colleague.patients.get({ patientId: cast.outsiderPatient.patientId }).catch(() => undefined);
    expect(await refused()).toHaveLength(1);
    await closeCounts(test.app, test.clock.nowMs);
    expect(await refused()).toHaveLength(1);
    await closeCounts(test.app, test.clock.nowMs + COUNT_WINDOW_MS);
    expect(await refused()).toMatchObject([
      { patientName: 'Ana Duarte', count: null },
      { patientName: 'Ana Duarte', actorName: 'Jonas Weber', count: 39 },
    ]);
    expect(await refused(cast.otherClinicId)).toHaveLength(1);
    await closeCounts(test.app, test.clock.nowMs + 2 * COUNT_WINDOW_MS);
    expect(await refused()).toHaveLength(2);
    await sealAuditTrail(test.app, test.clock.nowMs);
    expect(await verifyAuditChain(test.app, cast.clinicId)).toMatchObject({ broken: null });
  });
});

describe('a login', () => {
  it('that is refused, begun and ended leaves rows in the account’s clinic, without what was typed', async () => {
    const email = 'nina@larkfield.example';
    const password = 'four calm words here';
    const passwordHash = await hashPassword(password);
    const { clinicId } = cast;
    const nina = await test.app.database.write((d) =>
      makeStaff(d, { clinicId, name: 'Nina Falk', email, passwordHash }),
    );
    const from = { network: '192.0.2.7', device: null, deviceLabel: null };
    const tryWith = (typed: string, who = email) =>
      signIn(test.app, { email: who, password: typed }, from, test.clock.nowMs);
    for (let n = 0; n < 3; n++) await tryWith('wrong words');
    await tryWith('wrong words', 'nobody@larkfield.example');
    const begun = await tryWith(password);
    if (!begun.ok) throw new Error('the password is right');
    const tokenHash = hashToken(begun.token);
    for (let n = 0; n < 2; n++)
      await test.app.database.write((d) => endSession(d, { tokenHash, nowMs: test.clock.nowMs }));
    await settled();
    await closeCounts(test.app, test.clock.nowMs + COUNT_WINDOW_MS);
    const rows = await trail();
    expect(rows.map(({ act, outcome, actorName, count }) => [act, outcome, actorName, count])).toEqual([
      ['session.begin', 'refused', null, null],
      ['session.begin', 'done', 'Nina Falk', null],
      ['session.end', 'done', 'Nina Falk', null],
      ['session.begin', 'refused', null, 2],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/wrong words|@/);
    expect(nina.userId).not.toBe('');
  });
});

describe('what concerns a record without a relation that was asked for', () => {
  it('says whose it is: a care team that somebody joins', async () => {
    await (await test.as(cast.colleague.userId)).patients.joinCareTeam({
      patientId: cast.ana.patientId,
      reason: 'Covers while Mira is away',
    });
    expect(await trail()).toMatchObject([{ act: 'patient.join_care_team', patientName: 'Ana Duarte' }]);
  });
});
