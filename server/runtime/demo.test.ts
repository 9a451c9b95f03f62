import { beforeAll, describe, expect, it } from 'vitest';
import { listClinicPatients } from '#db/factories/reads';
import { listCheckIns } from '#db/queries/check-in/check-ins';
import { listClinics } from '#db/queries/clinic/clinics';
import { findUserByEmail } from '#db/queries/people/users';
import { listLogs } from '#db/queries/practice/logs';
import { listPatientVisits } from '#db/queries/visit/visits';
import { seedDemo } from '#db/seed/demo';
import { daysBetween } from '#domain/time/local-day';
import { openTestApp } from '#server/testing/application';

const test = openTestApp({ REGRASP_DEMO: '1' });
const seed = () => test.app.database.write((d) => seedDemo(d, { passwordHash: 'not a hash', nowMs: test.clock.nowMs }));

beforeAll(seed);

describe('the demo clinic', () => {
  it('has a caseload with different needs, each for a reason', async () => {
    const mira = await test.app.database.read((d) => findUserByEmail(d, { email: 'mira@demo.regrasp.test' }));
    const { rows } = await (await test.as(mira?.id ?? null)).caseload.mine({ search: '' });
    expect(rows.map((row) => [row.name, row.reasons[0]?.rule])).toEqual([
      ['Walter Lindqvist', 'urgent_flag'],
      ['Soo-jin Park', 'red_flag'],
      ['Henry Boateng', 'silent'],
      expect.anything(),
      expect.anything(),
      expect.anything(),
    ]);
    expect(
      rows.filter((row) => row.week.some((day) => day.state === 'done' || day.state === 'partly')).length,
    ).toBeGreaterThan(2);
  });

  it('has three clinicians, an admin and eight patients, with weeks of logs, visits and check-ins', async () => {
    const { database } = test.app;
    const admin = await database.read((d) => findUserByEmail(d, { email: 'admin@demo.regrasp.test' }));
    const staff = await (await test.as(admin?.id ?? null)).staff.list();
    expect(staff.map((one) => one.role).toSorted()).toEqual(['admin', 'clinician', 'clinician', 'clinician']);
    const found = await database.read(function* (d) {
      const clinicId = (yield* listClinics(d))[0]?.id ?? '';
      const people = yield* listClinicPatients(d, { clinicId });
      const of = [];
      for (const { id: patientId, name } of people) {
        const scope = { clinicId, patientId };
        const logs = yield* listLogs(d, { ...scope, sinceMs: 0 });
        const visits = yield* listPatientVisits(d, { ...scope, before: null, limit: 50 });
        const checkIns = yield* listCheckIns(d, { ...scope, limit: 50 });
        of.push({ name, days: logs.map(({ log }) => log.localOn).toSorted(), visits, checkIns });
      }
      return of;
    });
    expect(found).toHaveLength(8);
    const weeks = found.map(({ days: [first, ...rest] }) => (first ? daysBetween(first, rest.at(-1) ?? first) / 7 : 0));
    expect(weeks.filter((one) => one >= 2).length, 'patients with weeks of logs').toBeGreaterThanOrEqual(6);
    const visits = found.flatMap((one) => one.visits);
    expect(new Set(visits.map(({ state }) => state))).toEqual(new Set(['scheduled', 'ended']));
    expect(found.filter((one) => one.visits.length > 0).length).toBeGreaterThan(2);
    expect(found.filter((one) => one.checkIns.length > 0).length).toBeGreaterThanOrEqual(2);
  });

  it('gives Ana a program in its second version, weeks of logs and a visit today', async () => {
    const ana = await test.app.database.read((d) => findUserByEmail(d, { email: 'ana@demo.regrasp.test' }));
    const caller = await test.as(ana?.id ?? null);
    const answer = await caller.practice.dayPack({ revision: null });
    if (answer.unchanged) throw new Error('the first pack is sent');
    expect(answer.pack.prescriptions.map((one) => one.versionNumber)).toEqual([2, 2, 2, 2]);
    expect(answer.pack.logs.length).toBeGreaterThan(30);
    expect(answer.pack.visits).toHaveLength(1);
    expect((await caller.logs.trends({ patientId: null, days: 60 }))[0]?.versions.length).toBe(2);
  });

  it('is made once', async () => {
    await seed();
    expect(await test.app.database.read((d) => listClinics(d))).toHaveLength(1);
  });
});
