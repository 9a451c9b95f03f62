import { v7 as uuidv7 } from 'uuid';
import { makeCheckIn } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { insertCover } from '../db/queries/people/care-team';
import { findEscalation, moveEscalation } from '../db/queries/practice/escalations';
import { listOpenFlags } from '../db/queries/practice/flags';
import { DAY_MS, HOUR_MS } from '../domain/time/duration';
import { addDays, localDay, weekday } from '../domain/time/local-day';
import { instantsOf } from '../domain/time/wall-time';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { livesAt } from './clocks';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const LONDON = 'Europe/London';

/** A wall time in London on the next day that is this one of the week (1 Monday … 7 Sunday). */
function next(day: number, hour: number): number {
  let on = addDays(localDay(Date.now(), LONDON), 1);
  while (weekday(on) !== day) on = addDays(on, 1);
  const found = instantsOf({ day: on, minutes: hour * 60 }, LONDON);
  if (found.kind !== 'once') throw new Error('it is one instant');
  return found.at;
}

/** Priya, who covers Ana. */
async function withCover(server: TestServer, { clinicId, ana }: Pair) {
  const day = { fromAt: Date.now(), toAt: Date.now() + DAY_MS };
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const email = `priya.${uuidv7()}@larkfield.example`;
      const priya = yield* makeStaff(d, { clinicId, name: 'Priya Nair', email });
      const place = { membershipId: priya.membershipId, part: 'cover' as const, ...day };
      yield* insertCover(d, { id: uuidv7(), clinicId, patientId: ana.patientId, ...place });
      return { ...priya, email };
    }),
  );
}

const flagOf = (server: TestServer, { clinicId, ana }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const [flag] = yield* listOpenFlags(d, { clinicId, patientId: ana.patientId, limit: 1 });
      return flag;
    }),
  );

/** The next step of the flag is due: as if its time had gone by. */
async function timeGoesBy(server: TestServer, { clinicId, ana }: Pair, flagId: string): Promise<void> {
  const flag = { clinicId, patientId: ana.patientId, flagId };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const row = yield* findEscalation(d, flag);
      if (!row) throw new Error('the flag goes on to somebody');
      yield* moveEscalation(d, { ...flag, step: row.step, nextAt: Date.now() - 1 });
    }),
  );
}

test('A red answer at 22:00 reaches the cover’s mailbox although the lead never looks', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  await withProgram(server, pair);
  const priya = await withCover(server, pair);
  const cover = await people.page(priya.userId);
  await cover.goto('/notices');
  await expect(cover.getByText('Nothing new')).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await livesAt(ana, next(2, 22));
  await ana.goto('/today');
  await ana.getByRole('button', { name: 'It hurts' }).click();
  const hurt = ana.getByRole('dialog', { name: 'Stopped' });
  await expect(hurt).toContainText('Do not wait for it: ring now.');
  await expect(hurt).toContainText(/Your clinic is closed until Wed,? .*0?8:00/);
  await expect(hurt.getByRole('link', { name: /^Ring .+: \+44 20 7946 0100$/ })).toBeVisible();
  await expectAccessible(ana, '"It hurts" out of hours');
  await expectNoSidewaysScroll(ana, '"It hurts" out of hours');
  await expectRoomForLargeText(ana, '"It hurts" out of hours');
  await hurt.getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana.getByRole('region', { name: 'Stopped' })).toContainText('Your clinic is closed until');
  await expect.poll(async () => (await flagOf(server, pair))?.severity).toBe('red');
  const flag = await flagOf(server, pair);
  await timeGoesBy(server, pair, flag?.id ?? '');

  const notice = cover.getByRole('link', { name: 'A red answer of Ana Duarte was taken by nobody: please take it' });
  await expect(notice).toBeVisible({ timeout: 30_000 });
  await expect(cover.getByRole('main')).toContainText('Nobody has taken it yet');
  await expectAccessible(cover, 'notices of a flag');
  const letters = () => server.mail.received.filter(({ to }) => to === priya.email);
  await expect.poll(() => letters().map(({ subject }) => subject)).toEqual(['Urgent: someone needs a look']);
  expect(letters()[0]?.raw).not.toMatch(/Ana|Duarte|hurts|pain|red answer/i);
  await notice.click();
  const flags = cover.getByRole('region', { name: 'Open flags' });
  await expect(flags).toContainText('Nobody has taken it yet');
  const told = flags.getByRole('list', { name: 'Who was told' });
  await expect(told).toContainText('Mira Solberg told as lead');
  await expect(told).toContainText('Priya Nair told as cover');
  await expectAccessible(cover, 'a flag that nobody took');
  for (const width of [360, 1440]) {
    await cover.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(cover, `a flag that nobody took at ${width}`);
  }
  await flags.getByRole('button', { name: /^I take it/ }).click();
  await expect(flags).toContainText('Priya Nair took it');
  await expect(flags.getByRole('button', { name: /^I take it/ })).toHaveCount(0);

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/patients');
  await expect(mira.getByRole('main')).toContainText('Priya Nair took it');
  await mira.goto('/notices');
  await expect(mira.getByRole('main')).toContainText('A red answer of Ana Duarte: please take it');
  await expect(mira.getByRole('main')).toContainText('Priya Nair took it');
});

