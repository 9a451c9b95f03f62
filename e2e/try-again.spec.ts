import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

test('"Try again" on a page that broke asks for the page anew', async ({ people, server, announced }) => {
  announced.push(/broken on purpose/);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  // Something of the browser that the page needs to be drawn fails in this tab, until it is said to be whole.
  await ana.addInitScript(() => {
    if (sessionStorage.getItem('isWhole')) return;
    Intl.DateTimeFormat.prototype.format = () => {
      throw new Error('broken on purpose');
    };
    Intl.DateTimeFormat.prototype.formatToParts = () => {
      throw new Error('broken on purpose');
    };
  });
  await ana.goto('/today');
  await expect(ana.getByRole('heading', { name: 'Something went wrong' })).toBeVisible();
  await ana.evaluate(() => sessionStorage.setItem('isWhole', 'yes'));
  await ana.getByRole('button', { name: 'Try again' }).click();
  await expect(ana.getByRole('list', { name: 'Today’s program' })).toBeVisible();
});
