import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { toCamera } from './clips';
import { expect, test } from './fixtures';
import { onPhone } from './prescribed';

test('Who practises finds on Today and in the menu how to write, to ring, and when somebody is there', async ({
  people,
  server,
}) => {
  const { ana, pair } = await onPhone(people, server);
  await ana.goto('/today');
  const reach = ana.getByRole('region', { name: 'Reach your clinic' });
  await expect(reach.getByText(/^Your clinic is (open now|closed until .+)\./)).toBeVisible();
  const ring = reach.getByRole('link', { name: /^Ring / });
  await expect(ring).toHaveAttribute('href', /^tel:/);
  // By her own clock, which is the clinic's: no zone needs a name.
  await reach.getByText('Opening hours').click();
  await expect(reach.getByRole('definition')).toHaveCount(7);
  await expect(reach.getByText(/by the clock of/)).toHaveCount(0);
  await expectAccessible(ana, 'Today with the hours');
  await expectNoSidewaysScroll(ana, 'Today with the hours');
  await expectRoomForLargeText(ana, 'Today with the hours');

  await ana.locator('summary', { hasText: 'Ana Duarte' }).press('Enter');
  await ana.getByRole('link', { name: 'Reach your clinic' }).click();
  await expect(ana.getByRole('heading', { level: 1, name: 'Reach your clinic' })).toBeVisible();
  await expect(ana).toHaveURL(/\/reach$/);
  await expect(ring).toBeVisible();
  await expectAccessible(ana, 'how to reach the clinic');
  await expectNoSidewaysScroll(ana, 'how to reach the clinic');
  await expectRoomForLargeText(ana, 'how to reach the clinic');
  await reach.getByRole('link', { name: 'Write to your clinic' }).click();
  await expect(ana.getByRole('textbox').first()).toBeVisible();

  const away = await people.page(pair.ana.userId, { device: 'phone', zone: 'America/New_York' });
  await away.goto('/reach');
  await away.getByText('Opening hours').click();
  await expect(away.getByText('The times here are by the clock of Europe/London.')).toBeVisible();
});

test('How to reach the clinic opens without a line', async ({ people, server, announced }) => {
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/);
  const { ana } = await onPhone(people, server);
  await ana.goto('/today');
  await expect
    .poll(() => ana.evaluate(async () => (await caches.match('/reach')) !== undefined), { timeout: 30_000 })
    .toBe(true);
  await ana.context().setOffline(true);
  await ana.goto('/reach');
  await expect(ana.getByRole('link', { name: /^Ring / })).toHaveAttribute('href', /^tel:/);
});

test('Before there is a program Today says what happens next, and a first clip can be filmed', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  const first = ana.getByRole('region', { name: 'What happens next' });
  await expect(first.getByRole('listitem')).toHaveCount(3);
  await expect(first.getByText(/makes a program for your hand/)).toBeVisible();
  await expectAccessible(ana, 'the first day');
  await expectNoSidewaysScroll(ana, 'the first day');
  await expectRoomForLargeText(ana, 'the first day');
  await expect(first.getByRole('link', { name: 'Show your hand' })).toHaveAttribute('href', '/check-ins/new');
  await first.getByRole('link', { name: 'Show your hand' }).click();
  await expect(ana).toHaveURL(/\/check-ins\/new$/);
  await toCamera(ana);
  await expect(ana.getByRole('button', { name: /record|film/i }).first()).toBeVisible();
});
