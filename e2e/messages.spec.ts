import type { Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import { makeCheckIn, makeReview } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { closeEpisode } from '../db/factories/messages';
import { makePatient, makeStaff } from '../db/factories/people';
import { listMessages } from '../db/queries/contact/messages';
import { insertCareTeam } from '../db/queries/people/care-team';
import { insertEpisode } from '../db/queries/people/patients';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const list = (page: Page) => page.getByRole('list', { name: 'Messages with your clinic' });
const line = (page: Page) => page.getByRole('textbox', { name: 'Your message' });
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation with Ana Duarte' });

async function write(page: Page, body: string): Promise<void> {
  await line(page).fill(body);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

const stored = (server: TestServer, { clinicId, ana }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const of = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId };
      const rows = yield* listMessages(d, { ...of, before: null, limit: 20 });
      return rows.map(({ message }) => message.body);
    }),
  );

/** How many drafts this device keeps. */
const keptTexts = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const opened = indexedDB.open('regrasp-texts');
        opened.onsuccess = () => {
          const { result } = opened;
          if (!result.objectStoreNames.contains('texts')) return resolve(0);
          const counted = result.transaction('texts').objectStore('texts').count();
          counted.onsuccess = () => {
            result.close();
            resolve(counted.result);
          };
        };
      }),
  );

/** Priya, who treats Ana too. */
const withPriya = (server: TestServer, { clinicId, ana }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const priya = yield* makeStaff(d, { clinicId, name: 'Priya Nair' });
      const place = { membershipId: priya.membershipId, part: 'member' as const, fromAt: Date.now() - 60_000 };
      yield* insertCareTeam(d, { id: uuidv7(), clinicId, patientId: ana.patientId, ...place });
      return priya;
    }),
  );

test('A question comes back answered', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/patients');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('link', { name: 'Write to your clinic' }).click();
  await expect(ana.getByRole('heading', { name: 'Your care team' })).toBeVisible();
  await expect(ana.getByText(/^If you write now: answered by .+ Not for emergencies: ring 999/)).toBeVisible();
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByRole('main').getByRole('alert')).toHaveText('Write something first.');
  await line(ana).fill('x'.repeat(5000));
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByRole('main').getByRole('alert')).toContainText('longer than one message can be');
  await expect(line(ana)).toHaveValue('x'.repeat(5000));
  await ana.getByText('Name an exercise').click();
  await ana.getByRole('button', { name: 'Full fist and open, right hand' }).click();
  await write(ana, 'May I use softer putty?\n<b>Today</b>');
  await expect(list(ana).getByRole('listitem').last()).toContainText('May I use softer putty?');
  await expect(list(ana)).toContainText('<b>Today</b>');
  await expect(list(ana)).toContainText('Full fist and open');
  await expect(list(ana)).toContainText('Sent');
  await expect(ana.getByText(/^Answered by /)).toBeVisible();
  await expect(line(ana)).toHaveValue('');

  const bar = mira.getByRole('navigation', { name: 'Main' });
  await expect(bar.getByRole('link', { name: 'Messages 1' })).toBeVisible();
  await bar.getByRole('link', { name: 'Messages 1' }).click();
  await expect(mira.getByRole('heading', { name: 'One waits for you' })).toBeVisible();
  await expectAccessible(mira, 'the list of messages');
  await mira
    .getByRole('region', { name: 'Conversations' })
    .getByRole('link', { name: /Ana Duarte/ })
    .click();
  await expect(conversation(mira)).toContainText('May I use softer putty?');
  await expect(list(ana)).toContainText('Mira read it');
  await expectAccessible(mira, 'a thread at the clinic');
  for (const width of [360, 768, 1440]) {
    await mira.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(mira, `a thread at the clinic at ${width}`);
  }
  await mira.setViewportSize({ width: 360, height: 800 });
  await expectRoomForLargeText(mira, 'a thread at the clinic');
  await mira.setViewportSize({ width: 1280, height: 800 });
  await mira.getByRole('textbox', { name: 'Message to Ana' }).fill('Yes, one level softer.');
  await mira.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(conversation(mira)).toContainText('Yes, one level softer.');
  await expect(mira.getByRole('heading', { name: 'Nobody waits for you' })).toBeVisible();

  await expect(list(ana).getByRole('listitem').last()).toContainText('Yes, one level softer.');
  await expect(conversation(mira)).toContainText(/Read \d/);
  await expect(ana.getByText(/^If you write now/)).toBeVisible();
  await expectAccessible(ana, 'messages of a patient');
  await expectNoSidewaysScroll(ana, 'messages of a patient');
  await expectRoomForLargeText(ana, 'messages of a patient');

  await ana.goto('/today');
  await mira.getByRole('textbox', { name: 'Message to Ana' }).fill('And rest it on Sunday.');
  await mira.getByRole('button', { name: 'Send', exact: true }).click();
  await ana.getByRole('link', { name: 'Mira Solberg wrote to you “And rest it on Sunday.”' }).click();
  await expect(list(ana)).toContainText('And rest it on Sunday.');
});

