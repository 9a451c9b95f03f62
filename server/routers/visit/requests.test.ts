import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { findVisit } from '#db/queries/visit/visits';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
/** A day of its own for each visit, so that none stands in another's way. */
let days = 2;

beforeAll(async () => {
  cast = await makeCast(test.app);
  await (await test.as(cast.ana.userId)).patients.changeConsent({ kinds: ['telehealth'], given: true });
});

const as = async (who: { userId: string | null }) => (await test.as(who.userId)).appointments;
const aDay = () => test.clock.nowMs + days++ * DAY_MS;
async function ask(more: object = {}) {
  const requestId = uuidv7();
  const asked = {
    requestId,
    clinicianId: cast.mira.userId,
    visitId: null,
    typeId: 'review',
    wishes: [],
    words: 'Noon',
  };
  return (await (await as(cast.ana)).ask({ ...asked, ...more })).requestId;
}
async function book(more: object = {}) {
  const asked = { patientId: cast.ana.patientId, startsAt: aDay(), durationMinutes: 30, kind: 'review' as const };
  return (await (await test.as(cast.mira.userId)).visits.schedule({ ...asked, ...more })).visitId;
}
const kept = async (visitId: string) =>
  await test.app.database.read((d) =>
    findVisit(d, { clinicId: cast.clinicId, patientId: cast.ana.patientId, visitId }),
  );
const open = async () => (await (await as(cast.mira)).requests()).requests;
const own = async (requestId: string) =>
  (await (await as(cast.ana)).mine()).requests.find(({ id }) => id === requestId);
async function unread(who: { userId: string | null }, subjectId: string) {
  const { notices } = await (await test.as(who.userId)).notices.list();
  return notices.filter((one) => one.subjectId === subjectId && one.readAt === null).map(({ kind }) => kind);
}
const given = { durationMinutes: 30, mode: 'video' as const };

