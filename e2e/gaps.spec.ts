import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

/** How far apart they are on the page, from edge to edge; 0 = they touch or overlap. */
async function gapBetween(one: Locator, other: Locator): Promise<number> {
  const [a, b] = [await one.boundingBox(), await other.boundingBox()];
  if (!a || !b) throw new Error('both are on the page');
  return Math.max(0, a.y - (b.y + b.height), b.y - (a.y + a.height));
}

const grid = (page: Page) => page.getByRole('group', { name: 'Pain right now' }).first();

test('A check-in without a number for pain says so beside the numbers, and leads there', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/check-ins/new');
  const next = ana.getByRole('button', { name: 'Go on to the camera' });
  await next.click();
  const words = ana.getByRole('alert').filter({ hasText: 'Choose a number, or No answer.' });
  await expect(words).toBeInViewport({ ratio: 1 });
  await expect(ana.getByRole('radio', { name: '0', exact: true })).toBeFocused();
  expect(await gapBetween(words, grid(ana))).toBeLessThanOrEqual(16);
  await expectAccessible(ana, 'a check-in without a number');
  await ana.getByRole('radio', { name: '2', exact: true }).check();
  await expect(words).toHaveCount(0);
});

test('A log that lacks two things names both at once, in sight, with the details open', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.setViewportSize({ width: 360, height: 640 });
  await ana.goto('/today');
  await ana.getByRole('button', { name: 'Done as prescribed: Full fist and open, right hand' }).first().click();
  const sheet = ana.getByRole('dialog');
  await sheet.getByText('Details', { exact: true }).click();
  await sheet.getByRole('radio', { name: 'Partly' }).check();
  await sheet.getByRole('button', { name: 'Save' }).click();
  for (const gap of ['Choose a number, or No answer.', 'Choose a reason.'])
    await expect(sheet.getByText(gap)).toBeInViewport({ ratio: 1 });
  await expectAccessible(ana, 'a log with two gaps');
  await sheet.getByLabel('Why?').selectOption('Too tired');
  await expect(sheet.getByText('Choose a reason.')).toHaveCount(0);
  await expect(sheet.getByText('Choose a number, or No answer.')).toBeInViewport({ ratio: 1 });
});
