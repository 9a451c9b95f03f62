import type { Locator, Page } from '@playwright/test';
import type { PrescriptionSpec } from '../db/factories/program';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import {
  drawAcross,
  drawOnDisc,
  endVisit,
  expectInkOnDisc,
  expectNoInk,
  expectShown,
  INK,
  inVisit,
  marksOn,
  stageOf,
} from './meeting';
import { findColour, look } from './pixels';

const WITH_BAND = {
  slug: 'tendon-glides',
  dose: {
    load: { kind: 'band', brand: null, level: 2, kgf: null, percent: null },
    schedule: { v: 1, kind: 'every_hours', hours: 2, fromMinute: 8 * 60, untilMinute: 20 * 60 },
  },
} satisfies PrescriptionSpec;
const NEW_DOSE =
  'Tendon glides, right hand: 2 × 10, hold 5 s. Band, level 2. Every 2 hours, 8:00 to 20:00 ' +
  '(was 1 × 10, hold 5 s. Band, level 2. Every 2 hours, 8:00 to 20:00)';

const still = (page: Page) => page.getByRole('figure', { name: 'Still picture of the hand' });

async function drawAt(page: Page, stage: Locator, share: { x: number; y: number }) {
  const box = await stage.boundingBox();
  if (!box) throw new Error('the stage is on the page');
  await drawAcross(page, { x: box.x + box.width * share.x, y: box.y + box.height * share.y });
}

async function expectHolds(where: string, ...pages: Page[]) {
  for (const [index, page] of pages.entries()) {
    await expectAccessible(page, `${where}, page ${index}`);
    await expectNoSidewaysScroll(page, `${where}, page ${index}`);
  }
}

async function freeze(mira: Page, ana: Page) {
  await mira.getByRole('button', { name: 'Freeze' }).click();
  await expect(mira.getByText(/^Frozen at/)).toHaveText(/, full size from Ana Duarte’s phone$/);
  await expect(still(ana).getByRole('img')).toBeVisible();
}

test('A frozen picture is the same on both sides: both draw on it at the same place, and a reload brings it back', async ({
  people,
  server,
}) => {
  const { mira, ana } = await inVisit(people, server, ['full-fist-and-open', WITH_BAND]);
  await freeze(mira, ana);
  // The small cameras show the same film, discs and all; only the still may carry them.
  for (const page of [mira, ana]) await page.getByRole('button', { name: 'Camera off' }).click();
  for (const page of [mira, ana]) await expect(page.getByRole('button', { name: 'Camera on' })).toBeVisible();
  // A still is shown as it was taken on both sides, whatever the camera was.
  for (const page of [mira, ana]) await expectShown(still(page), { mirrored: false });
  await drawOnDisc(mira, still(mira));
  await expect(marksOn(ana)).toHaveText(['Pen by Mira Solberg']);
  await expectInkOnDisc(still(ana), 'clinician');
  await mira.getByRole('button', { name: 'Undo' }).click();
  for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(0);
  await expectNoInk(still(ana), 'clinician');

  await expectNoInk(still(mira), 'patient');
  await ana.getByRole('button', { name: 'Pen' }).click();
  await drawOnDisc(ana, still(ana));
  await expect(marksOn(mira)).toHaveText(['Pen by Ana Duarte']);
  await expectInkOnDisc(still(mira), 'patient');
  await mira.getByRole('button', { name: 'Clear' }).click();
  for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(0);
  await expectNoInk(still(mira), 'patient');

  await drawOnDisc(mira, still(mira));
  const anasTwo = async () => {
    await drawAt(ana, still(ana), { x: 0.3, y: 0.5 });
    await drawAt(ana, still(ana), { x: 0.3, y: 0.55 });
  };
  await Promise.all([anasTwo(), drawAt(mira, still(mira), { x: 0.7, y: 0.3 })]);
  const all = ['Pen by Mira Solberg', 'Pen by Mira Solberg', 'Pen by Ana Duarte', 'Pen by Ana Duarte'];
  for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(all.length);
  expect((await marksOn(mira).allTextContents()).toSorted()).toEqual(all.toSorted());

  for (const page of [mira, ana]) {
    await page.reload();
    await expect(still(page).getByRole('img')).toBeVisible({ timeout: 20_000 });
    await expect(marksOn(page)).toHaveCount(all.length);
  }
  expect(findColour(await look(still(ana)), INK.patient)).not.toBeNull();
  await mira.getByRole('button', { name: 'Resume' }).click();
  await expect(stageOf.ana(ana).getByRole('application').or(stageOf.ana(ana))).toBeVisible();
  await expect(still(ana)).toHaveCount(0);
});

