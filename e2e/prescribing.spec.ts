import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { livesAt } from './clocks';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

test('A weight has kilograms, a putty brand and level, and a limit that is not set is no number', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair, ['wrist-lift-with-weight', 'full-fist-and-open']);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  const lift = mira.getByRole('article', { name: 'Wrist lift with a weight' });
  const weight = lift.getByLabel('Weight (kg)');
  await expect(weight).toHaveValue('0.5');
  await expect(lift.getByLabel('Level (1 softest)')).toHaveCount(0);
  await weight.fill('0');
  await expect(weight).toHaveAccessibleDescription('0.01 to 100, please.');
  await weight.fill('0,75');
  await weight.blur();
  await expect(weight).toHaveValue('0.75');
  await expect(lift.getByText(/Weight, 0.75 kg/)).toBeVisible();

  // By itself it rests on some days, and this may be one of them.
  await lift.getByLabel('Schedule').selectOption({ label: 'Every day' });

  const fist = mira.getByRole('article', { name: 'Full fist and open' });
  const limit = fist.getByLabel('Pain limit');
  await expect(limit).toHaveValue('');
  await expect(limit.getByRole('option', { name: 'Not set: the clinic’s rule' })).toHaveCount(1);
  await fist.getByLabel('Load').selectOption({ label: 'Putty' });
  await expect(fist.getByLabel('Level (1 softest)')).toHaveValue('');
  await fist.getByLabel('Brand').fill('Thera');
  await fist.getByLabel('Level (1 softest)').fill('2');
  await fist.getByLabel('Measured force (kgf)').fill('1.5');
  await expectAccessible(mira, 'program with loads');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'program with loads at 360');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 2 is published.')).toBeVisible();

  await mira.reload();
  await expect(limit).toHaveValue('');
  await expect(fist.getByLabel('Brand')).toHaveValue('Thera');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('link', { name: 'Start Wrist lift with a weight, right hand' }).first().click();
  await expect(ana.getByText('Weight, 0.75 kg')).toBeVisible();
});

test('Every few hours, every other day and weekdays are chosen by keyboard, and Today follows', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair, [
    'full-fist-and-open',
    'tendon-glides',
    'wrist-lift-with-weight',
  ]);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  const fist = mira.getByRole('article', { name: 'Full fist and open' });
  const glides = mira.getByRole('article', { name: 'Tendon glides' });
  const lift = mira.getByRole('article', { name: 'Wrist lift with a weight' });

  await fist.getByLabel('Schedule').focus();
  await mira.keyboard.press('End');
  await expect(fist.getByText('Every 2 hours, 8:00 to 20:00')).toBeVisible();
  await fist.getByRole('button', { name: 'More: Every so many hours' }).focus();
  await mira.keyboard.press('Enter');
  await fist.getByLabel('First at').focus();
  for (let n = 0; n < 20; n++) await mira.keyboard.press('ArrowDown');
  await expect(fist.getByText('Every 3 hours, 18:00 to 20:00')).toBeVisible();

  await glides.getByLabel('Schedule').focus();
  await mira.keyboard.press('ArrowDown');
  await mira.keyboard.press('ArrowDown');
  await expect(glides.getByText('Every other day', { exact: true })).toBeVisible();
  await glides.getByLabel('Counted from').fill('2026-12-01');

  const week = lift.getByRole('group', { name: 'Weekdays' });
  for (const day of ['Monday', 'Friday']) {
    await week.getByRole('checkbox', { name: day }).focus();
    await mira.keyboard.press('Space');
  }
  await expect(lift.getByText('Once a day, one day a week, Wed')).toBeVisible();
  await week.getByRole('checkbox', { name: 'Wednesday' }).press('Space');
  await expect(week.getByRole('checkbox', { name: 'Wednesday' })).toBeChecked();
  await expectAccessible(mira, 'program with schedules');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 2 is published.')).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  // A Wednesday at noon in London, one day after a day of the glides.
  await livesAt(ana, Date.parse('2026-12-02T12:00:00Z'), { isFixed: true });
  await ana.goto('/today');
  const rows = ana.getByRole('list', { name: 'Today’s program' }).getByRole('listitem');
  const row = (name: string) => rows.filter({ hasText: name });
  await expect(row('Full fist and open')).toContainText('Every 3 hours, 18:00 to 20:00');
  await expect(row('Full fist and open')).toContainText('Later, 18:00');
  await expect(row('Tendon glides')).toContainText('Rest day');
  await expect(row('Wrist lift with a weight')).toContainText('0 of 1 done');
  await expect(row('Wrist lift with a weight').getByRole('link', { name: /^Start/ })).toBeVisible();
  await livesAt(ana, Date.parse('2026-12-03T18:30:00Z'), { isFixed: true });
  await ana.reload();
  await expect(row('Full fist and open').getByRole('link', { name: /^Start/ })).toBeVisible();
  await expect(row('Tendon glides').getByRole('link', { name: /^Start/ })).toBeVisible();
  await expect(row('Wrist lift with a weight')).toContainText('Rest day');
});
