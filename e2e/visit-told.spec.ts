import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const DAY = 86_400_000;

test('A visit that is booked, moved or cancelled stands on the patient’s open Today in their own time, until it is seen', async ({
  people,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  // Ana lives by London's clock, and is on a journey.
  const ana = await people.page(pair.ana.userId, { device: 'phone', zone: 'America/New_York' });
  await ana.goto('/today');
  const booked = ana.getByText(/^A visit with Mira Solberg is booked: /);
  const cancelled = ana.getByText(/^The visit with Mira Solberg is cancelled: /);
  await expect(ana.getByText(/^Your program is not here yet/)).toBeVisible();

  const book = async (day: string) => {
    await mira.goto(`/patients/${pair.ana.patientId}`);
    await mira.getByRole('button', { name: 'Schedule visit' }).click();
    await mira.getByRole('radio', { name: 'At a time' }).check();
    await mira.getByLabel('Date').fill(day);
    await mira.getByLabel('Time', { exact: true }).fill('14:30');
    await mira.getByRole('button', { name: 'Schedule visit' }).click();
    await expect(mira.getByLabel('Date')).toHaveCount(0);
  };
  const dayIn = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
  await book(dayIn(7));
  await expect(booked).toHaveText(/14:30 (GMT|BST)/);
  await expectAccessible(ana, 'Today with a visit that was booked');
  await expectNoSidewaysScroll(ana, 'Today with a visit that was booked');

  // Moved: cancelled, and booked for another day.
  await mira.getByRole('button', { name: 'Cancel visit with Ana Duarte' }).click();
  await mira.getByRole('button', { name: 'Cancel visit', exact: true }).click();
  await expect(cancelled).toBeVisible();
  await expect(booked).toHaveCount(0);
  await book(dayIn(8));
  await expect(booked).toBeVisible();
  await expect(cancelled).toBeVisible();
  for (const [at, notice] of [
    [0, booked],
    [0, cancelled],
  ] as const) {
    await ana.getByRole('button', { name: 'Seen' }).nth(at).click();
    await expect(notice).toHaveCount(0);
  }
  await ana.reload();
  await expect(ana.getByText(/^Your program is not here yet/)).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Seen' })).toHaveCount(0);
});
