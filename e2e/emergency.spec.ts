import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { makeVisit } from '../db/factories/visits';
import { insertFlag } from '../db/queries/practice/flags';
import { insertNote } from '../db/queries/visit/record';
import { hashPassword } from '../server/auth/password';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const PASSWORD = 'four words in a row';
const REASON = 'Rings with a swollen, cold hand; Mira is on leave';

for (const theme of ['light', 'dark'] as const) {
  test(`A record is read in an emergency, given back, seen by the patient and signed by an admin (${theme})`, async ({
    people,
    server,
    announced,
  }) => {
    // The wrong password, and the record once it is closed.
    announced.push(/403/, /404/);
    const { clinicId, admin, mira, ana } = await people.pair();
    const passwordHash = await hashPassword(PASSWORD);
    const jonas = await makeInDatabase(server.databaseUrl, (made) =>
      made.write(function* (d) {
        const raised = { kind: 'pain', severity: 'red' as const, rule: 'red_from', policyVersion: 1 };
        const source = { sourceKind: 'log' as const, sourceId: uuidv7(), raisedAt: Date.now() };
        yield* insertFlag(d, { id: uuidv7(), clinicId, patientId: ana.patientId, ...raised, ...source });
        const spec = { clinicId, patient: ana, clinicianId: mira.userId, phone: '', timeZone: 'Europe/London' };
        const visitId = yield* makeVisit(d, { ...spec, startsAt: Date.now() - 86_400_000, ended: true });
        const note = { id: uuidv7(), clinicId, patientId: ana.patientId, visitId, authorId: mira.userId };
        yield* insertNote(d, {
          ...note,
          body: 'No load on the ring finger.',
          updatedAt: 1,
          signedAt: Date.now(),
          supersedesId: null,
        });
        return yield* makeStaff(d, { clinicId, name: 'Jonas Weber', passwordHash });
      }),
    );

    const page = await people.page(jonas.userId, { theme });
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto('/patients');
    await page.getByText('Patients of colleagues').click();
    await page.getByRole('button', { name: 'Emergency access to the record of Ana Duarte' }).click();
    const open = page.getByRole('button', { name: 'Open the record of Ana Duarte for 60 minutes' });
    await open.click();
    await expect(page.getByText('Please say in a few words what the emergency is.')).toBeVisible();
    await page.getByLabel('What is the emergency?').fill(REASON);
    await page.getByLabel('Your password').fill('not this one');
    await expectAccessible(page, `asking for an emergency access, ${theme}`);
    await expectNoSidewaysScroll(page, 'asking for an emergency access at 360');
    await open.click();
    await expect(page.getByText('The current password is not right.')).toBeVisible();
    await page.getByLabel('Your password').fill(PASSWORD);
    await open.click();

    await expect(page.getByRole('heading', { level: 1, name: 'Ana Duarte' })).toBeVisible();
    const hour = page.getByRole('region', { name: /^Emergency access until/ });
    await expect(hour).toContainText(REASON);
    for (const name of ['New program', 'Add to care team', 'Edit details'])
      await expect(page.getByRole('button', { name })).toHaveCount(0);
    await expectAccessible(page, `a record in an emergency, ${theme}`);
    await expectNoSidewaysScroll(page, 'a record in an emergency at 360');
    await page.getByLabel('What was done').fill('Rang her: sent to the emergency department');
    await page.getByRole('button', { name: /^Close flag/ }).click();
    await expect(page.getByRole('region', { name: 'Open flags' })).toHaveCount(0);
    await page.getByRole('link', { name: /^See the visit of/ }).click();
    await expect(page.getByText('No load on the ring finger.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign note' })).toHaveCount(0);

    await page.goto('/patients');
    await page.getByRole('link', { name: 'Go to the record of Ana Duarte' }).click();
    await page.getByRole('button', { name: 'Close the record of Ana Duarte now' }).click();
    await expect(page).toHaveURL(/\/patients$/);
    await page.goto(`/patients/${ana.patientId}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Ana Duarte' })).toHaveCount(0);

    const miras = await people.page(mira.userId, { theme });
    await miras.goto('/notices');
    await expect(miras.getByText('A colleague opened the record of Ana Duarte in an emergency')).toBeVisible();
    const own = await people.page(ana.userId, { device: 'phone', theme });
    await own.goto('/account');
    await expect(own.getByRole('region', { name: 'Who read my record' })).toContainText(REASON);

    const adas = await people.page(admin.userId, { theme });
    await adas.goto('/notices');
    await adas.getByRole('link', { name: 'A record was opened in an emergency: please look at it' }).click();
    const unsigned = adas.getByRole('region', { name: 'Emergency accesses to look at' });
    await expect(unsigned.getByRole('listitem')).toContainText(REASON);
    await expectAccessible(adas, `emergency accesses, ${theme}`);
    await unsigned.getByLabel('What came of it').fill('Spoken with Jonas and Mira: right to do so');
    await unsigned.getByRole('button', { name: /^I have looked at it/ }).click();
    await expect(unsigned).toHaveCount(0);
  });
}
