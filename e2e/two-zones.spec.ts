import type { Page } from '@playwright/test';
import { makeCheckIn } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { listVisitsBetween } from '../db/queries/visit/calendar';
import { DAY_MS, HOUR_MS } from '../domain/time/duration';
import { addDays, localDay } from '../domain/time/local-day';
import { instantsOf } from '../domain/time/wall-time';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const NEW_YORK = 'America/New_York';
const LONDON = 'Europe/London';

/** An instant as a clock of a zone shows it, by the browser's own means. */
const shown = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
  }).format(at);

async function typeTime(page: Page, day: string, time: string) {
  await page.getByLabel('Date').fill(day);
  await page.getByLabel('Time', { exact: true }).fill(time);
}

const save = (page: Page) => page.getByRole('button', { name: 'Schedule visit', exact: true });

async function openForm(page: Page) {
  await page.goto('/schedule');
  await expect(page.getByLabel('Patient')).toContainText('Ana Duarte');
}

/** From what is said of the visit to where it stands. */
const showThere = (page: Page) => page.getByRole('button', { name: 'Show on the calendar' }).click();

const booked = (server: TestServer, { clinicId, ana }: Pair) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) =>
      listVisitsBetween(d, {
        ...{ clinicId, patientId: ana.patientId },
        ...{ fromMs: Date.now(), untilMs: Date.now() + 900 * DAY_MS, limit: 20 },
      }),
    ),
  );

test('A visit is typed by a clock that is named, and each side reads it by their own', async ({ people, server }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { zone: NEW_YORK });
  const day = addDays(localDay(Date.now(), NEW_YORK), 1);
  const found = instantsOf({ day, minutes: 600 }, NEW_YORK);
  if (found.kind !== 'once') throw new Error('it is one instant');
  await openForm(mira);
  await typeTime(mira, day, '10:00');
  await expect(mira.getByLabel('Time', { exact: true })).toHaveAccessibleDescription('Time in America/New York');
  await expect(mira.getByText(`Ana Duarte reads ${shown(found.at, LONDON)}`)).toBeVisible();
  await expectAccessible(mira, 'form of a visit in two zones');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'form of a visit in two zones at 360');
  await save(mira).click();
  await showThere(mira);
  const row = mira.getByRole('listitem').filter({ hasText: 'Ana Duarte' });
  await expect(row).toContainText(shown(found.at, NEW_YORK));
  await expect(row).toContainText('Ana Duarte reads');
  expect((await booked(server, pair)).map(({ startsAt }) => startsAt)).toEqual([found.at]);

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits');
  await expect(ana.getByRole('listitem').filter({ hasText: 'Mira Solberg' })).toContainText(
    new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', timeZone: LONDON }).format(found.at),
  );
  // The other way round: by the patient's clock.
  await typeTime(mira, day, '20:00');
  await mira.getByRole('radio', { name: /^Ana Duarte, / }).check();
  const theirs = instantsOf({ day, minutes: 1200 }, LONDON);
  if (theirs.kind !== 'once') throw new Error('it is one instant');
  await expect(mira.getByText(`You read ${shown(theirs.at, NEW_YORK)}.`)).toBeVisible();
  await save(mira).click();
  await expect(mira.getByText('2 visits planned')).toBeVisible();
  expect((await booked(server, pair)).map(({ startsAt }) => startsAt)).toEqual([found.at, theirs.at]);
});

