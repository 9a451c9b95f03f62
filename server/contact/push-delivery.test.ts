import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeNews, readDeliveriesOf, setEmail } from '#db/factories/news';
import { makePatient, makeStaff } from '#db/factories/people';
import { findPushKeys, saveSubscription } from '#db/queries/contact/push';
import { DEFAULT_CHOICES } from '#domain/contact/choices';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { startMailServer } from '#server/testing/mail-server';
import { type PushManner, type Subscribed, startPushReceiver } from '#server/testing/push-receiver';
import { createChannels } from './channels';
import { createSender, planDeliveries } from './deliver';
import { createPushKeys } from './push-keys';

const manners = new Map<string, PushManner>();
const receiver = await startPushReceiver((path) => manners.get(path) ?? 201);
let isMailThere = true;
const mail = await startMailServer(() => (isMailThere ? 'take' : 'drop'));
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'Larkfield <post@larkfield.example>' });
let cast: Cast;
const { clock } = test;
const worker = { clock: () => clock.nowMs, signal: new AbortController().signal };

/** The process as it runs, but for the way to a push service on this machine. */
const app = () => {
  const pushKeys = createPushKeys(test.app.database);
  return { ...test.app, channels: createChannels(test.app.env, { pushKeys, reach: receiver.options }) };
};

beforeAll(async () => {
  cast = await makeCast(test.app);
  await (await test.as(cast.admin.userId)).clinic.editPush({ version: 1, isAgreed: true });
  return async () => {
    await receiver.stop();
    await mail.stop();
  };
});

beforeEach(() => {
  clock.nowMs += 4 * DAY_MS - (clock.nowMs % DAY_MS) + 10 * HOUR_MS;
  manners.clear();
  isMailThere = true;
});

let n = 0;
type Person = { userId: string; email: string; devices: Subscribed[] };

/** An account with devices that show notifications. */
async function withDevices(who: 'patient' | 'staff', count: number): Promise<Person> {
  const email = `person${++n}@example.org`;
  const { clinicId } = cast;
  const made = await test.app.database.write(function* (d) {
    if (who === 'staff') return yield* makeStaff(d, { clinicId, name: 'Mira', email });
    return yield* makePatient(d, { clinicId, name: 'Ana', lead: cast.mira, login: { email, passwordHash: null } });
  });
  const userId = made.userId ?? '';
  const devices = Array.from({ length: count }, () => receiver.subscribe());
  for (const { endpoint, p256dh, auth } of devices)
    await (await test.as(userId)).contact.addPush({ endpoint, p256dh, auth });
  return { userId, email, devices };
}

const tell = (userId: string, kind: string) =>
  test.app.database.write((d) => makeNews(d, { clinicId: cast.clinicId, userId, kind, at: clock.nowMs }));
const rowsOf = (userId: string, channel = 'push') =>
  test.app.database
    .read((d) => readDeliveriesOf(d, { userId }))
    .then((rows) => rows.filter((row) => row.channel === channel));
const pathOf = ({ endpoint }: Subscribed) => new URL(endpoint).pathname;
const pushedTo = (device: Subscribed) => receiver.received.filter(({ path }) => path === pathOf(device));
const titlesOf = (device: Subscribed) => pushedTo(device).map(({ body }) => JSON.parse(device.read(body)).title);
const lettersTo = (email: string) => mail.received.filter(({ to }) => to === email);

async function turn(afterMs = 0): Promise<void> {
  clock.nowMs += afterMs;
  const running = app();
  await planDeliveries(running, worker);
  for (const channel of ['email', 'push'] as const)
    for (const isUrgent of [true, false]) await createSender(running, { channel, isUrgent, senders: 2 })(worker);
}

