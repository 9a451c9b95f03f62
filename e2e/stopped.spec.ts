import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { listLogs } from '../db/queries/practice/logs';
import { DAY_MS, MINUTE_MS } from '../domain/time/duration';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { livesAt } from './clocks';
import { expect, launchWithCamera, makePair, type Pair, signInAs, test } from './fixtures';
import { logPain, sheet } from './logging';
import { onPhone, withProgram } from './prescribed';
import { startServer, type TestServer } from './server';

const FIST = 'Full fist and open, right hand';
const GLIDES = 'Tendon glides, right hand';
const RING = /^Ring .+: \+44 20 7946 0100$/;

const next = (page: Page) => page.getByRole('region', { name: 'Next' });
const start = (page: Page, name: string) => page.getByRole('link', { name: `Start ${name}` });
const row = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Today’s program' }).getByRole('listitem').filter({ hasText: name });
const card = (page: Page) => page.getByRole('region', { name: 'Stopped' });
const openFlags = (page: Page) => page.getByRole('region', { name: 'Open flags' });

async function closeWords(page: Page) {
  await sheet(page).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(sheet(page)).toHaveCount(0);
}

async function onToday(people: { page: PeoplePage }, userId: string | null): Promise<Page> {
  const page = await people.page(userId, { device: 'phone' });
  await page.goto('/today');
  return page;
}
type PeoplePage = (userId: string | null, options?: { device?: 'phone' | 'desktop' }) => Promise<Page>;

async function closeFlag(mira: Page, pair: Pair) {
  await mira.goto(`/patients/${pair.ana.patientId}`);
  const flag = openFlags(mira);
  await flag.getByRole('textbox', { name: 'What was done' }).fill('Rang: it is better');
  await flag.getByRole('radio', { name: 'Practice may go on' }).check();
  await flag.getByRole('button', { name: /^Close flag/ }).click();
  await expect(flag).toHaveCount(0);
}

async function painsOf(server: Pick<TestServer, 'databaseUrl'>, { clinicId, ana }: Pair) {
  const logs = await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => listLogs(d, { clinicId, patientId: ana.patientId, sinceMs: 0 })),
  );
  return logs.map(({ log }) => log.pain);
}

test('Red pain stops its exercise until the clinic lets it go on: the others stay', async ({ people, server }) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair);
  const ana = await onToday(people, pair.ana.userId);
  await expect(next(ana)).toContainText('Full fist and open');
  await logPain(ana, FIST, 7);
  await expect(sheet(ana).getByRole('alert')).toHaveText('Stop this exercise for today. We tell your clinic.');
  await expect(sheet(ana).getByRole('link', { name: RING })).toHaveAttribute('href', 'tel:+442079460100');
  await expect(sheet(ana).getByText('Your clinic has it.')).toBeVisible();
  await expectAccessible(ana, 'words after a painful log');
  await closeWords(ana);

  await expect(next(ana)).toContainText('Tendon glides');
  await expect(start(ana, FIST)).toHaveCount(0);
  await expect(start(ana, GLIDES)).toHaveCount(2);
  await expect(row(ana, FIST)).toContainText('Stopped at pain 7');
  const notYet = row(ana, FIST).getByRole('button', { name: /Starts after a better morning$/ });
  await expect(row(ana, FIST).getByRole('status')).toHaveText('');
  // It can be pressed, though a program calls it disabled.
  await notYet.click({ force: true });
  await expect(row(ana, FIST).getByRole('status')).toHaveText('This exercise is stopped. It is not offered now.');
  await expect(card(ana)).toHaveCount(1);
  await expect(card(ana)).toContainText('You stopped at pain 7');
  await expect(card(ana)).toContainText(FIST);
  await expect(card(ana)).toContainText('Your clinic has it.');
  await expect(card(ana).getByRole('link', { name: RING })).toHaveAttribute('href', 'tel:+442079460100');
  await expectAccessible(ana, 'Today with a stop');
  await expectNoSidewaysScroll(ana, 'Today with a stop');

  const practice = `/practice/${prescriptions[0]?.lineageId}`;
  await ana.goto(practice);
  await expect(card(ana)).toBeVisible();
  await expect(ana.getByRole('button', { name: `Start ${FIST}` })).toHaveCount(0);
  await expectAccessible(ana, 'the page of a stopped exercise');
  await ana.goto(`/practice/${prescriptions[1]?.lineageId}`);
  await expect(ana.getByRole('button', { name: `Start ${GLIDES}` })).toBeVisible();

  await ana.goto(practice);
  await expect(card(ana)).toBeVisible();
  await closeFlag(await people.page(pair.mira.userId), pair);
  await expect(ana.getByRole('button', { name: `Start ${FIST}` })).toBeVisible();
  await ana.goto('/today');
  await expect(start(ana, FIST).first()).toBeVisible();
  await expect(card(ana)).toHaveCount(0);
});

