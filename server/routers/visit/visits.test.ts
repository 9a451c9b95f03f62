import { beforeAll, describe, expect, it } from 'vitest';
import { HOUR_MS } from '#domain/time/duration';
import { REOPEN_MS } from '#domain/visit/lifecycle';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

async function scheduleNow(): Promise<string> {
  const mira = await test.as(cast.mira.userId);
  const { visitId } = await book(mira, {
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
    const waiting = await ana.visits.join({ visitId, ...presence });
    expect(waiting).toMatchObject({ role: 'patient', state: 'waiting' });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await mira.visits.join({ visitId, locationText: null, presentOthers: null })).toMatchObject({
      role: 'clinician',
      state: 'admitted',
    });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({
      message: 'not_admitted',
    });
    await mira.visits.admit({ visitId, participantId: waiting.participantId });
    await expect(ana.visits.token({ visitId, tabNonce: 'abcdefgh' })).rejects.toMatchObject({
      message: 'media_server_missing',
    });
    const room = await mira.visits.room({ visitId });
    expect(room.roster.find((person) => person.role === 'patient')).toMatchObject({ state: 'admitted', ...presence });
    expect(room.visit).not.toHaveProperty('roomName');
    // Whose number each side rings; Ana's is not known.
    expect(room.ring).toBeNull();
    const ring = { phone: '+44 20 7946 0100', tel: 'tel:+442079460100' };
    expect((await ana.visits.room({ visitId })).ring).toEqual(ring);
  });

  it.each([
    ['live_video', 'liveVideo'],
    ['telehealth', 'telehealth'],
  ] as const)(
    'needs the patient’s agreement to %s, also when it was taken back; the clinician goes in meanwhile',
    async (kind, shown) => {
      const visitId = await scheduleNow();
      const ana = await test.as(cast.ana.userId);
      await ana.patients.changeConsent({ kinds: [kind], given: false });
      await expect(ana.visits.join({ visitId, ...presence })).rejects.toMatchObject({ message: 'consent_missing' });
      expect(await ana.visits.room({ visitId })).toMatchObject({ me: null, consents: { [shown]: false } });
      const mira = await test.as(cast.mira.userId);
      await mira.visits.join({ visitId, locationText: null, presentOthers: null });
      await ana.patients.changeConsent({ kinds: [kind], given: true });
      expect(await ana.visits.join({ visitId, ...presence })).toMatchObject({ state: 'waiting' });
    },
  );

  it('asks the patient where they are; who joins again need not say it twice', async () => {
    const visitId = await scheduleNow();
    const ana = await test.as(cast.ana.userId);
    const silent = { visitId, locationText: null, presentOthers: null };
    await expect(ana.visits.join(silent)).rejects.toMatchObject({ message: 'location_missing' });
    expect(await ana.visits.room({ visitId })).toMatchObject({ me: null });
    await ana.visits.join({ visitId, ...presence });
    await ana.visits.join(silent);
    expect((await ana.visits.room({ visitId })).me).toMatchObject(presence);
  });

  it('tells the care team who waits at a door, until somebody is there', async () => {
    const visitId = await scheduleNow();
    const waiting = async (userId: string) =>
      (await (await test.as(userId)).visits.waitingNow()).filter((one) => one.visitId === visitId);
    expect(await waiting(cast.mira.userId)).toEqual([]);
    await (await test.as(cast.ana.userId)).visits.join({ visitId, ...presence });
    expect(await waiting(cast.mira.userId)).toMatchObject([{ patientName: 'Ana Duarte', waitingAt: test.clock.nowMs }]);
    for (const stranger of [cast.colleague.userId, cast.outsider.userId]) expect(await waiting(stranger)).toEqual([]);
    const mira = await test.as(cast.mira.userId);
    const { participantId } = await mira.visits.join({ visitId, locationText: null, presentOthers: null });
    expect(await waiting(cast.mira.userId)).toHaveLength(1);
    const roster = (await mira.visits.room({ visitId })).roster.filter((person) => person.id !== participantId);
    await mira.visits.admit({ visitId, participantId: roster[0]?.id ?? '' });
    expect(await waiting(cast.mira.userId)).toEqual([]);
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

describe('a planned visit', () => {
  async function plan(startsInMs: number): Promise<string> {
    const mira = await test.as(cast.mira.userId);
    const startsAt = test.clock.nowMs + startsInMs;
    const planned = { patientId: cast.ana.patientId, startsAt, durationMinutes: 30, kind: 'review' } as const;
    return (await book(mira, planned)).visitId;
  }
  const stateOf = async (visitId: string) =>
    (await (await test.as(cast.ana.userId)).visits.mine()).find((visit) => visit.id === visitId)?.state;

  it('is cancelled for both sides, once and for good', async () => {
    const visitId = await plan(HOUR_MS);
    const mira = await test.as(cast.mira.userId);
    expect(await mira.visits.cancel({ visitId, state: 'cancelled' })).toEqual({ state: 'cancelled' });
    expect(await mira.visits.cancel({ visitId, state: 'cancelled' })).toEqual({ state: 'cancelled' });
    expect(await stateOf(visitId)).toBe('cancelled');
    const silent = { visitId, locationText: null, presentOthers: null };
    await expect(mira.visits.join(silent)).rejects.toMatchObject({ message: 'visit_not_open' });
    await expect(mira.visits.cancel({ visitId, state: 'no_show' })).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await stateOf(visitId)).toBe('cancelled');
  });

  it('to which nobody came is said to be so when its time has come, not before', async () => {
    const visitId = await plan(HOUR_MS);
    const mira = await test.as(cast.mira.userId);
    await expect(mira.visits.cancel({ visitId, state: 'no_show' })).rejects.toMatchObject({ message: 'visit_to_come' });
    expect(await stateOf(visitId)).toBe('scheduled');
    test.clock.nowMs += HOUR_MS;
    await mira.visits.cancel({ visitId, state: 'no_show' });
    expect(await stateOf(visitId)).toBe('no_show');
  });

  it('that began is ended, not cancelled; one that did not begin is cancelled, not ended', async () => {
    const visitId = await plan(HOUR_MS);
    const mira = await test.as(cast.mira.userId);
    await expect(mira.visits.end({ visitId })).rejects.toMatchObject({ message: 'visit_not_open' });
    expect(await stateOf(visitId)).toBe('scheduled');
    await mira.visits.join({ visitId, locationText: null, presentOthers: null });
    await expect(mira.visits.cancel({ visitId, state: 'cancelled' })).rejects.toMatchObject({ message: 'visit_begun' });
    expect(await stateOf(visitId)).toBe('open');
    await mira.visits.end({ visitId });
    await mira.visits.end({ visitId });
    expect(await stateOf(visitId)).toBe('ended');
  });
});

describe('an end that was a slip', () => {
  async function ended() {
    const visitId = await scheduleNow();
    const mira = await test.as(cast.mira.userId);
    const ana = await test.as(cast.ana.userId);
    await mira.visits.join({ visitId, locationText: null, presentOthers: null });
    const { participantId } = await ana.visits.join({ visitId, ...presence });
    await mira.visits.admit({ visitId, participantId });
    await mira.visits.end({ visitId });
    return { visitId, mira, ana };
  }

  it('is taken back within its time: everybody who was in is in again', async () => {
    const { visitId, mira, ana } = await ended();
    expect((await ana.visits.room({ visitId })).visit.state).toBe('ended');
    test.clock.nowMs += REOPEN_MS;
    expect(await mira.visits.reopen({ visitId })).toEqual({ reopened: true });
    expect(await mira.visits.reopen({ visitId })).toEqual({ reopened: true });
    const room = await ana.visits.room({ visitId });
    expect([room.visit.state, room.me?.state]).toEqual(['open', 'admitted']);
    // It ends again like any other.
    await mira.visits.end({ visitId });
    expect((await ana.visits.room({ visitId })).visit.state).toBe('ended');
  });

  it('stays once the time is over, once a note is signed, and of a visit that was never held', async () => {
    const stays = { code: 'CONFLICT', message: 'visit_stays_ended' };
    const late = await ended();
    test.clock.nowMs += 2 * REOPEN_MS + 1;
    await expect(late.mira.visits.reopen(late)).rejects.toMatchObject(stays);
    const signed = await ended();
    await signed.mira.notes.save({ visitId: signed.visitId, body: 'Well done.' });
    await signed.mira.notes.sign({ visitId: signed.visitId });
    await expect(signed.mira.visits.reopen(signed)).rejects.toMatchObject(stays);
    const visitId = await scheduleNow();
    const mira = await test.as(cast.mira.userId);
    await mira.visits.cancel({ visitId, state: 'cancelled' });
    await expect(mira.visits.reopen({ visitId })).rejects.toMatchObject(stays);
  });

  it('is not the patient’s to take back, nor a stranger’s', async () => {
    const { visitId, ana } = await ended();
    await expect(ana.visits.reopen({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const { userId } of [cast.colleague, cast.outsider])
      await expect((await test.as(userId)).visits.reopen({ visitId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
