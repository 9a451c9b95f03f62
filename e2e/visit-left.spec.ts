import { makeInDatabase } from '../db/factories/database';
import { listOpenVisits } from '../db/queries/visit/open-visits';
import { MINUTE_MS } from '../domain/time/duration';
import { reconcileOpenVisits } from '../server/livekit/reconcile';
import { parseEnv } from '../server/runtime/env';
import { createProcess, stopProcess } from '../server/runtime/process';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { meet, stageOf } from './meeting';
import type { TestServer } from './server';

// Its job runs ahead of the clock, and holds the lease on open visits until then.
test.use({ database: 'left visits' });

/** What the server does every ten seconds, done now by a process whose clock is ahead. */
async function lookAfterVisits(server: TestServer, aheadMs: number): Promise<number> {
  const app = createProcess(parseEnv({ ...server.env, REGRASP_LOG: 'silent' }), process.cwd());
  try {
    await reconcileOpenVisits(app, Date.now() + aheadMs);
  } finally {
    await stopProcess(app);
  }
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      return (yield* listOpenVisits(d)).length;
    }),
  );
}

test('A visit that everybody left ends by itself, says so, and a new one is a press away', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const address = await meet(mira, ana, pair.ana.patientId);
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  expect(await lookAfterVisits(server, 20 * MINUTE_MS)).toBe(1);

  await ana.goto('/visits');
  await mira.goto('/schedule');
  await expect(async () => {
    expect(await lookAfterVisits(server, 60 * MINUTE_MS)).toBe(0);
  }).toPass({ timeout: 30_000 });

  const ended = /^The visit ended by itself at .+, after everybody had left\.$/;
  const anew = { name: 'Start a new visit with Ana Duarte now' };
  await ana.goto(address);
  await expect(ana.getByText(ended)).toBeVisible();
  await expect(ana.getByRole('button', anew)).toHaveCount(0);
  await mira.setViewportSize({ width: 360, height: 780 });
  await mira.goto(address);
  await expect(mira.getByText(ended)).toBeVisible();
  await expectAccessible(mira, 'a visit that ended by itself');
  await expectNoSidewaysScroll(mira, 'a visit that ended by itself, at 360');
  await mira.getByRole('button', anew).press('Enter');
  await expect(mira.getByRole('button', { name: /^Join visit/ })).toBeVisible();
  expect(new URL(mira.url()).pathname).not.toBe(address);
  await ana.goto('/visits');
  await expect(ana.getByRole('link', { name: /^Join visit/ })).toBeVisible();
});

test('An admin sets after how many minutes that is; what is no number is refused, and nothing is lost', async ({
  people,
  announced,
}) => {
  announced.push(/409/);
  const pair = await people.pair();
  const [ada, other] = [await people.page(pair.admin.userId), await people.page(pair.admin.userId)];
  for (const page of [ada, other]) await page.goto('/admin');
  const form = ada.getByRole('form', { name: 'Live visits' });
  const minutes = form.getByLabel('Minutes after the last one left');
  await expect(minutes).toHaveValue('15');
  for (const wrong of ['4', '2.5', 'soon', '']) {
    await minutes.fill(wrong);
    await form.getByRole('button', { name: 'Save visit settings' }).click();
    await expect(form.getByText('A whole number, please: 5 to 240.')).toBeVisible();
    await expect(minutes).toHaveValue(wrong);
  }
  await minutes.fill('30');
  await form.getByRole('button', { name: 'Save visit settings' }).click();
  await expect(form.getByText('The visit settings are saved.')).toBeVisible();
  await expectAccessible(ada, 'visit settings');
  await ada.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(ada, 'visit settings at 360');

  const theirs = other.getByRole('form', { name: 'Live visits' });
  await theirs.getByLabel('Minutes after the last one left').fill('60');
  await theirs.getByRole('button', { name: 'Save visit settings' }).click();
  await expect(theirs.getByRole('alert')).toBeVisible();
  await other.reload();
  await expect(theirs.getByLabel('Minutes after the last one left')).toHaveValue('30');
});
