import { beforeAll, describe, expect, it } from 'vitest';
import { makeStaff } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { DEFAULT_OPENING_HOURS } from '#domain/clinic/hours';
import { KEEPING_NOTICE_MS } from '#domain/clinic/keeping';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let outsideAdmin: string;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const spec = { clinicId: cast.otherClinicId, name: 'Otto Brandt', role: 'admin' as const };
  outsideAdmin = (await test.app.database.write((d) => makeStaff(d, spec))).userId;
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
    expect(await admin.clinic.get()).toMatchObject({ ...reached, painPolicy: { ...stricter, version: 2 } });
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

describe('the opening hours', () => {
  const edited = (version: number) => ({
    hours: { ...DEFAULT_OPENING_HOURS, version, holidays: [{ on: '2026-12-25', name: 'Christmas Day' }] },
    replyOpenHours: 4,
    escalation: { coverAfterMinutes: 10, allAfterMinutes: 20 },
  });

  it('are changed by the admin alone, from the version that was on screen, and leave the others alone', async () => {
    const admin = await test.as(cast.admin.userId);
    const before = await admin.clinic.get();
    const { version } = before.hours;
    const saved = { ...edited(version), hours: { ...edited(version + 1).hours } };
    expect(await admin.clinic.editHours(edited(version))).toEqual(saved);
    await expect(admin.clinic.editHours(edited(version))).rejects.toMatchObject({ message: 'changed_meanwhile' });
    for (const userId of [cast.mira.userId, cast.ana.userId])
      await expect((await test.as(userId)).clinic.editHours(edited(version + 1))).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect(await admin.clinic.get()).toEqual({ ...before, ...saved });
  });
});

describe('the words that alarm', () => {
  it('are changed by the admin alone, from the version that was on screen, and leave the others alone', async () => {
    const admin = await test.as(cast.admin.userId);
    const before = await admin.clinic.get();
    const edited = { ...before.alarmWords, alarm: ['taub*', 'numb*'], crisisText: 'Ring 116 123.' };
    const alarmWords = { ...edited, version: edited.version + 1 };
    expect(await admin.clinic.editAlarmWords(edited)).toEqual({ alarmWords });
    await expect(admin.clinic.editAlarmWords(edited)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    await expect(admin.clinic.editAlarmWords({ ...alarmWords, alarm: ['*'] })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    for (const userId of [cast.mira.userId, cast.ana.userId])
      await expect((await test.as(userId)).clinic.editAlarmWords(alarmWords)).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect(await admin.clinic.get()).toEqual({ ...before, alarmWords });
  });
});

describe('the rules of live visits', () => {
  it('are changed by the admin alone, from the version that was on screen, and leave the others alone', async () => {
    const admin = await test.as(cast.admin.userId);
    const before = await admin.clinic.get();
    const { version } = before.visits;
    expect(await admin.clinic.editVisits({ version, emptyMinutes: 40 })).toEqual({
      visits: { version: version + 1, emptyMinutes: 40 },
    });
    await expect(admin.clinic.editVisits({ version, emptyMinutes: 50 })).rejects.toMatchObject({
      message: 'changed_meanwhile',
    });
    for (const emptyMinutes of [4, 241, 7.5])
      await expect(admin.clinic.editVisits({ version: version + 1, emptyMinutes })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
    for (const userId of [cast.mira.userId, cast.ana.userId])
      await expect((await test.as(userId)).clinic.editVisits({ version, emptyMinutes: 5 })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    const { visits, ...others } = await admin.clinic.get();
    expect(visits.emptyMinutes).toBe(40);
    expect({ ...others, visits: before.visits }).toEqual(before);
  });
});

describe('keeping times of a clinic', () => {
  const kept = { clips: 90, stills: null, demos: 30, originals: 14, clipMegabytesADay: 1000, recordYears: 8 };

  it('are changed by its admin alone, and act a week later where they are shorter', async () => {
    const admin = await test.as(cast.admin.userId);
    const { keeping } = await admin.clinic.get();
    const nowMs = test.clock.nowMs;
    await admin.clinic.editKeeping({ version: keeping.version, ...kept });
    const saved = await admin.clinic.get();
    expect(saved).toMatchObject({ originals: 14, keeping: { version: keeping.version + 1, clipMegabytesADay: 1000 } });
    expect(saved.keeping.clips).toEqual({ days: 90, before: null, actsAt: nowMs + KEEPING_NOTICE_MS });
    for (const userId of [cast.mira.userId, cast.ana.userId, cast.outsider.userId])
      await expect(
        (await test.as(userId)).clinic.editKeeping({ version: keeping.version, ...kept }),
      ).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(
      (await test.as(outsideAdmin)).clinic.editKeeping({ version: keeping.version, ...kept }),
    ).resolves.toMatchObject({ originals: 14 });
    expect((await admin.clinic.get()).keeping).toEqual(saved.keeping);
  });

  it('are not written over what another admin changed meanwhile, and leave the other settings alone', async () => {
    const admin = await test.as(cast.admin.userId);
    const { keeping, painPolicy, name } = await admin.clinic.get();
    await expect(admin.clinic.editKeeping({ version: keeping.version - 1, ...kept })).rejects.toMatchObject({
      message: 'changed_meanwhile',
    });
    expect(await admin.clinic.get()).toMatchObject({ keeping, painPolicy, name });
  });

  it('stand in what patients agree to, and a longer one is asked anew', async () => {
    const admin = await test.as(cast.admin.userId);
    const ana = await test.as(cast.ana.userId);
    const set = async (clips: number | null) => {
      const { version } = (await admin.clinic.get()).keeping;
      await admin.clinic.editKeeping({ version, ...kept, clips });
    };
    const agrees = async () =>
      (await ana.patients.myConsents()).consents.find(({ kind, revokedAt }) => kind === 'clips' && revokedAt === null)
        ?.inForce;
    await set(30);
    await ana.patients.changeConsent({ kinds: ['clips'], given: true });
    expect((await ana.patients.myConsents()).kept).toEqual({ clips: 30, stills: null });
    expect(await agrees()).toBe(true);
    await set(90);
    expect(await agrees()).toBe(false);
    await set(7);
    expect(await agrees()).toBe(true);
    await set(null);
    expect(await agrees()).toBe(false);
    await ana.patients.changeConsent({ kinds: ['clips'], given: true });
    expect(await agrees()).toBe(true);
  });
});
