import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

test('A colleague is put on the care team, and one who covers joins it', async ({ people, server }) => {
  const pair = await people.pair();
  const staff = (name: string) =>
    makeInDatabase(server.databaseUrl, (made) => made.write((d) => makeStaff(d, { clinicId: pair.clinicId, name })));
  const [priya, jonas] = [await staff('Priya Nair'), await staff('Jonas Weber')];

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  const team = mira.getByRole('region', { name: 'Care team' });
  await team.getByLabel('Colleague').selectOption('Priya Nair');
  await team.getByLabel('As').selectOption('cover');
  await team.getByRole('button', { name: 'Add to care team' }).click();
  await expect(team.getByRole('listitem').filter({ hasText: 'Priya Nair' })).toContainText('cover');
  await expectAccessible(mira, 'care team');

  const priyas = await people.page(priya.userId);
  await priyas.goto('/patients');
  await expect(priyas.getByRole('link', { name: /Ana Duarte/ })).toBeVisible();

  const jonases = await people.page(jonas.userId);
  await jonases.setViewportSize({ width: 360, height: 780 });
  await jonases.goto('/patients');
  await expect(jonases.getByRole('link', { name: /Ana Duarte/ })).toHaveCount(0);
  await jonases.getByText('Patients of colleagues').click();
  await jonases.getByLabel('Search by name').fill('ana');
  await expectAccessible(jonases, 'patients of colleagues');
  await expectNoSidewaysScroll(jonases, 'patients of colleagues at 360');
  await jonases.getByRole('button', { name: 'Join care team of Ana Duarte', exact: true }).click();
  await jonases.getByLabel('Why do you join?').fill('Covers while Mira is away');
  await expectAccessible(jonases, 'why one joins');
  await expectNoSidewaysScroll(jonases, 'why one joins at 360');
  await jonases.getByRole('button', { name: 'Join care team of Ana Duarte now' }).click();
  await expect(jonases.getByRole('link', { name: /Ana Duarte/ })).toBeVisible();

  await expect(team.getByRole('listitem')).toHaveCount(3);
  await team.getByRole('button', { name: 'Take Priya Nair off the care team' }).click();
  await expect(team.getByRole('listitem').filter({ hasText: 'Priya Nair' })).toHaveCount(0);
  await priyas.reload();
  await expect(priyas.getByRole('link', { name: /Ana Duarte/ })).toHaveCount(0);
});
