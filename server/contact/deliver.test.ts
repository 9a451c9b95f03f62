import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeNews, readDeliveriesOf, setEmail } from '#db/factories/news';
import { makePatient, makeStaff } from '#db/factories/people';
import { doubtOpenDeliveries, markHandedOver } from '#db/queries/contact/deliveries';
import { setLoginEnded } from '#db/queries/people/records';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { claimMessage } from '#server/acts/contact/claim';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { type Manner, startMailServer } from '#server/testing/mail-server';
import { createSender, forgetDeliveries, planDeliveries } from './deliver';

/** How the server treats letters to an address; one that is not here is taken. */
const manners = new Map<string, Manner>();
const mail = await startMailServer((to) => manners.get(to) ?? 'take');
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'Larkfield <post@larkfield.example>' });
let cast: Cast;
const { clock } = test;
const worker = { clock: () => clock.nowMs, signal: new AbortController().signal };

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
async function aPatient(email = `patient${++n}@example.org`) {
  const { clinicId } = cast;
  const login = { email, passwordHash: null };
  const made = await test.app.database.write((d) => makePatient(d, { clinicId, name: 'Ana', lead: cast.mira, login }));
  return { email, patientId: made.patientId, userId: made.userId ?? '' };
}

async function aClinician(email = `staff${++n}@larkfield.example`) {
  const made = await test.app.database.write((d) => makeStaff(d, { clinicId: cast.clinicId, name: 'Mira', email }));
  return { email, ...made };
}

const news = (userId: string, kind: string) =>
  test.app.database.write((d) => makeNews(d, { clinicId: cast.clinicId, userId, kind, at: clock.nowMs }));
const rowsOf = (userId: string) => test.app.database.read((d) => readDeliveriesOf(d, { userId }));
const statesOf = async (userId: string) => (await rowsOf(userId)).map(({ state }) => state);
const lettersTo = (email: string) => mail.received.filter(({ to }) => to === email);

/** As the loops of the process do, some time later. */
async function turn(afterMs = 0): Promise<void> {
  clock.nowMs += afterMs;
  await planDeliveries(test.app, worker);
  await createSender(test.app, { channel: 'email', isUrgent: true, senders: 1 })(worker);
  await createSender(test.app, { channel: 'email', isUrgent: false, senders: 3 })(worker);
}

const claimOnly = (token: string, isUrgent: boolean) =>
  runAsServer(test.app, { act: null, nowMs: clock.nowMs }, (d, work) =>
    claimMessage(d, work, { isUrgent, channel: 'email', token, leaseMs: MINUTE_MS, waysOf: test.app.channels.waysOf }),
  );

