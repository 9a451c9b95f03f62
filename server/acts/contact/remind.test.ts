import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeCheckIn } from '#db/factories/check-ins';
import { closeEpisodes, moveStart, readNoticesOf, readRemindersOf } from '#db/factories/news';
import { type MadePatient, makePatient } from '#db/factories/people';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { scheduleReminder } from '#db/queries/contact/reminders';
import { insertConsent, revokeConsent } from '#db/queries/people/patients';
import { setLoginEnded } from '#db/queries/people/records';
import { insertFlag } from '#db/queries/practice/flags';
import { insertStop } from '#db/queries/practice/stops';
import { moveVisit } from '#db/queries/visit/visits';
import { seedLibrary } from '#db/seed/library';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { logFromPrescription } from '#domain/practice/log';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { remindDue } from './remind';

const test = openTestApp();
const { clock } = test;
let cast: Cast;
beforeAll(async () => {
  await test.app.database.write((d) => seedLibrary(d, { nowMs: clock.nowMs }));
  cast = await makeCast(test.app);
});

/** The day of each test, in winter, by London. */
const DAY = clock.nowMs - (clock.nowMs % DAY_MS) + DAY_MS;
const at = (hours: number) => DAY + hours * HOUR_MS;
beforeEach(() => {
  clock.nowMs = at(6);
});

type Person = MadePatient & { userId: string; program: MadeProgram };
const db = () => test.app.database;
const scopeOf = ({ patientId }: Person) => ({ clinicId: cast.clinicId, patientId });

/** A patient in care with one exercise twice a day. */
async function aPatient(timeZone = 'Europe/London'): Promise<Person> {
  const { clinicId, mira } = cast;
  const on = localDay(clock.nowMs - 3 * DAY_MS, timeZone);
  return await db().write(function* (d) {
    const made = yield* makePatient(d, { clinicId, name: 'Ana', lead: mira, timeZone });
    const userId = made.userId ?? '';
    const given = { textVersion: '2026-11', givenBy: userId, givenAt: clock.nowMs };
    yield* insertConsent(d, { id: uuidv7(), clinicId, patientId: made.patientId, kind: 'telehealth', ...given });
    const spec = { clinicId, patientId: made.patientId, episodeId: made.episodeId, publishedBy: mira.userId, on };
    const exercises = [
      { slug: 'tendon-glides', dose: { schedule: { v: 1, kind: 'per_day', times: 2, days: null } as const } },
    ];
    const program = yield* makeProgram(d, { ...spec, exercises, at: clock.nowMs - 3 * DAY_MS });
    return { ...made, userId, program };
  });
}

async function withTimes(times: number[], repeats = true, timeZone = 'Europe/London'): Promise<Person> {
  const person = await aPatient(timeZone);
  await (await test.as(person.userId)).reminders.choose({ times, repeats });
  return person;
}

async function log({ userId, program }: Person): Promise<void> {
  const [prescription] = program.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const performed = { performedAt: clock.nowMs, performedTimeZone: 'Europe/London', source: 'quick' as const };
  const one = logFromPrescription({ id: uuidv7(), practiceId: null, prescription, ...performed });
  await (await test.as(userId)).logs.record({ opId: uuidv7(), practice: null, logs: [one] });
}

/** The clock moves on by minutes, and the loop runs; when somebody was told of what. */
async function told({ userId }: { userId: string }, untilMs: number, stepMs = 5 * MINUTE_MS): Promise<string[]> {
  for (; clock.nowMs < untilMs; clock.nowMs += stepMs) await remindDue(test.app, clock.nowMs);
  const notices = await db().read((d) => readNoticesOf(d, { userId }));
  return notices
    .filter(({ kind }) => kind.startsWith('reminder_'))
    .map(
      ({ kind, createdAt }) => `${kind.slice('reminder_'.length)} ${new Date(createdAt).toISOString().slice(11, 16)}`,
    );
}

/** Fingers must not move until somebody says so. */
async function restrict({ patientId }: Person) {
  const limit = { v: 1, kind: 'motion', joint: 'pip', digits: null, motion: null } as const;
  const all = { ...limit, activity: 'both', maxDegrees: null } as const;
  const set = { patientId, id: uuidv7(), limit: all, untilOn: null, source: 'Surgeon’s letter', note: null };
  await (await test.as(cast.mira.userId)).restrictions.set(set);
  return set;
}

