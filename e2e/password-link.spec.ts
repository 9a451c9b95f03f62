import { makeInDatabase } from '../db/factories/database';
import { makePatient, makeStaff } from '../db/factories/people';
import { hashPassword } from '../server/auth/password';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const before = 'four calm words here';
const after = 'other quiet words there';

test('Who forgot the password asks the clinic, gets a link that works once, and is signed out elsewhere', async ({
  people,
  server,
  announced,
}) => {
  // The old password at the sign-in page, and the device that was signed out.
  announced.push(/401/);
  const { clinicId, mira: clinician } = await people.pair();
  const email = 'walter@larkfield.example';
  const passwordHash = await hashPassword(before);
  const { userId, patientId } = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makePatient(d, { clinicId, name: 'Walter Lind', lead: clinician, login: { email, passwordHash } }),
    ),
  );
  const phone = await people.page(null, { device: 'phone' });
  await phone.goto('/sign-in');
  await expect(phone.getByText('Forgot your password? Ask your clinic for a link.')).toBeVisible();
  const tablet = await people.page(userId);
  await tablet.goto('/account');

  const mira = await people.page(clinician.userId);
  await mira.goto(`/patients/${patientId}`);
  await mira.getByRole('button', { name: 'New password for Walter Lind' }).click();
  const link = await mira.getByLabel('Link').inputValue();
  await expect(mira.getByText('This link lets Walter Lind set a new password.')).toBeVisible();
  await expectAccessible(mira, 'record with a link for a new password');

  await phone.goto(link);
  await expect(phone.getByRole('heading', { name: 'A new password, Walter Lind' })).toBeVisible();
  await expectAccessible(phone, 'page for a new password');
  await expectNoSidewaysScroll(phone, 'page for a new password');
  await phone.getByLabel('New password').fill(after);
  await phone.getByRole('button', { name: 'Set the new password' }).click();
  await expect(phone).toHaveURL(/\/welcome$/);
  await tablet.reload();
  await expect(tablet).toHaveURL(/\/sign-in$/);

  await tablet.goto(link);
  await expect(tablet.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
  await tablet.goto('/sign-in');
  const signIn = async (password: string) => {
    await tablet.getByLabel('Email').fill(email);
    await tablet.getByLabel('Password', { exact: true }).fill(password);
    await tablet.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn(before);
  await expect(tablet.getByText('Email and password do not fit together.')).toBeVisible();
  await signIn(after);
  await expect(tablet).toHaveURL(/\/welcome$/);
});

test('An admin helps staff and patients back in, and takes invitations back', async ({ people, server, announced }) => {
  announced.push(/409/);
  const { clinicId, admin, mira: clinician, ana } = await people.pair();
  const passwordHash = await hashPassword(before);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeStaff(d, { clinicId, name: 'Erik Holm', email: 'erik.holm@larkfield.example', passwordHash }),
    ),
  );
  const ada = await people.page(admin.userId);
  await ada.goto('/admin');
  await ada.getByRole('button', { name: 'New password for Erik Holm' }).click();
  const erik = await people.page(null);
  await erik.goto(await ada.getByLabel('Link').inputValue());
  await erik.getByLabel('New password').fill(after);
  await erik.getByRole('button', { name: 'Set the new password' }).click();
  await expect(erik).toHaveURL(/\/patients$/);
  await erik.goto('/account');
  const links = erik.getByRole('region', { name: 'Links for a new password' });
  await expect(links.getByRole('listitem')).toContainText('A new password was set with a link');
  await expect(links.getByRole('listitem')).toContainText('Made by Ada Lind');
  await expectAccessible(erik, 'links for a new password');

  await ada.getByRole('link', { name: 'Open the records of this clinic' }).click();
  await ada.getByRole('link', { name: 'Open the record of Ana Duarte' }).click();
  await ada.getByRole('button', { name: 'New password for Ana Duarte' }).click();
  // Ana was made without an address: there is nothing she could sign in with.
  await expect(ada.getByText('This account has no e-mail address to sign in with.')).toBeVisible();

  await ada.goto('/admin');
  await ada.getByLabel('Name', { exact: true }).fill('Jonas Weber');
  await ada.getByRole('button', { name: 'Invite', exact: true }).click();
  const link = await ada.getByLabel('Link').inputValue();
  await expectAccessible(ada, '/admin with the link of an invitation');
  await ada.getByRole('button', { name: 'Withdraw invitation of Jonas Weber' }).click();
  await expect(ada.getByText('No open invitations')).toBeVisible();
  await expectAccessible(ada, '/admin with logins');
  await erik.goto(link);
  await expect(erik.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();

  const { patientId } = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makePatient(d, { clinicId, name: 'Iris Mbeki', lead: clinician, login: null })),
  );
  expect(patientId).not.toBe(ana.patientId);
  const mira = await people.page(clinician.userId);
  await mira.goto(`/patients/${patientId}`);
  await mira.getByRole('button', { name: 'Invite Iris Mbeki' }).click();
  const invitation = await mira.getByLabel('Link').inputValue();
  await mira.getByRole('button', { name: 'Withdraw the invitation of Iris Mbeki' }).click();
  await expect(mira.getByLabel('Link')).toHaveCount(0);
  await expect(mira.getByRole('button', { name: 'Invite Iris Mbeki', exact: true })).toBeVisible();
  await erik.goto(invitation);
  await expect(erik.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
});
