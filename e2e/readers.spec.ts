import { readFileSync } from 'node:fs';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { makePatient, makeStaff } from '../db/factories/people';
import { insertAccess } from '../db/queries/clinic/audit';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const HOUR = 60 * 60_000;

for (const theme of ['light', 'dark'] as const) {
  test(`Who read whose record is paged, narrowed and taken out by an admin, and read by the patient (${theme})`, async ({
    people,
    server,
  }) => {
    const { clinicId, admin, mira, ana } = await people.pair();
    await makeInDatabase(server.databaseUrl, (made) =>
      made.write(function* (d) {
        const { patientId } = yield* makePatient(d, { clinicId, name: '=Walter Lind', lead: mira });
        const read = (patient: string, policy: string, nowMs: number) =>
          insertAccess(d, {
            id: uuidv7(),
            clinicId,
            actorId: mira.userId,
            sessionId: 's',
            policy,
            patientId: patient,
            nowMs,
          });
        for (let n = 1; n <= 60; n++) yield* read(ana.patientId, 'patient.read', Date.now() - n * HOUR);
        yield* read(patientId, 'media.read', Date.now() - HOUR);
      }),
    );
    const page = await people.page(admin.userId, { theme });
    await page.goto('/admin');
    const rows = page.getByRole('table').last().getByRole('row');
    await expect(rows).toHaveCount(51);
    await page.getByRole('button', { name: 'Older reads' }).click();
    await expect(rows).toHaveCount(62);
    await page.getByLabel('Name of a person').fill('walter');
    await page.getByRole('button', { name: 'Narrow' }).click();
    await expect(rows).toHaveCount(2);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'As a file (CSV)' }).click(),
    ]);
    expect(readFileSync(await file.path(), 'utf8')).toMatch(
      /^at,who,patient,kind,what,reason\r\n[^,]+,Mira Solberg,'=Walter Lind,media,media.read,\r\n$/,
    );
    await expectAccessible(page, `admin, ${theme}`);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(page, 'admin at 360');

    const own = await people.page(ana.userId, { device: 'phone', theme });
    await own.goto('/account');
    const readers = own.getByRole('region', { name: 'Who read my record' });
    await expect(readers.getByRole('listitem')).toHaveCount(50);
    await expect(readers.getByRole('listitem').first()).toContainText('Mira Solberg');
    await expectAccessible(own, `who read my record, ${theme}`);
    await expectNoSidewaysScroll(own, 'who read my record at 360');
  });
}

test('Access ends with a hand-over: the patients are named and go to whom the admin chooses', async ({
  people,
  server,
}) => {
  const { clinicId, admin, ana } = await people.pair();
  const jonas = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* makePatient(d, { clinicId, name: 'Walter Lind' });
      return yield* makeStaff(d, { clinicId, name: 'Jonas Weber' });
    }),
  );
  const page = await people.page(admin.userId);
  await page.goto('/admin');
  const without = page.getByRole('region', { name: 'Patients without a care team' });
  await expect(without.getByRole('listitem')).toContainText('Walter Lind');
  await expectAccessible(page, 'patients without a care team');
  await without.getByLabel('Who treats Walter Lind').selectOption('Jonas Weber');
  await without.getByRole('button', { name: 'Give Walter Lind to this clinician' }).click();
  await expect(without).toBeHidden();

  await page.getByRole('button', { name: 'End access of Mira Solberg' }).click();
  const form = page.getByRole('form', { name: 'End access of Mira Solberg' });
  await expect(form.getByRole('listitem')).toHaveText(['Ana Duarte']);
  await form.getByLabel('Who takes over').selectOption('Jonas Weber');
  await expectAccessible(page, 'hand-over');
  await form.getByRole('button', { name: 'Yes, end access of Mira Solberg' }).click();
  await expect(page.getByText('Mira Solberg', { exact: true })).toBeHidden();

  const jonases = await people.page(jonas.userId);
  await jonases.goto(`/patients/${ana.patientId}`);
  await expect(jonases.getByRole('region', { name: 'Care team' })).toContainText('Jonas Weber, lead');
});
