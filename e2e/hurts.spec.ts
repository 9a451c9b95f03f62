import type { Page } from '@playwright/test';
import { makeCheckIn, makeReview } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { listOpenFlags } from '../db/queries/practice/flags';
import { listLogs } from '../db/queries/practice/logs';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, test } from './fixtures';
import { meet } from './meeting';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const FIST = 'Full fist and open, right hand';
const GLIDES = 'Tendon glides, right hand';
const EMERGENCY = /^Is your face drooping/;
const COLD = 'Is a finger white, blue or cold?';
const RING = /^Ring .+: \+44 20 7946 0100$/;

const hurt = (page: Page) => page.getByRole('dialog', { name: 'Stopped' });
const card = (page: Page) => page.getByRole('region', { name: 'Stopped' });
const sheet = (page: Page) => page.getByRole('dialog');
const openFlags = (page: Page) => page.getByRole('region', { name: 'Open flags' });
const choose = (page: Page, pain: number) =>
  hurt(page)
    .getByRole('radio', { name: String(pain), exact: true })
    .check();
const itHurts = (page: Page) => page.getByRole('button', { name: 'It hurts' });
const done = (page: Page) => hurt(page).getByRole('button', { name: 'Done', exact: true });
const slip = (page: Page) => hurt(page).getByRole('button', { name: 'It was a slip' });

async function storedOf(server: Pick<TestServer, 'databaseUrl'>, { clinicId, ana }: Pair) {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const scope = { clinicId, patientId: ana.patientId };
      const logs = yield* listLogs(d, { ...scope, sinceMs: 0 });
      const flags = yield* listOpenFlags(d, { ...scope, limit: 20 });
      return { logs, flags };
    }),
  );
}

async function practise(page: Page, lineageId: string | undefined) {
  await page.goto(`/practice/${lineageId}`);
  await page.getByRole('button', { name: `Start ${FIST}` }).click();
  await expect(page.getByText(/^Repetition 2 of/)).toBeVisible({ timeout: 60_000 });
}

test('"It hurts" in the player stops, asks calmly and logs what was counted, once', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await practise(ana, prescriptions[0]?.lineageId);
  await itHurts(ana).click();
  await expect(hurt(ana)).toContainText(FIST);
  await expect(hurt(ana)).toContainText('Leave this exercise for today. Your clinic is told.');
  await expect(hurt(ana).getByRole('link', { name: RING })).toHaveAttribute('href', 'tel:+442079460100');
  await expect(hurt(ana).getByText('Your clinic has it.')).toBeVisible();
  await expectAccessible(ana, '"It hurts" in the player');
  await expectNoSidewaysScroll(ana, '"It hurts" in the player');
  await expectRoomForLargeText(ana, '"It hurts" in the player');
  const box = await hurt(ana).boundingBox();
  expect(box).toEqual({ x: 0, y: 0, width: 360, height: 780 });
  // Back into the run where it was, and it goes on from there.
  await slip(ana).click();
  await expect(hurt(ana)).toHaveCount(0);
  await expect(ana.getByText('Paused')).toBeVisible();
  await ana.getByRole('button', { name: 'Go on' }).click();
  await expect(ana.getByText(/^Repetition 3 of/)).toBeVisible({ timeout: 30_000 });

  await itHurts(ana).click();
  await choose(ana, 6);
  await done(ana).click();
  await expect(ana).toHaveURL('/today');
  await expect(card(ana)).toHaveCount(1);
  await expect(card(ana)).toContainText('You stopped at pain 6');
  await expect(ana.getByRole('link', { name: `Start ${FIST}` })).toHaveCount(0);
  await expect(ana.getByRole('link', { name: `Start ${GLIDES}` }).first()).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  const { logs, flags } = await storedOf(server, pair);
  expect(logs.map(({ log }) => [log.state, log.reason, log.pain])).toEqual([['partial', 'pain', 6]]);
  // The slip's own flag stays, with what became of it; that which was meant is one.
  expect(flags).toHaveLength(2);
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await expect(card(ana)).toBeVisible();
  await expect(sheet(ana)).toHaveCount(0);
  await ana.goto('/progress');
  await expect(ana.getByRole('main')).toContainText('2 repetitions');
});