describe('news that leaves the app', () => {
  it('is one e-mail for all of five minutes, and says that there is news and nothing else', async () => {
    const { userId, email } = await aPatient();
    const one = await news(userId, 'review_published');
    await turn();
    expect(lettersTo(email)).toEqual([]);
    clock.nowMs += 2 * MINUTE_MS;
    await news(userId, 'program_changed');
    await turn(3 * MINUTE_MS);
    await turn(10 * MINUTE_MS);
    const [letter, ...more] = lettersTo(email);
    expect(more).toEqual([]);
    expect(await statesOf(userId)).toEqual(['sent', 'sent']);
    expect(letter?.subject).toBe('You have a message from your clinic');
    const raw = letter?.raw ?? '';
    expect(raw).not.toMatch(/Ana|Mira|review|program|hand|pain|exercise/i);
    expect(raw).toContain('http://127.0.0.1:3000/today');
    for (const id of [userId, cast.clinicId, one.noticeId, one.subjectId]) expect(raw).not.toContain(id);
    expect(raw).toMatch(/^From: Larkfield <post@larkfield\.example>$/m);
    expect(raw).toMatch(/^Auto-Submitted: auto-generated$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(raw).not.toMatch(/<(img|script|style|link)/i);
  });

  it('is for staff of other words, and urgent of others again, alone, at once and at night', async () => {
    const { userId, email } = await aClinician();
    clock.nowMs += 13 * HOUR_MS;
    await news(userId, 'care_team_joined');
    for (let k = 0; k < 2; k++) await news(userId, 'flag_raised');
    await turn();
    expect(lettersTo(email).map(({ subject }) => subject)).toEqual(Array(2).fill('Urgent: someone needs a look'));
    expect(lettersTo(email)[0]?.raw).not.toMatch(/List-Unsubscribe|\/unsubscribe\//);
    await turn(8 * HOUR_MS);
    expect(lettersTo(email)).toHaveLength(2);
    await turn(HOUR_MS);
    expect(lettersTo(email).at(-1)?.subject).toBe('You have news in Regrasp');
    expect(lettersTo(email)).toHaveLength(3);
  });

  it('is not sent once it was read in the app, unless it is urgent', async () => {
    const { userId, email } = await aClinician();
    const { subjectId } = await news(userId, 'care_team_joined');
    await turn();
    await (await test.as(userId)).notices.markRead({ subjectId });
    await turn(5 * MINUTE_MS);
    expect(lettersTo(email)).toEqual([]);
    expect(await statesOf(userId)).toEqual(['dropped']);
  });

  it('keeps to what its person chose, and safety to nothing', async () => {
    const { userId, email } = await aClinician();
    const own = await test.as(userId);
    await own.contact.choose({ ...DEFAULT_CHOICES, emailOff: ['answers', 'team'], digest: 'morning' });
    for (const kind of ['feedback_not_clear', 'care_team_joined', 'feedback_it_hurts', 'flag_raised'])
      await news(userId, kind);
    await turn();
    await turn(5 * MINUTE_MS);
    expect(lettersTo(email).map(({ subject }) => subject)).toEqual([
      'Urgent: someone needs a look',
      'You have news in Regrasp',
    ]);
    await own.contact.choose({ ...DEFAULT_CHOICES, digest: 'morning' });
    for (const kind of ['feedback_not_clear', 'care_team_joined']) await news(userId, kind);
    await turn(6 * MINUTE_MS);
    expect(lettersTo(email)).toHaveLength(2);
    await turn(DAY_MS - 3 * HOUR_MS);
    await turn(2 * HOUR_MS);
    expect(lettersTo(email)).toHaveLength(3);
  });

  it('does not go to who cannot sign in any more', async () => {
    const { userId, email, patientId } = await aPatient();
    await news(userId, 'review_published');
    await turn();
    const scope = { clinicId: cast.clinicId, patientId };
    await test.app.database.write((d) => setLoginEnded(d, { ...scope, endedAt: clock.nowMs }));
    await news(userId, 'visit_booked');
    await turn(5 * MINUTE_MS);
    expect(lettersTo(email)).toEqual([]);
    expect(await statesOf(userId)).toEqual(['dropped']);
  });

  it('of a kind that nobody knows stays in the app and holds up nothing', async () => {
    const { userId, email } = await aPatient();
    await news(userId, 'nobody_knows');
    await news(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(lettersTo(email)).toHaveLength(1);
  });
});

describe('addresses', () => {
  it.each([
    ['with a plus part, of the clinic’s own domain', 'post+hand@larkfield.example', 1],
    ['in capital letters of a name', 'o’neil@example.org', 1],
    ['a phone number', '07700 900123', 0],
    ['two', 'a@example.org,b@example.org', 0],
    ['with a header behind it', 'a@example.org\r\nBcc: b@example.org', 0],
    ['in HTML', '<b>a@example.org</b>', 0],
    ['none', null, 0],
  ])('%s', async (_what, email, arrived) => {
    const { userId } = await aPatient();
    await test.app.database.write((d) => setEmail(d, { userId, email: email && `${++n}${email}` }));
    const before = mail.received.length;
    await news(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(mail.received.length - before).toBe(arrived);
    expect(mail.received.every(({ raw }) => !/^Bcc:/im.test(raw))).toBe(true);
  });

  it('that are refused are not tried again, are shown to the clinic, and let urgent news be known', async () => {
    const { userId, email } = await aClinician();
    manners.set(email, 'refuse');
    await news(userId, 'care_team_joined');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'dead', lastError: 'smtp_550', undeliveredAt: null }]);
    const admin = await test.as(cast.admin.userId);
    expect((await admin.contact.delivery()).dead).toMatchObject([{ userId, code: 'smtp_550' }]);
    manners.delete(email);
    await news(userId, 'care_team_joined');
    await news(userId, 'flag_raised');
    await turn();
    expect((await rowsOf(userId)).slice(1)).toMatchObject([{ state: 'dead', undeliveredAt: clock.nowMs }]);
    expect(lettersTo(email)).toEqual([]);

    const other = `other${++n}@larkfield.example`;
    await test.app.database.write((d) => setEmail(d, { userId, email: other }));
    expect((await admin.contact.delivery()).dead).toEqual([]);
    await news(userId, 'care_team_joined');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(lettersTo(other)).toHaveLength(1);
  });

  it('that change on the way are those that are used', async () => {
    const { userId, email } = await aPatient();
    await news(userId, 'review_published');
    await turn();
    await test.app.database.write((d) => setEmail(d, { userId, email: `new${email}` }));
    await turn(5 * MINUTE_MS);
    await turn();
    await turn(5 * MINUTE_MS);
    expect([lettersTo(email).length, lettersTo(`new${email}`).length]).toEqual([0, 1]);
  });
});

describe('at least once, at most twice', () => {
  const sendNow = async (manner: Manner) => {
    const one = await aPatient();
    manners.set(one.email, manner);
    await news(one.userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    return one;
  };

  it('a letter whose line was cut is repeated as it was, and then not again', async () => {
    const { userId, email } = await sendNow('die');
    expect(await rowsOf(userId)).toMatchObject([{ state: 'queued', unsureCount: 1 }]);
    await news(userId, 'program_changed');
    for (let k = 0; k < 5; k++) await turn(HOUR_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'unsure', unsureCount: 2 }, { state: 'unsure' }]);
    const names = lettersTo(email).map(({ messageId }) => messageId);
    // Each of the two news twice; a repetition carries the first one's name and nothing else.
    expect(names).toHaveLength(4);
    expect(new Set(names).size).toBe(2);
  });

  it.each<Manner>(['later', 'policy', 'reject', 'drop'])(
    'a server that says %s is asked until it takes it, once',
    async (manner) => {
      const { userId, email } = await sendNow(manner);
      for (let k = 0; k < 5; k++) await turn(HOUR_MS);
      expect(await statesOf(userId)).toEqual(['queued']);
      manners.delete(email);
      await turn(HOUR_MS);
      await turn(HOUR_MS);
      expect(await statesOf(userId)).toEqual(['sent']);
      expect(lettersTo(email)).toHaveLength(1);
    },
  );

  it('what nobody takes for three days is given up', async () => {
    const { userId } = await sendNow('later');
    await turn(3 * DAY_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'dead', lastError: 'given_up' }]);
    await forgetDeliveries(test.app, clock.nowMs + 91 * DAY_MS);
    expect(await rowsOf(userId)).toEqual([]);
  });

  it('a sender that dies before it sent is followed by another, after its lease', async () => {
    const { userId, email } = await aPatient();
    await news(userId, 'review_published');
    await turn();
    clock.nowMs += 5 * MINUTE_MS;
    for (let k = 0; k < 3; k++) {
      expect(await claimOnly(`dead-${n}-${k}`, false)).toMatchObject({ to: email });
      await turn();
      expect(lettersTo(email)).toEqual([]);
      clock.nowMs += MINUTE_MS + 1;
    }
    await turn();
    expect(lettersTo(email)).toHaveLength(1);
    expect(await statesOf(userId)).toEqual(['sent']);
  });

  it('senders that die with the letter in their hands are followed once, and then somebody else must hear of it', async () => {
    const { userId, email } = await aClinician();
    await news(userId, 'flag_raised');
    await planDeliveries(test.app, worker);
    for (const token of [`hands-${n}-1`, `hands-${n}-2`]) {
      expect(await claimOnly(token, true)).toMatchObject({ to: email });
      await test.app.database.write((d) => markHandedOver(d, { token }));
      clock.nowMs += MINUTE_MS + 1;
    }
    await turn();
    expect(lettersTo(email)).toEqual([]);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'unsure', undeliveredAt: clock.nowMs }]);
  });

  it('one whose claim was taken over sends nothing and says nothing', async () => {
    const { userId } = await aPatient();
    await news(userId, 'review_published');
    await turn();
    clock.nowMs += 5 * MINUTE_MS;
    await claimOnly(`slow-${n}`, false);
    clock.nowMs += MINUTE_MS + 1;
    await turn();
    expect(await test.app.database.write((d) => markHandedOver(d, { token: `slow-${n}` }))).toBe(false);
    expect(await statesOf(userId)).toEqual(['sent']);
  });

  it('many senders at once send each once', async () => {
    const people = await Promise.all(Array.from({ length: 8 }, () => aPatient()));
    for (const { userId } of people) await news(userId, 'review_published');
    await Promise.all([planDeliveries(test.app, worker), planDeliveries(test.app, worker)]);
    clock.nowMs += 5 * MINUTE_MS;
    await Promise.all(
      [1, 2, 3].map(() => createSender(test.app, { channel: 'email', isUrgent: false, senders: 3 })(worker)),
    );
    for (const { email } of people) expect(lettersTo(email)).toHaveLength(1);
  });

  it('what waited in a backup that is restored is sent once, and never twice', async () => {
    const { userId, email } = await sendNow('later');
    await test.app.database.write((d) => doubtOpenDeliveries(d));
    manners.set(email, 'die');
    for (let k = 0; k < 4; k++) await turn(HOUR_MS);
    expect(await statesOf(userId)).toEqual(['unsure']);
    expect(lettersTo(email)).toHaveLength(1);
  });
});