test('Urgent pain stops everything, and only the clinic lets it go on: at once, without a reload', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair);
  const ana = await onToday(people, pair.ana.userId);
  await logPain(ana, GLIDES, 9);
  await expect(sheet(ana).getByRole('alert')).toHaveText('Stop now. Call your clinic.');
  await closeWords(ana);
  await expect(next(ana)).toHaveCount(0);
  await expect(ana.getByRole('link', { name: /^Start/ })).toHaveCount(0);
  await expect(ana.getByRole('button', { name: /^Done as prescribed/ })).toHaveCount(0);
  for (const name of [FIST, GLIDES])
    await expect(row(ana, name).getByRole('button', { name: /Starts when your clinic says so$/ })).toBeVisible();
  await expect(card(ana)).toContainText('Nothing is offered until your clinic says so.');
  const other = await ana.context().newPage();
  await other.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await expect(card(other)).toBeVisible();
  await expect(other.getByRole('button', { name: /^Start / })).toHaveCount(0);
  await other.close();

  await closeFlag(await people.page(pair.mira.userId), pair);
  await expect(card(ana)).toHaveCount(0);
  await expect(next(ana)).toBeVisible();
  await expect(start(ana, GLIDES).first()).toBeVisible();
});

test('A red stop is asked for next morning: 1 ends it', async ({ people, server }) => {
  const { pair, ana } = await onPhone(people, server);
  await stoppedYesterday(ana);
  const morning = ana.getByRole('region', { name: 'How is your hand this morning?' });
  await expect(morning).toBeVisible();
  await expectAccessible(ana, 'the morning after');
  await expectNoSidewaysScroll(ana, 'the morning after');
  await morning.getByRole('button', { name: 'Save' }).click();
  await expect(morning.getByRole('alert')).toHaveText('Choose a number, or No answer.');
  await morning.getByRole('radio', { name: '1', exact: true }).check();
  await morning.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('Good. It is back in your program.')).toBeVisible();
  await expect(card(ana)).toHaveCount(0);
  await expect(start(ana, FIST).first()).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.reload();
  await expect(start(ana, FIST).first()).toBeVisible();
  await expect(morning).toHaveCount(0);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('The morning after was settled.');
});

test('A red stop is asked for next morning: 4 and no answer hold it, and it says so', async ({ people, server }) => {
  const { ana } = await onPhone(people, server);
  await stoppedYesterday(ana);
  const morning = ana.getByRole('region', { name: 'How is your hand this morning?' });
  await morning.getByRole('radio', { name: 'No answer' }).check();
  await morning.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('Not yet. It rests today; say again tomorrow morning.')).toBeVisible();
  await expect(start(ana, FIST)).toHaveCount(0);
  await ana.reload();
  await morning.getByRole('radio', { name: '4', exact: true }).check();
  await morning.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('Not yet. It rests today; say again tomorrow morning.')).toBeVisible();
  await expect(card(ana)).toContainText('You stopped at pain 7');
  await expect(start(ana, FIST)).toHaveCount(0);
  await expect(start(ana, GLIDES).first()).toBeVisible();
  await ana.reload();
  await expect(card(ana)).toBeVisible();
  await expect(morning).toHaveCount(0);
  await expect(start(ana, FIST)).toHaveCount(0);
});

/** Pain 7 at this time yesterday; it is this day now. */
async function stoppedYesterday(ana: Page) {
  await livesAt(ana, Date.now() - DAY_MS);
  await ana.goto('/today');
  await logPain(ana, FIST, 7);
  await closeWords(ana);
  await expect(card(ana)).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  await livesAt(ana, Date.now());
  await ana.reload();
}

