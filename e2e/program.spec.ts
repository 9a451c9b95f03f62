import { makeInDatabase } from '../db/factories/database';
import { expect, type People, test } from './fixtures';
import { withProgram } from './prescribed';
import { loseLine } from './stores';

const first = 'Full fist and open, right hand';

async function logWithPain(page: Awaited<ReturnType<People['page']>>, pain: string, { again = false } = {}) {
  await page
    .getByRole('button', { name: `Done as prescribed: ${first}` })
    .first()
    .click();
  if (again) await page.getByRole('button', { name: 'Log it again' }).click();
  await page.getByRole('radio', { name: pain, exact: true }).first().check();
  await page.getByRole('button', { name: 'Save' }).click();
}

test("A patient practises today's program and the clinician sees it", async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(ana.getByRole('heading', { level: 1 })).toContainText('Ana');
  await logWithPain(ana, '3');
  await expect(ana.getByText('1 of 3 done')).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  await logWithPain(ana, '7', { again: true });
  await expect(ana.getByRole('alert').getByText('Stop this exercise for today. We tell your clinic.')).toBeVisible();
  await ana.getByRole('dialog').getByRole('button', { name: 'Done', exact: true }).click();

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/patients');
  await expect(mira.getByRole('heading', { name: 'One person needs you' })).toBeVisible();
  await expect(mira.getByRole('listitem').filter({ hasText: 'Ana Duarte' })).toContainText(
    'Red flag: pain 7 of 10, told to stop this exercise',
  );
  await mira.getByRole('link', { name: 'Open Ana Duarte' }).click();
  const logs = mira.getByRole('list', { name: 'Logs' }).getByRole('listitem');
  await expect(logs).toHaveCount(2);
  await expect(logs.nth(1)).toContainText('pain 3');
  const flags = mira.getByRole('region', { name: 'Open flags' });
  await flags.getByLabel('What was done').fill('Rang Ana');
  await flags.getByRole('radio', { name: 'Practice may go on' }).check();
  await mira.getByRole('button', { name: /^Close flag/ }).click();
  await expect(mira.getByRole('heading', { name: 'Open flags' })).toHaveCount(0);

  await ana.goto('/progress');
  await ana
    .getByRole('button', { name: /^Correct this/ })
    .first()
    .click();
  await ana.getByRole('radio', { name: '2', exact: true }).check();
  await ana.getByLabel('What was wrong with it?').selectOption('I mistyped');
  await ana.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByRole('listitem').filter({ hasText: 'pain 2' }).first()).toBeVisible();
});

test('A new dose reaches Today', async ({ people, server }) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(ana.getByText('2 × 10, hold 3 s').first()).toBeVisible();
  await logWithPain(ana, '3');
  await expect(ana.getByText('1 of 3 done')).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  const card = mira.getByRole('article', { name: 'Full fist and open' });
  await card.getByRole('button', { name: 'More: Hold' }).click();
  await expect(card.getByText('was 3')).toBeVisible();
  const fingers = card.getByRole('group', { name: 'Fingers' });
  await expect(fingers.getByText('Whole hand')).toBeVisible();
  await fingers.getByRole('checkbox', { name: 'Middle' }).check();
  await fingers.getByRole('checkbox', { name: 'Index' }).check();
  await mira.getByLabel('Reason for this version').fill('Two green days');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 2 is published.')).toBeVisible();

  await expect(ana.getByText('2 × 10, hold 4 s').first()).toBeVisible();
  await expect(ana.getByText('Only index finger and middle finger').first()).toBeVisible();
  await expect(ana.getByText('changed your program')).toBeVisible();
  await ana.getByRole('button', { name: 'Seen' }).click();
  await expect(ana.getByText('changed your program')).toHaveCount(0);
  await ana.reload();
  await expect(ana.getByText('2 × 10, hold 4 s').first()).toBeVisible();
  await expect(ana.getByText('changed your program')).toHaveCount(0);

  // What was logged before stays a log of the version that was prescribed then.
  await logWithPain(ana, '2', { again: true });
  await expect(ana.getByText('2 of 3 done')).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  await mira.goto(`/patients/${pair.ana.patientId}`);
  const logs = mira.getByRole('list', { name: 'Logs' }).getByRole('listitem');
  await expect(logs).toHaveText([/pain 2, Version 2/, /pain 3, Version 1/]);
  await expect(mira.getByText('v2', { exact: true }).first()).toBeVisible();
  await expect(mira.getByText('v1', { exact: true })).toHaveCount(0);
});

test('A log made offline keeps its time', async ({ people, server, announced }) => {
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to load resource/);
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(ana.getByRole('button', { name: `Done as prescribed: ${first}` }).first()).toBeVisible();
  await loseLine(ana);
  const before = Date.now();
  await logWithPain(ana, '1');
  const after = Date.now();
  await expect(ana.getByText('1 waits')).toBeVisible();
  await expect(ana.getByText('1 of 3 done')).toBeVisible();
  await ana.waitForFunction((ms) => Date.now() > ms, after + 3000);
  const online = Date.now();
  await ana.context().setOffline(false);
  await expect(ana.getByText('All sent')).toBeVisible({ timeout: 40_000 });
  const { listLogs } = await import('../db/queries/practice/logs');
  const [row] = await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => listLogs(d, { clinicId: pair.clinicId, patientId: pair.ana.patientId, sinceMs: 0 })),
  );
  expect(row?.log.performedAt).toBeGreaterThanOrEqual(before);
  expect(row?.log.performedAt).toBeLessThanOrEqual(after);
  expect(row?.log.receivedAt).toBeGreaterThanOrEqual(online - 50);
});

test('The player counts by itself, and a rise over the usual pain stops the exercise', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });

  async function practise(painBefore: string, pain: string) {
    await ana.goto('/today');
    await ana
      .getByRole('link', { name: `Start ${first}` })
      .first()
      .click();
    await ana.getByRole('radio', { name: painBefore, exact: true }).check();
    await ana.getByRole('button', { name: `Start ${first}` }).click();
    await expect(ana.getByText('Repetition 1 of 10')).toBeVisible();
    await ana.getByRole('button', { name: 'Pause' }).click();
    await ana.reload();
    await expect(ana.getByText('Paused')).toBeVisible();
    await ana.getByRole('button', { name: 'Stop', exact: true }).click();
    const sheet = ana.getByRole('dialog');
    await sheet.getByRole('radio', { name: pain, exact: true }).first().check();
    await sheet.getByLabel('Why?').selectOption({ label: 'It hurts' });
    await sheet.getByRole('button', { name: 'Save' }).click();
  }

  await practise('1', '2');
  await expect(ana.getByText('All sent')).toBeVisible();
  // Four alone would be amber; it is three over the usual one.
  await practise('1', '4');
  await expect(ana.getByRole('alert').getByText('That is 3 or more above your usual pain.')).toBeVisible();
});
