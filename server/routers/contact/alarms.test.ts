import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setEmail } from '#db/factories/news';
import { listNotices } from '#db/queries/contact/notices';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { createSender, planDeliveries } from '#server/contact/deliver';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { type Manner, startMailServer } from '#server/testing/mail-server';

const manners = new Map<string, Manner>();
const mail = await startMailServer((to) => manners.get(to) ?? 'take');
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'Larkfield <post@larkfield.example>' });
const { clock } = test;
let cast: Cast;

beforeAll(() => () => mail.stop());

beforeEach(async () => {
  clock.nowMs += 4 * DAY_MS;
  manners.clear();
  cast = await makeCast(test.app);
  await test.app.database.write((d) => setEmail(d, { userId: cast.mira.userId, email: address('lead') }));
});

const address = (name: string) => `${name}.${cast.clinicId.slice(-12)}@larkfield.example`;
const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const toldTo = async ({ userId }: { userId: string }) =>
  (await test.app.database.read((d) => listNotices(d, { userId, before: null, limit: 20 }))).map(({ kind }) => kind);

const write = async (body: string, by = ana) =>
  (await by()).messages.send({
    ...{ messageId: uuidv7(), episodeId: cast.ana.episodeId, body, about: null, writtenAt: clock.nowMs },
  });
const waits = async () => (await (await mira()).messages.inbox({ view: 'mine' })).rows[0]?.waiting;

async function sendLetters() {
  const worker = { clock: () => clock.nowMs, signal: new AbortController().signal };
  await planDeliveries(test.app, worker);
  await createSender(test.app, { channel: 'email', isUrgent: true, senders: 1 })(worker);
}

describe('a message with a word that alarms', () => {
  it('is marked with it on both sides, and stays promised', async () => {
    const plain = await write('May I use softer putty?');
    const numb = await write('My finger is NUMB since then.');
    expect(numb.promisedAt).toBe(plain.promisedAt);
    expect(numb.promisedAt).not.toBeNull();
    expect(await waits()).toMatchObject({ says: ['numb'], rank: 1, isRed: false });
    const [thread] = (await (await ana()).messages.mine()).threads;
    expect(thread?.messages.map(({ says }) => says)).toEqual([['numb'], []]);
  });

  it('goes before one that is due earlier, and tells also who has not looked at the one before', async () => {
    await write('When is my visit?');
    await write('It went cold and blue: cold finger');
    expect(await toldTo(cast.mira)).toEqual(['message_waiting', 'message_waiting']);
    clock.nowMs += HOUR_MS;
    await write('Thank you', mira);
    expect(await waits()).toBeNull();
    await write('Fine now');
    expect(await waits()).toMatchObject({ says: [], rank: 2 });
  });

  it('of the care team is not looked for', async () => {
    await write('Is it still numb?', mira);
    const [thread] = (await (await ana()).messages.mine()).threads;
    expect(thread?.messages[0]?.says).toEqual([]);
  });

  it('is looked for in the list that the clinic has now, and in that of no other', async () => {
    const admin = await test.as(cast.admin.userId);
    const { alarmWords } = await admin.clinic.get();
    await admin.clinic.editAlarmWords({ ...alarmWords, alarm: ['taub*'] });
    await write('Der Finger ist taub, numb.');
    expect(await waits()).toMatchObject({ says: ['taub'] });
    const { clinic } = await (await ana()).messages.mine();
    expect(clinic.words).toEqual({ ...alarmWords, alarm: ['taub*'], version: alarmWords.version + 1 });
  });
});

describe('words of self-harm', () => {
  it('are urgent news to the care team, say nothing outside the app, and are promised no date', async () => {
    const sent = await write('I want to die.');
    expect(sent).toMatchObject({ isRed: true, promisedAt: null });
    expect(await waits()).toMatchObject({ says: ['want to die'], rank: 0 });
    expect(await toldTo(cast.mira)).toEqual(expect.arrayContaining(['message_crisis', 'message_waiting']));
    await sendLetters();
    const letters = mail.received.filter(({ to }) => to === address('lead'));
    expect(letters).toHaveLength(1);
    expect(letters[0]?.raw).toContain('Urgent: someone needs a look');
    expect(letters[0]?.raw).not.toMatch(/Ana|Duarte|die/);
    for (const other of [cast.colleague, cast.admin]) expect(await toldTo(other)).toEqual([]);
  });

  it('go to all clinicians and the admins where who treats the patient is reached by no way, once each', async () => {
    manners.set(address('lead'), 'refuse');
    await write('I want to die.');
    await sendLetters();
    for (const other of [cast.colleague, cast.admin]) expect(await toldTo(other)).toEqual(['message_crisis']);
    await sendLetters();
    for (const other of [cast.colleague, cast.admin]) expect(await toldTo(other)).toEqual(['message_crisis']);
    expect(await toldTo(cast.outsider)).toEqual([]);
  });
});
