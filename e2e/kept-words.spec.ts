import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { expectAccessible } from './axe';
import { expect, launchWithCamera, makePair, signInAs, test } from './fixtures';
import { withVisits } from './prescribed';
import { startServer } from './server';

const note = (page: Page) => page.getByRole('textbox', { name: 'Note' });
const elsewhere = (page: Page) => page.getByRole('alert', { name: 'Changed in another window' });

/** A server of its own, so that it can be away. */
test('The last sentence of a note is there after the server was away, on the page and after leaving it', async () => {
  test.setTimeout(180_000);
  const [server, browser] = await Promise.all([startServer(), launchWithCamera()]);
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const { held } = await withVisits(server, pair);
    const context = await browser.newContext({ baseURL: server.url });
    await signInAs(server, context, pair.mira.userId);
    const mira = await context.newPage();
    await mira.goto(`/visit/${held}`);
    await note(mira).fill('Hook without MCP flexion.');
    await expect(mira.getByText('Saved.', { exact: true })).toBeVisible();
    await server.app.stop();
    await note(mira).fill('Hook without MCP flexion. Wrist kept back.');
    await expect(mira.getByText('Not saved on the server yet.')).toBeVisible();
    await server.startApp();
    await expect(mira.getByText('Saved.', { exact: true })).toBeVisible({ timeout: 60_000 });

    // Typed, and the page left before anything of it arrived.
    await context.route(/notes\.save/, (route) => route.abort());
    await note(mira).fill('Hook without MCP flexion. Wrist kept back. Thumb free.');
    await expect(mira.getByText('Not saved on the server yet.')).toBeVisible();
    await mira.goto('/patients');
    await mira.goto(`/visit/${held}`);
    await expect(note(mira)).toHaveValue('Hook without MCP flexion. Wrist kept back. Thumb free.');
    await context.unrouteAll();
    await expect(mira.getByText('Saved.', { exact: true })).toBeVisible();
    const second = await context.newPage();
    await second.goto(`/visit/${held}`);
    await expect(note(second)).toHaveValue('Hook without MCP flexion. Wrist kept back. Thumb free.');
  } finally {
    await browser.close();
    await server.stop();
  }
});

test('Two windows of one note: the second sees what the first wrote, and where both wrote somebody chooses', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_FAILED/, /status of 409/);
  const pair = await people.pair();
  const { held } = await withVisits(server, pair);
  const first = await people.page(pair.mira.userId);
  const second = await first.context().newPage();
  for (const page of [first, second]) {
    await page.goto(`/visit/${held}`);
    await expect(note(page)).toBeVisible();
  }
  await note(first).fill('From the first.');
  await expect(note(second)).toHaveValue('From the first.');

  // The second writes without a line, the first meanwhile.
  await second.route(/notes\.save/, (route) => route.abort());
  await note(second).fill('From the first. And the second.');
  await expect(second.getByText('Not saved on the server yet.')).toBeVisible();
  await note(first).fill('From the first alone.');
  await expect(first.getByText('Saved.', { exact: true })).toBeVisible();
  await expect(elsewhere(second)).toContainText('From the first alone.');
  await expect(note(second)).toHaveValue('From the first. And the second.');
  await expectAccessible(second, 'two texts to choose from');
  await second.unroute(/notes\.save/);
  await elsewhere(second).getByRole('button', { name: 'Keep what stands here' }).click();
  await expect(elsewhere(second)).toHaveCount(0);
  await expect(note(first)).toHaveValue('From the first. And the second.');

  // The other way round: written over something that the window has not read.
  await second.route(/visitRecord\.get/, (route) => route.abort());
  await note(first).fill('Newest.');
  await expect(first.getByText('Saved.', { exact: true })).toBeVisible();
  await note(second).fill('Not newest.');
  await expect(second.getByText('This was changed in another window meanwhile.')).toBeVisible();
  await second.unroute(/visitRecord\.get/);
  await expect(elsewhere(second)).toContainText('Newest.', { timeout: 30_000 });
  await elsewhere(second).getByRole('button', { name: 'Take the other text' }).click();
  await expect(note(second)).toHaveValue('Newest.');
});
