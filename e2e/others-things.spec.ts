import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makePatient } from '../db/factories/people';
import { revokeSessions } from '../db/queries/people/sessions';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { waitingCheckIn } from './clips';
import { expect, type Pair, signInAs, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';
import { keptDays, storedPains } from './stores';

const RECORD = '**/api/trpc/logs.record**';

async function signInOnTop(server: TestServer, page: Page, userId: string) {
  // Nothing that is open asks in between, without any login.
  await page.goto('about:blank');
  await page.context().clearCookies();
  await signInAs(server, page.context(), userId);
}

/** Ana logs something that does not get through. */
async function withUnsent(ana: Page) {
  await ana.route(RECORD, (route) => route.abort());
  await ana.goto('/today');
  await ana.getByRole('button', { name: 'Done as prescribed: Full fist and open, right hand' }).first().click();
  await ana.getByRole('dialog').getByRole('radio', { name: '1', exact: true }).first().check();
  const refused = ana.waitForEvent('console', (message) => message.text().includes('ERR_FAILED'));
  await ana.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await refused;
  await expect(ana.getByText('1 waits')).toBeVisible();
}

const bea = (server: TestServer, { clinicId, mira }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makePatient(d, { clinicId, name: 'Bea Lund', lead: mira })),
  );

test('Who signs in on top is asked about what the other did not send, without seeing it; its owner finds it again', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const other = await bea(server, pair);
  const page = await people.page(pair.ana.userId, { device: 'phone' });
  await withUnsent(page);
  await signInOnTop(server, page, other.userId ?? '');
  await page.goto('/account');
  const asked = page.getByRole('region', { name: 'Somebody else’s things are on this device' });
  await expect(asked).toContainText('Not sent: one entry.');
  await expect(asked).not.toContainText('Ana');
  await expect(asked).not.toContainText('fist');
  await expectAccessible(page, 'asked about another person’s things');
  await expectNoSidewaysScroll(page, 'asked about another person’s things');
  // Nothing of Ana's that was only read is left.
  await expect.poll(() => keptDays(page)).toBe(0);
  expect(await page.evaluate(() => caches.keys())).toEqual([]);
  await asked.getByRole('button', { name: 'Keep them for that person' }).click();
  await expect(asked).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(asked).toHaveCount(0);
  expect(await storedPains(server, pair)).toEqual([]);

  await page.unroute(RECORD);
  await signInOnTop(server, page, pair.ana.userId ?? '');
  await page.goto('/today');
  await expect.poll(() => storedPains(server, pair)).toEqual([1]);
  await expect(page.getByText('All sent')).toBeVisible();
});

test('What the other did not send can be deleted in two steps', async ({ people, server, announced }) => {
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const page = await people.page(pair.ana.userId, { device: 'phone' });
  await withUnsent(page);
  await page.unroute(RECORD);
  await signInOnTop(server, page, pair.mira.userId);
  await page.goto('/patients');
  const asked = page.getByRole('region', { name: 'Somebody else’s things are on this device' });
  await asked.getByRole('button', { name: 'Delete them' }).click();
  await asked.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(asked).toHaveCount(0);
  await signInOnTop(server, page, pair.ana.userId ?? '');
  await page.goto('/today');
  await expect(page.getByText('All sent')).toBeVisible();
  expect(await storedPains(server, pair)).toEqual([]);
});

test('A login that has ended leaves nothing of the record on the device, but what waits to be sent', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_FAILED|status of 401/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withUnsent(ana);
  await expect.poll(() => keptDays(ana)).toBeGreaterThan(0);
  await expect.poll(() => ana.evaluate(async () => (await caches.match('/today')) !== undefined)).toBe(true);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => revokeSessions(d, { userId: pair.ana.userId ?? '', exceptId: null, nowMs: Date.now() })),
  );
  // The next thing that is asked of the server.
  await ana.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(ana.getByRole('heading', { name: 'Signed out' })).toBeFocused();
  await expect(ana.getByText(/^You are signed out/)).toBeVisible();
  await expect.poll(() => keptDays(ana)).toBe(0);
  await expect.poll(() => ana.evaluate(() => caches.keys())).toEqual([]);
  // Nor on the screen, or under it.
  await expect(ana).toHaveTitle('Signed out');
  await expect.poll(() => ana.content()).not.toMatch(/Ana|fist/);
  await expectAccessible(ana, 'signed out on a patient’s page');
  await expectNoSidewaysScroll(ana, 'signed out on a patient’s page');
  await ana.unroute(RECORD);
  await signInAs(server, ana.context(), pair.ana.userId ?? '');
  // A login of hers, made by a test: the way there leads on to her first page.
  await ana.getByRole('link', { name: 'Sign in' }).click();
  await expect(ana).toHaveURL('/today');
  await expect.poll(() => storedPains(server, pair)).toEqual([1]);
});

