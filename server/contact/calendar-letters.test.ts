import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDeliveriesOf } from '#db/factories/news';
import { makePatient, makeStaff } from '#db/factories/people';
import { insertNotice } from '#db/queries/contact/notices';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { calendarsIn, readCalendar } from '#server/testing/calendar-reader';
import { type Manner, startMailServer } from '#server/testing/mail-server';
import { createSender, planDeliveries } from './deliver';

const manners = new Map<string, Manner>();
const mail = await startMailServer((to) => manners.get(to) ?? 'take');
const from = 'Larkfield <post@larkfield.example>';
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: from });
const { clock } = test;
const worker = { clock: () => clock.nowMs, signal: new AbortController().signal };
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
  return () => mail.stop();
});

/** 10:00 in London, on a day of its own for each test. */
beforeEach(() => {
  clock.nowMs += 4 * DAY_MS - (clock.nowMs % DAY_MS) + 10 * HOUR_MS;
  manners.clear();
});

let n = 0;
/** A patient with a clinician of their own, whose calendar is empty. */
async function aPatient() {
  const { clinicId } = cast;
  const [email, staffEmail] = [`calendar${++n}@example.org`, `staff${n}@larkfield.example`];
  const login = { email, passwordHash: null };
  return await test.app.database.write(function* (d) {
    const lead = yield* makeStaff(d, { clinicId, name: 'Mira Solberg', email: staffEmail });
    const made = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead, login });
    return { email, patientId: made.patientId, userId: made.userId ?? '', clinician: lead, staffEmail };
  });
}

type Patient = Awaited<ReturnType<typeof aPatient>>;

async function turn(afterMs = 5 * MINUTE_MS): Promise<void> {
  await planDeliveries(test.app, worker);
  clock.nowMs += afterMs;
  await planDeliveries(test.app, worker);
  await createSender(test.app, { channel: 'email', isUrgent: false, senders: 3 })(worker);
}

const lettersTo = (email: string) => mail.received.filter(({ to }) => to === email);
const calendarsTo = (email: string) =>
  lettersTo(email).map(({ raw }) => {
    const parts = calendarsIn(raw);
    return { parts, read: parts.map(({ text }) => readCalendar(text)) };
  });

async function visitOf({ patientId, clinician }: Patient, inMs = 7 * DAY_MS) {
  const mira = await test.as(clinician.userId);
  const startsAt = clock.nowMs + inMs;
  const kind = 'review' as const;
  const { visitId } = await mira.visits.schedule({ patientId, startsAt, durationMinutes: 30, kind, mode: 'video' });
  const move = (to: number, sequence: number) =>
    mira.visits.reschedule({ visitId, startsAt: to, durationMinutes: 45, sequence });
  return { visitId, startsAt, move, cancel: () => mira.visits.cancel({ visitId, state: 'cancelled' }) };
}

