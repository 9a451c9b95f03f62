import { expect, test } from './fixtures';
import { endVisit, meet } from './meeting';

test('What could not be loaded at the end of a visit is loaded when the line is back', async ({
  people,
  announced,
}) => {
  test.setTimeout(120_000);
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  await expect(ana.getByRole('button', { name: 'It hurts' })).toBeVisible();
  await ana.route('**/_next/static/chunks/**', (route) => route.abort());
  const failed = ana.waitForEvent('requestfailed', (request) => request.url().includes('/_next/static/chunks/'));
  await endVisit(mira);
  await failed;
  await ana.unrouteAll();
  await expect(ana.getByRole('heading', { name: 'The visit has ended' })).toBeVisible({ timeout: 30_000 });
});
