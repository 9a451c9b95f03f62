import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import { drawAcross } from './meeting';

test('What a patient says to an answer reaches the clinician, who finds the answer with its drawings again', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const clip = mira.getByRole('figure', { name: 'Clip' });
  await expect(clip.getByRole('application')).toBeVisible({ timeout: 20_000 });
  const box = await clip.boundingBox();
  if (!box) throw new Error('the clip is on the page');
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await mira.getByLabel('Reply to Ana').fill('Tuck the thumb in.');
  await mira.getByRole('button', { name: 'Ask for another clip' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('link', { name: /answered your clip/ }).click();
  await expect(ana.getByText('Tuck the thumb in.')).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Film it again' })).toBeVisible();
  await ana.getByRole('button', { name: 'Not clear' }).click();
  // Where to say what is not clear.
  await expect(ana.getByRole('form', { name: 'Your message' })).toContainText('Answer of');
  await ana.goto('/today');
  await expect(ana.getByRole('heading', { name: /^Good/ })).toBeVisible();
  await expect(ana.getByRole('link', { name: /answered your clip/ })).toHaveCount(0);

  await mira.getByRole('link', { name: 'Notices, one new' }).click();
  await expectAccessible(mira, 'notices');
  await expectNoSidewaysScroll(mira, 'notices');
  await mira.getByRole('link', { name: 'Ana Duarte answered your review: not clear' }).click();
  await expect(mira.getByRole('region', { name: 'Ana Duarte answered' })).toContainText('Not clear');
  await expect(mira.getByRole('region', { name: 'What was answered' })).toContainText('Tuck the thumb in.');
  await expect(mira.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  await expect(mira.getByRole('link', { name: 'Notices', exact: true })).toBeVisible();
  await expectAccessible(mira, 'answered check-in');

  await mira.getByRole('link', { name: 'Open record' }).click();
  const row = mira.getByRole('region', { name: 'Check-ins' }).getByRole('listitem');
  await expect(row).toContainText('Another clip asked for');
  await expect(row).toContainText('Answer not clear');
  await row.getByRole('link', { name: /^Show check-in Tendon glides/ }).click();
  await expect(mira.getByRole('region', { name: 'Ana Duarte answered' })).toBeVisible();
});