describe('the calendar in a letter', () => {
  it('takes a visit in, moves it under the same name, and takes it out', async () => {
    const ana = await aPatient();
    const { email } = ana;
    const { visitId, startsAt, move, cancel } = await visitOf(ana);
    await turn();
    await move(startsAt + DAY_MS, 0);
    await turn();
    await cancel();
    await turn();
    const told = calendarsTo(email);
    expect(told.map(({ read }) => read.map(({ method }) => method))).toEqual([
      ['REQUEST', 'REQUEST'],
      ['REQUEST', 'REQUEST'],
      ['CANCEL', 'CANCEL'],
    ]);
    expect(told.map(({ read }) => read[0]?.events)).toMatchObject([
      [{ uid: visitId, sequence: 0, startsAt, endsAt: startsAt + 30 * MINUTE_MS, status: 'CONFIRMED' }],
      [{ uid: visitId, sequence: 1, startsAt: startsAt + DAY_MS, endsAt: startsAt + DAY_MS + 45 * MINUTE_MS }],
      [{ uid: visitId, sequence: 2, status: 'CANCELLED', summary: 'Visit' }],
    ]);
    // As the letter in another form, which says its method, and as a file.
    const [booked] = told;
    expect(booked?.parts.map(({ type, name }) => [type, name])).toEqual([
      [expect.stringMatching(/^text\/calendar; charset=utf-8; method=REQUEST$/), null],
      [expect.stringMatching(/^application\/ics/), 'visit.ics'],
    ]);
    for (const { raw } of lettersTo(email)) expect(raw).toContain('Subject: You have a message from your clinic');
  });

  it('says nothing of health, whom it is with or what it is for', async () => {
    const { email, patientId, clinician } = await aPatient();
    const mira = await test.as(clinician.userId);
    const asked = { purpose: 'The scar is tight', interpreter: 'Amharic', helperWanted: true };
    const time = { startsAt: clock.nowMs + DAY_MS, durationMinutes: 30 };
    await mira.visits.schedule({ patientId, ...time, kind: 'first', mode: 'video', ...asked });
    await turn();
    const [letter] = calendarsTo(email);
    expect(letter?.parts).toHaveLength(2);
    for (const { text } of letter?.parts ?? [])
      expect(text.replaceAll('\r\n ', '')).not.toMatch(/scar|Amharic|Ana|Duarte|Mira|Solberg|first|hand\b/i);
  });

  it('has the last state of each visit of five minutes, each as a calendar of its own', async () => {
    const ana = await aPatient();
    const { email } = ana;
    const one = await visitOf(ana);
    await one.move(one.startsAt + HOUR_MS, 0);
    const other = await visitOf(ana, 8 * DAY_MS);
    await other.cancel();
    await turn();
    const [letter, ...more] = calendarsTo(email);
    expect(more).toEqual([]);
    expect(letter?.parts.map(({ name }) => name)).toEqual(['visit-1.ics', 'visit-2.ics']);
    expect(letter?.read).toMatchObject([
      { method: 'REQUEST', events: [{ uid: one.visitId, sequence: 1, startsAt: one.startsAt + HOUR_MS }] },
      { method: 'CANCEL', events: [{ uid: other.visitId, sequence: 1 }] },
    ]);
  });

  it('has each visit of a series, also where its reader has read of it in the app, and takes them out again', async () => {
    const { email, userId, patientId, clinician } = await aPatient();
    const mira = (await test.as(clinician.userId)).visits;
    const series = { seriesId: uuidv7(), everyWeeks: 1 as const, count: 3, timeZone: 'Europe/London' };
    const time = { day: localDay(clock.nowMs + 7 * DAY_MS, 'Europe/London'), minutes: 600, durationMinutes: 30 };
    const asked = { patientId, ...time, kind: 'review' as const, leaveOut: [], ...series };
    const { visitIds } = await mira.scheduleSeries(asked);
    await (await test.as(userId)).notices.markRead({ subjectId: visitIds[0] ?? '' });
    await turn();
    const [, second = ''] = visitIds;
    await mira.cancel({ visitId: second, state: 'cancelled', following: true });
    await turn();
    const [booked, off, ...more] = calendarsTo(email);
    expect(more).toEqual([]);
    const uids = (letter: typeof booked) => letter?.read.map(({ method, events }) => `${method} ${events[0]?.uid}`);
    // What was read is left out, as of any visit; its calendar is in the others' letter all the same.
    expect(uids(booked)).toEqual(visitIds.slice(1).map((id) => `REQUEST ${id}`));
    expect(uids(off)).toEqual(visitIds.slice(1).map((id) => `CANCEL ${id}`));
  });

  it('follows a change that its reader has read of in the app, where it took the visit before', async () => {
    const ana = await aPatient();
    const { email, userId } = ana;
    const { visitId, startsAt, move } = await visitOf(ana);
    const own = await test.as(userId);
    await turn();
    await move(startsAt + DAY_MS, 0);
    await own.notices.markRead({ subjectId: visitId });
    await turn();
    const [, followed] = calendarsTo(email);
    expect(followed?.read[0]).toMatchObject({ method: 'REQUEST', events: [{ sequence: 1 }] });
    expect(lettersTo(email)[1]?.subject).toBe('For your calendar');
    // Nothing of that shows in the app, and without a letter before it there is none.
    const other = await aPatient();
    const untold = await visitOf(other);
    await (await test.as(other.userId)).notices.markRead({ subjectId: untold.visitId });
    await turn();
    await untold.move(untold.startsAt + DAY_MS, 0);
    await (await test.as(other.userId)).notices.markRead({ subjectId: untold.visitId });
    await turn();
    expect(lettersTo(other.email)).toEqual([]);
  });

  it('comes once more where nobody said that the letter arrived, and at most twice', async () => {
    const ana = await aPatient();
    const { email, userId } = ana;
    await visitOf(ana);
    manners.set(email, 'die');
    await turn();
    await turn(HOUR_MS);
    await turn(HOUR_MS);
    expect(new Set(lettersTo(email).map(({ messageId }) => messageId)).size).toBe(1);
    expect(calendarsTo(email).map(({ read }) => read[0]?.events.length)).toEqual([1, 1]);
    expect((await test.app.database.read((d) => readDeliveriesOf(d, { userId }))).map(({ state }) => state)).toEqual([
      'unsure',
    ]);
  });

  it('is for a clinician of their own visits alone, with a reference and no name', async () => {
    const ana = await aPatient();
    const other = await aPatient();
    const { visitId } = await visitOf(ana);
    const tell = (userId: string, eventKey: string) =>
      test.app.database.write((d) =>
        insertNotice(d, {
          ...{ id: crypto.randomUUID(), clinicId: cast.clinicId, userId, kind: 'visit_not_held', subjectId: visitId },
          ...{ eventKey, createdAt: clock.nowMs },
        }),
      );
    await tell(ana.clinician.userId, 'a');
    await tell(other.clinician.userId, 'b');
    await turn();
    const [own, others] = [ana, other].map(({ staffEmail }) => calendarsTo(staffEmail).at(-1));
    const reference = visitId.slice(-6).toUpperCase();
    expect(own?.read[0]?.events).toMatchObject([{ uid: visitId, summary: `Visit ${reference}` }]);
    expect(own?.parts[0]?.text).not.toMatch(/Ana|Duarte/);
    expect(others?.parts ?? []).toEqual([]);
  });

  it('has nothing of a visit that is over when the letter goes', async () => {
    const ana = await aPatient();
    await visitOf(ana, 10 * MINUTE_MS);
    await turn(HOUR_MS);
    expect(calendarsTo(ana.email).map(({ parts }) => parts)).toEqual([[]]);
  });
});
