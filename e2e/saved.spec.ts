import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { listLogs, listRemovals } from '../db/queries/practice/logs';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, type People, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';
import { loseLine } from './stores';

const exercise = 'Full fist and open, right hand';
const sheet = (page: Page) => page.getByRole('dialog');
const program = (page: Page) => page.getByRole('list', { name: 'Today’s program' });
const bar = (page: Page) => page.getByRole('region', { name: /^Saved/ });
const done = (page: Page) => page.getByRole('button', { name: `Done as prescribed: ${exercise}` }).first();

async function stored(server: TestServer, { clinicId, ana: { patientId } }: Pair) {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const logs = yield* listLogs(d, { clinicId, patientId, sinceMs: 0 });
      const removed = yield* listRemovals(d, { clinicId, patientId, fromMs: 0, before: null, limit: 9 });
      return { pains: logs.map(({ log }) => log.pain), removed: removed.map(({ removal }) => removal.reason) };
    }),
  );
}

async function onToday(people: People, server: TestServer, pair: Pair) {
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  return ana;
}

async function save(page: Page, pain: string) {
  await sheet(page).getByRole('radio', { name: pain, exact: true }).first().check();
  await sheet(page).getByRole('button', { name: 'Save' }).click();
}

test('What was saved is said, and one press takes it back', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await onToday(people, server, pair);
  await expect(ana.getByRole('region', { name: 'Next' })).toContainText('3 times today');
  await done(ana).click();
  await save(ana, '2');
  await expect(bar(ana)).toBeFocused();
  await expect(ana.getByRole('status').filter({ hasText: `Saved: ${exercise}` })).toBeAttached();
  await expectAccessible(ana, 'saved');
  await expectNoSidewaysScroll(ana, 'saved');
  await expect(program(ana)).toContainText('1 of 3 done');
  await expect(ana.getByRole('region', { name: 'Next' })).toContainText('done 1 of 3 times today');
  await bar(ana).getByRole('button', { name: 'Undo' }).click();
  await expect(program(ana)).toContainText('0 of 3 done');
  await expect(bar(ana)).toHaveCount(0);
  await expect(ana.getByRole('status').filter({ hasText: 'It counts nowhere' })).toBeAttached();
  await expect(ana.getByText('All sent')).toBeVisible();
  await expect.poll(() => stored(server, pair)).toEqual({ pains: [], removed: ['undone'] });
});

test('It is taken back without a line, and stays taken back when it comes', async ({ people, server, announced }) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const pair = await people.pair();
  const ana = await onToday(people, server, pair);
  await expect(done(ana)).toBeVisible();
  await loseLine(ana);
  await done(ana).click();
  await save(ana, '2');
  await expect(program(ana)).toContainText('1 of 3 done');
  await bar(ana).getByRole('button', { name: 'Undo' }).click();
  await expect(program(ana)).toContainText('0 of 3 done');
  await expect(ana.getByText('2 wait')).toBeVisible();
  await ana.context().setOffline(false);
  await expect(ana.getByText('All sent')).toBeVisible({ timeout: 60_000 });
  await expect(program(ana)).toContainText('0 of 3 done');
  expect(await stored(server, pair)).toEqual({ pains: [], removed: ['undone'] });
});

test('A browser that is closed at once loses no log, and pain that stops something has no Undo', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const ana = await onToday(people, server, pair);
  await done(ana).click();
  await save(ana, '7');
  await expect(sheet(ana).getByText('Stop this exercise for today. We tell your clinic.')).toBeVisible();
  await expect.poll(() => stored(server, pair)).toEqual({ pains: [7], removed: [] });
  await ana.keyboard.press('Escape');
  await expect(ana.getByRole('status').filter({ hasText: `Saved: ${exercise}` })).toBeAttached();
  await expect(bar(ana)).toHaveCount(0);
  await ana.context().close();
  expect(await stored(server, pair)).toEqual({ pains: [7], removed: [] });
});

test('A second log within minutes is asked about once: the same, or another practice', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await onToday(people, server, pair);
  await done(ana).click();
  await save(ana, '1');
  await expect(program(ana)).toContainText('1 of 3 done');
  await done(ana).click();
  await expect(sheet(ana).getByRole('alert')).toContainText('Was it another practice?');
  await expectAccessible(ana, 'asked whether it is another practice');
  await sheet(ana).getByRole('button', { name: 'It was the same' }).click();
  await expect(sheet(ana)).toHaveCount(0);
  await done(ana).click();
  await sheet(ana).getByRole('button', { name: 'Log it again' }).click();
  await save(ana, '3');
  await expect(program(ana)).toContainText('2 of 3 done');
  await expect(ana.getByText('All sent')).toBeVisible();
  expect(await stored(server, pair)).toEqual({ pains: [1, 3], removed: [] });
});

test('A log made by mistake is removed with a reason that is chosen, and both sides see that it was there', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const ana = await onToday(people, server, pair);
  await done(ana).click();
  await save(ana, '2');
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.goto('/progress');
  const history = ana.getByRole('region', { name: 'History' });
  await history.getByRole('button', { name: /^Correct this/ }).click();
  await sheet(ana).getByRole('button', { name: 'It is here by mistake' }).click();
  await sheet(ana).getByRole('button', { name: 'Remove it' }).click();
  await expect(sheet(ana).getByRole('alert')).toHaveText('Choose why it is here.');
  await expectAccessible(ana, 'removing a log');
  await expectNoSidewaysScroll(ana, 'removing a log');
  await sheet(ana).getByRole('radio', { name: 'I did not do it' }).check();
  await sheet(ana).getByRole('button', { name: 'Remove it' }).dblclick();
  await expect(history.getByRole('status')).toHaveText('Removed. It counts nowhere any more.');
  await expect(history.getByRole('listitem')).toContainText('Removed: I did not do it. Ana Duarte');
  await expect(ana.getByText('All sent')).toBeVisible();
  expect(await stored(server, pair)).toEqual({ pains: [], removed: ['not_done'] });
  await ana.goto('/today');
  await expect(program(ana)).toContainText('0 of 3 done');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(mira.getByRole('region', { name: 'Logs' }).getByRole('listitem')).toContainText(
    'Removed: I did not do it',
  );
});