test('What was drawn on the live hand can be kept, and the clinician’s own hand takes the stage on both sides', async ({
  people,
  server,
}) => {
  const { mira, ana } = await inVisit(people, server, ['full-fist-and-open', WITH_BAND]);
  await expect(mira.getByRole('button', { name: 'Keep' })).toBeDisabled();
  await drawAt(mira, stageOf.mira(mira), { x: 0.5, y: 0.4 });
  await mira.getByRole('button', { name: 'Keep' }).click();
  await expect(mira.getByText('Kept as a still')).toBeVisible();
  await expect(stageOf.mira(mira)).toBeVisible();
  await mira.getByRole('button', { name: /^Show still 1/ }).click();
  for (const page of [mira, ana]) await expect(marksOn(page)).toHaveText(['Pen by Mira Solberg']);
  // No exercise is in hand: an angle is of the hand that stands on the picture.
  await mira.getByRole('button', { name: 'Angle' }).click();
  const area = mira.getByRole('application', { name: 'Drawing area' });
  for (const key of ['Space', 'ArrowRight', 'Space', 'ArrowDown', 'Space']) await area.press(key);
  const form = mira.getByRole('form', { name: 'What does this angle measure?' });
  await form.getByRole('button', { name: 'Change' }).click();
  await expect(form.getByRole('radio', { name: 'Right' })).toBeChecked();
  await form.getByRole('button', { name: 'Keep as a drawing' }).click();
  await expect(form).toHaveCount(0);
  for (const page of [mira, ana])
    await expect(marksOn(page)).toHaveText(['Pen by Mira Solberg', 'Angle by Mira Solberg']);
  await mira.getByRole('button', { name: 'Resume' }).click();
  await mira.getByRole('button', { name: 'Show my hand' }).click();
  await expect(mira.getByRole('figure', { name: 'Your own hand, shown to Ana Duarte' })).toBeVisible();
  await expect(ana.getByRole('figure', { name: 'Hand of Mira Solberg' })).toBeVisible();
  await ana.reload();
  await expect(ana.getByRole('figure', { name: 'Hand of Mira Solberg' })).toBeVisible({ timeout: 20_000 });
  await mira.getByRole('button', { name: /^Show my hand/ }).click();
  await expect(stageOf.ana(ana)).toBeVisible();
});

test('The patient sees each second counted down, stops the count and starts it again', async ({ people, server }) => {
  const { mira, ana } = await inVisit(people, server, ['full-fist-and-open', WITH_BAND]);
  const counting = (page: Page) => page.getByRole('region', { name: 'Counting' });
  const count = counting(ana);
  await mira.getByRole('radio', { name: 'Work on Tendon glides, right hand' }).check();
  await mira.getByRole('button', { name: 'Hold timer: start' }).click();
  // The digit stands before the word: the lead-in goes down from three, a hold of five seconds from five.
  await expect(count).toHaveText(/^[23]\s*Get ready/);
  await expect(count).toHaveText(/^[45]\s*Hold/);
  await count.getByRole('button', { name: 'Stop counting' }).click();
  for (const page of [mira, ana]) await expect(counting(page).getByText('Stopped', { exact: true })).toBeVisible();
  await count.getByRole('button', { name: 'Count again' }).click();
  for (const page of [mira, ana]) await expect(counting(page).getByText('Get ready', { exact: true })).toBeVisible();
  await expect(count.getByRole('button', { name: 'Stop counting' })).toBeVisible();
});

