import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, test } from './fixtures';
import { bendOf, gripOf, withMeasures } from './measured';

/** The form for a test, opened from the overview of the record. */
async function formOf(page: Page, patientId: string): Promise<Locator> {
  await page.goto(`/patients/${patientId}`);
  await page
    .getByRole('navigation', { name: 'Parts of the record' })
    .getByRole('link', { name: 'Measurements' })
    .click();
  await page.getByRole('button', { name: 'Enter a measure' }).click();
  return page.getByRole('form', { name: 'Enter a measure' });
}

test('Both hands are gripped by keyboard alone, read in percent of the other, and one is corrected with trace', async ({
  people,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const form = await formOf(mira, pair.ana.patientId);
  await expect(form.getByLabel('Test')).toBeFocused();
  await expect(form.getByLabel('Test')).toHaveValue('grip');
  await form.getByLabel('Device').focus();
  await mira.keyboard.type('Jamar 2');
  await form.getByLabel('Left, trial 1').focus();
  for (const trial of ['6.6', '7', '7.1']) {
    await mira.keyboard.type(trial);
    await mira.keyboard.press('Tab');
  }
  await expect(form.getByRole('group', { name: 'LEFT' })).toContainText('6.9 kgf, best 7.1 kgf');
  await expect(form.getByRole('button', { name: 'Stop: unusual pain, Left' })).toBeFocused();
  await mira.keyboard.press('Tab');
  for (const trial of ['31.8', '32.4', '31.2']) {
    await mira.keyboard.type(trial);
    await mira.keyboard.press('Tab');
  }
  await expect(form.getByText('The left hand has 22 % of the other.')).toBeVisible();
  await form.getByLabel('Right, trial 3').focus();
  await mira.keyboard.press('Enter');
  await expect(mira.getByText('2 measures are saved.')).toBeVisible();
  await expect(mira.getByRole('button', { name: 'Enter a measure' })).toBeFocused();

  await mira.reload();
  await mira.getByRole('button', { name: /^Grip, Jamar 2 LEFT/ }).press('Enter');
  const panel = mira.getByRole('region', { name: 'Grip, Jamar 2' });
  await expect(panel).toContainText(/22 % of the other hand \(31\.8 kgf/);
  await panel.getByRole('button', { name: /^Correct 6\.9 kgf/ }).press('Enter');
  const correction = panel.getByRole('form', { name: /^Correct Grip/ });
  await expect(correction.getByLabel('Trial 1')).toBeFocused();
  await correction.getByLabel('Trial 3').fill('7.4');
  await mira.keyboard.press('Enter');
  await expect(correction.getByLabel('Why')).toHaveAccessibleDescription(/Say why/);
  await correction.getByLabel('Why').fill('typed wrong');
  await mira.keyboard.press('Enter');
  await expect(panel.getByRole('table')).toContainText('was 6.9 kgf: typed wrong');
  await expect(panel.getByRole('row').filter({ hasText: 'was 6.9 kgf' })).toContainText('7 kgf');
});

test('Two devices, and two ways of measuring an angle, are never one line', async ({ people, server }) => {
  const pair = await people.pair();
  await withMeasures(server, pair, [
    gripOf(40, [9, 9.5, 10]),
    gripOf(5, [13, 13.1, 13.2]),
    gripOf(5, [8.6, 8.8, 9], { method: 'sensor', device: 'Squeeze' }),
    bendOf(40, 42),
    bendOf(3, 66),
    bendOf(2, 60, { method: 'visual' }),
    bendOf(3, 12, { motion: 'extension' }),
  ]);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}/measurements`);
  const list = mira.getByRole('navigation', { name: 'Measures' });
  await expect(
    list.getByRole('button', { name: /^Grip, Jamar 2 RIGHT 13\.1 kgf 3\.6 kgf more than at first/ }),
  ).toBeVisible();
  await expect(list.getByRole('button', { name: /^Grip, Squeeze RIGHT 8\.8 kgf measured once/ })).toBeVisible();
  await expect(list.getByRole('button', { name: /12° short of straight/ })).toBeVisible();

  await list.getByRole('button', { name: /^Grip, Jamar 2/ }).click();
  const grip = mira.getByRole('region', { name: 'Grip, Jamar 2' });
  await expect(grip).toContainText('more than measuring error, 2.9 kgf');
  await expect(grip).toContainText('people after a stroke, affected hand. Chen 2009');
  // Ana's sex is not said: nothing is compared with a norm.
  await expect(grip).not.toContainText('percentile');

  await list.getByRole('button', { name: /^Index, middle joint, bend/ }).click();
  const bend = mira.getByRole('region', { name: 'Index, middle joint, bend' });
  await expect(bend).toContainText('2 ways of measuring, 2 lines, never joined.');
  const picture = bend.getByRole('img');
  await expect(picture).toHaveAccessibleName(/Goniometer from 42° on .+ to 66° on/);
  await expect(picture).toHaveAccessibleName(/By eye 60° on/);
});

test('What cannot be is refused beside its field, and another unit is asked for', async ({ people, server }) => {
  const pair = await people.pair();
  await withMeasures(server, pair, [gripOf(30, [12, 12, 12], { side: 'left' })]);
  const mira = await people.page(pair.mira.userId);
  const form = await formOf(mira, pair.ana.patientId);
  const left = form.getByLabel('Left, trial 1');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Nothing is typed yet.')).toBeVisible();
  for (const [wrong, words] of [
    ['-3', 'From 0 to 150.'],
    ['1000000000', 'From 0 to 150.'],
    ['1e9', 'Only the number; the unit stands above.'],
    ['12 N', 'Only the number; the unit stands above.'],
  ] as const) {
    await left.fill(wrong);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(left).toBeFocused();
    await expect(left).toHaveAccessibleDescription(words);
    await expect(left).toHaveValue(wrong);
  }
  await form.getByRole('radio', { name: 'N', exact: true }).check();
  await left.fill('12');
  await expect(
    form.getByText(/12 N is 1\.2 kgf|12 N is 12 N here; the last time it was 118 N\. Was kgf meant\?/),
  ).toBeVisible();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Say which unit was meant.')).toBeVisible();
  await form.getByRole('button', { name: 'Yes, kgf' }).click();
  await expect(form.getByRole('radio', { name: 'kgf' })).toBeChecked();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.getByText('One measure is saved.')).toBeVisible();
  await expect(mira.getByRole('button', { name: /^Grip, Jamar 2 LEFT 12 kgf as before/ })).toBeVisible();

  await mira.getByRole('button', { name: 'Enter a measure' }).click();
  await form.getByLabel('Day').fill('2099-01-01');
  await left.fill('12');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByLabel('Day')).toHaveAccessibleDescription('A day up to today.');
});

test('A joint is typed as therapists write it, and what was understood stands beside it', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const form = await formOf(mira, pair.ana.patientId);
  await form.getByLabel('Test').selectOption('joint');
  await form.getByLabel('Which').selectOption('index');
  const straight = form.getByLabel('Right, Middle joint, straight, active');
  for (const [typed, words] of [
    ['-12', '12° short of straight'],
    ['12', '12° short of straight'],
    ['+5', '5° past straight'],
    ['0', 'straight'],
  ] as const) {
    await straight.fill(typed);
    await expect(form.getByRole('group', { name: 'RIGHT' }).getByText(words, { exact: true })).toBeVisible();
  }
  const joints = ['Big knuckle', 'Middle joint', 'End joint'];
  for (const [index, joint] of joints.entries()) {
    await form.getByLabel(`Right, ${joint}, bend, active`).fill(['62', '74', '38'][index] ?? '');
    await form.getByLabel(`Right, ${joint}, straight, active`).fill(['0', '-12', '0'][index] ?? '');
  }
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.getByText('6 measures are saved.')).toBeVisible();
  await mira.getByRole('button', { name: /^Total motion, index RIGHT 162°/ }).click();
  const total = mira.getByRole('region', { name: 'Total motion, index' });
  await expect(total).toContainText('62 % of 260°: fair');
});

test('Unusual pain stops a test, and it is said to the record as all pain is', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const form = await formOf(mira, pair.ana.patientId);
  await form.getByLabel('Right, trial 1').fill('5');
  await form.getByRole('button', { name: 'Stop: unusual pain, Right' }).click();
  await form.getByRole('radio', { name: '8' }).check();
  await form.getByRole('button', { name: 'Say it, and stop this test' }).click();
  await expect(form.getByText(/^Stopped for pain\./)).toBeVisible();
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.getByText('One measure is saved.')).toBeVisible();
  await expect(mira.getByRole('region', { name: 'Grip, Dynamometer' })).toContainText('stopped for pain');

  await mira.getByRole('button', { name: 'Enter a measure' }).click();
  await expect(form.getByText(/^Not offered now: .* stop since/)).toBeVisible();
  await expect(form.getByLabel('Right, trial 1')).toHaveCount(0);
  await form.getByRole('button', { name: 'Test all the same' }).click();
  await form.getByLabel('Right, trial 1').fill('6');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByLabel('Why it is tested all the same')).toHaveAccessibleDescription(/Say why/);
  await form.getByLabel('Why it is tested all the same').fill('The surgeon asks for it');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(mira.getByRole('table')).toContainText('measured all the same: The surgeon asks for it');
});

test('Strength is read in the unit that its reader chose', async ({ people, server }) => {
  const pair = await people.pair();
  await withMeasures(server, pair, [gripOf(3, [12, 12, 12])]);
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/account');
  const units = mira.getByRole('region', { name: 'Units of strength' });
  await units.getByRole('radio', { name: 'lb' }).check();
  await expect(units.getByText('Saved.')).toBeVisible();
  await mira.goto(`/patients/${pair.ana.patientId}/measurements`);
  await expect(mira.getByRole('button', { name: /^Grip, Jamar 2 RIGHT 26\.5 lb/ })).toBeVisible();
});

test('Measurements hold WCAG 2.2 AA in light and in dark, on a telephone and with large text', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withMeasures(server, pair, [
    gripOf(40, [9, 9.5, 10]),
    gripOf(5, [13, 13.1, 13.2]),
    bendOf(3, 66),
    bendOf(2, 60, { method: 'visual' }),
  ]);
  const mira = await people.page(pair.mira.userId);
  const look = async (where: string) => {
    await mira.setViewportSize({ width: 1280, height: 800 });
    await expectAccessible(mira, where);
    for (const width of [360, 320]) {
      await mira.setViewportSize({ width, height: 780 });
      await expectNoSidewaysScroll(mira, `${where} at ${width}`);
    }
    await expectRoomForLargeText(mira, `${where} at 320`);
  };
  await mira.goto(`/patients/${pair.ana.patientId}/measurements`);
  await expect(mira.getByRole('heading', { level: 1 })).toContainText('Ana Duarte');
  await look('measurements');
  await mira
    .getByRole('button', { name: /^Correct/ })
    .first()
    .click();
  await look('a correction');
  await mira.getByRole('button', { name: 'Enter a measure' }).click();
  await look('the form of a joint');
  await mira.getByLabel('Test').selectOption('grip');
  await look('the form of grip');
});
