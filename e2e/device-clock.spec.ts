import type { Page } from '@playwright/test';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../domain/time/duration';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { logPain, sheet } from './logging';
import { onPhone } from './prescribed';

const FIST = 'Full fist and open, right hand';
const program = (page: Page) => page.getByRole('list', { name: 'Today’s program' });

for (const [what, offMs] of [
  ['an hour ahead', HOUR_MS],
  ['five years ahead', 5 * 365 * DAY_MS],
  ['years behind', -6 * 365 * DAY_MS],
] as const)
  test(`A phone whose clock is ${what} is heard at once, and the clinic reads both times`, async ({
    people,
    server,
  }) => {
    const { pair, ana } = await onPhone(people, server, ['full-fist-and-open']);
    await ana.clock.setSystemTime(Date.now() + offMs);
    await ana.goto('/today');
    await logPain(ana, FIST, 9);
    await expect(sheet(ana).getByText('Your clinic has it.')).toBeVisible();
    await sheet(ana).getByRole('button', { name: 'Done', exact: true }).click();
    // It counts today, by the clock of the world.
    await expect(program(ana)).toContainText(/1 of \d+ done/);
    await expect(ana.getByText('All sent')).toBeVisible();

    const mira = await people.page(pair.mira.userId);
    await mira.goto(`/patients/${pair.ana.patientId}`);
    const flag = mira.getByRole('region', { name: 'Open flags' });
    await expect(flag).toContainText('Pain 9 of 10');
    const said = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'Europe/London' });
    const words = `The device’s clock was wrong: it said ${said.format(Date.now() + offMs)}`;
    await expect(flag).toContainText(words);
    await expect(mira.getByRole('list', { name: 'Logs' }).getByRole('listitem').first()).toContainText(words);
    await expectAccessible(mira, 'marks of a wrong clock');
    await mira.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(mira, 'marks of a wrong clock at 360');
  });

test('Without a line a wrong clock is put right by what was measured before, and what was said arrives', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const { pair, ana } = await onPhone(people, server, ['full-fist-and-open']);
  await ana.clock.setSystemTime(Date.now() + 3 * DAY_MS);
  await ana.goto('/today');
  await expect(program(ana)).toContainText(/0 of \d+ done/);
  await expect.poll(() => ana.evaluate(async () => (await caches.match('/today')) !== undefined)).toBe(true);
  const days = ana.getByRole('img', { name: /^\w{3}: .*, \w{3}: / });
  const week = await days.getAttribute('aria-label');
  await ana.context().setOffline(true);
  await ana.reload();
  await expect(program(ana)).toContainText(/0 of \d+ done/);
  await expect(days).toHaveAttribute('aria-label', week ?? '');
  await logPain(ana, FIST, 2);
  await expect(program(ana)).toContainText(/1 of \d+ done/);
  await ana.context().setOffline(false);
  await expect(ana.getByText('All sent')).toBeVisible({ timeout: 60_000 });
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  const today = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
  await expect(mira.getByRole('list', { name: 'Logs' }).getByRole('listitem').first()).toContainText(
    today.format(Date.now()),
  );
});

test('A clock that is set back while one practises loses nothing', async ({ people, server }) => {
  test.setTimeout(120_000);
  const { ana, program } = await onPhone(people, server, ['full-fist-and-open']);
  const { prescriptions } = program;
  await ana.clock.install();
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await ana.getByRole('button', { name: `Start ${FIST}` }).click();
  await expect(ana.getByText('Repetition 2 of 10')).toBeVisible({ timeout: 60_000 });
  await ana.clock.setSystemTime(Date.now() - 5 * MINUTE_MS);
  await expect(ana.getByText('Paused', { exact: true })).toBeVisible();
  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  await sheet(ana).getByRole('radio', { name: '2', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await ana.goto('/today');
  await expect(ana.getByText('All sent')).toBeVisible();
  await expect(ana.getByRole('button', { name: /needs? a look/ })).toHaveCount(0);
});
