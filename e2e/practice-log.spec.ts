import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeSitting, seededRandom } from '../db/factories/logs';
import { revokeSessions } from '../db/queries/people/sessions';
import { listLogs } from '../db/queries/practice/logs';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, signInAs, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const exercise = 'Full fist and open, right hand';
const SLUG = ['full-fist-and-open'];

async function storedLogs(server: TestServer, { clinicId, ana }: Pair) {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => listLogs(d, { clinicId, patientId: ana.patientId, sinceMs: 0 })),
  );
}

const done = (page: Page) => page.getByRole('button', { name: `Done as prescribed: ${exercise}` }).first();
const sheet = (page: Page) => page.getByRole('dialog');

test('What the player counted is there after a reload until it is saved', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const practice = `/practice/${prescriptions[0]?.lineageId}`;
  await ana.goto(practice);
  await ana.getByRole('button', { name: `Start ${exercise}` }).click();
  await expect(ana.getByText(/^Repetition 3 of/)).toBeVisible({ timeout: 60_000 });
  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  const counted = async () => {
    await expect(sheet(ana).getByRole('radio', { name: 'Partly' })).toBeChecked();
    await expect(sheet(ana).getByLabel('Repetitions in each set', { exact: true })).toHaveValue('2');
  };
  await counted();
  await ana.reload();
  await counted();
  await sheet(ana).getByRole('button', { name: 'Not now' }).click();
  await expect(ana).toHaveURL('/today');
  await ana.goto(practice);
  await counted();
  await sheet(ana).getByRole('radio', { name: '2', exact: true }).first().check();
  await sheet(ana).getByLabel('Why?').selectOption('It hurts');
  await sheet(ana).getByRole('button', { name: 'Save' }).dblclick();
  await expect(ana).toHaveURL('/today');
  await expect(ana.getByText('All sent')).toBeVisible();
  const logs = await storedLogs(server, pair);
  expect(logs.map(({ log }) => [log.state, log.reason, log.pain])).toEqual([['partial', 'pain', 2]]);
  await expect(ana.getByRole('list', { name: 'Today’s program' })).toContainText(/0 of \d+ done, 1 partly/);

  await ana.goto(practice);
  await expect(ana.getByRole('button', { name: `Start ${exercise}` })).toBeVisible();
  await expect(sheet(ana)).toHaveCount(0);
});

test('Counts that are not wanted are deleted in two steps, and nothing is logged', async ({ people, server }) => {
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await ana.getByRole('button', { name: `Start ${exercise}` }).click();
  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  await sheet(ana).getByRole('button', { name: 'Delete without logging' }).click();
  await sheet(ana).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(ana).toHaveURL('/today');
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await expect(ana.getByRole('button', { name: `Start ${exercise}` })).toBeVisible();
  await expect(sheet(ana)).toHaveCount(0);
  expect(await storedLogs(server, pair)).toEqual([]);
});

test('A double click on Save makes one log', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await done(ana).click();
  await sheet(ana).getByRole('radio', { name: '1', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).dblclick();
  await expect(sheet(ana)).toHaveCount(0);
  await expect(ana.getByText('All sent')).toBeVisible();
  expect(await storedLogs(server, pair)).toHaveLength(1);
});

test('Skipped and partly done sittings stand on Today in words', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('button', { name: `Partly or skipped: ${exercise}` }).click();
  await sheet(ana).getByRole('radio', { name: 'Skipped' }).check();
  await sheet(ana).getByLabel('Why?').selectOption('No time');
  await sheet(ana).getByRole('radio', { name: 'No answer' }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  const program = ana.getByRole('list', { name: 'Today’s program' });
  await expect(program).toContainText(/0 of \d+ done, 1 skipped/);
  await expect(ana.getByText('1 skipped', { exact: true })).toBeVisible();
});

test('What the server refused is named with its reason, does not count, and can be tried again or deleted', async ({
  people,
  server,
  announced,
}) => {
  test.setTimeout(120_000);
  announced.push(/status of 400/);
  const pair = await people.pair();
  await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  // A log that came out of some build wrong: its place is nowhere.
  const isWrong = { now: true };
  await ana.route(/logs\.record/, async (route) => {
    const body = route.request().postData() ?? '';
    await route.continue(isWrong.now ? { postData: body.replaceAll('Europe/London', 'Nowhere/Land') } : {});
  });
  const log = async () => {
    await ana.goto('/today');
    await done(ana).click();
    await sheet(ana).getByRole('radio', { name: '1', exact: true }).first().check();
    await sheet(ana).getByRole('button', { name: 'Save' }).click();
  };
  const refused = ana.getByRole('dialog', { name: 'Not sent: please look at this' });
  const look = () => ana.getByRole('button', { name: '1 needs a look' }).click();
  await log();
  await look();
  await expect(refused.getByRole('listitem')).toHaveCount(1);
  await expect(refused).toContainText(exercise);
  await expect(refused).toContainText('Something in it was not right.');
  await expectAccessible(ana, 'the tray of what was not sent');
  await expectNoSidewaysScroll(ana, 'the tray of what was not sent');
  await refused.getByRole('button', { name: 'Close' }).click();
  await expect(ana.getByRole('list', { name: 'Today’s program' })).toContainText(/0 of \d+ done/);
  await ana.goto('/progress');
  await look();
  await refused.getByRole('button', { name: /^Delete/ }).click();
  await expect(refused.getByRole('button', { name: 'Keep' })).toBeVisible();
  await expectAccessible(ana, 'second step of a delete');
  await refused.getByRole('button', { name: 'Keep' }).click();
  await refused.getByRole('button', { name: /^Delete/ }).click();
  await refused.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(refused).toContainText('Nothing is left here.');
  await refused.getByRole('button', { name: 'Close' }).click();
  await expect(ana.getByText('All sent')).toBeVisible();

  await log();
  await look();
  await expect(refused.getByRole('listitem')).toHaveCount(1);
  isWrong.now = false;
  await refused.getByRole('button', { name: /^Try again/ }).click();
  await refused.getByRole('button', { name: 'Close' }).click();
  await expect(ana.getByText('All sent')).toBeVisible();
  expect(await storedLogs(server, pair)).toHaveLength(1);
});