describe('urgent news that does not get through', () => {
  it('is known after ten minutes, and still sent', async () => {
    const { userId, email } = await aClinician();
    manners.set(email, 'later');
    await news(userId, 'flag_raised');
    await turn();
    await turn(9 * MINUTE_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'queued', undeliveredAt: null }]);
    await turn(MINUTE_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'queued', undeliveredAt: clock.nowMs }]);
    manners.delete(email);
    await turn(MINUTE_MS);
    expect(await statesOf(userId)).toEqual(['sent']);
    expect(lettersTo(email)).toHaveLength(1);
  });

  it('is known at once where there is no address', async () => {
    const { userId } = await aClinician();
    await test.app.database.write((d) => setEmail(d, { userId, email: null }));
    await news(userId, 'flag_escalated');
    await turn();
    expect(await rowsOf(userId)).toMatchObject([
      { state: 'dead', lastError: 'no_address', undeliveredAt: clock.nowMs },
    ]);
  });

  it('waits for no slow letter to somebody else', async () => {
    const { userId, email } = await aClinician();
    const slow = await Promise.all(Array.from({ length: 6 }, () => aPatient()));
    for (const one of slow) {
      manners.set(one.email, 'slow');
      await news(one.userId, 'review_published');
    }
    await turn();
    clock.nowMs += 5 * MINUTE_MS;
    const others = createSender(test.app, { channel: 'email', isUrgent: false, senders: 3 })(worker);
    await news(userId, 'flag_raised');
    await planDeliveries(test.app, worker);
    await createSender(test.app, { channel: 'email', isUrgent: true, senders: 1 })(worker);
    expect(lettersTo(email)).toHaveLength(1);
    expect(mail.received.at(-1)?.to).not.toBe(slow.at(-1)?.email);
    await others;
  });
});
