import type { Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';
import { inVisit, marksOn } from './meeting';

const still = (page: Page) => page.getByRole('figure', { name: 'Still picture of the hand' });
const form = (page: Page) => page.getByRole('form', { name: 'What does this angle measure?' });

/** Sets three points; `bend` is where the far end lies, in widths and heights of the picture from the joint. */
async function setPoints(page: Page, bend: readonly [number, number]) {
  const box = await still(page).boundingBox();
  if (!box) throw new Error('the still is on the page');
  for (const [x, y] of [
    [0.5, 0.8],
    [0.5, 0.5],
    [0.5 + bend[0], 0.5 + bend[1]],
  ] as const)
    await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
}

/** Counts what a person pressed on the page from now on, whatever the specs call it. */
async function presses(page: Page) {
  await page.evaluate(() => {
    const counted = { presses: 0 };
    Object.assign(window, { counted });
    for (const type of ['pointerdown', 'keydown']) window.addEventListener(type, () => (counted.presses += 1), true);
  });
  return () => page.evaluate(() => (window as unknown as { counted: { presses: number } }).counted.presses);
}

test('From freeze to a stored angle it takes six presses the first time and five the second; what a joint cannot do is asked about', async ({
  people,
  server,
}) => {
  const { mira, ana } = await inVisit(people, server);
  const save = form(mira).getByRole('button', { name: 'Save measurement' });

  const first = await presses(mira);
  await mira.getByRole('button', { name: 'Freeze' }).click();
  await expect(still(mira).getByRole('img')).toBeVisible();
  await expect(mira.getByText(/^Frozen at/)).toBeVisible();
  await mira.getByRole('button', { name: 'Angle' }).click();
  await setPoints(mira, [0.2, 0]);
  await expect(form(mira).getByText('Right index PIP flexion')).toBeVisible();
  await expectAccessible(mira, 'an angle in words');
  await save.click();
  await expect(marksOn(mira)).toHaveText([/^Angle by Mira Solberg: PIP flexion, index, right, 90 degrees$/]);
  expect(await first()).toBe(6);
  // The patient reads where the joint stands, and no sign of it.
  await expect(marksOn(ana)).toHaveText([/^Angle by Mira Solberg: Index finger, middle joint, right: bent 90°$/]);

  await mira.getByRole('button', { name: 'Resume' }).click();
  await expect(still(mira)).toHaveCount(0);
  const second = await presses(mira);
  await mira.getByRole('button', { name: 'Freeze' }).click();
  await expect(still(mira).getByRole('img')).toBeVisible();
  await expect(mira.getByText(/^Frozen at/)).toBeVisible();
  await setPoints(mira, [0.2, -0.1]);
  await save.click();
  await expect(marksOn(mira)).toHaveCount(1);
  expect(await second()).toBe(5);

  // Bent the other way: not what this joint does, seen from this side of this hand.
  await setPoints(mira, [-0.2, 0]);
  await expect(form(mira).getByText('-90° is not what a PIP does in flexion. Is something else meant?')).toBeVisible();
  await expectAccessible(mira, 'an angle that is asked about');
  await save.click({ force: true });
  await expect(marksOn(mira)).toHaveCount(2);
  await expect(form(mira).getByRole('button', { name: 'Left hand: 90°' })).toBeFocused();
  await form(mira).getByRole('button', { name: 'Seen from the thumb side: 90°' }).click();
  await save.click();
  await expect(form(mira)).toHaveCount(0);
  await expect(marksOn(mira)).toHaveCount(2);

  // After a reload a still that is opened again has its marks, and can be drawn on.
  await mira.reload();
  await expect(still(mira).getByRole('img')).toBeVisible();
  await mira.getByRole('button', { name: 'Resume' }).click();
  await expect(still(mira)).toHaveCount(0);
  await mira.getByRole('button', { name: /^Show still 2/ }).click();
  await expect(marksOn(mira)).toHaveCount(2);
  await expect(still(mira).getByRole('application')).toBeVisible();
  // And the server knows what was measured last.
  await mira.getByRole('button', { name: 'Angle' }).click();
  await setPoints(mira, [-0.2, -0.1]);
  await expect(form(mira).getByText('Active, seen from the thumb side')).toBeVisible();
  await form(mira).getByRole('button', { name: 'Keep as a drawing' }).click();
});
