import { makeInDatabase } from '../db/factories/database';
import { makePatient } from '../db/factories/people';
import { makeVisit } from '../db/factories/visits';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

test('A long caseload comes in pages by keyboard, and finds by name who is not on the first', async ({
  people,
  server,
}) => {
  const { clinicId, mira } = await people.pair();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      for (let n = 0; n < 60; n++)
        yield* makePatient(d, { clinicId, name: `Person ${String(n).padStart(2, '0')}`, lead: mira });
    }),
  );
  const page = await people.page(mira.userId);
  await page.goto('/patients');
  const open = page.getByRole('link', { name: /^Open (Person|Ana)/ });
  await expect(open).toHaveCount(25);
  await expect(page.getByRole('status').filter({ hasText: '25 of 61 shown' })).toBeVisible();
  await page.getByRole('button', { name: 'Show more people' }).focus();
  await page.keyboard.press('Enter');
  await expect(open).toHaveCount(50);
  await expect(open.nth(25)).toBeFocused();
  await page.getByRole('button', { name: 'Show more people' }).click();
  await expect(open).toHaveCount(61);
  await expect(open.nth(50)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Show more people' })).toHaveCount(0);
  expect(new Set(await open.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).size).toBe(61);

  await page.reload();
  await expect(open).toHaveCount(25);
  await page.getByLabel('Find by name').fill('person 5');
  await page.keyboard.press('Enter');
  // Both words anywhere in the name: 05 to 45, and 50 to 59.
  await expect(open).toHaveCount(15);
  await expect(page.getByRole('status').filter({ hasText: '15 people found.' })).toBeVisible();
  await expectAccessible(page, 'a caseload that was searched');
  await page.setViewportSize({ width: 320, height: 720 });
  await expectNoSidewaysScroll(page, 'caseload at 320');
});

test('A full week comes whole, and any patient is found for the next visit', async ({ people, server }) => {
  const { clinicId, mira } = await people.pair();
  const monday = Date.parse('2030-01-07T06:00:00Z');
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      for (let n = 0; n < 60; n++) {
        const name = `Person ${String(n).padStart(2, '0')}`;
        const patient = yield* makePatient(d, { clinicId, name, lead: mira });
        const place = { clinicId, patient, clinicianId: mira.userId, phone: '1', timeZone: 'Europe/London' };
        yield* makeVisit(d, { ...place, startsAt: monday + n * 900_000, ended: false });
      }
    }),
  );
  const page = await people.page(mira.userId);
  await page.goto('/schedule?week=2030-01-09');
  const visits = page.getByRole('main').getByRole('listitem');
  await expect(page.getByText('60 visits planned')).toBeVisible();
  // More than come in one page: the rest follows by itself.
  await expect(visits).toHaveCount(60);
  const patient = page.getByLabel('Patient', { exact: true });
  await expect(patient.getByRole('option', { name: 'Person 59' })).toHaveCount(0);
  await page.getByLabel('Find by name').fill('on 59');
  await expect(patient.getByRole('option')).toHaveText(['Person 59']);
  await expectAccessible(page, 'choosing a patient');
  await page.getByLabel('Date', { exact: true }).fill('2030-01-08');
  await page.getByLabel('Time', { exact: true }).fill('10:00');
  await page.getByRole('button', { name: 'Schedule visit' }).click();
  await expect(page.getByText('The visit with Person 59 is planned: Tue 8 Jan, 10:00')).toBeVisible();
  await expect(visits).toHaveCount(61);
});
