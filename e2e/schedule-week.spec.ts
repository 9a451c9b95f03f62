import type { Locator, Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makePatient } from '../db/factories/people';
import { makeVisit } from '../db/factories/visits';
import { listVisitsBetween } from '../db/queries/visit/calendar';
import { DAY_MS } from '../domain/time/duration';
import { instantAt } from '../domain/visit/week-grid';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const LONDON = 'Europe/London';
/** A week far from every clock change, and from today. */
const [MONDAY, TUESDAY, WEDNESDAY] = ['2030-01-14', '2030-01-15', '2030-01-16'];
const at = (day: string, hour: number, zone = LONDON) => instantAt({ day, minutes: hour * 60 }, zone);

/** Ana on Tuesday at ten, and Luis on Wednesday at ten, both with Mira. */
async function withWeek(server: TestServer, pair: Pair) {
  const { clinicId, mira, ana } = pair;
  const of = { clinicId, clinicianId: mira.userId, phone: '1', timeZone: LONDON, ended: false };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const luis = yield* makePatient(d, { clinicId, name: 'Luis Prado', lead: mira });
      yield* makeVisit(d, { ...of, patient: ana, startsAt: at(TUESDAY, 10) });
      yield* makeVisit(d, { ...of, patient: luis, startsAt: at(WEDNESDAY, 10), more: { mode: 'phone' } });
    }),
  );
}

const startsOf = (server: TestServer, { clinicId, ana }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const span = { fromMs: at(MONDAY, 0) - DAY_MS, untilMs: at(MONDAY, 0) + 9 * DAY_MS, limit: 20 };
      const visits = yield* listVisitsBetween(d, { clinicId, patientId: ana.patientId, ...span });
      return visits.map(({ startsAt }) => new Date(startsAt).toISOString().slice(0, 16));
    }),
  );

const block = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}, `) });
const centre = async (part: Locator) => {
  const box = await part.boundingBox();
  if (!box) throw new Error('it is not on the page');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, ...{ width: box.width, height: box.height } };
};

test('A visit is moved by keyboard alone: aimed at, said, kept; given back; and moved back', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withWeek(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/schedule?week=${WEDNESDAY}`);
  const ana = block(mira, 'Ana Duarte');
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan, 10:00, 30 minutes, Video, Planned/);
  await ana.focus();
  await mira.keyboard.press('Enter');
  const panel = mira.getByRole('region', { name: 'Ana Duarte' });
  await expect(panel.getByRole('button', { name: 'Close' })).toBeFocused();
  await expectAccessible(mira, 'the panel of a visit');
  await mira.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(ana).toBeFocused();

  await mira.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  const moving = mira.getByRole('button', { name: /^Move Ana Duarte/ });
  await expect(moving).toBeFocused();
  const said = mira.getByRole('status', { name: 'Time aimed at' });
  // Onto Luis, where nobody can be, and a quarter of an hour at a time to where he is gone.
  await mira.keyboard.press('ArrowRight');
  await expect(said).toHaveText('Wed 16 Jan, 10:00. Not free: Luis Prado at 10:00.');
  await mira.keyboard.press('ArrowDown');
  await expect(said).toHaveText('Wed 16 Jan, 10:15. Not free: Luis Prado at 10:00.');
  await mira.keyboard.press('ArrowDown');
  await expect(said).toContainText('Wed 16 Jan, 10:30. Free');
  await expect(moving).toBeFocused();
  await mira.keyboard.press('Escape');
  await expect(moving).toHaveCount(0);
  await expect(ana).toBeFocused();
  expect(await startsOf(server, pair)).toEqual(['2030-01-15T10:00']);

  await mira.keyboard.press('Enter');
  await panel.getByRole('button', { name: 'Move', exact: true }).press('Enter');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'ArrowUp']) await mira.keyboard.press(key);
  await mira.keyboard.press('Enter');
  const asked = mira.getByRole('region', { name: 'Move the visit with Ana Duarte' });
  await expect(asked.getByRole('button', { name: 'Move visit' })).toBeFocused();
  await expect(asked).toContainText('Tue 15 Jan, 10:00');
  await expectAccessible(mira, 'a visit that is moved');
  await mira.keyboard.press('Enter');
  await expect(mira.getByText('The visit with Ana Duarte is now: Thu 17 Jan, 9:30', { exact: false })).toBeVisible();
  expect(await startsOf(server, pair)).toEqual(['2030-01-17T09:30']);
  await mira.getByRole('button', { name: 'Move back' }).press('Enter');
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan, 10:00/);
  expect(await startsOf(server, pair)).toEqual(['2030-01-15T10:00']);
});

