import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePatient } from '#db/factories/people';
import { findVisit } from '#db/queries/visit/visits';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { DEFAULT_APPOINTMENT_SETTINGS } from '#domain/visit/appointment-settings';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
/** Another patient of Mira's, who agreed to treatment at a distance. */
let luis: { patientId: string; userId: string | null };
/** A Monday, so that each test has days of its own in front of it. */
let day = Date.UTC(2027, 0, 4);

const as = async (who: { userId: string | null }) => (await test.as(who.userId)).appointments;
const visitsOf = async (who: { userId: string | null }) => (await test.as(who.userId)).visits;
const openAllDay = Array(7).fill([{ from: '08:00', to: '17:00' }]);

async function rules(patients: 'book' | 'ask' | 'none', more = {}) {
  const { appointments } = await (await test.as(cast.admin.userId)).clinic.get();
  const types = DEFAULT_APPOINTMENT_SETTINGS.types.map((type) => ({ ...type, patients }));
  const { version } = appointments;
  const edited = { ...DEFAULT_APPOINTMENT_SETTINGS, version, upcomingMax: 20, types, ...more };
  await (await test.as(cast.admin.userId)).clinic.editAppointments(edited);
}

beforeAll(async () => {
  cast = await makeCast(test.app);
  const { clinicId, mira } = cast;
  luis = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Luis Prado', lead: mira }));
  for (const who of [cast.ana, luis])
    await (await test.as(who.userId)).patients.changeConsent({ kinds: ['telehealth', 'live_video'], given: true });
  const none = openAllDay.map(() => []);
  const hours = { version: 0, visits: openAllDay, reviews: none };
  await (await as(mira)).saveHours({ timeZone: 'Europe/London', hours });
});

beforeEach(async () => {
  // Each test in a week of its own.
  day += 7 * DAY_MS;
  test.clock.nowMs = day - 2 * DAY_MS;
  await rules('book');
});

const at = (hours: number, minutes = 0) => day + hours * HOUR_MS + minutes * MINUTE_MS;
const withMira = (typeId = 'review') => ({ clinicianId: cast.mira.userId, typeId });
const take = async (startsAt: number, who = cast.ana as { userId: string | null }, visitId = uuidv7()) =>
  await (await as(who)).book({ ...withMira(), visitId, startsAt });
async function freeOn(who: { userId: string | null } = cast.ana, typeId = 'review') {
  const { starts } = await (await as(who)).freeTimes({ ...withMira(typeId), visitId: null, cursor: day });
  return starts.filter((start) => start < day + DAY_MS);
}
const kept = async (visitId: string, patientId = cast.ana.patientId) =>
  await test.app.database.read((d) => findVisit(d, { clinicId: cast.clinicId, patientId, visitId }));
async function unread(who: { userId: string | null }) {
  const { notices } = await (await test.as(who.userId)).notices.list();
  return notices.filter(({ readAt }) => readAt === null).map(({ kind, subjectId }) => `${kind} ${subjectId}`);
}

