import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, test } from './fixtures';

/** Begins the assessment that is to come, from the record's measurements. */
async function begin(mira: Page, patientId: string, button: RegExp): Promise<void> {
  await mira.goto(`/patients/${patientId}/measurements`);
  await mira.getByRole('button', { name: button }).click();
  const form = mira.getByRole('form', { name: 'Begin an assessment' });
  await form.getByRole('button', { name: 'Begin' }).click();
}

async function typeInto(mira: Page, typed: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(typed)) await mira.getByRole('textbox', { name, exact: true }).fill(value);
}

async function sign(mira: Page): Promise<void> {
  await expect(mira.getByRole('status').filter({ hasText: /^Saved/ })).toBeVisible();
  await mira.getByRole('button', { name: 'Sign assessment' }).click();
  await expect(mira.getByText(/^Signed/)).toBeVisible();
}

test('A first assessment becomes the line against which the last is read', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  await begin(mira, pair.ana.patientId, /^First assessment$/);
  await expect(mira.getByRole('heading', { level: 1, name: /First assessment/ })).toBeVisible();
  await typeInto(mira, {
    'Grip, Right, trial 1': '4.4',
    'Grip, Right, trial 2': '4.6',
    'Grip, Right, trial 3': '4.8',
    'Right, Middle joint, bend, active': '60',
    'Right, Middle joint, straight, active': '-20',
  });
  await expect(mira.getByText('20° short of straight')).toBeVisible();
  // Unanswered stays open, and is no 0.
  const openList = mira.getByRole('region', { name: /are open$/ });
  await expect(openList).toContainText('None counts as 0.');
  await mira.getByRole('button', { name: 'Index: Moves alone' }).click();
  await sign(mira);

  await begin(mira, pair.ana.patientId, /^Re-assess, due/);
  await expect(mira.getByRole('heading', { level: 1, name: /Re-assessment/ })).toBeVisible();
  await typeInto(mira, {
    'Grip, Right, trial 1': '7.8',
    'Grip, Right, trial 2': '8',
    'Grip, Right, trial 3': '8.2',
    'Right, Middle joint, bend, active': '74',
  });
  await expect(mira.getByText(/3\.4 kgf more than the last time, measured in the same way: more than/)).toBeVisible();
  await expect(mira.getByText('Middle joint, bend: 14° more, more than measuring error, 10°.')).toBeVisible();
  await sign(mira);
  await mira.goto(`/patients/${pair.ana.patientId}/measurements`);
  const list = mira.getByRole('navigation', { name: 'Measures' });
  await expect(list.getByRole('button', { name: /middle joint, bend RIGHT 74° 14° more than at first/ })).toBeVisible();
});

test('What is typed without a line is kept on the device, and arrives with it', async ({ people, announced }) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  await begin(mira, pair.ana.patientId, /^First assessment$/);
  await expect(mira.getByRole('heading', { level: 1, name: /First assessment/ })).toBeVisible();
  await mira.context().setOffline(true);
  await typeInto(mira, { 'Grip, Right, trial 1': '6.6', 'Grip, Right, trial 2': '7' });
  await mira.getByRole('textbox', { name: 'Grip, Right, trial 3' }).focus();
  await expect(mira.getByText('Kept on this device, not sent yet.')).toBeVisible();
  await mira.getByRole('button', { name: 'Sign assessment' }).click();
  await expect(mira.getByRole('alert').filter({ hasText: 'Not everything has reached the clinic yet' })).toBeVisible();
  await mira.context().setOffline(false);
  await expect(mira.getByRole('status').filter({ hasText: /^Saved/ })).toBeVisible();
  await mira.reload();
  await expect(mira.getByLabel('Grip, Right, trial 1')).toHaveValue('6.6');
  await expect(mira.getByLabel('Grip, Right, trial 2')).toHaveValue('7');
  await expect(mira.getByText('6.8 kgf')).toBeVisible();
  await expect(mira.getByText('one trial open')).toBeVisible();
});

test('Two who write one assessment meet in it: what one types the other sees, and nothing is signed unseen', async ({
  people,
}) => {
  const pair = await people.pair();
  const [mira, other] = [await people.page(pair.mira.userId), await people.page(pair.mira.userId)];
  await begin(mira, pair.ana.patientId, /^First assessment$/);
  await expect(mira.getByRole('heading', { level: 1, name: /First assessment/ })).toBeVisible();
  await other.goto(`/patients/${pair.ana.patientId}/measurements`);
  await other.getByRole('link', { name: /^Go on with the assessment/ }).click();
  await typeInto(other, { 'Figure of eight, Right': '44.5' });
  await other.getByRole('textbox', { name: 'Figure of eight, Left' }).focus();
  await expect(mira.getByRole('textbox', { name: 'Figure of eight, Right' })).toHaveValue('44.5');
  await typeInto(mira, { 'Pain now, Right': '3' });
  await mira.getByRole('textbox', { name: 'Pain, worst, Right' }).focus();
  await expect(other.getByRole('textbox', { name: 'Pain now, Right' })).toHaveValue('3');
  // What can be no measure says so, and is not kept.
  await typeInto(mira, { 'Pain, worst, Right': '11' });
  await mira.getByRole('textbox', { name: 'Pain, average, Right' }).focus();
  await expect(mira.getByRole('textbox', { name: 'Pain, worst, Right' })).toHaveAccessibleDescription(
    'This cannot be so. Look once more.',
  );
});

test('An assessment is read by everybody: at 360 px, at twice the size of text, in both themes', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  await begin(mira, pair.ana.patientId, /^First assessment$/);
  await expect(mira.getByRole('heading', { level: 1, name: /First assessment/ })).toBeVisible();
  await expectAccessible(mira, 'an assessment');
  await mira.setViewportSize({ width: 360, height: 740 });
  await expectNoSidewaysScroll(mira, 'an assessment at 360');
  await expectRoomForLargeText(mira, 'an assessment at 360');
  await mira.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(mira, 'an assessment, dark');
});
