import { beforeAll, describe, expect, it } from 'vitest';
import { findUserByEmail, listClinics } from '#db/queries/users';
import { seedDemo } from '#db/seed/demo';
import { openTestApp } from './testing';

const test = openTestApp({ REGRASP_DEMO: '1' });
const seed = () => test.app.database.write((d) => seedDemo(d, { passwordHash: 'not a hash', nowMs: test.clock.nowMs }));

beforeAll(seed);

describe('the demo clinic', () => {
  it('has a caseload with different needs, each for a reason', async () => {
    const mira = await test.app.database.read((d) => findUserByEmail(d, { email: 'mira@demo.regrasp.test' }));
    const rows = await (await test.as(mira?.id ?? null)).caseload.mine();
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