test('A message written without a line is sent once, when there is one', async ({ people, server, announced }) => {
  test.setTimeout(120_000);
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect
    .poll(() => ana.evaluate(async () => (await caches.match('/messages')) !== undefined), { timeout: 30_000 })
    .toBe(true);
  await ana.goto('/messages');
  await write(ana, 'The first, with a line');
  await expect(list(ana)).toContainText('Sent');

  await ana.context().setOffline(true);
  await ana.reload();
  await expect(list(ana)).toContainText('The first, with a line');
  await expect(ana.getByText(/^No line\. You can read and write all the same/)).toBeVisible();
  await line(ana).fill('Begun on the tr');
  // Typing is kept a moment after it.
  await expect.poll(() => keptTexts(ana)).toBe(1);
  await ana.reload();
  await expect(line(ana)).toHaveValue('Begun on the tr');
  await write(ana, 'Begun on the train');
  await expect(list(ana).getByRole('listitem').last()).toContainText('Waits for a line');
  await expect(ana.getByText(/^The time for an answer begins when this is sent\. Not for emergencies/)).toBeVisible();
  await expect(ana.getByText('1 waits')).toBeVisible();
  await expectAccessible(ana, 'messages without a line');
  await ana.reload();
  await expect(list(ana).getByRole('listitem').last()).toContainText('Begun on the train');

  await ana.context().setOffline(false);
  await expect(ana.getByText('All sent')).toBeVisible({ timeout: 60_000 });
  await expect(list(ana).getByRole('listitem').last()).toContainText('Sent');
  await expect(ana.getByText(/^Answered by /)).toBeVisible();
  expect(await stored(server, pair)).toEqual(['Begun on the train', 'The first, with a line']);
});