test('A visit is drawn to another day and time, asked about in both zones, and goes back where that is refused', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/409/);
  const pair = await people.pair();
  await withWeek(server, pair);
  const mira = await people.page(pair.mira.userId, { zone: 'America/New_York' });
  await mira.goto(`/schedule?week=${MONDAY}`);
  const ana = block(mira, 'Ana Duarte');
  // In New York it is five o'clock, and the calendar begins early enough to show it.
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan, 0?5:00.*Ana Duarte reads Tue 10:00 GMT/);
  const from = await centre(ana);
  const hour = from.height * 2;
  const day = (await centre(block(mira, 'Luis Prado'))).x - from.x;
  const drag = async (x: number, y: number) => {
    await mira.mouse.move(from.x, from.y);
    await mira.mouse.down();
    await mira.mouse.move(from.x + x / 2, from.y + y / 2, { steps: 4 });
    await mira.mouse.move(from.x + x, from.y + y, { steps: 4 });
  };
  await drag(2 * day, hour);
  await mira.keyboard.press('Escape');
  await mira.mouse.up();
  await expect(mira.getByRole('button', { name: /^Move Ana Duarte/ })).toHaveCount(0);

  await drag(2 * day, hour);
  await mira.mouse.up();
  const asked = mira.getByRole('region', { name: 'Move the visit with Ana Duarte' });
  await expect(asked).toContainText(/To.*Thu 17 Jan, 0?6:00.*Ana Duarte reads Thu 11:00 GMT/s);
  await asked.getByRole('button', { name: 'Move visit' }).click();
  await expect(mira.getByText(/^The visit with Ana Duarte is now: Thu 17 Jan, 0?6:00$/)).toBeVisible();
  expect(await startsOf(server, pair)).toEqual(['2030-01-17T11:00']);

  // Somebody takes the time between the question and the answer.
  await mira.getByRole('button', { name: 'Move back' }).click();
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan/);
  await drag(2 * day, hour);
  // What stands there is read when it is asked about: it was free then.
  const looked = mira.waitForResponse((answer) => answer.url().includes('visits.overlaps'));
  await mira.mouse.up();
  await looked;
  await expect(asked.getByRole('button', { name: 'Move visit' })).toBeVisible();
  const { clinicId } = pair;
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const nora = yield* makePatient(d, { clinicId, name: 'Nora Lind', lead: pair.mira });
      const of = { clinicId, clinicianId: pair.mira.userId, phone: '1', timeZone: LONDON, ended: false };
      yield* makeVisit(d, { ...of, patient: nora, startsAt: at('2030-01-17', 11) });
    }),
  );
  await asked.getByRole('button', { name: 'Move visit' }).click();
  await expect(mira.getByText(/^The visit with Ana Duarte stays where it was/)).toBeVisible();
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan/);
  expect(await startsOf(server, pair)).toEqual(['2030-01-15T10:00']);
});

test('A telephone has one day, found again after a reload; a visit is moved there by a day and a time that are typed', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withWeek(server, pair);
  const mira = await people.page(pair.mira.userId, { device: 'phone' });
  await mira.goto(`/schedule?day=${MONDAY}`);
  await expect(mira.getByRole('heading', { level: 1 })).toContainText('Monday');
  await expect(block(mira, 'Ana Duarte')).toHaveCount(0);
  await mira.getByRole('button', { name: 'Day after' }).click();
  await expect(block(mira, 'Ana Duarte')).toBeVisible();
  await expect(mira).toHaveURL(/\?day=2030-01-15$/);
  await mira.reload();
  await expect(block(mira, 'Ana Duarte')).toBeVisible();
  await expect(block(mira, 'Luis Prado')).toHaveCount(0);
  await expectAccessible(mira, 'a day of the schedule at 360');
  await expectNoSidewaysScroll(mira, 'a day of the schedule at 360');
  await expectRoomForLargeText(mira, 'a day of the schedule at 360');

  await block(mira, 'Ana Duarte').click();
  const panel = mira.getByRole('region', { name: 'Ana Duarte' });
  await expectAccessible(mira, 'the panel of a visit at 360');
  await expectNoSidewaysScroll(mira, 'the panel of a visit at 360');
  await panel.getByRole('button', { name: 'Move', exact: true }).click();
  const asked = mira.getByRole('region', { name: 'Move the visit with Ana Duarte' });
  await asked.getByLabel('Date').fill('2030-01-18');
  await asked.getByLabel('Time', { exact: true }).fill('13:15');
  await expectNoSidewaysScroll(mira, 'a visit that is moved at 360');
  await asked.getByRole('button', { name: 'Move visit' }).click();
  await expect(mira.getByText('The visit with Ana Duarte is now: Fri 18 Jan, 13:15')).toBeVisible();
  expect(await startsOf(server, pair)).toEqual(['2030-01-18T13:15']);
  await mira.goto('/schedule?week=tomorrow');
  await expect(mira.getByRole('heading', { level: 1, name: /^Schedule/ })).toBeVisible();
});

test('A zone of a half hour shows its own hours, and a place of the grid that is pressed is its time', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withWeek(server, pair);
  const mira = await people.page(pair.mira.userId, { zone: 'Asia/Kolkata' });
  await mira.goto(`/schedule?week=${MONDAY}`);
  const ana = block(mira, 'Ana Duarte');
  await expect(ana).toHaveAccessibleName(/Tue 15 Jan, 15:30/);
  // Three quarters of an hour above it, on the same day; as soon as the page is alive.
  const { x, y, height } = await centre(ana);
  await expect(async () => {
    await mira.mouse.click(x, y - 1.75 * height);
    await expect(mira.getByLabel('Date', { exact: true })).toHaveValue(TUESDAY, { timeout: 500 });
  }).toPass();
  await expect(mira.getByLabel('Time', { exact: true })).toHaveValue('14:45');
  await mira.getByLabel('Patient', { exact: true }).selectOption('Ana Duarte');
  await expect(mira.getByText('Ana Duarte reads Tue 15 Jan, 9:15 GMT', { exact: false })).toBeVisible();
  await expect(mira.getByText('Free for both.')).toBeVisible();
  await mira.getByLabel('By').selectOption('Phone');
  await mira.getByText('What for, and what is needed').click();
  await mira.getByLabel('What it is for').fill('New splint');
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await expect(mira.getByText('The visit with Ana Duarte is planned: Tue 15 Jan, 14:45')).toBeVisible();
  expect(await startsOf(server, pair)).toEqual(['2030-01-15T09:15', '2030-01-15T10:00']);
  await block(mira, 'Ana Duarte').first().click();
  const panel = mira.getByRole('region', { name: 'Ana Duarte' });
  await expect(panel).toContainText('New splint');
  await expect(panel).toContainText('Review, Phone');
});