test('"It hurts" on Today rests everything, can be said again, and taken back', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await itHurts(ana).click();
  await expect(hurt(ana)).toContainText('Leave your exercises for today. Your clinic is told.');
  await expectAccessible(ana, '"It hurts" on Today');
  await expectNoSidewaysScroll(ana, '"It hurts" on Today');
  await slip(ana).click();
  await expect(card(ana)).toHaveCount(0);
  await expect(ana.getByRole('link', { name: `Start ${FIST}` }).first()).toBeVisible();

  await itHurts(ana).click();
  await choose(ana, 5);
  await done(ana).click();
  await expect(card(ana)).toContainText('Your exercises rest today.');
  await expect(ana.getByRole('link', { name: /^Start / })).toHaveCount(0);
  await itHurts(ana).click();
  await choose(ana, 9);
  await expect(hurt(ana).getByRole('status').filter({ hasText: 'Stop now. Call your clinic.' })).toBeVisible();
  await done(ana).click();
  await expect(card(ana)).toHaveCount(2);
  await expect(card(ana).first()).toContainText('You stopped at pain 9');
  await expect(ana.getByText('All sent')).toBeVisible();
  // Each was a press of its own; the card takes back its own alone.
  await card(ana).first().getByRole('button', { name: 'It was a slip' }).click();
  await expect(card(ana)).toHaveCount(1);
  await expect(card(ana)).toContainText('You stopped at pain 5');
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.reload();
  await expect(card(ana)).toHaveCount(1);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('Pain 9 of 10');
  await expect(openFlags(mira)).toContainText('Pain 5 of 10');
  await expect(openFlags(mira)).toContainText('taken back');
});

test('A number that was chosen is with the clinic when the page is left for the telephone, without "Done"', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await itHurts(ana).click();
  await choose(ana, 9);
  // What a browser says when the dialler takes its place.
  await ana.evaluate(() => window.dispatchEvent(new Event('pagehide')));
  await expect(hurt(ana)).toContainText('Pain 9 of 10');
  await expect(ana.getByText('All sent')).toBeAttached();
  await expect.poll(async () => (await storedOf(server, pair)).flags.map(({ pain }) => pain)).toEqual([9]);
  await ana.reload();
  await expect(card(ana)).toContainText('You stopped at pain 9');
});

test('"It hurts" about an answered clip stops its exercise, and can be said again', async ({ people, server }) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair);
  const checkInId = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const of = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
      const lineageId = prescriptions[1]?.lineageId ?? null;
      const at = Date.now() - 60_000;
      const about = { ...of, userId: pair.ana.userId ?? '', lineageId, question: '', mediaIds: [], at };
      const checkIn = yield* makeCheckIn(d, { ...about, state: 'answered', assigneeId: pair.mira.userId });
      yield* makeReview(d, { ...of, checkIn, clinicianId: pair.mira.userId, summary: 'Nearly there.', at });
      return checkIn.checkInId;
    }),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  // Pressed before this phone has the day: the screen comes with it.
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await ana.context().route(/practice\.dayPack/, async (route) => {
    await held;
    await route.continue();
  });
  await ana.goto(`/check-ins/${checkInId}`);
  await itHurts(ana).click();
  letGo();
  await expect(hurt(ana)).toContainText(GLIDES);
  await slip(ana).click();
  await expect(hurt(ana)).toHaveCount(0);
  await expect(ana.getByRole('button', { name: 'Clear', exact: true })).toBeVisible();
  await itHurts(ana).click();
  await choose(ana, 6);
  await done(ana).click();
  await expect(ana.getByText('Thank you. Your clinic sees it.')).toBeVisible();
  await expect(itHurts(ana)).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.goto('/today');
  await expect(card(ana)).toContainText('You stopped at pain 6');
  await expect(ana.getByRole('link', { name: `Start ${GLIDES}` })).toHaveCount(0);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('Pain 6 of 10');
});

test('"It hurts" in a visit is heard each time, and a slip is taken back', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair);
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  const heard = mira.getByRole('alert').filter({ hasText: 'Ana Duarte says that it hurts' });
  await itHurts(ana).click();
  await expect(heard).toBeVisible();
  await expectAccessible(ana, '"It hurts" in a visit');
  await slip(ana).click();
  await expect(hurt(ana)).toHaveCount(0);
  await expect(openFlags(mira)).toContainText('taken back');
  await itHurts(ana).click();
  await choose(ana, 6);
  await done(ana).click();
  await expect(hurt(ana)).toHaveCount(0);
  await expect(openFlags(mira)).toContainText('Pain 6 of 10');
  await expect(itHurts(ana)).toBeVisible();
  expect((await storedOf(server, pair)).flags).toHaveLength(2);
});

