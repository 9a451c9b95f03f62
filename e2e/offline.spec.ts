import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { listLogs } from '../db/queries/practice/logs';
import { expect, launchWithCamera, makePair, signInAs, test } from './fixtures';
import { withProgram } from './prescribed';
import { startServer } from './server';
import { keptDays } from './stores';

const exercise = 'Full fist and open, right hand';

const isKept = (page: Page, path: string) =>
  page.evaluate(async (url) => (await caches.match(url)) !== undefined, path);

/** A server of its own, so that it can be away. */
test('With no line at all the day opens, is logged and can be filmed; it arrives when the line is back', async () => {
  test.setTimeout(180_000);
  const [server, browser] = await Promise.all([startServer(), launchWithCamera()]);
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const { prescriptions } = await withProgram(server, pair);
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: { width: 360, height: 780 },
      permissions: ['camera', 'microphone'],
    });
    await signInAs(server, context, pair.ana.userId ?? '');
    const page = await context.newPage();
    await page.goto('/today');
    await expect(page.getByRole('button', { name: `Done as prescribed: ${exercise}` }).first()).toBeVisible();
    const practice = `/practice/${prescriptions[0]?.lineageId}`;
    for (const path of ['/today', '/away', practice, '/check-ins/new'])
      await expect.poll(() => isKept(page, path), { timeout: 30_000 }).toBe(true);

    await server.app.stop();
    await page.reload();
    await expect(page.getByText(/^This is the program of/)).toBeVisible();
    await page
      .getByRole('link', { name: `Start ${exercise}` })
      .first()
      .click();
    await expect(page).toHaveURL(practice);
    await expect(page.getByRole('heading', { name: exercise })).toBeVisible();
    await page.goto('/progress');
    await expect(page.getByText('There is no line to your clinic just now.')).toBeVisible();
    await page.getByRole('link', { name: 'To Today' }).click();
    await expect(page).toHaveURL('/today');
    await page
      .getByRole('button', { name: `Done as prescribed: ${exercise}` })
      .first()
      .click();
    await page.getByRole('radio', { name: '1', exact: true }).first().check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('1 waits')).toBeVisible();
    await page.getByRole('banner').getByRole('group').click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(page.getByText('You are still signed in on this device.')).toBeVisible();
    await page.goto('/check-ins/new');
    await expect(page.getByRole('button', { name: 'Go on to the camera' })).toBeVisible();

    await server.startApp();
    await page.goto('/today');
    await expect(page.getByText('All sent')).toBeVisible({ timeout: 60_000 });
    const { clinicId, ana } = pair;
    const logs = await makeInDatabase(server.databaseUrl, (made) =>
      made.read((d) => listLogs(d, { clinicId, patientId: ana.patientId, sinceMs: 0 })),
    );
    expect(logs).toHaveLength(1);

    // What was sent goes from beside the day as soon as that knows of it.
    await expect.poll(() => keptDays(page)).toBe(1);
    await page.getByRole('banner').getByRole('group').click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await expect(page.getByLabel('Email')).toBeVisible();
    expect(await page.evaluate(() => caches.keys())).toEqual([]);
    expect(await keptDays(page)).toBe(0);
  } finally {
    await browser.close();
    await server.stop();
  }
});

/** The line goes away between a frame and the last of its scripts. */
test('A page is kept whole or not at all: without its scripts it is not kept', async ({ server, people }) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair);
  const practice = `/practice/${prescriptions[0]?.lineageId}`;
  const page = await people.page(pair.ana.userId);
  const context = page.context();
  const scriptsOf = async (path: string) =>
    new Set((await (await context.request.get(path)).text()).match(/\/_next\/static\/[^"'\\\s)]+\.js/g) ?? []);
  const [today, recorder, own] = await Promise.all(['/today', '/check-ins/new', practice].map(scriptsOf));
  const only = [...(own ?? [])].find((script) => !today?.has(script) && !recorder?.has(script));
  expect(only).toBeTruthy();

  const refused: string[] = [];
  await context.route(
    (url) => url.pathname === only,
    async (route) => {
      const byWorker = route.request().serviceWorker() !== null;
      await (byWorker ? route.abort() : route.continue());
      if (byWorker) refused.push(route.request().url());
    },
  );
  await page.goto('/today');
  await expect.poll(() => refused.length, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(await isKept(page, '/check-ins/new')).toBe(true);
  expect(await isKept(page, practice)).toBe(false);

  await context.unrouteAll();
  // The open page itself has it kept when the line is back.
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect.poll(() => isKept(page, practice), { timeout: 30_000 }).toBe(true);
  expect(await isKept(page, only ?? '')).toBe(true);
});

test('Of two lists of pages the later one holds, however slow the line is for the earlier', async ({
  people,
  announced,
}) => {
  announced.push(/404/);
  const pair = await people.pair();
  const page = await people.page(pair.ana.userId);
  await page.goto('/today');
  await expect.poll(() => isKept(page, '/check-ins/new'), { timeout: 30_000 }).toBe(true);

  const asked: string[] = [];
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const keep = (paths: string[]) =>
    page.evaluate(async (list) => {
      const { active } = await navigator.serviceWorker.ready;
      active?.postMessage({ kind: 'keep', paths: list });
      // The worker has read what was posted before when it answers this.
      await fetch('/_next/static/nothing.js');
    }, paths);
  await page.context().route(/\/(today|check-ins\/new)$/, async (route) => {
    const { pathname } = new URL(route.request().url());
    asked.push(pathname);
    if (pathname === '/check-ins/new') await held;
    await route.continue();
  });
  await keep(['/check-ins/new']);
  await expect.poll(() => asked).toEqual(['/check-ins/new']);
  await keep(['/today']);
  expect(asked).toEqual(['/check-ins/new']);
  letGo();
  await expect.poll(() => isKept(page, '/check-ins/new')).toBe(false);
  expect(await isKept(page, '/today')).toBe(true);
  expect(asked).toEqual(['/check-ins/new', '/today']);
});
