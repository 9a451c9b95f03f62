import type { Page, Route } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const isKept = (page: Page, path: string) =>
  page.evaluate(async (url) => (await caches.match(url)) !== undefined, path);

async function withKeptPages(server: TestServer, pair: Pair, page: Page) {
  await withProgram(server, pair, ['full-fist-and-open']);
  await page.goto('/today');
  for (const path of ['/today', '/check-ins/new', '/away'])
    await expect.poll(() => isKept(page, path), { timeout: 30_000 }).toBe(true);
}

test('Every tab opens without a line: Show can film, the others say what they need, and go on when it is back', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withKeptPages(server, pair, ana);
  await ana.context().setOffline(true);
  const needs = {
    Progress: 'Your progress is read with a line.',
    Visits: 'A visit needs a line.',
    Show: 'You can film and send all the same',
  };
  for (const [tab, words] of Object.entries(needs)) {
    await ana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: tab }).click();
    await expect(ana.getByText(words)).toBeVisible();
  }
  await expectAccessible(ana, 'a tab without a line');
  await expectNoSidewaysScroll(ana, 'a tab without a line');
  await ana.goto('/account');
  await expect(ana.getByText('Your account is read and changed with a line.')).toBeVisible();
  await ana.goto('/check-ins');
  await ana.getByRole('link', { name: 'New check-in' }).click();
  await expect(ana.getByRole('button', { name: 'Go on to the camera' })).toBeVisible();
  await ana.goto('/progress');
  await expect(ana.getByText(needs.Progress)).toBeVisible();
  await ana.context().setOffline(false);
  await expect(ana).toHaveURL('/progress', { timeout: 30_000 });
});

test('A line that is half there and a server that is starting do not keep Today away', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withKeptPages(server, pair, ana);
  const today = ana.getByRole('list', { name: 'Today’s program' });
  // It is asked for and never answered.
  await ana.context().route(/\/today$/, () => undefined);
  await ana.reload();
  await expect(today).toBeVisible();
  await ana.context().unrouteAll();
  await ana
    .context()
    .route(/\/today$/, (route) => route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad Gateway' }));
  await ana.reload();
  await expect(today).toBeVisible();
  await expect(ana.getByText('Bad Gateway')).toHaveCount(0);
});

test('What a proxy or a hotel answers in the app’s place does not keep Today away; what the app answers is shown', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 404/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withKeptPages(server, pair, ana);
  const today = ana.getByRole('list', { name: 'Today’s program' });
  const body = 'Not from here';
  for (const status of [200, 403, 404, 429]) {
    await ana.context().route(/\/today$/, (route) => route.fulfill({ status, contentType: 'text/html', body }));
    await ana.goto('/today');
    await expect(today).toBeVisible();
    await expect(ana.getByText(body)).toHaveCount(0);
    await ana.context().unrouteAll();
  }
  const answered = await ana.goto('/nowhere');
  expect(answered?.status()).toBe(404);
  await expect(ana.getByRole('heading', { name: 'Not here' })).toBeVisible();
});

test('A link to Today leads there where its answer never comes, or comes from another', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withKeptPages(server, pair, ana);
  const link = ana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Today' });
  const answers = [() => undefined, (route: Route) => route.fulfill({ status: 429, body: 'Slow down' })];
  for (const answer of answers) {
    await ana.goto('/visits');
    await expect(ana.getByRole('heading', { name: 'Visits' })).toBeVisible();
    // What the open page asks of Today, and Today itself.
    await ana.context().route(/\/today(\?_rsc=.*)?$/, answer);
    await link.click();
    await expect(ana).toHaveURL('/today');
    await expect(ana.getByRole('list', { name: 'Today’s program' })).toBeVisible();
    await ana.context().unrouteAll();
  }
});

test('A page of an earlier build makes itself anew, once, and not while somebody films', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/check-ins/new');
  await expect(ana.getByRole('button', { name: 'Go on to the camera' })).toBeVisible();
  const mark = () => ana.evaluate(() => void Object.assign(window, { isSame: true }));
  // While a page is being made anew nothing can be asked of it.
  const isSame = () => ana.evaluate(() => 'isSame' in window).catch(() => null);
  const answered = async () => {
    await ana.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await ana.waitForResponse((response) => response.headers()['x-regrasp-build'] === 'newer');
  };
  await mark();
  await ana.route('**/api/trpc/**', async (route) => {
    if (route.request().url().includes('live.events')) return await route.continue();
    const response = await route.fetch();
    return await route.fulfill({ response, headers: { ...response.headers(), 'x-regrasp-build': 'newer' } });
  });
  await answered();
  expect(await isSame()).toBe(true);
  await ana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Today' }).click();
  await expect(ana).toHaveURL('/today');
  await expect.poll(isSame).toBe(false);
  await expect(ana.getByRole('list', { name: 'Today’s program' })).toBeVisible();
  await mark();
  await answered();
  await answered();
  expect(await isSame()).toBe(true);
  await ana.unrouteAll({ behavior: 'ignoreErrors' });
});