test('An admin writes the opening hours; what makes no sense is said in words', async ({ people }) => {
  const pair = await people.pair();
  const page = await people.page(pair.admin.userId);
  await page.goto('/admin');
  const hours = page.getByRole('form', { name: 'Opening hours' });
  const monday = hours.getByRole('group', { name: 'Monday' });
  await monday.getByLabel('To', { exact: true }).fill('07:00');
  await hours.getByRole('button', { name: 'Save opening hours' }).click();
  await expect(monday.getByRole('alert')).toContainText('The end is before the start.');
  await monday.getByLabel('To', { exact: true }).fill('12:00');
  await monday.getByRole('button', { name: 'Add times on Monday' }).click();
  await monday.getByLabel('From').last().fill('11:00');
  await monday.getByLabel('To', { exact: true }).last().fill('17:00');
  await hours.getByRole('button', { name: 'Save opening hours' }).click();
  await expect(monday.getByRole('alert')).toHaveText('Two of these times overlap.');
  await monday.getByLabel('From').last().fill('13:00');
  await hours.getByRole('button', { name: 'Remove times 1 of Friday' }).click();
  await hours.getByLabel('Day', { exact: true }).fill('2026-12-25');
  await hours.getByRole('button', { name: 'Add holiday' }).click();
  await expect(hours.getByRole('alert').last()).toHaveText('Please give both: a day, and what it is called.');
  await hours.getByLabel('What it is called').fill('Christmas Day');
  await hours.getByRole('button', { name: 'Add holiday' }).click();
  await hours.getByRole('button', { name: 'Save opening hours' }).click();
  await expect(page.getByText('The opening hours are saved.')).toBeVisible();
  // What stands in the fields is not lost where it was not added first.
  await hours.getByLabel('Day', { exact: true }).fill('2026-12-26');
  await hours.getByLabel('What it is called').fill('Boxing Day');
  await hours.getByRole('button', { name: 'Save opening hours' }).click();
  await expect(hours.getByRole('button', { name: /^Remove Boxing Day/ })).toBeVisible();
  await expect(page.getByText('The opening hours are saved.')).toBeVisible();
  await expectAccessible(page, 'opening hours');
  await page.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(page, 'opening hours at 360');
  await expectRoomForLargeText(page, 'opening hours');
  await page.reload();
  await expect(monday.getByLabel('From').last()).toHaveValue('13:00');
  await expect(hours.getByRole('group', { name: 'Friday' })).toContainText('Closed');
  await expect(hours.getByRole('button', { name: /^Remove (Christmas|Boxing) Day/ })).toHaveCount(2);
});

test('A check-in is promised a day and a time, a red one only whom to ring', async ({ people, server }) => {
  const pair = await people.pair();
  const whose = { clinicId: pair.clinicId, patientId: pair.ana.patientId, userId: pair.ana.userId ?? '' };
  const dueAt = next(1, 12);
  const [plain, red] = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const at = Date.now() - HOUR_MS;
      const answered = yield* makeCheckIn(d, { ...whose, at, dueAt });
      return [answered, yield* makeCheckIn(d, { ...whose, at, dueAt, severity: 'red' })] as const;
    }),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/check-ins');
  await expect(ana.getByText(/^Answered by Mon,? .*12:00$/)).toHaveCount(1);
  await expect(ana.getByText('Do not wait for an answer to this. Ring your clinic.')).toHaveCount(1);
  await ana.goto(`/check-ins/${red.checkInId}`);
  const sent = ana.getByRole('region', { name: 'What you sent' });
  await expect(sent.getByRole('link', { name: 'Ring Larkfield Hand Clinic: +44 20 7946 0100' })).toBeVisible();
  await expect(sent).not.toContainText('Answered by');
  await expectAccessible(ana, 'a red check-in that was sent');
  await expectNoSidewaysScroll(ana, 'a red check-in that was sent');
  await ana.goto(`/check-ins/${plain.checkInId}`);
  await expect(sent).toContainText(/Answered by Monday,? .*12:00/);
});
