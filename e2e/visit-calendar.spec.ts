import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { withVisits } from './prescribed';

test('A planned visit is cancelled, and the patient sees it at once', async ({ people, server }) => {
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const { clinicId, ana: patient } = pair;
  const of = { clinicId, patient, clinicianId: pair.mira.userId, phone: '+44 20 7946 0100', timeZone: 'Europe/London' };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeVisit(d, { ...of, startsAt: Date.now() + 40 * 60_000, ended: false })),
  );
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await mira.goto('/schedule');
  await ana.goto('/visits');
  await expect(mira.getByText('2 visits planned')).toBeVisible();
  const planned = mira.getByRole('listitem').filter({ hasText: /, Planned\./ });
  const open = async (at: 'first' | 'last') => await planned[at]().getByRole('button', { expanded: false }).click();
  const panel = mira.getByRole('region', { name: 'Ana Duarte' });

  // One may think again; and nobody can fail to come before the time.
  await open('last');
  await panel.getByRole('button', { name: 'Cancel visit with Ana Duarte' }).click();
  const keep = panel.getByRole('button', { name: 'Keep it' });
  await expect(keep).toBeFocused();
  await expect(panel.getByRole('button', { name: 'Did not come' })).toHaveCount(0);
  await expectAccessible(mira, 'before a visit is cancelled');
  await keep.click();
  await expect(panel.getByRole('button', { name: 'Cancel visit with Ana Duarte' })).toBeFocused();
  await panel.getByRole('button', { name: 'Cancel visit with Ana Duarte' }).click();
  await panel.getByRole('button', { name: 'Cancel visit', exact: true }).click();
  await expect(mira.getByText('1 visit planned')).toBeVisible();
  const cancelled = ana.getByRole('region', { name: 'Cancelled' });
  await expect(cancelled.getByRole('listitem')).toContainText('Cancelled, 30 minutes');

  await ana.goto(`/visit/${visitId}`);
  await expect(ana.getByLabel('Where are you now?')).toBeVisible();
  await mira.setViewportSize({ width: 360, height: 780 });
  await open('first');
  await panel.getByRole('button', { name: 'Cancel visit with Ana Duarte' }).click();
  await expectNoSidewaysScroll(mira, 'before a visit is cancelled, at 360');
  await panel.getByRole('button', { name: 'Did not come' }).click();
  await expect(mira.getByText('No visit is planned')).toBeVisible();
  await expect(ana.getByRole('heading', { name: 'This visit did not take place' })).toBeVisible();
  await expect(ana.getByText(/^With Mira Solberg, \w+day, /)).toBeVisible();
  await expect(ana.getByText('+44 20 7946 0100')).toBeVisible();
  await expectAccessible(ana, 'a visit that was not held');
  await ana.goto('/visits');
  await expect(ana.getByRole('region', { name: 'Earlier visits' })).toContainText('Did not take place, 30 minutes');

  // Nobody opened it and nobody said why: the calendar does not go on to call it planned.
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeVisit(d, { ...of, startsAt: Date.now() - 35 * 60_000, ended: false })),
  );
  await mira.reload();
  await expect(mira.getByRole('listitem').filter({ hasText: 'Its time has passed' })).toContainText('30 minutes');
  // Who did not come is planned anew in the same way.
  await mira.getByRole('listitem').filter({ hasText: 'Did not take place' }).getByRole('button').first().click();
  await panel.getByRole('button', { name: 'Plan again' }).click();
  await expect(mira.getByLabel('Patient', { exact: true })).toHaveValue(pair.ana.patientId);
});