describe('a time that is asked for', () => {
  it('waits for the clinician with what was said, until it is given', async () => {
    const wish = aDay();
    const said = { purpose: 'Stiff', interpreter: 'Urdu', helperWanted: true, words: null, wishes: [wish, wish] };
    const requestId = await ask(said);
    expect(await open()).toMatchObject([
      { ...said, id: requestId, wishes: [wish], patientName: 'Ana Duarte', visitStartsAt: null },
    ]);
    expect(await unread(cast.mira, requestId)).toEqual(['visit_asked']);
    const { visitId } = await (await as(cast.mira)).grant({ requestId, startsAt: wish, ...given });
    expect(await (await as(cast.mira)).grant({ requestId, startsAt: wish, ...given })).toEqual({ visitId });
    // It was wished: nothing is asked of the patient any more.
    expect(await kept(visitId)).toMatchObject({
      ...{ startsAt: wish, purpose: 'Stiff', interpreter: 'Urdu', helperWanted: true },
      ...{ typeId: 'review', bufferMinutes: 5, acceptedAt: test.clock.nowMs },
    });
    expect(await open()).toEqual([]);
    expect(await unread(cast.mira, requestId)).toEqual([]);
    expect(await unread(cast.ana, visitId)).toEqual(['visit_booked']);
  });

  it('is given another than was wished, which the patient has yet to accept', async () => {
    const requestId = await ask({ wishes: [aDay()] });
    const { visitId } = await (await as(cast.mira)).grant({ requestId, startsAt: aDay(), ...given, mode: 'phone' });
    expect(await kept(visitId)).toMatchObject({ acceptedAt: null, mode: 'phone' });
  });

  it('for a visit that is planned moves it', async () => {
    const visitId = await book({ typeId: 'check' });
    const [wish] = [aDay()];
    const requestId = await ask({ visitId, wishes: [wish] });
    await expect(ask({ visitId })).rejects.toMatchObject({ message: 'asked_already' });
    expect(await (await as(cast.mira)).grant({ requestId, startsAt: wish, ...given })).toEqual({ visitId });
    expect(await kept(visitId)).toMatchObject({ startsAt: wish, sequence: 1, acceptedAt: test.clock.nowMs });
  });

  it('that is not free any more waits on, and nothing is booked', async () => {
    const startsAt = aDay();
    await book({ startsAt });
    const requestId = await ask({ wishes: [startsAt] });
    const grant = (await as(cast.mira)).grant({ requestId, startsAt, ...given });
    await expect(grant).rejects.toMatchObject({ message: 'visit_overlaps' });
    expect(await own(requestId)).toMatchObject({ state: 'open' });
    await (await as(cast.ana)).withdraw({ requestId });
  });

  it('is settled once, by whoever comes first', async () => {
    const requestId = await ask();
    const mira = await as(cast.mira);
    const tries = await Promise.allSettled([
      ...[aDay(), aDay(), aDay()].map((startsAt) => mira.grant({ requestId, startsAt, ...given })),
      mira.decline({ requestId, answer: 'No time' }),
      (await as(cast.ana)).withdraw({ requestId }),
    ]);
    const done = tries.filter(({ status }) => status === 'fulfilled');
    const settled = await own(requestId);
    // A grant that finds it granted answers with the same visit.
    expect(new Set(done.map((one) => JSON.stringify(one.status === 'fulfilled' && one.value))).size).toBe(1);
    expect(['booked', 'declined', 'withdrawn']).toContain(settled?.state);
  });

  it('and refused is answered in words that the patient reads', async () => {
    const requestId = await ask();
    const mira = await as(cast.mira);
    await expect(mira.decline({ requestId, answer: '   ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await mira.decline({ requestId, answer: 'Next week is free.' });
    await mira.decline({ requestId, answer: 'Something else.' });
    expect(await own(requestId)).toMatchObject({ state: 'declined', answer: 'Next week is free.' });
    expect(await unread(cast.ana, requestId)).toEqual(['visit_declined']);
  });

  it('by one press sent twice is one; more than three wait for nobody', async () => {
    const requestId = uuidv7();
    const ids = [await ask({ requestId }), await ask({ requestId }), await ask(), await ask()];
    expect(ids.slice(0, 2)).toEqual([requestId, requestId]);
    await expect(ask()).rejects.toMatchObject({ message: 'asks_enough' });
    for (const id of new Set(ids)) await (await as(cast.ana)).withdraw({ requestId: id });
  });

  it.each([
    ['without a time or a word', { words: '  ' }, 'when_it_suits'],
    ['of no type', { typeId: 'first' }, 'not_found'],
    ['with somebody else', { clinicianId: '0193e000-0000-7000-8000-000000000000' }, 'not_found'],
  ])('%s is refused', async (_, more, message) => {
    await expect(ask(more)).rejects.toMatchObject({ message });
  });

  it.each([{ wishes: Array(6).fill(Date.UTC(2030, 0)) }, { wishes: [Date.UTC(1900, 0)] }, { words: 'x'.repeat(501) }])(
    'is refused where it is nonsense: %j',
    async (more) => {
      await expect(ask(more)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    },
  );

  it('about a visit that is called off is no question any more', async () => {
    const visitId = await book();
    const requestId = await ask({ visitId });
    await (await test.as(cast.mira.userId)).visits.cancel({ visitId, state: 'cancelled' });
    expect(await own(requestId)).toMatchObject({ state: 'withdrawn' });
  });
});

describe('a clinician’s hours', () => {
  const none = Array.from({ length: 7 }, () => []);
  const week = (from: string, to: string) => none.map(() => [{ from, to }]);
  const hours = (version: number, more = {}) => ({
    timeZone: 'Asia/Kolkata',
    hours: { version, visits: week('09:00', '12:00'), reviews: none, ...more },
  });

  it('are kept from the version that was on screen', async () => {
    const mira = await as(cast.mira);
    expect(await mira.hours()).toMatchObject({ timeZone: 'Europe/London', hours: { version: 0 } });
    expect(await mira.saveHours(hours(0))).toMatchObject({ hours: { version: 1 } });
    await expect(mira.saveHours(hours(0))).rejects.toMatchObject({ message: 'changed_meanwhile' });
    expect(await mira.hours()).toMatchObject({ timeZone: 'Asia/Kolkata', hours: { version: 1 } });
    const { visits } = await (await test.as(cast.mira.userId)).visits.calendar({
      fromMs: Date.UTC(2027, 0, 4),
      untilMs: Date.UTC(2027, 0, 5),
    });
    expect(visits).toEqual([{ from: Date.UTC(2027, 0, 4, 3, 30), until: Date.UTC(2027, 0, 4, 6, 30) }]);
  });

  it.each([
    { visits: week('12:00', '09:00') },
    { visits: none.slice(1) },
    { reviews: none.map(() => [{ from: '9', to: '10' }]) },
  ])('are refused where they are nonsense: %j', async (more) => {
    await expect((await as(cast.mira)).saveHours(hours(1, more))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});

describe('a visit without a room', () => {
  const hold = async (visitId: string, summary: string | null = null) =>
    await (await test.as(cast.mira.userId)).visits.hold({ visitId, summary });

  it('is said to have been held once its time has come, and is its record from then on', async () => {
    const startsAt = aDay();
    const visitId = await book({ startsAt, mode: 'phone' });
    await expect(hold(visitId)).rejects.toMatchObject({ message: 'visit_to_come' });
    const before = test.clock.nowMs;
    test.clock.nowMs = startsAt + HOUR_MS;
    await hold(visitId, 'Go on with the putty.');
    await hold(visitId, 'Something else.');
    expect(await kept(visitId)).toMatchObject({
      ...{ state: 'ended', openedAt: startsAt, endedAt: startsAt + HOUR_MS, summary: 'Go on with the putty.' },
    });
    await expect((await test.as(cast.mira.userId)).visits.reopen({ visitId })).rejects.toMatchObject({
      message: 'visit_stays_ended',
    });
    test.clock.nowMs = before;
  });

  it('is joined by nobody; one by video is not ended so', async () => {
    const here = { locationText: 'At home', presentOthers: null };
    const byPhone = await book({ startsAt: test.clock.nowMs + HOUR_MS, mode: 'in_clinic' });
    for (const userId of [cast.mira.userId, cast.ana.userId])
      await expect((await test.as(userId)).visits.join({ visitId: byPhone, ...here })).rejects.toBeTruthy();
    const byVideo = await book();
    await expect(hold(byVideo)).rejects.toMatchObject({ message: 'visit_by_video' });
  });
});
