import { makeInDatabase } from '../db/factories/database';
import { makePatient } from '../db/factories/people';
import { revokeSessions } from '../db/queries/people/sessions';
import { hashPassword } from '../server/auth/password';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { withVisits } from './prescribed';

const before = 'four calm words here';
const after = 'other quiet words there';

test('A changed password signs other devices out, and the old one does not work any more', async ({
  people,
  server,
  announced,
}) => {
  // The wrong current password, and the old one at the sign-in page.
  announced.push(/403/, /401/);
  const { clinicId, mira } = await people.pair();
  const email = 'ben@larkfield.example';
  const passwordHash = await hashPassword(before);
  const { userId } = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makePatient(d, { clinicId, name: 'Ben Okafor', lead: mira, login: { email, passwordHash } })),
  );
  const [phone, other] = [await people.page(userId, { device: 'phone' }), await people.page(userId)];
  await other.goto('/account');
  await phone.goto('/account');
  await phone.getByRole('banner').getByRole('group').click();
  await phone.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(phone.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  await expect(phone.getByText(email)).toBeVisible();
  const devices = phone.getByRole('list', { name: 'Signed in on' }).getByRole('listitem');
  await expect(devices).toHaveCount(2);
  await expect(devices.filter({ hasText: 'this device' })).toHaveCount(1);

  const change = async (current: string, next: string) => {
    await phone.getByLabel('Current password').fill(current);
    await phone.getByLabel('New password').fill(next);
    await phone.getByRole('button', { name: 'Change password' }).click();
  };
  await change(before, 'too short');
  await expect(phone.getByText('At least 12 characters, please.')).toBeVisible();
  await change('not this one, sorry', after);
  await expect(phone.getByText('The current password is not right.')).toBeVisible();
  await expectAccessible(phone, '/account with a problem');
  await expectNoSidewaysScroll(phone, '/account with a problem');
  for (const target of await phone.getByRole('main').getByRole('button').all())
    expect.soft((await target.boundingBox())?.height, '/account, a target').toBeGreaterThanOrEqual(48);
  await change(before, after);
  await expect(phone.getByRole('region', { name: 'Change password' }).getByRole('status')).toHaveText(
    /Other devices were signed out/,
  );
  await expect(devices).toHaveCount(1);
  await phone.reload();
  await expect(devices).toHaveCount(1);

  await other.reload();
  await expect(other).toHaveURL(/\/sign-in$/);
  const signIn = async (password: string) => {
    await other.getByLabel('Email').fill(email);
    await other.getByLabel('Password', { exact: true }).fill(password);
    await other.getByRole('button', { name: 'Sign in' }).click();
  };
  await signIn(before);
  await expect(other.getByText('Email and password do not fit together.')).toBeVisible();
  await signIn(after);
  await expect(other).toHaveURL(/\/welcome$/);
});

test('Sign out everywhere ends the login of this browser and of every other', async ({ people, server, announced }) => {
  // What the other browsers still ask is refused.
  announced.push(/401/);
  const pair = await people.pair();
  const { ana, mira } = pair;
  const { visitId } = await withVisits(server, pair);
  const waiting = await people.page(ana.userId);
  await waiting.goto(`/visit/${visitId}`);
  const [phone, other] = [await people.page(ana.userId, { device: 'phone' }), await people.page(ana.userId)];
  const miras = await people.page(mira.userId);
  await miras.goto('/patients');
  await other.goto('/account');
  await phone.goto('/account');
  const devices = phone.getByRole('list', { name: 'Signed in on' }).getByRole('listitem');
  await expect(devices).toHaveCount(3);
  await phone.getByRole('main').getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(phone).toHaveURL(/\/sign-in$/);
  for (const page of [other, waiting])
    await expect(page.getByText('You are signed out.')).toBeVisible({ timeout: 30_000 });
  for (const page of [other, waiting, phone]) {
    await page.goto('/account');
    await expect(page).toHaveURL(/\/sign-in$/);
    const me = await page.request.get('/api/trpc/account.me');
    expect(me.status()).toBe(401);
  }
  await expect(miras.getByText('You are signed out.')).toHaveCount(0);

  // Ended in silence: a page that nobody touches says so all the same.
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => revokeSessions(d, { userId: mira.userId, exceptId: null, nowMs: Date.now() })),
  );
  await expect(miras.getByText('You are signed out.')).toBeVisible({ timeout: 30_000 });
});

test("A clinician corrects a patient's details", async ({ people }) => {
  const { mira: clinician, ana } = await people.pair();
  const mira = await people.page(clinician.userId);
  await mira.goto('/account');
  await expectAccessible(mira, '/account of staff');
  await mira.goto(`/patients/${ana.patientId}`);
  const edit = mira.getByRole('button', { name: 'Edit details' });
  await edit.click();
  const form = mira.getByRole('form', { name: 'Details' });
  await expect(form.getByLabel('Name')).toBeFocused();
  await expect(form.getByLabel('Name')).toHaveValue('Ana Duarte');
  const holds = form.getByRole('group', { name: 'Which hand holds the phone?' });
  await expect(holds.getByRole('radio', { name: 'Left' })).toBeChecked();
  await expect(form.getByLabel('Time zone')).toHaveValue('Europe/London');
  await form.getByLabel('Name').fill('Ana Duarte Silva');
  await form.getByLabel('Phone', { exact: true }).fill('ask her');
  await form.getByRole('button', { name: 'Save details' }).click();
  await expect(form.getByLabel('Phone', { exact: true })).toHaveAccessibleDescription('Please check this field.');
  await expectAccessible(mira, 'details of a patient');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'details of a patient at 360');
  await form.getByRole('button', { name: 'Cancel' }).click();
  await expect(edit).toBeFocused();

  await edit.click();
  await form.getByLabel('Name').fill('Ana Duarte Silva');
  await form.getByLabel('Phone', { exact: true }).fill('+44 20 7946 0155');
  await form.getByRole('button', { name: 'Save details' }).click();
  await expect(edit).toBeFocused();
  await expect(mira.getByText('The details are saved.')).toBeVisible();
  await mira.reload();
  await expect(mira.getByRole('heading', { name: 'Ana Duarte Silva', level: 1 })).toBeVisible();
  await expect(mira.getByRole('link', { name: '+44 20 7946 0155' })).toBeVisible();
});