test('A red flag in a check-in answers at its tick, the emergency first, and nobody is led to a camera', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/check-ins/new');
  const questions = ana.getByRole('group', { name: 'Is any of this so?' });
  await expect(questions.getByRole('checkbox').first()).toHaveAccessibleName(EMERGENCY);
  await questions.getByRole('checkbox', { name: COLD }).check();
  const said = questions.getByRole('alert');
  await expect(said).toContainText('Stop now. Call your clinic.');
  await expect(said.getByRole('link').first()).toHaveAttribute('href', 'tel:+442079460100');
  await questions.getByRole('checkbox', { name: COLD }).uncheck();
  await expect(said).toHaveCount(0);
  await questions.getByRole('checkbox', { name: EMERGENCY }).check();
  await expect(said).toContainText('Stop now. Call the emergency number.');
  await expect(said.getByRole('link').first()).toHaveAttribute('href', 'tel:999');
  await expect(ana.getByText('All sent')).toBeVisible();
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('chest pain');
  await expect(openFlags(mira)).toContainText(COLD);
  await expect(openFlags(mira)).toContainText('Taken back as a slip');

  await expect(ana.getByRole('button', { name: 'Go on to the camera' })).toHaveCount(0);
  await ana.getByRole('button', { name: 'Send to your clinic' }).click();
  await expect(ana.getByRole('link', { name: 'Ring 999 now' })).toHaveAttribute('href', 'tel:999');
  await expectAccessible(ana, 'an emergency in a check-in');
  await ana.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana).toHaveURL('/today');
  await expect(card(ana).first()).toContainText('Stop now. Call the emergency number.');
  await expect(card(ana).first().getByRole('link').first()).toHaveAttribute('href', 'tel:999');
  await expect(ana.getByRole('link', { name: /^Start / })).toHaveCount(0);
  await ana.goto('/check-ins/new');
  await expect(ana.getByRole('heading', { name: 'New check-in' })).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Record' })).toHaveCount(0);
});

test('"None of these" is an answer at the desk, and untouched is "not answered"', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const mira = await people.page(pair.mira.userId);
  const send = async (isAsked: boolean) => {
    await ana.goto('/check-ins/new');
    await ana.getByRole('radio', { name: '1', exact: true }).check();
    if (isAsked) await ana.getByRole('checkbox', { name: 'None of these' }).check();
    await ana.getByRole('button', { name: 'Go on to the camera' }).click();
    await ana.getByRole('button', { name: 'Send the answers without a clip' }).click();
    await expect(ana).toHaveURL('/check-ins');
    await expect(ana.getByText('All sent')).toBeVisible();
  };
  const desk = async () => {
    await mira.goto('/review');
    await mira
      .getByRole('link', { name: /^Review .*Ana Duarte|Ana Duarte/ })
      .last()
      .click();
    await expect(mira.getByRole('main')).toContainText('Red flags');
  };
  await send(true);
  await desk();
  await expect(mira.getByText('None of these', { exact: true })).toBeVisible();
  await send(false);
  await desk();
  await expect(mira.getByText('not answered', { exact: true })).toBeVisible();
});

test('A painful log asks the red-flag questions, and a tick there stops everything', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana
    .getByRole('button', { name: `Done as prescribed: ${FIST}` })
    .first()
    .click();
  await sheet(ana).getByRole('radio', { name: '5', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(sheet(ana).getByRole('alert')).toContainText('Ease off');
  const questions = sheet(ana).getByRole('group', { name: 'Is any of this so?' });
  await questions.getByRole('checkbox', { name: EMERGENCY }).check();
  const words = sheet(ana).getByRole('alert').filter({ hasText: 'Stop now. Call the emergency number.' });
  await expect(words).toHaveCount(2);
  await expect(sheet(ana).getByRole('link').first()).toHaveAttribute('href', 'tel:999');
  await expectAccessible(ana, 'a red flag with a painful log');
  await expectNoSidewaysScroll(ana, 'a red flag with a painful log');
  await sheet(ana).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(card(ana)).toContainText('Stop now. Call the emergency number.');
  await expect(ana.getByRole('link', { name: /^Start / })).toHaveCount(0);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(openFlags(mira)).toContainText('chest pain');
});