describe('notifications', () => {
  it('reach every device once beside the e-mail, for all of five minutes', async () => {
    const { userId, email, devices } = await withDevices('patient', 2);
    await tell(userId, 'review_published');
    await turn();
    await tell(userId, 'program_changed');
    await turn(MINUTE_MS);
    expect(devices.flatMap(titlesOf)).toEqual([]);
    await turn(5 * MINUTE_MS);
    await turn(HOUR_MS);
    for (const device of devices) expect(titlesOf(device)).toEqual(['You have a message from your clinic']);
    expect(lettersTo(email)).toHaveLength(1);
  });

  it('keep to quiet hours, to what was turned off and to the morning; urgent ones to nothing, each alone', async () => {
    const { userId, devices } = await withDevices('staff', 1);
    const [device] = devices;
    if (!device) throw new Error('it has one');
    const own = await test.as(userId);
    await own.contact.choose({ ...DEFAULT_CHOICES, emailOff: ['answers'], digest: 'morning' });
    clock.nowMs += 13 * HOUR_MS;
    for (const kind of ['feedback_not_clear', 'care_team_joined', 'flag_raised', 'flag_raised'])
      await tell(userId, kind);
    await turn();
    expect(titlesOf(device)).toEqual(Array(2).fill('Urgent: someone needs a look'));
    await turn(8 * HOUR_MS);
    expect(titlesOf(device)).toHaveLength(2);
    await turn(2 * HOUR_MS);
    expect(titlesOf(device).slice(2)).toEqual(['You have news in Regrasp']);
  });

  it.each([404, 410])('of a device that its service knows no more (%i) end, and go on to the others', async (gone) => {
    const { userId, devices } = await withDevices('patient', 2);
    const [one, other] = devices;
    if (!one || !other) throw new Error('it has two');
    manners.set(pathOf(one), gone);
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect((await rowsOf(userId)).map(({ state }) => state).toSorted()).toEqual(['dead', 'sent']);
    expect((await (await test.as(userId)).contact.push()).devices).toHaveLength(1);
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect([pushedTo(one).length, pushedTo(other).length]).toEqual([1, 2]);
  });

  it('are tried again with growing pauses where the service is busy, and taken once', async () => {
    const { userId, devices } = await withDevices('patient', 1);
    const [device] = devices;
    if (!device) throw new Error('it has one');
    manners.set(pathOf(device), 503);
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    await turn(10_000);
    expect(pushedTo(device)).toHaveLength(1);
    await turn(HOUR_MS);
    await turn(HOUR_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'queued', lastError: 'http_503' }]);
    const late = await (await test.as(cast.admin.userId)).contact.delivery();
    expect([late.push.waiting, late.waiting]).toEqual([1, 0]);
    manners.clear();
    await turn(HOUR_MS);
    await turn(HOUR_MS);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'sent' }]);
    expect(pushedTo(device)).toHaveLength(4);
    // The clinic sees it, and e-mail is not blamed for it.
    const seen = await (await test.as(cast.admin.userId)).contact.delivery();
    expect(seen.push).toMatchObject({ lastSentAt: expect.any(Number), waiting: 0, waitingSince: null });
  });

  it('whose line was cut are repeated once, to take the first one’s place, and then not again', async () => {
    const { userId, devices } = await withDevices('patient', 1);
    const [device] = devices;
    if (!device) throw new Error('it has one');
    manners.set(pathOf(device), 'cut');
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    for (let k = 0; k < 4; k++) await turn(HOUR_MS);
    expect(pushedTo(device)).toHaveLength(2);
    expect(new Set(pushedTo(device).map(({ headers }) => headers.topic)).size).toBe(1);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'unsure', unsureCount: 2 }]);
  });

  it('wait for no mail server that is gone', async () => {
    const { userId, devices } = await withDevices('patient', 1);
    isMailThere = false;
    const many = await Promise.all(Array.from({ length: 5 }, () => withDevices('patient', 0)));
    for (const one of many) await tell(one.userId, 'review_published');
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(devices.map((device) => titlesOf(device).length)).toEqual([1]);
    expect(await rowsOf(userId, 'email')).toMatchObject([{ state: 'queued' }]);
  });

  it('of what was read in the app are not sent', async () => {
    const { userId, devices } = await withDevices('patient', 1);
    const { subjectId } = await tell(userId, 'review_published');
    await turn();
    await (await test.as(userId)).notices.markRead({ subjectId });
    await turn(5 * MINUTE_MS);
    expect(devices.flatMap(titlesOf)).toEqual([]);
    expect(await rowsOf(userId)).toMatchObject([{ state: 'dropped' }]);
  });

  it('and letters of a reminder leave at once, also at night, and are not sent when its time is over', async () => {
    const { userId, email, devices } = await withDevices('patient', 1);
    const [device] = devices;
    if (!device) throw new Error('it has one');
    clock.nowMs += 13 * HOUR_MS;
    const remind = () => {
      const about = { clinicId: cast.clinicId, userId, kind: 'reminder_practice', at: clock.nowMs };
      return test.app.database.write((d) => makeNews(d, { ...about, expiresAt: clock.nowMs + HOUR_MS }));
    };
    await remind();
    await turn();
    expect([titlesOf(device).length, lettersTo(email).length]).toEqual([1, 1]);
    // Nobody takes it for longer than it is of use.
    isMailThere = false;
    manners.set(pathOf(device), 503);
    await remind();
    for (const wait of [0, 20 * MINUTE_MS, 30 * MINUTE_MS]) await turn(wait);
    isMailThere = true;
    manners.clear();
    const before = pushedTo(device).length;
    for (const wait of [15 * MINUTE_MS, 2 * HOUR_MS]) await turn(wait);
    expect([pushedTo(device).length, lettersTo(email).length]).toEqual([before, 1]);
    expect((await rowsOf(userId)).map(({ state }) => state)).toEqual(['sent', 'dropped']);
    expect((await rowsOf(userId, 'email')).map(({ state }) => state)).toEqual(['sent', 'dropped']);
  });

  it('let urgent news go on to others where the only device is gone and no e-mail is there', async () => {
    const { userId, devices } = await withDevices('staff', 1);
    await test.app.database.write((d) => setEmail(d, { userId, email: null }));
    for (const device of devices) manners.set(pathOf(device), 410);
    await tell(userId, 'flag_raised');
    await turn();
    expect(await rowsOf(userId)).toMatchObject([{ state: 'dead', undeliveredAt: clock.nowMs }]);
  });
});

