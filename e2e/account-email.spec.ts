import { makeInDatabase } from '../db/factories/database';
import { setEmail } from '../db/factories/news';
import { setPasswordHash } from '../db/queries/people/users';
import { hashPassword } from '../server/auth/password';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, test } from './fixtures';

test('An account’s e-mail address is another when the link that was sent there is opened', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const userId = pair.ana.userId ?? '';
  const [before, after] = [`before${process.pid}@example.org`, `after${process.pid}@example.org`];
  const password = 'four calm words here';
  const passwordHash = await hashPassword(password);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* setEmail(d, { userId, email: before });
      yield* setPasswordHash(d, { userId, passwordHash });
    }),
  );
  const lettersTo = (email: string) => server.mail.received.filter(({ to }) => to === email);
  const ana = await people.page(userId, { device: 'phone' });
  await ana.goto('/account');
  const form = ana.getByRole('region', { name: 'E-mail address' });
  await expect(ana.getByText(before, { exact: true })).toBeVisible();
  await form.getByRole('button', { name: 'Send the link' }).click();
  await expect(form.getByText('An e-mail address, please')).toBeVisible();
  await form.getByLabel('New e-mail address').fill(after);
  await form.getByLabel('Your password').fill(password);
  await form.getByRole('button', { name: 'Send the link' }).click();
  await expect(form.getByText(/^If the address can be used, a link is on its way/)).toBeVisible();
  await expectAccessible(ana, 'another e-mail address');
  await expectNoSidewaysScroll(ana, 'another e-mail address');
  await expect.poll(() => [lettersTo(after).length, lettersTo(before).length]).toEqual([1, 1]);
  const raw = lettersTo(after)[0]?.raw.replace(/=\r\n/g, '') ?? '';
  const link = /http\S+\/email\/[\w-]{43}/.exec(raw)?.[0] ?? '';

  // Whoever opens it needs not be signed in there, and a look changes nothing.
  expect((await fetch(link)).status).toBe(200);
  const other = await people.page(null, { device: 'phone' });
  await other.goto(link);
  await expectAccessible(other, 'confirming an e-mail address');
  await expectRoomForLargeText(other, 'confirming an e-mail address');
  await other.getByRole('button', { name: 'Use this address' }).click();
  await expect(other.getByText('Done. Sign in with this address from now on.')).toBeVisible();
  await other.getByRole('link', { name: 'Go on' }).click();
  await other.getByLabel('Email').fill(after);
  await other.getByLabel('Password', { exact: true }).fill(password);
  await other.getByRole('button', { name: 'Sign in' }).click();
  await expect(other).toHaveURL(/\/today$/);
  await ana.reload();
  await expect(ana.getByText(after, { exact: true })).toBeVisible();
});
