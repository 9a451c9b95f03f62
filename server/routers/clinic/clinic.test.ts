import { beforeAll, describe, expect, it } from 'vitest';
import { listAudit } from '#db/queries/clinic/audit';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const reached = { name: 'Larkfield Hand Centre', phone: '+44 20 7946 0188', emergencyNumber: '112' };

describe('the settings of a clinic', () => {
  it('are changed by its admin, reach the patients, count the policy on and are audited', async () => {
    const admin = await test.as(cast.admin.userId);
    const ana = await test.as(cast.ana.userId);
    const { painPolicy } = await admin.clinic.get();
    expect(painPolicy.version).toBe(1);
    const stricter = { ...painPolicy, amberFrom: 3, redFrom: 5, source: 'Team meeting, 24 November' };
    await admin.clinic.edit({ ...reached, painPolicy: stricter });
    expect(await admin.clinic.get()).toEqual({ ...reached, painPolicy: { ...stricter, version: 2 } });
    const day = await ana.practice.dayPack({ revision: null });
    expect(day).toMatchObject({ pack: { painPolicy: { amberFrom: 3, redFrom: 5, version: 2 } } });
    expect((await ana.patients.consentNeeded()).clinic).toEqual(reached);
    const { clinicId } = cast;
    const rows = await test.app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 10 }));
    expect(rows.map(({ act, actorName }) => [act, actorName])).toContainEqual(['clinic.change_settings', 'Ada Lind']);
  });

  it('are not written over what another admin changed meanwhile', async () => {
    const admin = await test.as(cast.admin.userId);
    const { painPolicy } = await admin.clinic.get();
    await admin.clinic.edit({ ...reached, painPolicy: { ...painPolicy, redRise: 2 } });
    await expect(
      admin.clinic.edit({ ...reached, name: 'Old', painPolicy: { ...painPolicy, redRise: 4 } }),
    ).rejects.toMatchObject({ message: 'changed_meanwhile' });
    expect(await admin.clinic.get()).toMatchObject({ name: reached.name, painPolicy: { redRise: 2 } });
  });

  it('are nobody else’s to change, and no clinic’s next door', async () => {
    const { painPolicy } = await (await test.as(cast.admin.userId)).clinic.get();
    for (const userId of [cast.mira.userId, cast.ana.userId, cast.outsider.userId])
      await expect((await test.as(userId)).clinic.edit({ ...reached, painPolicy })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    await expect((await test.as(null)).clinic.edit({ ...reached, painPolicy })).rejects.toMatchObject({
      code: 'UNAUTHORIZED',
    });
    await expect((await test.as(cast.ana.userId)).clinic.get()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await (await test.as(cast.outsider.userId)).clinic.get()).name).toBe('Saltmarsh Clinic');
  });
});