test('A correction can change all of a log, says what its pain means, and is marked with its reason', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair, SLUG);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await done(ana).click();
  await sheet(ana).getByRole('radio', { name: '2', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.goto('/progress');
  const history = ana.getByRole('region', { name: 'History' });
  await history.getByRole('button', { name: /^Correct this/ }).click();
  await sheet(ana).getByRole('radio', { name: '7', exact: true }).first().check();
  await sheet(ana).getByRole('radio', { name: 'Partly' }).check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(sheet(ana).getByText('Choose a reason.')).toBeVisible();
  await sheet(ana).getByLabel('Why?').selectOption('Too tired');
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(sheet(ana).getByText('Choose what was wrong with it.')).toBeVisible();
  await expectAccessible(ana, 'correction of a log');
  await expectNoSidewaysScroll(ana, 'correction of a log');
  await sheet(ana).getByLabel('What was wrong with it?').selectOption('I mistyped');
  await sheet(ana).getByRole('button', { name: 'Save' }).dblclick();
  await expect(sheet(ana).getByText('Stop this exercise for today. We tell your clinic.')).toBeVisible();
  await expect(sheet(ana).getByRole('link', { name: /^Ring/ })).toBeVisible();
  await expect(sheet(ana).getByRole('button', { name: /^Go on/ })).toHaveCount(0);
  await sheet(ana).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana.getByText('Corrected. Your therapist sees it, and why.')).toBeVisible();
  const line = history.getByRole('listitem');
  await expect(line).toContainText('Partly, Too tired');
  await expect(line).toContainText('pain 7');
  await expect(line).toContainText('Corrected: I mistyped');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(mira.getByRole('region', { name: 'Logs' }).getByRole('listitem')).toContainText('Corrected: I mistyped');
  await expect(mira.getByRole('region', { name: 'Open flags' })).toContainText('pain in the red');
});

test('Older logs than the last fifty are shown when asked for, to the patient and to the clinician', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const program = await withProgram(server, pair, SLUG);
  const prescription = program.prescriptions[0];
  if (!prescription) throw new Error('the program has its exercise');
  const userId = pair.ana.userId ?? '';
  const person = { clinicId: pair.clinicId, patientId: pair.ana.patientId, userId, timeZone: 'Europe/London' };
  const random = seededRandom(1);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      for (let ago = 1; ago <= 52; ago++) {
        const performedAt = Date.now() - ago * 3_600_000;
        yield* makeSitting(d, { ...person, random }, { prescription, slot: 1, performedAt, pain: ago === 52 ? 5 : 1 });
      }
    }),
  );
  const ana = await people.page(userId, { device: 'phone' });
  const mira = await people.page(pair.mira.userId);
  for (const [page, path, name] of [
    [ana, '/progress', 'History'],
    [mira, `/patients/${pair.ana.patientId}`, 'Logs'],
  ] as const) {
    await page.goto(path);
    const lines = page.getByRole('region', { name, exact: true }).getByRole('listitem');
    await expect(lines).toHaveCount(50);
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect(lines).toHaveCount(52);
    await expect(lines.last()).toContainText('pain 5');
    await expect(page.getByRole('button', { name: 'Show older' })).toHaveCount(0);
  }
});

test('Who is signed out while practising is told so; the log waits and goes on its way after signing in', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/401/);
  const pair = await people.pair();
  await withProgram(server, pair, SLUG);
  const userId = pair.ana.userId ?? '';
  const ana = await people.page(userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(done(ana)).toBeVisible();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => revokeSessions(d, { userId, exceptId: null, nowMs: Date.now() })),
  );
  await done(ana).click();
  await sheet(ana).getByRole('radio', { name: '1', exact: true }).check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  const out = ana.getByRole('alert').filter({ hasText: 'You are signed out.' });
  await expect(out).toContainText('What waits on this device is kept');
  await expect(ana.getByText(/renewed as soon as/)).toHaveCount(0);
  await expectAccessible(ana, 'signed out');
  await ana.getByRole('link', { name: 'Sign in' }).click();
  await expect(ana.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signInAs(server, ana.context(), userId);
  await ana.goto('/today');
  await expect(ana.getByText('All sent')).toBeVisible();
  await expect(out).toHaveCount(0);
  expect(await storedLogs(server, pair)).toHaveLength(1);
});