describe('a reminder of practice', () => {
  it('comes at the chosen times, once more each where nothing was logged, then not', async () => {
    const ana = await withTimes([8 * 60, 18 * 60]);
    expect(await told(ana, at(23))).toEqual(['practice 08:00', 'practice 09:00', 'practice 18:00', 'practice 19:00']);
  });

  it('is given to nobody who chose no time', async () => {
    expect(await told(await aPatient(), at(23))).toEqual([]);
    const ana = await withTimes([480]);
    await (await test.as(ana.userId)).reminders.choose({ times: [], repeats: true });
    expect(await told(ana, at(23))).toEqual([]);
  });

  it('is not repeated where that was not wished, after a log, or into quiet hours', async () => {
    expect(await told(await withTimes([480], false), at(23))).toEqual(['practice 08:00']);
    clock.nowMs = at(6);
    const ana = await withTimes([480, 20 * 60 + 30]);
    await told(ana, at(8.5));
    await log(ana);
    expect(await told(ana, at(23))).toEqual(['practice 08:00', 'practice 20:30']);
  });

  it('is left out where somebody has just practised, and where nothing is left of the day', async () => {
    const ana = await withTimes([8 * 60, 12 * 60, 18 * 60]);
    clock.nowMs = at(7.5);
    await log(ana);
    expect(await told(ana, at(13.5))).toEqual(['practice 12:00', 'practice 13:00']);
    await log(ana);
    expect(await told(ana, at(23))).toEqual(['practice 12:00', 'practice 13:00']);
  });

  it('is left out while all that is left waits for the clinic', async () => {
    const ana = await withTimes([8 * 60, 12 * 60], false);
    const { id } = await restrict(ana);
    expect(await told(ana, at(10))).toEqual([]);
    const lift = { patientId: ana.patientId, restrictionId: id, reason: 'Healed' };
    await (await test.as(cast.mira.userId)).restrictions.lift(lift);
    expect(await told(ana, at(23))).toEqual(['practice 12:00']);
  });

  it('is by the clock on the patient’s wall, wherever, and follows it when they choose another', async () => {
    const ana = await withTimes([8 * 60], false, 'Asia/Kathmandu');
    expect(await told(ana, at(6 + 24))).toEqual(['practice 02:15']);
    const own = await test.as(ana.userId);
    await own.contact.choose({ ...DEFAULT_CHOICES, timeZone: 'Asia/Kolkata' });
    expect((await told(ana, at(48 + 4))).slice(1)).toEqual(['practice 02:30']);
    const edited = {
      name: 'Ana',
      operatesWith: 'left',
      timeZone: 'Europe/London',
      phone: null,
      emergencyContact: null,
    } as const;
    await own.contact.choose(DEFAULT_CHOICES);
    await (await test.as(cast.mira.userId)).patients.edit({ patientId: ana.patientId, ...edited });
    expect((await told(ana, at(48 + 12))).slice(2)).toEqual(['practice 08:00']);
  });

  it('is not made up for when the app was down for more than an hour', async () => {
    const ana = await withTimes([8 * 60, 12 * 60]);
    clock.nowMs = at(9.5);
    expect(await told(ana, at(11))).toEqual([]);
    clock.nowMs = at(12.5);
    expect(await told(ana, at(12.6))).toEqual(['practice 12:30']);
    // Ten days later nothing of what was missed comes.
    clock.nowMs = at(240 + 11);
    expect(await told(ana, at(240 + 11.5))).toEqual(['practice 12:30']);
    expect(await told(ana, at(240 + 13.5))).toEqual(['practice 12:30', 'practice 12:00', 'practice 13:00']);
  });

  it('stops for the day at “Not today”, and leaves no log', async () => {
    const ana = await withTimes([8 * 60, 18 * 60]);
    await told(ana, at(8.2));
    const own = await test.as(ana.userId);
    const day = localDay(clock.nowMs, 'Europe/London');
    for (let k = 0; k < 2; k++) expect(await own.reminders.notToday({ day })).toEqual({ day });
    expect(await told(ana, at(23))).toEqual(['practice 08:00']);
    const answer = await own.practice.dayPack({ revision: null });
    expect(answer.unchanged ? null : [answer.pack.logs, answer.pack.notices]).toEqual([[], []]);
    expect(await own.reminders.own()).toEqual({ times: [480, 1080], repeats: true });
    expect(await told(ana, at(24 + 8.5))).toEqual(['practice 08:00', 'practice 08:00']);
  });

  it('shows on Today until its day is over or it was seen', async () => {
    const ana = await withTimes([8 * 60]);
    await told(ana, at(8.2));
    const own = await test.as(ana.userId);
    const kinds = async () => {
      const answer = await own.practice.dayPack({ revision: null });
      return answer.unchanged ? [] : answer.pack.notices.map(({ kind }) => kind);
    };
    expect(await kinds()).toEqual(['reminder_practice']);
    await told(ana, at(9.2));
    expect(await kinds()).toEqual(['reminder_practice']);
    clock.nowMs = at(24 + 1);
    expect(await kinds()).toEqual([]);
  });

  it('is given by one of several processes', async () => {
    const ana = await withTimes([8 * 60], false);
    clock.nowMs = at(8);
    await Promise.all([1, 2, 3, 4].map(() => remindDue(test.app, clock.nowMs)));
    expect(await told(ana, at(9))).toEqual(['practice 08:00']);
  });

  it.each<[string, (person: Person) => Promise<unknown>]>([
    [
      'a stop of everything',
      (person) =>
        db().write(function* (d) {
          const flag = { id: uuidv7(), ...scopeOf(person), kind: 'pain', rule: 'urgent_from', policyVersion: 1 };
          yield* insertFlag(d, {
            ...flag,
            severity: 'urgent',
            sourceKind: 'log',
            sourceId: uuidv7(),
            raisedAt: clock.nowMs,
          });
          const said = { rule: 'urgent_from', policyVersion: 1, saidAt: clock.nowMs, saidOn: '2026-11-20' };
          yield* insertStop(d, { id: uuidv7(), ...scopeOf(person), flagId: flag.id, severity: 'urgent', ...said });
        }),
    ],
    [
      'a stop of the only exercise',
      (person) =>
        db().write(function* (d) {
          const flag = { id: uuidv7(), ...scopeOf(person), kind: 'pain', rule: 'red_from', policyVersion: 1 };
          yield* insertFlag(d, {
            ...flag,
            severity: 'red',
            sourceKind: 'log',
            sourceId: uuidv7(),
            raisedAt: clock.nowMs,
          });
          const lineageId = person.program.prescriptions[0]?.lineageId ?? '';
          const said = { rule: 'red_from', policyVersion: 1, saidAt: clock.nowMs, saidOn: '2026-11-20', lineageId };
          yield* insertStop(d, { id: uuidv7(), ...scopeOf(person), flagId: flag.id, severity: 'red', ...said });
        }),
    ],
    ['the end of treatment', ({ patientId }) => db().write((d) => closeEpisodes(d, { patientId, nowMs: clock.nowMs }))],
    [
      'the end of the login',
      (person) => db().write((d) => setLoginEnded(d, { ...scopeOf(person), endedAt: clock.nowMs })),
    ],
    [
      'a consent that was taken back',
      (person) => db().write((d) => revokeConsent(d, { ...scopeOf(person), kind: 'telehealth', nowMs: clock.nowMs })),
    ],
  ])('is not given after %s', async (_what, end) => {
    const ana = await withTimes([8 * 60]);
    await end(ana);
    expect(await told(ana, at(12))).toEqual([]);
    // It goes on by itself where that is taken back.
    expect(await db().read((d) => readRemindersOf(d, ana))).toMatchObject([{ kind: 'practice' }]);
  });

  it.each([
    { times: [1440], repeats: true },
    { times: [1, 2, 3, 4], repeats: true },
    { times: [60, 60], repeats: true },
    { times: [0.5], repeats: true },
    { times: [480], repeats: 'yes' },
  ])('is not chosen by %o', async (wrong) => {
    const ana = await aPatient();
    const own = await test.as(ana.userId);
    await expect(own.reminders.choose(wrong as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    for (const day of ['2026-02-30', 'today', ''])
      await expect(own.reminders.notToday({ day })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect(await own.reminders.own()).toEqual({ times: [], repeats: true });
  });
});

async function book(person: Person, startsAt: number): Promise<string> {
  const clinician = await test.as(cast.mira.userId);
  const wanted = { patientId: person.patientId, startsAt, durationMinutes: 5, kind: 'review' as const, despite: [] };
  return (await clinician.visits.schedule(wanted)).visitId;
}

describe('a reminder of a visit', () => {
  it('comes a day before and ten minutes before, each once', async () => {
    const ana = await aPatient();
    await book(ana, at(24 * 3 + 10));
    expect(await told(ana, at(24 * 3 + 11))).toEqual(['visit_day 10:00', 'visit_soon 09:50']);
    expect(await db().read((d) => readRemindersOf(d, ana))).toEqual([]);
  });

  it('of one that was just booked comes ten minutes before', async () => {
    const ana = await aPatient();
    await book(ana, at(24 + 11));
    expect(await told(ana, at(24 + 12))).toEqual(['visit_soon 10:50']);
  });

  it('never comes after its start, however long the app was down', async () => {
    const ana = await aPatient();
    await book(ana, at(24 * 3 + 12));
    clock.nowMs = at(24 * 3 + 12) + MINUTE_MS;
    expect(await told(ana, at(24 * 3 + 13))).toEqual([]);
  });

  it('of one that is cancelled or moved does not come for the old time', async () => {
    const ana = await aPatient();
    const cancelled = await book(ana, at(24 * 3 + 13));
    const change = { visitId: cancelled, from: 'scheduled' as const, state: 'cancelled' as const };
    await db().write((d) => moveVisit(d, { ...change, nowMs: clock.nowMs }));
    const moved = await book(ana, at(24 * 3 + 14));
    await db().write((d) => moveStart(d, { visitId: moved, startsAt: at(24 * 4 + 15) }));
    expect(await told(ana, at(24 * 5))).toEqual(['visit_day 15:00', 'visit_soon 14:50']);
  });

  it('does not call who stands at the door', async () => {
    const ana = await aPatient();
    const visitId = await book(ana, at(24 + 16));
    clock.nowMs = at(24 + 15.7);
    await (await test.as(ana.userId)).patients.changeConsent({ kinds: ['telehealth', 'live_video'], given: true });
    const here = { visitId, locationText: null, presentOthers: null };
    await (await test.as(cast.mira.userId)).visits.join(here);
    await (await test.as(ana.userId)).visits.join({ visitId, locationText: 'At home', presentOthers: null });
    expect(await told(ana, at(24 + 17))).toEqual([]);
  });
});

describe('a reminder of a clip', () => {
  async function askedAgain(person: Person) {
    const { clinicId, mira } = cast;
    const owner = { ...scopeOf(person), userId: person.userId, assigneeId: mira.userId, at: clock.nowMs };
    const lineageId = person.program.prescriptions[0]?.lineageId ?? null;
    const { checkInId } = await db().write((d) => makeCheckIn(d, { ...owner, lineageId }));
    const clinician = await test.as(mira.userId);
    const { leaseToken, reviewId } = await clinician.reviews.claim({ checkInId });
    const answer = { summary: 'Once more', outcome: 'redo' as const, errorTags: [], doseChanges: [] };
    const lease = { checkInId, leaseToken, reviewId, expectedProgramVersion: null, flagReason: null };
    await clinician.reviews.publish({ ...lease, ...answer } as Parameters<typeof clinician.reviews.publish>[0]);
    return { clinicId, checkInId, lineageId };
  }

  it('comes two days after another one was asked for, once', async () => {
    const ana = await aPatient();
    await askedAgain(ana);
    expect(await told(ana, at(24 * 5), HOUR_MS)).toEqual(['check_in 06:00']);
  });

  it('waits while its exercise waits for the clinic', async () => {
    const ana = await aPatient();
    await askedAgain(ana);
    const { id } = await restrict(ana);
    expect(await told(ana, at(24 * 2 + 12), HOUR_MS)).toEqual([]);
    const lift = { patientId: ana.patientId, restrictionId: id, reason: 'Healed' };
    await (await test.as(cast.mira.userId)).restrictions.lift(lift);
    expect(await told(ana, at(24 * 5), HOUR_MS)).toEqual(['check_in 06:00']);
  });

  it('waits while its exercise is stopped, and is not given when one came', async () => {
    const ana = await aPatient();
    const { checkInId, lineageId } = await askedAgain(ana);
    await told(ana, at(24));
    const owner = { ...scopeOf(ana), userId: ana.userId, assigneeId: cast.mira.userId, at: clock.nowMs };
    await db().write((d) => makeCheckIn(d, { ...owner, lineageId, replacesId: checkInId }));
    expect(await told(ana, at(24 * 5), HOUR_MS)).toEqual([]);
  });
});

describe('one that cannot be given', () => {
  it('of a kind that nobody knows is let go of, and holds up no other', async () => {
    const ana = await withTimes([8 * 60], false);
    const strange = { ...scopeOf(ana), kind: 'questionnaire' as 'practice', subjectId: uuidv7(), repeatOf: null };
    await db().write((d) => scheduleReminder(d, { ...strange, dueAt: clock.nowMs }));
    expect(await told(ana, at(9))).toEqual(['practice 08:00']);
    expect(await db().read((d) => readRemindersOf(d, ana))).toHaveLength(1);
  });
});
