import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { insertConsent, revokeConsent } from '#db/queries/people/patients';
import { CONSENT_TEXT_VERSION } from '#domain/people/patient';
import { readExport } from '#server/acts/people/export';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const corrected = {
  condition: 'Flexor tendon repair, ring finger',
  side: 'left' as const,
  injuryOn: '2026-10-01',
  surgeryOn: '2026-10-03',
  precautions: 'No resistance until 5 December',
};

describe('a hand problem', () => {
  it('is corrected by the care team, in its own record only', async () => {
    const mira = await test.as(cast.mira.userId);
    const { patientId, episodeId } = cast.ana;
    await mira.patients.editEpisode({ patientId, episodeId, ...corrected });
    const { episodes } = await mira.patients.get({ patientId });
    const { condition, precautions, ...rest } = corrected;
    expect(episodes).toMatchObject([
      { id: episodeId, title: condition, conditionText: condition, precautionsText: precautions, ...rest },
    ]);
    const another = await test.app.database.write((d) =>
      makePatient(d, { clinicId: cast.clinicId, name: 'Iris Mbeki', lead: cast.mira }),
    );
    const theirs = { patientId: another.patientId, ...corrected };
    await expect(mira.patients.editEpisode({ ...theirs, episodeId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const jonas = await test.as(cast.colleague.userId);
    await expect(jonas.patients.editEpisode({ patientId, episodeId, ...corrected })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('is not corrected to an empty name or a day that does not exist', async () => {
    const mira = await test.as(cast.mira.userId);
    const { patientId, episodeId } = cast.ana;
    for (const change of [{ condition: ' ' }, { surgeryOn: '2026-02-30' }, { precautions: 'x'.repeat(2001) }])
      await expect(mira.patients.editEpisode({ patientId, episodeId, ...corrected, ...change })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      });
  });
});

describe('the person on record', () => {
  const details = {
    ...{ name: 'Ana Duarte', operatesWith: 'left' as const, timeZone: 'Europe/London' },
    ...{ phone: null, emergencyContact: null },
  };

  it('has a year of birth and a dominant hand that the care team corrects, in the trail and in what is exported', async () => {
    const { clinicId, ana, mira } = cast;
    const { patientId } = ana;
    const mine = (await test.as(mira.userId)).patients;
    await mine.edit({ patientId, ...details, birthYear: 1961, dominantHand: 'both' });
    expect((await mine.get({ patientId })).patient).toMatchObject({ birthYear: 1961, dominantHand: 'both' });
    const [last] = await test.app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 1 }));
    expect(last).toMatchObject({ act: 'patient.edit', patientName: 'Ana Duarte', actorName: 'Mira Solberg' });
    // A form that does not ask for them leaves them as they are; not known is an answer.
    await mine.edit({ patientId, ...details });
    expect((await mine.get({ patientId })).patient).toMatchObject({ birthYear: 1961, dominantHand: 'both' });
    const { tables } = await test.app.database.read((d) => readExport(d, { clinicId, patientId }, 'patient'));
    expect(tables.patients).toMatchObject([{ birthYear: 1961, dominantHand: 'both' }]);
    await mine.edit({ patientId, ...details, birthYear: null, dominantHand: 'unknown' });
    expect((await mine.get({ patientId })).patient).toMatchObject({ birthYear: null, dominantHand: 'unknown' });
  });

  it('is corrected by nobody else, and never to a year that has not begun or to a hand that is none', async () => {
    const { patientId } = cast.ana;
    const changed = { patientId, ...details, birthYear: 1950, dominantHand: 'left' as const };
    for (const [userId, code] of [
      [cast.ana.userId, 'NOT_FOUND'],
      [cast.admin.userId, 'NOT_FOUND'],
      [cast.colleague.userId, 'NOT_FOUND'],
    ] as const)
      await expect((await test.as(userId)).patients.edit(changed)).rejects.toMatchObject({ code });
    const mine = (await test.as(cast.mira.userId)).patients;
    const thisYear = new Date(test.clock.nowMs).getUTCFullYear();
    await mine.edit({ ...changed, birthYear: thisYear });
    const added = { ...corrected, ...details, dominantHand: 'left' as const, birthYear: thisYear + 1 };
    const ahead = { code: 'BAD_REQUEST', cause: { reason: 'birth_year_ahead' } };
    await expect(mine.edit({ ...changed, birthYear: thisYear + 1 })).rejects.toMatchObject(ahead);
    await expect(mine.add(added)).rejects.toMatchObject(ahead);
    for (const birthYear of [1899, 1961.5, Number.NaN])
      await expect(mine.edit({ ...changed, birthYear })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await mine.get({ patientId })).patient).toMatchObject({ birthYear: thisYear, dominantHand: 'left' });
  });
});

describe('consents on the record', () => {
  it('to an older text are asked again, and agreeing once ends the asking', async () => {
    const { patientId, userId } = cast.ana;
    const given = { clinicId: cast.clinicId, patientId, givenBy: userId ?? '', givenAt: 0, textVersion: '2020-01' };
    await test.app.database.write(function* (d) {
      for (const kind of ['telehealth', 'live_video'] as const) {
        yield* revokeConsent(d, { clinicId: cast.clinicId, patientId, kind, nowMs: 0 });
        yield* insertConsent(d, { id: uuidv7(), ...given, kind });
      }
    });
    const ana = await test.as(userId);
    expect((await ana.patients.consentNeeded()).asked).toBe(true);
    await ana.patients.changeConsent({ kinds: ['telehealth', 'live_video'], given: true });
    await ana.patients.changeConsent({ kinds: ['telehealth', 'live_video'], given: true });
    expect((await ana.patients.consentNeeded()).asked).toBe(false);
    const rows = (await ana.patients.myConsents()).consents.filter(({ kind }) => kind === 'telehealth');
    const now = test.clock.nowMs;
    expect(rows.filter(({ revokedAt }) => revokedAt === null)).toMatchObject([
      { textVersion: CONSENT_TEXT_VERSION, givenAt: now },
    ]);
    expect(rows.find(({ textVersion }) => textVersion === '2020-01')).toMatchObject({ givenAt: 0, revokedAt: now });
  });

  it('say what was given since when, and what was taken back', async () => {
    const ana = await test.as(cast.ana.userId);
    await ana.patients.changeConsent({ kinds: ['clips'], given: true });
    const givenAt = test.clock.nowMs;
    test.clock.nowMs += 60_000;
    await ana.patients.changeConsent({ kinds: ['clips'], given: false });
    const { consents } = await (await test.as(cast.mira.userId)).patients.get({ patientId: cast.ana.patientId });
    expect(consents.filter((consent) => consent.kind === 'clips')).toMatchObject([
      { givenAt, revokedAt: givenAt + 60_000 },
    ]);
    await expect(
      (await test.as(cast.mira.userId)).patients.changeConsent({ kinds: ['clips'], given: true }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