test('A visit is counted on both sides, changes the dose, and ends with a record that can be copied', async ({
  people,
  server,
}) => {
  test.setTimeout(300_000);
  const { mira, ana } = await inVisit(people, server, ['full-fist-and-open', WITH_BAND]);
  await mira.getByRole('radio', { name: 'Work on Tendon glides, right hand' }).check();
  await expectHolds('live', mira, ana);
  const counting = (page: Page) => page.getByRole('region', { name: 'Counting' });
  const count = counting(ana);
  const expectBoth = (words: string | RegExp) =>
    Promise.all([mira, ana].map((page) => expect(counting(page).getByText(words, { exact: true })).toBeVisible()));
  await mira.getByRole('button', { name: 'Metronome: start' }).click();
  await expectBoth('Get ready');
  await expectBoth('Close');
  await expectBoth(/^1 of \d+$/);
  await mira.getByRole('button', { name: 'Metronome: stop' }).click();
  await expectBoth('Stopped');
  await mira.getByRole('button', { name: 'Hold timer: start' }).click();
  await expectBoth('Get ready');
  await expectBoth('Hold');
  await ana.reload();
  await expect(count.getByText('Hold', { exact: true })).toBeVisible({ timeout: 20_000 });
  const hurts = ana.getByRole('button', { name: 'It hurts' });
  const leave = ana.getByRole('button', { name: 'Leave' });
  // Ana holds the phone in her left hand: what she may need at once is at that thumb, the way out is not.
  expect((await hurts.boundingBox())?.x ?? 999).toBeLessThan((await leave.boundingBox())?.x ?? 0);
  await ana.setViewportSize({ width: 640, height: 360 });
  await expect.poll(async () => (await stageOf.ana(ana).boundingBox())?.height ?? 0).toBeGreaterThan(240);
  for (const control of [hurts, leave, ana.getByRole('button', { name: 'Pen' })])
    await expect(control).toBeInViewport({ ratio: 1 });
  const [atThumb, hand] = [await hurts.boundingBox(), await stageOf.ana(ana).boundingBox()];
  expect((atThumb?.x ?? 640) + (atThumb?.width ?? 0)).toBeLessThanOrEqual(hand?.x ?? 0);
  await expectHolds('on its side', ana);
  await ana.setViewportSize({ width: 360, height: 780 });
  await hurts.click();
  await expect(mira.getByRole('alert').filter({ hasText: 'Ana Duarte says that it hurts' })).toBeVisible();
  await ana.getByRole('dialog', { name: 'Stopped' }).getByRole('button', { name: 'Done', exact: true }).click();
  for (const page of [mira, ana]) await expect(page.getByText('Stopped').first()).toBeVisible();

  await freeze(mira, ana);
  await mira.getByRole('button', { name: 'Angle' }).click();
  const box = await still(mira).boundingBox();
  if (!box) throw new Error('the still is on the page');
  for (const [x, y] of [
    [0.5, 0.8],
    [0.5, 0.5],
    [0.7, 0.5],
  ] as const)
    await mira.mouse.click(box.x + box.width * x, box.y + box.height * y);
  await mira
    .getByRole('form', { name: 'What does this angle measure?' })
    .getByRole('button', { name: 'Save measurement' })
    .click();
  await expect(marksOn(ana)).toHaveText(['Angle by Mira Solberg: Index finger, middle joint, right: bent 90°']);

  await mira.getByLabel('Note').fill('Hook now without MCP flexion.');
  await mira.getByLabel('For Ana').fill('Keep the wrist slightly back.');
  await mira.getByRole('button', { name: 'More: Sets' }).click();
  await mira.getByLabel('Why').fill('Stronger than last week');
  // Ana has said that it hurts.
  await mira.getByLabel('What speaks for more while a flag is open').fill('It was the splint, taken off');
  await mira.getByRole('button', { name: 'Publish new dose' }).click();
  await expect(mira.getByLabel('Why')).toHaveCount(0);
  // Who published it sees that it went out, and who is to do it sees what.
  await expect(mira.getByText('Published. It is on the patient’s Today now.')).toBeVisible();
  const newDose = ana.getByRole('status').filter({ hasText: 'Your therapist changed an exercise' });
  await expect(newDose).toContainText('2 × 10, hold 5 s');
  await newDose.getByRole('button', { name: 'Good' }).click();
  await expect(newDose).toHaveCount(0);

  await expectHolds('frozen and counted', mira, ana);
  await mira.getByRole('button', { name: 'End visit' }).click();
  const unsigned = mira.getByRole('dialog', { name: 'Your note is not signed yet' });
  await expectAccessible(mira, 'unsigned note');
  await unsigned.getByRole('button', { name: 'Go on with the visit' }).click();
  await expect(unsigned).toHaveCount(0);
  await mira.getByRole('button', { name: 'End visit' }).click();
  await unsigned.getByRole('button', { name: 'End, sign later' }).click();
  for (const page of [mira, ana]) {
    await expect(page.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
    await expect(page.getByText('Keep the wrist slightly back.')).toBeVisible();
    await expect(page.getByText(/^Hold timer: \d+ repetition/)).toBeVisible();
    await expect(page.getByText(/^Said that it hurts/)).toBeVisible();
    await expect(page.getByText(/^Version 2/)).toBeVisible();
    await expect(page.getByText(NEW_DOSE)).toBeVisible();
    await expect(page.getByRole('figure', { name: /^Still 1/ }).getByRole('img')).toBeVisible();
  }
  // Why it was changed is said among clinicians.
  await expect(mira.getByText('Version 2: Stronger than last week')).toBeVisible();
  await expect(ana.getByText('Stronger than last week')).toHaveCount(0);
  await expect(mira.getByText(/^PIP flexion, index, right, 90 degrees, on still 1$/)).toBeVisible();
  await expect(ana.getByText(/^Index finger, middle joint, right: bent 90°, on still 1$/)).toBeVisible();
  await expectHolds('ended', mira, ana);
  await expect(ana.getByText('Hook now without MCP flexion.')).toHaveCount(0);
  await expect(mira.getByRole('textbox', { name: 'Note' })).toHaveValue('Hook now without MCP flexion.');
  await mira.getByRole('button', { name: 'Sign note' }).click();
  await expect(mira.getByText(/^Signed by Mira Solberg/)).toBeVisible();
  await mira.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await mira.getByRole('button', { name: 'Copy as text' }).click();
  await expect(mira.getByText('Copied')).toBeVisible();
  const text = await mira.evaluate(() => navigator.clipboard.readText());
  for (const part of [
    'Visit of Ana Duarte',
    'Keep the wrist slightly back.',
    'on still 1',
    'Version 2',
    NEW_DOSE,
    'Hook now without MCP flexion.',
  ])
    expect(text).toContain(part);
});

test('An end that was a slip is taken back: both are in the visit again, as they were', async ({ people, server }) => {
  const { mira, ana } = await inVisit(people, server, ['full-fist-and-open', WITH_BAND]);
  await ana.getByRole('button', { name: 'Mute', exact: true }).click();
  await expect(ana.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await endVisit(mira);
  for (const page of [mira, ana])
    await expect(page.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
  await mira.getByRole('button', { name: 'Go on with the visit' }).click();
  for (const page of [mira, ana])
    await expect(page.getByText('Connected', { exact: true })).toBeVisible({ timeout: 20_000 });
  await expect(ana.getByRole('button', { name: 'Unmute' })).toBeVisible();
  await expect(stageOf.mira(mira).locator('video')).toBeVisible();
});
