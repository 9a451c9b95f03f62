import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../domain/time/duration';
import { nextMidnight, serverAgrees } from './clocks';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

const FIST = 'Full fist and open, right hand';

test('Today that stays open becomes the next day at midnight, and a planned hour falls due', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.clock.install({ time: nextMidnight() - 90 * SECOND_MS });
  await serverAgrees(ana);
  await ana.goto('/today');
  await ana
    .getByRole('button', { name: `Done as prescribed: ${FIST}` })
    .first()
    .click();
  await ana.getByRole('dialog').getByRole('radio', { name: '1', exact: true }).first().check();
  await ana.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
  const program = ana.getByRole('list', { name: 'Today’s program' });
  await expect(program).toContainText(/1 of \d+ done/);
  await ana.clock.runFor(2 * MINUTE_MS);
  await expect(program).toContainText(/0 of \d+ done/);
  await expect(ana.getByRole('link', { name: `Start ${FIST}` }).first()).toBeVisible();
});

for (const [night, beforeMs] of [
  ['midnight', () => nextMidnight() - HOUR_MS],
  // That day has 23 hours.
  ['the midnight of a day whose clocks were put forward', () => Date.parse('2027-03-28T22:30:00Z')],
] as const)
  test(`A page that slept over ${night} wakes in the next day`, async ({ people, server }) => {
    const pair = await people.pair();
    await withProgram(server, pair, ['full-fist-and-open']);
    const ana = await people.page(pair.ana.userId, { device: 'phone' });
    await ana.clock.install({ time: beforeMs() });
    await serverAgrees(ana);
    await ana.goto('/today');
    const days = ana.getByRole('img', { name: /^\w{3}: .*, \w{3}: / });
    await expect(days).toBeVisible();
    const week = () => days.getAttribute('aria-label');
    const before = await week();
    // No timer ran: a laptop that was shut.
    await ana.clock.setSystemTime(beforeMs() + 2 * HOUR_MS);
    await ana.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await expect.poll(week).not.toBe(before);
  });

test('The door of a visit opens by itself when it is time', async ({ people, server }) => {
  const pair = await people.pair();
  const { clinicId, ana: patient, mira } = pair;
  const of = { clinicId, patient, clinicianId: mira.userId, phone: '+44 20 7946 0100', timeZone: 'Europe/London' };
  const startsAt = Date.now() + 10 * MINUTE_MS + 12 * SECOND_MS;
  const visitId = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeVisit(d, { ...of, startsAt, ended: false })),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/visit/${visitId}`);
  await expect(ana.getByText(/this page opens by itself/)).toBeVisible();
  // Nothing is touched, nothing is told: the time comes.
  await expect(ana.getByText(/this page opens by itself/)).toHaveCount(0, { timeout: 30_000 });
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: 'Join visit' }).click();
  const clinician = await people.page(mira.userId);
  await clinician.goto('/schedule');
  await expect(clinician.getByText(/Ana Duarte/).first()).toBeVisible();
});