/** A server of its own, so that it can be away. */
test('Without a line the words say to ring, and the stop holds until the clinic has it and after', async () => {
  test.setTimeout(180_000);
  const [server, browser] = await Promise.all([startServer(), launchWithCamera()]);
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    await withProgram(server, pair);
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 780 } });
    await signInAs(server, context, pair.ana.userId ?? '');
    const ana = await context.newPage();
    await ana.goto('/today');
    await expect(start(ana, FIST).first()).toBeVisible();
    const isKept = () => ana.evaluate(async () => (await caches.match('/today')) !== undefined);
    await expect.poll(isKept, { timeout: 30_000 }).toBe(true);

    await server.app.stop();
    await logPain(ana, FIST, 7);
    await expect(sheet(ana).getByText('Your clinic hears of this when the line is back: ring now.')).toBeVisible();
    await expect(sheet(ana).getByRole('link', { name: RING })).toHaveAttribute('href', 'tel:+442079460100');
    await closeWords(ana);
    const holds = async () => {
      await expect(card(ana)).toContainText('You stopped at pain 7');
      await expect(start(ana, FIST)).toHaveCount(0);
      await expect(start(ana, GLIDES)).toHaveCount(2);
    };
    await holds();
    await expect(card(ana)).toContainText('Your clinic hears of this when the line is back: ring now.');
    await ana.reload();
    await holds();
    await expect(card(ana)).toContainText('Your clinic hears of this when the line is back: ring now.');

    // Sent, and the pack that knows of it has not come yet.
    let letGo = () => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await context.route(/practice\.dayPack/, async (route) => {
      await held;
      await route.continue();
    });
    await server.startApp();
    await expect(ana.getByText('All sent')).toBeVisible({ timeout: 60_000 });
    await holds();
    await ana.reload();
    await holds();
    letGo();
    await expect(card(ana)).toContainText('Your clinic has it.');
    await holds();

    const clinic = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 } });
    await signInAs(server, clinic, pair.mira.userId);
    const mira = await clinic.newPage();
    await mira.goto(`/patients/${pair.ana.patientId}`);
    await expect(openFlags(mira)).toContainText('Red flag: Pain 7 of 10');
  } finally {
    await browser.close();
    await server.stop();
  }
});

test('"It was a slip" within ten minutes frees the screen, and the clinic reads both numbers', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await onToday(people, pair.ana.userId);
  await logPain(ana, FIST, 7);
  await expect(sheet(ana).getByText('Your clinic has it.')).toBeVisible();
  await meant(ana, 1);
  await expect(sheet(ana)).toHaveCount(0);
  await expect(card(ana)).toHaveCount(0);
  await expect(start(ana, FIST).first()).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  expect(await painsOf(server, pair)).toEqual([1]);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('Pain 7 of 10');
  await expect(openFlags(mira)).toContainText('Corrected to 1 of 10');
  await expect(openFlags(mira)).toContainText('It was taken back within minutes.');
  await expect(mira.getByRole('list', { name: 'What is stopped' })).toHaveCount(0);
});

test('A slip that is said later than ten minutes frees nothing', async ({ people, server }) => {
  const { pair, ana } = await onPhone(people, server);
  await livesAt(ana, Date.now() - 30 * MINUTE_MS);
  await ana.goto('/today');
  await logPain(ana, FIST, 7);
  await expect(sheet(ana).getByText('Your clinic has it.')).toBeVisible();
  await livesAt(ana, Date.now() - 19 * MINUTE_MS);
  await meant(ana, 1);
  await expect(ana.getByText('All sent')).toBeVisible();
  await expect(card(ana)).toBeVisible();
  await expect(start(ana, FIST)).toHaveCount(0);
  await ana.reload();
  await expect(card(ana)).toBeVisible();
  await expect(start(ana, FIST)).toHaveCount(0);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('Pain 7 of 10');
  await expect(openFlags(mira)).toContainText('Corrected to 1 of 10');
});

async function meant(page: Page, pain: number) {
  await sheet(page).getByRole('button', { name: 'It was a slip' }).click();
  await expectAccessible(page, 'what was meant');
  await sheet(page)
    .getByRole('radio', { name: String(pain), exact: true })
    .first()
    .check();
  await sheet(page).getByRole('button', { name: 'Save' }).click();
}

test('Red pain before practice starts nothing', async ({ people, server }) => {
  const { pair, ana, program } = await onPhone(people, server);
  const { prescriptions } = program;
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await ana.getByRole('radio', { name: '7', exact: true }).check();
  await ana.getByRole('button', { name: `Start ${FIST}` }).click();
  await expect(ana.getByRole('alert').filter({ hasText: 'Stop this exercise for today.' })).toBeVisible();
  await expect(ana.getByRole('link', { name: RING })).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Pause' })).toHaveCount(0);
  await ana.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana).toHaveURL('/today');
  await expect(card(ana)).toContainText('You stopped at pain 7');
  await expect(start(ana, FIST)).toHaveCount(0);
  await expect(start(ana, GLIDES).first()).toBeVisible();
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('Red flag: Pain 7 of 10');
  expect(await painsOf(server, pair)).toEqual([]);
});
