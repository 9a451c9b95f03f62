import { beforeAll, describe, expect, it } from 'vitest';
import { type Cast, makeCast, openTestApp } from '../testing';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

async function scheduleNow(): Promise<string> {
  const mira = await test.as(cast.mira.userId);
  const { visitId } = await mira.visits.schedule({
    patientId: cast.ana.patientId,
    startsAt: null,
    durationMinutes: 30,
    kind: 'review',
  });
  return visitId;
}

const presence = { locationText: 'At home', presentOthers: 'Luis' };

describe('a visit', () => {
  it('lets the patient wait and gives a token only after the clinician admits', async () => {
    const visitId = await scheduleNow();
    const ana = await test.as(cast.ana.userId);
    const mira = await test.as(cast.mira.userId);
    const knocked = await ana.visits.join({ visitId, ...presence });
    expect(knocked).toMatchObject({ role: 'patient', state: 'waiting' });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await mira.visits.join({ visitId, locationText: null, presentOthers: null })).toMatchObject({
      role: 'clinician',
      state: 'admitted',
    });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({
      message: 'not_admitted',
    });
    await mira.visits.admit({ visitId, participantId: knocked.participantId });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({
      message: 'media_server_missing',
    });
    const room = await mira.visits.room({ visitId });
    expect(room.roster.find((person) => person.role === 'patient')).toMatchObject({ state: 'admitted', ...presence });
    expect(room.visit).not.toHaveProperty('roomName');
  });

  it('is not there for a colleague outside the care team, another clinic, another patient or nobody', async () => {
    const visitId = await scheduleNow();
    for (const stranger of [
      cast.colleague.userId,
      cast.outsider.userId,
      cast.other.userId,
      cast.outsiderPatient.userId,
    ]) {
      const caller = await test.as(stranger);
      await expect(caller.visits.room({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.visits.join({ visitId, ...presence })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const nobody = await test.as(null);
    await expect(nobody.visits.room({ visitId })).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });
});