describe('the clinic’s word', () => {
  it('ends every device of the clinic when it is taken back, and what is on its way', async () => {
    const { userId, devices } = await withDevices('patient', 1);
    await tell(userId, 'review_published');
    await turn();
    const admin = await test.as(cast.admin.userId);
    const { version } = (await admin.clinic.get()).push;
    await admin.clinic.editPush({ version, isAgreed: false });
    const own = await test.as(userId);
    expect(await own.contact.push()).toMatchObject({ isAgreed: false, devices: [] });
    await turn(5 * MINUTE_MS);
    expect(devices.flatMap(titlesOf)).toEqual([]);
    const { endpoint, p256dh, auth } = receiver.subscribe();
    await expect(own.contact.addPush({ endpoint, p256dh, auth })).rejects.toMatchObject({ code: 'CONFLICT' });
    // One that slipped in beside it is not asked either.
    const row = { id: userId, userId, clinicId: cast.clinicId, sessionId: userId, endpoint, p256dh, auth };
    await test.app.database.write((d) => saveSubscription(d, { ...row, createdAt: clock.nowMs }));
    await tell(userId, 'review_published');
    await turn();
    await turn(5 * MINUTE_MS);
    expect(receiver.received.some(({ path }) => path === new URL(endpoint).pathname)).toBe(false);
    await admin.clinic.editPush({ version: version + 1, isAgreed: true });
  });
});

describe('the keys of a store', () => {
  it('are made once, however many ask, and are the same after a start', async () => {
    const ask = () => createPushKeys(test.app.database)();
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(other).toEqual(one);
    expect(await test.app.database.read((d) => findPushKeys(d))).toMatchObject(one);
    expect((await (await test.as(cast.mira.userId)).contact.push()).publicKey).toBe(one.publicKey);
  });
});
