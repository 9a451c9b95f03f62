import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { makeInDatabase } from '../db/factories/database';
import { makePatient, makeStaff } from '../db/factories/people';
import { insertConsent } from '../db/queries/people/patients';
import { CONSENT_TEXT_VERSION } from '../domain/people/patient';
import { hashPassword } from '../server/auth/password';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const PASSWORD = 'four calm words here';

/** Two admins and a patient who know their passwords. */
async function madePeople(server: TestServer, { clinicId, mira }: Pair) {
  const passwordHash = await hashPassword(PASSWORD);
  return await makeInDatabase(server.databaseUrl, ({ write }) =>
    write(function* (d) {
      const admin = { clinicId, role: 'admin' as const, discipline: 'other' as const, passwordHash };
      const first = yield* makeStaff(d, { ...admin, name: 'Ines Admin' });
      const second = yield* makeStaff(d, { ...admin, name: 'Bert Admin' });
      const login = { email: `tomas.${clinicId}@example.org`, passwordHash };
      const tomas = yield* makePatient(d, { clinicId, name: 'Tomas Reyes', lead: mira, login });
      const given = { givenBy: tomas.userId ?? '', givenAt: Date.now(), textVersion: CONSENT_TEXT_VERSION };
      const consent = { clinicId, patientId: tomas.patientId, kind: 'telehealth' as const, ...given };
      yield* insertConsent(d, { id: crypto.randomUUID(), ...consent });
      return { first: first.userId, second: second.userId, tomas };
    }),
  );
}

test('A patient gets the own record as a file, after the password again', async ({ people, server, announced }) => {
  // The wrong password.
  announced.push(/403/);
  const { tomas } = await madePeople(server, await people.pair());
  const page = await people.page(tomas.userId, { device: 'phone' });
  await page.goto('/account');
  const form = page.getByRole('form', { name: 'Your record as a file' });
  await form.getByLabel('Your password').fill('not this one');
  await form.getByRole('button', { name: 'Get the file' }).click();
  await expect(form.getByText('The current password is not right.')).toBeVisible();
  await form.getByLabel('Your password').fill(PASSWORD);
  await expectAccessible(page, 'account with the record as a file');
  await expectNoSidewaysScroll(page, 'account with the record as a file');
  const begun = page.waitForEvent('download');
  await form.getByRole('button', { name: 'Get the file' }).click();
  const download = await begun;
  expect(download.suggestedFilename()).toMatch(/^regrasp-record-\d{4}-\d\d-\d\d\.zip$/);
  const files = unzipSync(new Uint8Array(readFileSync(await download.path())));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(['READ-ME.txt', 'record.json', 'tables/patients.csv']));
  expect(strFromU8(files['record.json'] ?? new Uint8Array())).toContain('Tomas Reyes');
});

test('An admin puts a record away with a reason, the name and the password; a second admin opens it again', async ({
  people,
  server,
  announced,
}) => {
  // Opened by the one who asked.
  announced.push(/403/);
  const { first, second, tomas } = await madePeople(server, await people.pair());
  const ines = await people.page(first);
  await ines.goto(`/records/${tomas.patientId}`);
  const form = ines.getByRole('form', { name: 'Erase the record' });
  await form.getByLabel('Reason for erasing').fill('Asked for in writing');
  await form.getByLabel('To confirm, type the name: Tomas Reyes').fill('Tomas');
  await form.getByLabel('Your password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Put the record away' }).click();
  await expect(form.getByText('That is not the name on the record.')).toBeVisible();
  await expectAccessible(ines, 'a record about to be erased');
  await form.getByLabel('To confirm, type the name: Tomas Reyes').fill('tomas reyes');
  await form.getByRole('button', { name: 'Put the record away' }).click();
  await expect(ines.getByText(/^Put away on .* by Ines Admin: Asked for in writing$/)).toBeVisible();
  await ines.getByLabel('Reason for opening it again').fill('The insurer asks for it');
  await ines.getByRole('button', { name: 'Ask to open it' }).click();
  await ines.getByRole('button', { name: 'Open the record' }).click();
  await expect(ines.getByText('Another admin than the one who asked must open it.')).toBeVisible();
  await expectAccessible(ines, 'a record that is put away');
  const bert = await people.page(second);
  await bert.goto('/records');
  await expect(bert.getByText('Put away')).toBeVisible();
  const phone = await people.page(tomas.userId, { device: 'phone' });
  await phone.goto('/account');
  await expect(phone).toHaveURL(/\/sign-in/);
  await bert.goto(`/records/${tomas.patientId}`);
  await bert.getByRole('button', { name: 'Open the record' }).click();
  await expect(bert.getByRole('button', { name: 'Put the record away' })).toBeVisible();
});
