import { makeInDatabase } from '../db/factories/database';
import { makePatient } from '../db/factories/people';
import { makeVisit } from '../db/factories/visits';
import { listVisitsBetween } from '../db/queries/visit/calendar';
import { instantAt } from '../domain/visit/week-grid';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const LONDON = 'Europe/London';

test('A series keeps its time over a clock change, leaves out what was shown as taken, and is called off from one on', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { clinicId, mira: clinician, ana } = pair;
  // London sets its clocks back on 27 October 2030.
  const taken = instantAt({ day: '2030-11-05', minutes: 10 * 60 + 15 }, LONDON);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const luis = yield* makePatient(d, { clinicId, name: 'Luis Prado', lead: clinician });
      const of = { clinicId, clinicianId: clinician.userId, phone: '1', timeZone: LONDON, ended: false };
      yield* makeVisit(d, { ...of, patient: luis, startsAt: taken });
    }),
  );
  const visits = () =>
    makeInDatabase(server.databaseUrl, (made) =>
      made.read(function* (d) {
        const span = { fromMs: Date.parse('2030-10-01'), untilMs: Date.parse('2031-01-01'), limit: 50 };
        const found = yield* listVisitsBetween(d, { clinicId, patientId: ana.patientId, ...span });
        return found.map(({ startsAt, state }) => `${new Date(startsAt).toISOString().slice(0, 16)} ${state}`);
      }),
    );
  const mira = await people.page(clinician.userId);
  await mira.goto('/schedule?week=2030-10-22');
  await mira.getByLabel('Patient', { exact: true }).selectOption('Ana Duarte');
  await mira.getByLabel('Date', { exact: true }).fill('2030-10-22');
  await mira.getByLabel('Time', { exact: true }).fill('10:00');
  await mira.getByLabel('Repeat').selectOption('Every week');
  await mira.getByLabel('How many').selectOption('4 visits');
  const form = mira.getByRole('form', { name: 'Schedule visit' });
  await expect(form.getByRole('listitem')).toHaveText([
    'Tue 22 Oct, 10:00',
    'Tue 29 Oct, 10:00',
    'Tue 5 Nov, 10:00 left out: not free',
    'Tue 12 Nov, 10:00',
  ]);
  await expectAccessible(mira, 'a series before it is booked');
  await form.getByRole('button', { name: 'Schedule 3 visits' }).click();
  await expect(mira.getByText('3 visits with Ana Duarte are planned, the first: Tue 22 Oct, 10:00')).toBeVisible();
  // At ten by the wall each time: an hour later by UTC from the end of October on.
  expect(await visits()).toEqual([
    '2030-10-22T09:00 scheduled',
    '2030-10-29T10:00 scheduled',
    '2030-11-12T10:00 scheduled',
  ]);

  await mira.goto('/schedule?day=2030-10-29');
  await mira.getByRole('button', { name: /^Ana Duarte, / }).click();
  const panel = mira.getByRole('region', { name: 'Ana Duarte' });
  await expect(panel).toContainText('One of several at the same time');
  await panel.getByRole('button', { name: 'Cancel visit with Ana Duarte' }).click();
  await expectAccessible(mira, 'before visits of a series are cancelled');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'before visits of a series are cancelled, at 360');
  await panel.getByRole('button', { name: 'Cancel this and the following' }).click();
  await expect(panel).toHaveCount(0);
  expect(await visits()).toEqual([
    '2030-10-22T09:00 scheduled',
    '2030-10-29T10:00 cancelled',
    '2030-11-12T10:00 cancelled',
  ]);
});
