import { makeInDatabase } from '../db/factories/database';
import { listOpenFlags } from '../db/queries/practice/flags';
import { expect, test } from './fixtures';
import { logPain, sheet } from './logging';
import { onPhone } from './prescribed';
import { storedPains, withoutRoom } from './stores';

test('A device without room sends a log directly; without a line it says so beside Save, and what was typed stays', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const { pair, ana } = await onPhone(people, server);
  await withoutRoom(ana);
  await ana.goto('/today');
  await logPain(ana, 'Full fist and open, right hand', 3);
  await expect(sheet(ana)).toHaveCount(0);
  await expect.poll(() => storedPains(server, pair)).toEqual([3]);

  await ana.context().setOffline(true);
  await logPain(ana, 'Tendon glides, right hand', 2);
  await expect(sheet(ana).getByRole('alert')).toContainText('This could not be kept on this device');
  await expect(sheet(ana).getByRole('radio', { name: '2', exact: true }).first()).toBeChecked();
  await ana.context().setOffline(false);
  // Two presses of one moment are one.
  await expect(async () => {
    await sheet(ana).getByRole('button', { name: 'Save' }).click({ timeout: 1000 });
    await expect(sheet(ana)).toHaveCount(0, { timeout: 2000 });
  }).toPass();
  await expect.poll(async () => (await storedPains(server, pair)).sort()).toEqual([2, 3]);
});

test('The words of a red answer come whatever the storage does, and it is sent when the line is back', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const { pair, ana } = await onPhone(people, server);
  await withoutRoom(ana);
  await ana.goto('/check-ins/new');
  await expect(ana.getByRole('button', { name: 'Go on to the camera' })).toBeVisible();
  await ana.context().setOffline(true);
  await ana.getByRole('checkbox', { name: 'Is a finger white, blue or cold?' }).check();
  await expect(ana.getByRole('alert').filter({ hasText: /Call/ }).first()).toBeVisible({ timeout: 2000 });
  await expect(ana.getByText('It stands on this page alone').first()).toBeVisible();
  await ana.context().setOffline(false);
  const flags = () =>
    makeInDatabase(server.databaseUrl, (made) =>
      made.read((d) => listOpenFlags(d, { clinicId: pair.clinicId, patientId: pair.ana.patientId, limit: 5 })),
    );
  await expect.poll(async () => (await flags()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await expect(ana.getByText('on this page alone: leave it open')).toHaveCount(0);
});