test('A time that the clocks skip is said and not booked, one that comes twice is chosen', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { zone: NEW_YORK });
  await openForm(mira);
  await typeTime(mira, '2027-03-14', '02:30');
  await expect(mira.getByText(/2:30 does not exist there/)).toBeVisible();
  await expectAccessible(mira, 'a time that does not exist');
  await save(mira).click();
  expect(await booked(server, pair)).toHaveLength(0);
  await mira.getByRole('button', { name: 'Take 3:30' }).click();
  await expect(mira.getByText(/does not exist/)).toHaveCount(0);
  await save(mira).click();
  await showThere(mira);
  await expect(mira.getByRole('listitem')).toContainText(shown(Date.parse('2027-03-14T07:30:00Z'), NEW_YORK));

  await typeTime(mira, '2027-11-07', '01:30');
  await expect(mira.getByText(/1:30 comes twice/)).toBeVisible();
  await mira.getByRole('radio', { name: /^The second/ }).check();
  await expectAccessible(mira, 'a time that comes twice');
  await save(mira).click();
  await expect(mira.getByText(/^The visit with Ana Duarte is planned: Sun 7 Nov, 1:30|01:30/)).toBeVisible();
  await showThere(mira);
  // An hour that comes twice is named where it stands.
  await expect(mira.getByRole('listitem')).toContainText(/0?1:30 (EST|GMT-5)/);
  expect((await booked(server, pair)).map(({ startsAt }) => new Date(startsAt).toISOString())).toEqual([
    '2027-03-14T07:30:00.000Z',
    '2027-11-07T06:30:00.000Z',
  ]);
});

test('What overlaps is named and not booked, beside what begins now it is asked about; what has passed is not booked', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/409/);
  const pair = await people.pair();
  const { clinicId, ana: patient, mira: clinician } = pair;
  const startsAt = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS + 30 * DAY_MS;
  const of = { clinicId, patient, clinicianId: clinician.userId, phone: '+44 20 7946 0100', timeZone: LONDON };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* makeVisit(d, { ...of, startsAt, ended: false });
      yield* makeVisit(d, { ...of, startsAt: Date.now(), ended: false });
    }),
  );
  const mira = await people.page(pair.mira.userId);
  await openForm(mira);
  await typeTime(mira, localDay(Date.now() - DAY_MS, LONDON), '10:00');
  await save(mira).click();
  await expect(mira.getByLabel('Time', { exact: true })).toHaveAccessibleDescription(/This time has passed/);

  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: LONDON }).format(startsAt);
  await typeTime(mira, localDay(startsAt, LONDON), time);
  await expect(mira.getByText('At the same time:')).toBeVisible();
  await save(mira).click();
  await expect(mira.getByRole('alert').filter({ hasText: 'booked at this time' })).toBeVisible();
  expect(await booked(server, pair)).toHaveLength(1);

  await mira.getByRole('button', { name: 'Start now' }).click();
  const anyway = mira.getByRole('button', { name: 'Book all the same' });
  await expect(mira.getByRole('alert').filter({ hasText: 'Mira Solberg with Ana Duarte' })).toBeVisible();
  await expectAccessible(mira, 'a visit that overlaps');
  await anyway.click();
  await expect(mira.getByText('Ana Duarte can come in now.')).toBeVisible();
  await expect(mira.getByText(/^\d visits planned$/)).toHaveText('2 visits planned');
});

test('No screen shows a time of another zone without saying so', async ({ people, server }) => {
  const pair = await people.pair();
  const { clinicId, ana: patient, mira } = pair;
  const at = Date.now() - HOUR_MS;
  const { patientId, userId } = patient;
  const dueAt = at + 2 * HOUR_MS;
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeCheckIn(d, { clinicId, patientId, userId: userId ?? '', at, dueAt, assigneeId: mira.userId }),
    ),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone', zone: NEW_YORK });
  await ana.goto('/today');
  await expect(ana.getByText('The times here are by the clock of Europe/London.').first()).toBeVisible();
  await ana.goto('/check-ins');
  await expect(ana.getByText(shown(at, NEW_YORK)).first()).toBeVisible();
  const clinician = await people.page(mira.userId, { zone: 'Asia/Kathmandu' });
  await clinician.goto('/review');
  await expect(clinician.getByText(shown(dueAt, 'Asia/Kathmandu'))).toBeVisible();
  await clinician.goto(`/patients/${patientId}`);
  // When it was sent stands by the patient's clock, and says so.
  const named = new Intl.DateTimeFormat('en-GB', { timeZone: LONDON, timeZoneName: 'short' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName');
  await expect(clinician.getByText(`${shown(at, LONDON)} ${named?.value}`).first()).toBeVisible();
});
