import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

test('A clinician corrects the hand problem and sees what the patient consented to', async ({ people }) => {
  const { mira: clinician, ana: patient } = await people.pair();
  const ana = await people.page(patient.userId, { device: 'phone' });
  await ana.goto('/consents');
  await ana.getByRole('button', { name: 'Take back: Clips' }).click();
  await expect(ana.getByRole('button', { name: 'Agree: Clips' })).toBeVisible();

  const mira = await people.page(clinician.userId);
  await mira.goto(`/patients/${patient.patientId}`);
  const consents = mira.getByRole('region', { name: 'Consents' });
  await expect(consents).toContainText(/Live video visits\s*Given since/);
  await expect(consents).toContainText(/Clips\s*Given .+, taken back/);
  await expect(consents.getByRole('button')).toHaveCount(0);

  const edit = mira.getByRole('button', { name: 'Edit Index finger fracture' });
  await edit.click();
  const form = mira.getByRole('form', { name: 'Hand problem' });
  await expect(form.getByLabel('Hand problem')).toBeFocused();
  await expect(form.getByLabel('Hand problem')).toHaveValue('Index finger fracture');
  await form.getByLabel('Hand problem').fill('');
  await form.getByRole('button', { name: 'Save hand problem' }).click();
  await expect(form.getByLabel('Hand problem')).toHaveAccessibleDescription('Please check this field.');
  await form.getByLabel('Hand problem').fill('Flexor tendon repair, ring finger');
  await form.getByRole('radio', { name: 'Left' }).check();
  await form.getByLabel('Surgery on').fill('2026-10-03');
  await form.getByLabel('Precautions').fill('No resistance until 5 December');
  await expectAccessible(mira, 'record with the hand problem open');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'record with the hand problem open at 360');
  await form.getByRole('button', { name: 'Save hand problem' }).click();
  await expect(mira.getByText('The hand problem is saved.')).toBeVisible();
  await expect(mira.getByRole('button', { name: 'Edit Flexor tendon repair, ring finger' })).toBeFocused();
  await mira.reload();
  await expect(mira.getByText('Flexor tendon repair, ring finger, left hand, Surgery 3 Oct 2026')).toBeVisible();
  await expect(mira.getByText('Precautions: No resistance until 5 December')).toBeVisible();
});

test('A clinician reads and corrects year of birth and dominant hand, and the editor says whose program it is', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { mira: clinician } = pair;
  const { programId } = await withProgram(server, pair);
  const mira = await people.page(clinician.userId);
  await mira.goto(`/programs/${programId}`);
  await mira.getByRole('main').getByRole('link', { name: 'Ana Duarte' }).click();
  const details = mira.getByRole('region', { name: 'Details' });
  await expect(details).toContainText(/Year of birth\s*1968/);
  await expect(details).toContainText(/Dominant hand\s*Right/);
  await details.getByRole('button', { name: 'Edit details' }).click();
  const form = mira.getByRole('form', { name: 'Details' });
  const year = form.getByLabel('Year of birth');
  for (const wrong of ['58', '2999', 'spring']) {
    await year.fill(wrong);
    await form.getByRole('button', { name: 'Save details' }).click();
    await expect(year).toHaveAccessibleDescription(/Please check this field/);
    await expect(year).toBeFocused();
  }
  await year.fill('1961');
  await form.getByRole('group', { name: 'Dominant hand' }).getByRole('radio', { name: 'Both' }).check();
  await expectAccessible(mira, 'record with the details open');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'record with the details open at 360');
  await form.getByRole('button', { name: 'Save details' }).click();
  await expect(mira.getByText('The details are saved.')).toBeVisible();
  await mira.reload();
  await expect(details).toContainText(/Year of birth\s*1961/);
  await expect(details).toContainText(/Dominant hand\s*Both/);
});

test('An admin changes how patients reach the clinic and what a pain answer means', async ({ people }) => {
  const { admin } = await people.pair();
  const ada = await people.page(admin.userId);
  await ada.goto('/admin');
  const form = ada.getByRole('form', { name: 'Clinic' });
  await expect(form.getByLabel('Name of the clinic')).toHaveValue('Larkfield Hand Clinic');
  await expect(form.getByLabel('Source of these limits')).toHaveValue(/Pain traffic light/);
  await form.getByLabel('Name of the clinic').fill('Larkfield Hand Centre');
  await form.getByLabel('Phone of the clinic').fill('ring us');
  await form.getByLabel('Stop the exercise from').selectOption('3');
  await form.getByRole('button', { name: 'Save the clinic' }).click();
  await expect(form.getByLabel('Phone of the clinic')).toHaveAccessibleDescription(/Please check this field/);
  await expect(form.getByLabel('Stop the exercise from')).toHaveAccessibleDescription(/Please check the order/);
  await expectAccessible(ada, '/admin with a refused clinic');
  await form.getByLabel('Phone of the clinic').fill('+44 20 7946 0188');
  await form.getByLabel('Emergency number').fill('112');
  await form.getByLabel('Stop the exercise from').selectOption('5');
  await form.getByLabel('Source of these limits').fill('Team meeting, 24 November');
  await form.getByRole('button', { name: 'Save the clinic' }).click();
  await expect(form.getByText('The clinic is saved.')).toBeVisible();
  await expect(form.getByText('What a pain answer means, version 2')).toBeVisible();
  await ada.reload();
  await expect(form.getByLabel('Name of the clinic')).toHaveValue('Larkfield Hand Centre');
  await expect(form.getByLabel('Stop the exercise from')).toHaveValue('5');
  await expect(ada.getByRole('cell', { name: 'clinic.change_settings' }).first()).toBeVisible();
});