test('A team note never reaches the patient', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const priya = await withPriya(server, pair);
  const secret = 'She wore the ring again';
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const heard: Promise<string>[] = [];
  ana.on('response', (response) => {
    // The stream of events has no end, and says only what changed.
    if (/\/api\/(?!trpc\/live)/.test(response.url())) heard.push(response.text().catch(() => ''));
  });
  await ana.goto('/messages');
  await write(ana, 'It is better today');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/threads/${pair.ana.episodeId}`);
  await mira.getByRole('radio', { name: 'Team only' }).check();
  await mira.getByRole('textbox', { name: 'Note for the team' }).fill(secret);
  // The text for the team does not become one for the patient by the switch.
  await mira.getByRole('radio', { name: 'To Ana' }).check();
  await expect(mira.getByRole('textbox', { name: 'Message to Ana' })).toHaveValue('');
  await mira.getByRole('radio', { name: 'Team only' }).check();
  await expect(mira.getByRole('textbox', { name: 'Note for the team' })).toHaveValue(secret);
  await expectAccessible(mira, 'a note for the team');
  await mira.getByRole('button', { name: 'Keep note' }).click();
  await expect(conversation(mira)).toContainText(`Mira Solberg, to the team. ${secret}`);
  await expect(conversation(mira)).toContainText('Ana Duarte does not see this.');

  const colleague = await people.page(priya.userId);
  await colleague.goto(`/threads/${pair.ana.episodeId}`);
  await expect(conversation(colleague)).toContainText(secret);

  await ana.reload();
  await expect(list(ana)).toContainText('It is better today');
  await expect(ana.getByText(/^Answered by /)).toBeVisible();
  await expect(ana.locator('body')).not.toContainText(secret);
  // Nor was its page told, in whatever it asked for.
  expect((await Promise.all(heard)).filter((text) => text.includes(secret))).toEqual([]);
  await ana.goto(`/threads/${pair.ana.episodeId}`);
  await expect(ana).toHaveURL('/today');
});

test('A thread is handed over, answered with a saved phrase, or needs no answer', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const priya = await withPriya(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/messages');
  await write(ana, 'May I drive?');
  await expect(list(ana)).toContainText('Sent');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('link', { name: /^Messages: / }).click();
  await mira.getByRole('button', { name: 'Hand over' }).click();
  const dialog = mira.getByRole('dialog', { name: 'Hand over' });
  await expectAccessible(mira, 'a handover');
  await dialog.getByLabel('What they should know').fill('I am away until Monday');
  await dialog.getByRole('button', { name: 'Hand over' }).click();
  await expect(conversation(mira)).toContainText('Mira Solberg handed over to Priya Nair. I am away until Monday');
  await expect(mira.getByText('Priya Nair answers')).toBeVisible();

  const colleague = await people.page(priya.userId);
  await colleague.goto('/notices');
  await colleague.getByRole('link', { name: 'A colleague handed you the messages of Ana Duarte' }).click();
  await expect(conversation(colleague)).toContainText('May I drive?');
  await colleague.getByRole('button', { name: 'Keep as phrase' }).click();
  await colleague.getByRole('textbox', { name: 'Keep as phrase' }).fill('Wait a week, {first name}. {exercise} first.');
  await expectAccessible(colleague, 'a phrase that is kept');
  await colleague.getByRole('button', { name: 'Keep', exact: true }).click();
  await colleague.getByRole('list', { name: 'Saved phrases' }).getByRole('button').click();
  const box = colleague.getByRole('textbox', { name: 'Message to Ana' });
  await expect(box).toHaveValue('Wait a week, Ana. {exercise} first.');
  await colleague.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(colleague.getByRole('main').getByRole('alert')).toContainText('A field of the phrase is still open.');
  await box.fill('Wait a week, Ana.');
  await colleague.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(list(ana)).toContainText('Wait a week, Ana.');

  await write(ana, 'Thank you!');
  await colleague.getByRole('button', { name: 'No answer needed' }).click();
  await expect(conversation(colleague)).toContainText('Priya Nair: no answer needed.');
  await expect(colleague.getByRole('heading', { name: 'Nobody waits for you' })).toBeVisible();
  await expect(ana.getByText(/^If you write now/)).toBeVisible();
});

test('“Not clear” and “It hurts” lead to the thread, with the answer named', async ({ people, server }) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair, ['full-fist-and-open']);
  const { clinicId, ana: patient, mira: clinician } = pair;
  const of = { clinicId, patientId: patient.patientId };
  const lineageId = prescriptions[0]?.lineageId ?? '';
  const checkInId = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const at = Date.now() - 60_000;
      const whose = { ...of, userId: patient.userId ?? '', lineageId, at };
      const checkIn = yield* makeCheckIn(d, { ...whose, state: 'answered', mediaIds: [] });
      yield* makeReview(d, { ...of, checkIn, clinicianId: clinician.userId, summary: 'Slower on the way back.', at });
      return checkIn.checkInId;
    }),
  );
  const ana = await people.page(patient.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await ana.getByRole('button', { name: 'Not clear' }).click();
  await expect(ana.getByRole('form', { name: 'Your message' })).toContainText(/Full fist and open.*Answer of/s);
  await expectAccessible(ana, 'a message about an answer');
  await write(ana, 'How slow is slower?');
  await expect(list(ana).getByRole('link', { name: /Full fist and open/ })).toHaveAttribute(
    'href',
    `/check-ins/${checkInId}`,
  );
  await expect(ana.getByRole('form', { name: 'Your message' })).not.toContainText('Answer of');
  const mira = await people.page(clinician.userId);
  await mira.goto(`/threads/${patient.episodeId}`);
  await expect(conversation(mira).getByRole('link', { name: /Full fist and open/ })).toBeVisible();

  await ana.goto(`/check-ins/${checkInId}`);
  await ana.getByRole('button', { name: 'It hurts' }).click();
  await ana.getByRole('dialog', { name: 'Stopped' }).getByRole('button', { name: 'Done', exact: true }).click();
  await ana.getByRole('link', { name: 'Write to your clinic about it' }).click();
  await expect(ana.getByText('Do not wait for an answer: ring your clinic.')).toBeVisible();
  await expect(ana.getByText(/^(Answered by|If you write now)/)).toHaveCount(0);
  await expectAccessible(ana, 'messages with a red answer open');
  await expectNoSidewaysScroll(ana, 'messages with a red answer open');
});

test('A thread ends with its hand problem: it is read, and the words say whom to ring', async ({ people, server }) => {
  const pair = await people.pair();
  const { clinicId, ana: patient } = pair;
  const ana = await people.page(patient.userId, { device: 'phone' });
  await ana.goto('/messages');
  await write(ana, 'Thank you for everything');
  await expect(list(ana)).toContainText('Sent');
  const of = { clinicId, patientId: patient.patientId, episodeId: patient.episodeId };
  await makeInDatabase(server.databaseUrl, (made) => made.write((d) => closeEpisode(d, { ...of, nowMs: Date.now() })));
  await ana.reload();
  await expect(ana.getByText(/^This hand problem is closed\. You can read what was written/)).toBeVisible();
  await expect(ana.getByRole('link', { name: 'Ring Larkfield Hand Clinic: +44 20 7946 0100' }).last()).toBeVisible();
  await expect(list(ana)).toContainText('Thank you for everything');
  await expect(line(ana)).toHaveCount(0);
  await expectAccessible(ana, 'messages of a closed hand problem');
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/threads?view=ended');
  await mira
    .getByRole('region', { name: 'Conversations' })
    .getByRole('link', { name: /Ana Duarte/ })
    .click();
  await expect(mira.getByText('It can be read, and nothing is written any more.')).toBeVisible();
  await expect(mira.getByRole('textbox')).toHaveCount(0);
});

test('With several hand problems each has its thread, and a patient who does not sign in is said to read nothing', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { clinicId, ana: patient, mira: clinician } = pair;
  const silent = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const of = { clinicId, patientId: patient.patientId, createdAt: Date.now(), precautionsText: '' };
      const thumb = { id: uuidv7(), title: 'Thumb', side: 'left' as const, conditionText: 'Thumb base arthritis' };
      yield* insertEpisode(d, { ...of, ...thumb, leadMembershipId: clinician.membershipId });
      return yield* makePatient(d, { clinicId, name: 'Ben Ode', lead: clinician, login: null });
    }),
  );
  const ana = await people.page(patient.userId, { device: 'phone' });
  await ana.goto('/messages');
  await expect(ana.getByRole('heading', { name: 'Messages', exact: true })).toBeVisible();
  await expectAccessible(ana, 'a list of several threads');
  await expectNoSidewaysScroll(ana, 'a list of several threads');
  await ana.getByRole('button', { name: /^Thumb base arthritis, left hand/ }).click();
  await expect(ana.getByText('Thumb base arthritis, left hand')).toBeVisible();
  await write(ana, 'The thumb clicks');
  await expect(list(ana)).toContainText('Sent');
  await ana.getByRole('button', { name: 'All messages' }).click();
  await ana.getByRole('button', { name: /^Index finger fracture/ }).click();
  await expect(ana.getByText(/^Nobody has written yet/)).toBeVisible();
  await ana.goBack();
  await expect(ana.getByRole('button', { name: /The thumb clicks/ })).toBeVisible();

  const mira = await people.page(clinician.userId);
  await mira.goto(`/threads/${silent.episodeId}`);
  await expect(mira.getByText('Ben does not sign in, so nobody reads a message. Ring instead.')).toBeVisible();
  await expect(mira.getByRole('link', { name: /Thumb base arthritis/ })).toBeVisible();
});