describe('free times', () => {
  it('are the clinician’s hours without visits and the pauses around them', async () => {
    expect(await freeOn()).toHaveLength(35);
    expect((await freeOn())[0]).toBe(at(8));
    await (await visitsOf(cast.mira)).schedule({
      ...{ patientId: luis.patientId, startsAt: at(10), durationMinutes: 30, kind: 'review', typeId: 'review' },
    });
    // The pause of five minutes before it and after it takes the quarters that touch it.
    const free = await freeOn();
    expect(free).toContain(at(9, 15));
    for (const taken of [at(9, 30), at(9, 45), at(10), at(10, 15), at(10, 30)]) expect(free).not.toContain(taken);
    expect(free).toContain(at(10, 45));
  });

  it('leave out when the clinician is away, and hold what was added', async () => {
    const mira = await as(cast.mira);
    const away = { id: uuidv7(), kind: 'away' as const, fromMs: at(8), untilMs: at(16), note: 'Course' };
    const extra = { id: uuidv7(), kind: 'extra' as const, fromMs: at(18), untilMs: at(19), note: null };
    for (const entry of [away, extra, extra]) await mira.addException(entry);
    expect(await freeOn()).toEqual([at(16), at(16, 15), at(16, 30), at(18), at(18, 15), at(18, 30)]);
    await mira.removeException({ id: away.id });
    expect(await freeOn()).toHaveLength(38);
    const was = { ...extra, id: uuidv7(), fromMs: at(-72), untilMs: at(-71) };
    await expect(mira.addException(was)).rejects.toMatchObject({ message: 'in_past' });
  });

  it('are none sooner or farther than the clinic lets patients take', async () => {
    await rules('book', { noticeHours: 48 + 12, aheadDays: 3 });
    const { starts, nextFromMs } = await (await as(cast.ana)).freeTimes({ ...withMira(), visitId: null });
    expect(starts[0]).toBe(at(12));
    expect(starts.at(-1)).toBe(at(16, 30));
    expect(nextFromMs).toBeNull();
  });

  it('go on after a page, and none is left out', async () => {
    const ana = await as(cast.ana);
    const first = await ana.freeTimes({ ...withMira(), visitId: null, cursor: day });
    expect(first.starts).toHaveLength(40);
    const next = await ana.freeTimes({ ...withMira(), visitId: null, cursor: first.nextFromMs });
    expect(next.starts[0]).toBe(at(24 + 9, 15));
    expect(first.starts.at(-1)).toBe(at(24 + 9));
  });

  it('are shown of nobody who does not treat the patient, and of no type that is not offered', async () => {
    const ana = await as(cast.ana);
    const stranger = { ...withMira(), clinicianId: cast.colleague.userId, visitId: null };
    await expect(ana.freeTimes(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await rules('none');
    await expect(ana.freeTimes({ ...withMira(), visitId: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a time that a patient takes', () => {
  it('is booked as they come to it, and the clinician learns of it', async () => {
    const visitId = uuidv7();
    expect(await take(at(9), cast.ana, visitId)).toEqual({ visitId });
    expect(await take(at(9), cast.ana, visitId)).toEqual({ visitId });
    expect(await kept(visitId)).toMatchObject({
      ...{ startsAt: at(9), durationMinutes: 30, bufferMinutes: 5, kind: 'review', typeId: 'review' },
      acceptedAt: test.clock.nowMs,
    });
    expect((await unread(cast.mira)).filter((one) => one.endsWith(visitId))).toEqual([`visit_taken ${visitId}`]);
    expect(await unread(cast.ana)).toContain(`visit_booked ${visitId}`);
  });

  it.each([100])(
    'by %i people at once is one visit',
    async (count) => {
      const tries = Array.from({ length: count }, (_, n) =>
        take(at(9), n % 2 === 0 ? cast.ana : luis).then(
          () => 'booked',
          ({ message }: Error) => message,
        ),
      );
      const answers = await Promise.all(tries);
      expect(answers.filter((answer) => answer === 'booked')).toHaveLength(1);
      expect(new Set(answers)).toEqual(new Set(['booked', 'time_taken']));
    },
    60_000,
  );

  it.each([
    ['between the quarters', 9, 7],
    ['out of hours', 7, 0],
    ['that ends after them', 16, 45],
    ['too soon', -36, 0],
    ['too far', 24 * 70 + 9, 0],
  ])('%s is refused', async (_, hours, minutes) => {
    await expect(take(at(hours, minutes))).rejects.toMatchObject({ code: 'CONFLICT', message: 'time_taken' });
  });

  it('is refused where the clinic gives visits itself, the patient has enough or did not agree', async () => {
    await rules('ask');
    await expect(take(at(9))).rejects.toMatchObject({ code: 'CONFLICT', message: 'ask_for_it' });
    await rules('book', { upcomingMax: 1 });
    await take(at(9), luis);
    await expect(take(at(11), luis)).rejects.toMatchObject({ message: 'visits_enough' });
    await (await test.as(luis.userId)).patients.changeConsent({ kinds: ['telehealth'], given: false });
    await expect(take(at(12), luis)).rejects.toMatchObject({ message: 'consent_missing' });
    await (await test.as(luis.userId)).patients.changeConsent({ kinds: ['telehealth'], given: true });
  });
});

describe('a visit that its patient moves or calls off', () => {
  it('goes to a free time, and the clinician learns of it', async () => {
    const { visitId } = await take(at(9));
    const moved = await (await as(cast.ana)).move({ visitId, startsAt: at(9, 15), sequence: 0 });
    expect(moved).toEqual({ sequence: 1 });
    expect(await kept(visitId)).toMatchObject({ startsAt: at(9, 15), acceptedAt: test.clock.nowMs });
    expect(await unread(cast.mira)).toContain(`visit_moved_by_patient ${visitId}`);
    await take(at(11), luis);
    const onto = (await as(cast.ana)).move({ visitId, startsAt: at(11), sequence: 1 });
    await expect(onto).rejects.toMatchObject({ message: 'time_taken' });
    await (await as(cast.ana)).callOff({ visitId, sequence: 1 });
    expect(await kept(visitId)).toMatchObject({ state: 'cancelled', sequence: 2 });
    expect(await unread(cast.mira)).toContain(`visit_called_off ${visitId}`);
    expect(await (await as(cast.ana)).callOff({ visitId, sequence: 1 })).toEqual({ state: 'cancelled' });
  });

  it('stays where it is too late by the clinic’s rules, or the clinic moves it alone', async () => {
    const { visitId } = await take(at(9));
    await rules('ask');
    const ana = await as(cast.ana);
    const move = () => ana.move({ visitId, startsAt: at(12), sequence: 0 });
    await expect(move()).rejects.toMatchObject({ message: 'ask_for_it' });
    await rules('book');
    test.clock.nowMs = at(9) - 24 * HOUR_MS + 1;
    await expect(move()).rejects.toMatchObject({ message: 'too_late_to_change' });
    await expect(ana.callOff({ visitId, sequence: 0 })).rejects.toMatchObject({ message: 'too_late_to_change' });
  });

  it('is accepted at the time that was on screen, and not any more once the clinic moved it', async () => {
    const asked = { patientId: cast.ana.patientId, durationMinutes: 30, kind: 'review' as const };
    const mira = await visitsOf(cast.mira);
    const { visitId } = await mira.schedule({ ...asked, startsAt: at(9) });
    const ana = await as(cast.ana);
    expect(await ana.accept({ visitId, sequence: 0 })).toEqual({ acceptedAt: test.clock.nowMs });
    expect(await ana.accept({ visitId, sequence: 0 })).toEqual({ acceptedAt: test.clock.nowMs });
    await mira.reschedule({ visitId, startsAt: at(10), durationMinutes: 30, sequence: 0 });
    expect(await kept(visitId)).toMatchObject({ acceptedAt: null });
    await expect(ana.accept({ visitId, sequence: 0 })).rejects.toMatchObject({ message: 'changed_meanwhile' });
  });
});

describe('who waits for an earlier time', () => {
  const earlier = async () => (await unread(cast.ana)).filter((one) => one.startsWith('visit_earlier'));

  it('learns of one that became free, and waits no more once they took it', async () => {
    const { visitId: theirs } = await take(at(9), luis);
    const { visitId } = await take(at(24 + 9));
    const ana = await as(cast.ana);
    await ana.waitForEarlier({ visitId, waits: true });
    await (await as(luis)).callOff({ visitId: theirs, sequence: 0 });
    expect(await earlier()).toEqual([`visit_earlier ${visitId}`]);
    await ana.move({ visitId, startsAt: at(9), sequence: 0 });
    expect((await ana.mine()).waitingVisitIds).not.toContain(visitId);
  });

  it('hears nothing of the time from which the clinic moved their own visit', async () => {
    const before = await earlier();
    const { visitId } = await take(at(9));
    await (await as(cast.ana)).waitForEarlier({ visitId, waits: true });
    const later = { visitId, startsAt: at(24 + 9), durationMinutes: 30, sequence: 0 };
    await (await visitsOf(cast.mira)).reschedule(later);
    expect(await earlier()).toEqual(before);
    await (await as(cast.ana)).waitForEarlier({ visitId, waits: false });
  });

  it('hears of none that is later, too short, or which they said they do not wait for', async () => {
    const before = await earlier();
    const { visitId: later } = await take(at(48 + 9), luis);
    const { visitId } = await take(at(24 + 9));
    const ana = await as(cast.ana);
    await ana.waitForEarlier({ visitId, waits: true });
    await (await as(luis)).callOff({ visitId: later, sequence: 0 });
    expect(await earlier()).toEqual(before);
    const { visitId: sooner } = await take(at(9), luis);
    await ana.waitForEarlier({ visitId, waits: false });
    await (await as(luis)).callOff({ visitId: sooner, sequence: 0 });
    expect(await earlier()).toEqual(before);
  });
});
