import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { withVisits } from './prescribed';

test('A pasted number is kept in plain signs, and a press rings it as it is meant', async ({ people }) => {
  const pair = await people.pair();
  const ada = await people.page(pair.admin.userId);
  await ada.goto('/admin');
  const clinic = ada.getByRole('form', { name: 'Clinic' });
  await clinic.getByLabel('Phone of the clinic').fill('\u202d+44 (0)20\u00a07946\u20110100 / 020 7946 0200\u202c');
  await clinic.getByLabel('Emergency number').fill('\u202d999\u202c');
  await clinic.getByRole('button', { name: 'Save the clinic' }).click();
  await expect(ada.getByText('The clinic is saved.')).toBeVisible();
  await ada.reload();
  await expect(clinic.getByLabel('Phone of the clinic')).toHaveValue('+44 (0)20 7946 0100 / 020 7946 0200');

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await mira.getByRole('button', { name: 'Start now' }).click();
  await expect(mira.getByRole('link', { name: /^Join visit/ })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits');
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  const ring = ana.getByRole('link', { name: '+44 (0)20 7946 0100 / 020 7946 0200' });
  await expect(ring).toHaveAttribute('href', 'tel:+442079460100');
  await expectNoSidewaysScroll(ana, 'door with two numbers');
});

test('The clinician’s door rings the patient, never the clinic itself', async ({ people, server }) => {
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/visit/${visitId}`);
  await expect(mira.getByText(/the phone number of Ana Duarte is not known/)).toBeVisible();
  await expect(mira.getByText('+44 20 7946 0100')).toHaveCount(0);

  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'Edit details' }).click();
  await mira.getByLabel('Phone', { exact: true }).fill('07700\u00a0900123 ext. 7');
  await mira.getByRole('button', { name: 'Save details' }).click();
  const details = mira.getByRole('region', { name: 'Details' });
  await expect(details.getByRole('link')).toHaveAttribute('href', 'tel:07700900123;ext=7');

  await mira.goto(`/visit/${visitId}`);
  await expect(mira.getByText(/^If the picture fails, ring Ana Duarte/)).toBeVisible();
  await expect(mira.getByRole('link', { name: '07700 900123 ext. 7' })).toHaveAttribute(
    'href',
    'tel:07700900123;ext=7',
  );
  await expect(mira.getByText('+44 20 7946 0100')).toHaveCount(0);
  await expectAccessible(mira, 'the clinician’s door');
});