test('Words that say to stop are read to their end, though the login has ended; then the page leaves the screen', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 401/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('button', { name: 'Done as prescribed: Full fist and open, right hand' }).first().click();
  await ana.getByRole('dialog').getByRole('radio', { name: '9', exact: true }).first().check();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => revokeSessions(d, { userId: pair.ana.userId ?? '', exceptId: null, nowMs: Date.now() })),
  );
  const refused = ana.waitForResponse(
    (response) => response.url().includes('logs.record') && response.status() === 401,
  );
  await ana.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  await refused;
  await expect(ana.getByRole('dialog').getByText('Stop now. Call your clinic.')).toBeVisible();
  await expect(ana.getByRole('dialog').getByRole('link', { name: /^Ring/ })).toBeVisible();
  await expect(ana.getByRole('heading', { name: 'Signed out' })).toHaveCount(0);
  await ana.getByRole('dialog').getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana.getByRole('heading', { name: 'Signed out' })).toBeVisible();
  await expect.poll(() => ana.content()).not.toMatch(/Ana|fist/);
});

test('A page that stays open while another person signs in leaves the screen, and sends nothing in that name', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_FAILED|status of 401/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const other = await bea(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await withUnsent(ana);
  await ana.unroute(RECORD);
  const asked: string[] = [];
  ana.on('response', (response) => {
    if (response.url().includes('logs.record')) asked.push(String(response.status()));
  });
  await ana.context().clearCookies();
  await signInAs(server, ana.context(), other.userId ?? '');
  // As the sign-in page of another tab tells.
  await ana.evaluate(() => new BroadcastChannel('regrasp.browser').postMessage('signed-in'));
  await expect(ana.getByRole('heading', { name: 'Signed out' })).toBeVisible();
  await expect.poll(() => ana.content()).not.toMatch(/Ana|fist/);
  await ana.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => asked).toContain('401');
  expect(asked).not.toContain('200');
  expect(await storedPains(server, pair)).toEqual([]);
});

test('Signing out in one tab takes the pages of the others from the screen', async ({ people, announced }) => {
  announced.push(/status of 401/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  const second = await ana.context().newPage();
  await second.goto('/account');
  await second.getByRole('banner').getByRole('group').click();
  await second.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(ana.getByRole('heading', { name: 'Signed out' })).toBeVisible();
  await expect.poll(() => ana.content()).not.toContain('Ana');
  // What the page may have asked just before, and what it asks now, is refused.
  expect(await ana.evaluate(async () => (await fetch('/api/trpc/account.me')).status)).toBe(401);
});

test('A clip that was seen cannot be read in this browser after signing out, nor by who signs in next', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 40[14]/);
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const other = await bea(server, pair);
  const page = await people.page(pair.ana.userId);
  await page.goto(`/check-ins/${checkInId}`);
  const address = (await page.locator('video').first().getAttribute('src')) ?? '';
  expect(address).toMatch(/^\/api\/media\//);
  const status = () => page.evaluate(async (url) => (await fetch(url)).status, address);
  expect(await status()).toBe(200);
  const left = page.waitForResponse((response) => response.url().includes('/api/auth/signout'));
  await page.getByRole('banner').getByRole('group').click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  expect(await (await left).headerValue('clear-site-data')).toBe('"cache"');
  await expect(page.getByLabel('Email')).toBeVisible();
  expect(await status()).toBe(401);
  await signInOnTop(server, page, other.userId ?? '');
  await page.goto('/account');
  await expect(page.getByText('Bea Lund').first()).toBeVisible();
  expect(await status()).toBe(404);
});
