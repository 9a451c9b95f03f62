import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';

const answers = (page: Page) => page.getByRole('region', { name: 'Your answers' });

async function openQuestions(page: Page) {
  await page.goto('/check-ins/new');
  await expect(page.getByRole('button', { name: 'Go on to the camera' })).toBeVisible();
}

/** Films for a second or two; the clip is then on the page, not sent. */
async function film(page: Page) {
  await page.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText(/^Stops in 2[0-9] s/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByLabel('Your clip')).toBeVisible();
}

async function flagsOf(mira: Page, pair: Pair) {
  await mira.goto(`/patients/${pair.ana.patientId}`);
  return mira.getByRole('region', { name: 'Open flags' });
}

test('Answers to a check-in survive a reload, before and after they are given', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await openQuestions(ana);
  await ana.getByLabel('What is it about?').selectOption('Tendon glides, right hand');
  await ana.getByRole('radio', { name: '2', exact: true }).check();
  await ana.getByLabel('Your question').fill('Is my thumb in the way?');
  await ana.reload();
  await expect(ana.getByLabel('Your question')).toHaveValue('Is my thumb in the way?');
  await expect(ana.getByRole('radio', { name: '2', exact: true })).toBeChecked();
  await expect(ana.getByLabel('What is it about?').locator('option:checked')).toHaveText('Tendon glides, right hand');
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await ana.reload();
  await expect(answers(ana)).toContainText('Tendon glides, right hand');
  await expect(answers(ana)).toContainText('Pain 2 of 10');
  await expect(answers(ana)).toContainText('Is my thumb in the way?');
  await expect(answers(ana)).toContainText('Kept on this phone until you press Send.');
  await answers(ana).getByRole('button', { name: 'Change answers' }).click();
  await expect(ana.getByRole('radio', { name: '2', exact: true })).toBeChecked();
  await ana.getByRole('radio', { name: '3', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await expect(answers(ana)).toContainText('Pain 3 of 10');
});

test('A red flag is with the clinician before any clip; the clip follows to the same check-in', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['tendon-glides']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await openQuestions(ana);
  await ana.getByRole('radio', { name: '7', exact: true }).check();
  await ana.getByRole('checkbox', { name: 'Is a finger white, blue or cold?' }).check();
  await ana.getByLabel('Your question').fill('Since this morning.');
  await expect(ana.getByRole('button', { name: /^Go on/ })).toHaveCount(0);
  await ana.getByRole('button', { name: 'Send to your clinic' }).click();
  await expect(ana.getByText('Stop now. Call your clinic.')).toBeVisible();
  await expect(ana.getByText('All sent')).toBeVisible();
  // Under words that stop nothing says to go on, and the way on is not the camera.
  await expect(ana.getByRole('button', { name: /^Go on/ })).toHaveCount(0);
  await ana.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana).toHaveURL('/check-ins');
  await expect(ana.getByText('Your answers are with your clinic. No clip yet.')).toBeVisible();

  const mira = await people.page(pair.mira.userId);
  const flags = await flagsOf(mira, pair);
  await expect(flags).toContainText('Is a finger white, blue or cold?');
  await flags.getByRole('link', { name: 'With a check-in' }).click();
  await expect(mira.getByText('Since this morning.')).toBeVisible();
  await expect(mira.getByText('7 of 10', { exact: true })).toBeVisible();
  await expect(mira.getByText(/^No clip has arrived\. The answers wait since /)).toBeVisible();

  await ana.goto('/check-ins/new');
  await expect(answers(ana)).toContainText('Is a finger white, blue or cold?');
  await expect(answers(ana)).toContainText('Stop now. Call your clinic.');
  await expect(answers(ana)).toContainText('These answers go to your clinic without waiting for the clip.');
  await ana.goto('/check-ins');
  await expect(ana.getByText('Being looked at')).toBeVisible();
  await ana.getByRole('link', { name: 'Go on with your check-in' }).click();
  await film(ana);
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  // Mira has it open: the clip comes to her desk.
  await expect(mira.getByRole('figure', { name: 'Clip' }).getByRole('application')).toBeVisible({ timeout: 60_000 });
  await expect(ana.getByRole('main').getByRole('listitem')).toHaveCount(1);
  await expect(ana.getByRole('link', { name: 'New check-in' })).toBeVisible();
  await expect((await flagsOf(mira, pair)).getByRole('form')).toHaveCount(0);
  await expect(mira.getByText('Is a finger white, blue or cold?')).toHaveCount(1);
});

test('A clip that was not sent is there after a reload, with its answers, to send or to delete', async ({ people }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await openQuestions(ana);
  await ana.getByRole('radio', { name: '1', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await film(ana);
  await ana.reload();
  await expect(ana.getByLabel('Your clip')).toBeVisible();
  await expect(answers(ana)).toContainText('Pain 1 of 10');
  await expectAccessible(ana, 'kept answers and the kept clip');
  await expectNoSidewaysScroll(ana, 'kept answers and the kept clip');
  await ana.getByRole('button', { name: 'Delete clip' }).click();
  await expect(ana.getByRole('button', { name: 'Keep' })).toBeFocused();
  await expectAccessible(ana, 'second step of deleting a clip');
  await ana.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
  await ana.reload();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
  await expect(ana.getByLabel('Your clip')).toHaveCount(0);

  await film(ana);
  await ana.reload();
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
});

test('What was filmed is there when the browser is gone in the middle of it', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await openQuestions(ana);
  await ana.getByRole('radio', { name: '1', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await ana.getByRole('button', { name: 'Record' }).click();
  await expect(ana.getByText('Stops in 27 s')).toBeVisible();
  const context = ana.context();
  await ana.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto('/check-ins/new');
  const clip = again.getByLabel('Your clip');
  await expect(clip).toBeVisible();
  await expect.poll(() => clip.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await again.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(again.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
});

test('An empty file is refused where it is picked, and nothing is queued', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await openQuestions(ana);
  await ana.getByRole('radio', { name: '1', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  const empty = { name: 'clip.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(0) };
  await ana.getByLabel('Take a clip from this device').setInputFiles(empty);
  await expect(ana.getByRole('alert').filter({ hasText: 'This file is empty.' })).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Send', exact: true })).toHaveCount(0);
  await ana.getByRole('button', { name: 'Close the camera' }).click();
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
});
