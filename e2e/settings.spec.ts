import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

test('Text size and colours are chosen before signing in, and stay', async ({ people }) => {
  const { ana } = await people.pair();
  const page = await people.page(ana.userId, { device: 'phone' });
  const visitor = await people.page(null, { device: 'phone' });
  const root = (of: typeof page) => of.locator('html');
  await visitor.goto('/');
  await visitor.getByLabel('Aa: text size and colours').click();
  await visitor.getByRole('group', { name: 'Text size' }).getByRole('radio', { name: '150 %' }).check();
  await visitor.getByRole('group', { name: 'Colours' }).getByRole('radio', { name: 'Dark' }).check();
  await expect(root(visitor)).toHaveCSS('font-size', '24px');
  await visitor.goto('/sign-in');
  await expect(root(visitor)).toHaveCSS('font-size', '24px');
  await expect(root(visitor)).toHaveAttribute('data-theme', 'dark');
  await expectNoSidewaysScroll(visitor, 'sign-in at 150 %');

  await page.goto('/today');
  await page.getByRole('banner').getByRole('group').click();
  await page.getByRole('group', { name: 'Text size' }).getByRole('radio', { name: '125 %' }).check();
  await expect(root(page)).toHaveCSS('font-size', '20px');
  await expectAccessible(page, 'account menu');
  await page.getByRole('link', { name: 'What you agreed to' }).click();
  await expect(page.getByRole('heading', { name: 'What you agreed to' })).toBeVisible();
  await expect(root(page)).toHaveCSS('font-size', '20px');
});

test('What was agreed can be taken back, and the visit asks for it again', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/consents');
  await ana.getByRole('button', { name: 'Take back: Live video visits' }).click();
  await expect(ana.getByRole('button', { name: 'Agree: Live video visits' })).toBeVisible();
  await expectAccessible(ana, '/consents');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await expect(mira.getByLabel('Length')).toBeVisible();
  await mira.getByRole('button', { name: 'Start now' }).click();
  await expect(mira.getByRole('link', { name: /^Join visit/ })).toBeVisible();
  await ana.goto('/visits');
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  await expect(ana.getByRole('button', { name: /^Join visit/ })).toBeDisabled();
  await ana.getByRole('button', { name: 'Agree: Live video visits' }).click();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: /^Join visit/ }).click();
  await expect(ana.getByRole('heading', { name: 'Mira Solberg is told that you are here' })).toBeVisible();
});
