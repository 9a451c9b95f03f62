import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { makePatient, makeStaff } from '../db/factories/people';
import { insertInvite } from '../db/queries/people/invites';
import { endMembership } from '../db/queries/people/staff';
import { hashToken, newToken } from '../server/auth/gate';
import { hashPassword } from '../server/auth/password';
import { expectAccessible } from './axe';
import { expect, test } from './fixtures';

const password = 'four calm words here';

test('A refused sign-in keeps what was typed, and ended access is said in words', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/401/);
  const { clinicId } = await people.pair();
  const email = 'erik@larkfield.example';
  const passwordHash = await hashPassword(password);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const erik = yield* makeStaff(d, { clinicId, name: 'Erik Holm', email, passwordHash });
      yield* endMembership(d, { clinicId, membershipId: erik.membershipId, nowMs: Date.now() });
    }),
  );
  const page = await people.page(null, { device: 'phone' });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(email);
  const field = page.getByLabel('Password', { exact: true });
  await field.fill('not this one, sorry');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Email and password do not fit together.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(email);
  await expect(field).toHaveValue('not this one, sorry');
  await field.fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This account has no access to a clinic any more.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(email);
  await expectAccessible(page, 'sign-in of an account without access');
});

test('What is pressed before the page’s scripts are there is done when they are, and no password stands in an address', async ({
  people,
  server,
}) => {
  const { clinicId, mira } = await people.pair();
  const email = 'slow@larkfield.example';
  const passwordHash = await hashPassword(password);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makePatient(d, { clinicId, name: 'Walter Lind', lead: mira, login: { email, passwordHash } })),
  );
  const page = await people.page(null, { device: 'phone' });
  // A line on which the scripts come late: each page waits until it is told to go on.
  let letGo = () => {};
  const hold = async () => {
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    await page.unrouteAll();
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      await held;
      await route.continue();
    });
  };
  await hold();
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByLabel('Password', { exact: true }).press('Enter');
  const signIn = page.getByRole('button', { name: 'Sign in' });
  await expect(signIn).toHaveAttribute('aria-busy', 'true');
  // Seen, not only said: a telephone has no pointer that could change.
  await expect(signIn).toHaveCSS('background-image', /gradient/);
  await expect(page).toHaveURL('/sign-in');
  letGo();
  const agree = page.getByRole('button', { name: 'I agree, go on' });
  await expect(agree).toBeVisible();

  await hold();
  await page.reload({ waitUntil: 'commit' });
  const notNow = page.getByRole('button', { name: 'Not now' });
  await agree.click();
  await notNow.click();
  await expect(notNow).toHaveAttribute('aria-busy', 'true');
  await expect(agree).toHaveAttribute('aria-busy', 'false');
  letGo();
  const declined = page.getByText(/^Without these the clinic cannot use Regrasp/);
  await expect(declined.getByRole('link')).toHaveAttribute('href', 'tel:+442079460100');
  await expect(page.getByRole('link', { name: '999' })).toHaveAttribute('href', 'tel:999');
  await expect(notNow).not.toHaveAttribute('aria-busy', 'true');
  await agree.click();
  await expect(page).toHaveURL('/today');
});

test('A refused invitation keeps what was typed', async ({ people, server, announced }) => {
  announced.push(/409/);
  const { clinicId, admin } = await people.pair();
  const email = 'taken@larkfield.example';
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeStaff(d, { clinicId, name: 'Jonas Weber', email })),
  );
  const ada = await people.page(admin.userId);
  await ada.goto('/admin');
  await ada.getByLabel('Name', { exact: true }).fill('Mira Solberg');
  await ada.getByRole('button', { name: 'Invite' }).click();
  const page = await people.page(null, { device: 'phone' });
  await page.goto(await ada.getByLabel('Link').inputValue());
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(page.getByText('This e-mail address has an account already.')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue(email);
  await expect(page.getByLabel('New password')).toHaveValue(password);
});

test('An account without screens of its own begins at its account, and nobody is invited to that', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/404/);
  const { clinicId, admin } = await people.pair();
  const { userId } = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeStaff(d, { clinicId, name: 'Sam Okoye', role: 'assistant' })),
  );
  const sam = await people.page(userId);
  for (const path of ['/sign-in', '/today', '/consents']) {
    await sam.goto(path);
    await expect(sam).toHaveURL(/\/account$/);
    await expect(sam.getByText('The screens for your role are not there yet.')).toBeVisible();
  }
  await expectAccessible(sam, '/account of an assistant');
  await sam.goto('/patients');
  await expect(sam.getByRole('heading', { name: 'Not here' })).toBeVisible();

  const ada = await people.page(admin.userId);
  await ada.goto('/account');
  await expect(ada.getByRole('heading', { name: 'Account', level: 1 })).toBeVisible();
  await expect(ada.getByText('The screens for your role are not there yet.')).toHaveCount(0);
  await ada.goto('/admin');
  await expect(ada.getByLabel('Role').getByRole('option')).toHaveText(['Clinician', 'Admin']);
});

test('A double click makes one patient, one program, one invitation and one visit', async ({ people }) => {
  const { mira: clinician, admin } = await people.pair();
  const mira = await people.page(clinician.userId);
  await mira.goto('/patients/new');
  await mira.getByLabel('Name', { exact: true }).fill('Ben Okafor');
  await mira.getByLabel('Hand problem').fill('Thumb sprain');
  await mira.getByRole('group', { name: 'Affected side' }).getByRole('radio', { name: 'Left' }).check();
  await mira.getByRole('group', { name: 'Which hand holds the phone?' }).getByRole('radio', { name: 'Right' }).check();
  await mira.getByRole('button', { name: 'Add patient' }).dblclick();
  await expect(mira.getByRole('heading', { name: 'Ben Okafor' })).toBeVisible();
  const record = mira.url();
  await mira.getByRole('button', { name: 'New program' }).dblclick();
  await expect(mira).toHaveURL(/\/programs\//);
  await mira.goto(record);
  await expect(mira.getByRole('link', { name: /^Change program/ })).toHaveCount(1);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await expect(mira.getByLabel('Length')).toBeVisible();
  await mira.getByRole('button', { name: 'Start now' }).dblclick();
  await expect(mira.getByRole('link', { name: /^Join visit/ })).toHaveCount(1);
  await mira.reload();
  await expect(mira.getByRole('link', { name: /^Join visit/ })).toHaveCount(1);
  await mira.goto('/patients');
  await expect(mira.getByRole('link', { name: /Ben Okafor/ })).toHaveCount(1);

  const ada = await people.page(admin.userId);
  await ada.goto('/admin');
  await ada.getByLabel('Name', { exact: true }).fill('Jonas Weber');
  await ada.getByRole('button', { name: 'Invite' }).dblclick();
  await expect(ada.getByLabel('Link')).toBeVisible();
  await ada.reload();
  await expect(ada.getByText(/^Jonas Weber, Clinician, until/)).toHaveCount(1);
});

test('A browser that keeps no cookies is told so, at the sign-in and after an invitation', async ({
  people,
  server,
}) => {
  const { clinicId, admin } = await people.pair();
  const page = await people.page(null, { device: 'phone' });
  // The server's own answer, without its cookie.
  await page.route('**/api/auth/csrf', async (route) => {
    const answer = await fetch(route.request().url());
    await route.fulfill({ status: answer.status, contentType: 'application/json', body: await answer.text() });
  });
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('ana@larkfield.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('This browser keeps no cookies for this address')).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('ana@larkfield.example');

  const token = newToken();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      insertInvite(d, {
        id: uuidv7(),
        clinicId,
        kind: 'staff',
        role: 'clinician',
        discipline: 'OT',
        name: 'Lior Katz',
        tokenHash: hashToken(token),
        createdBy: admin.userId,
        createdAt: Date.now(),
        expiresAt: Date.now() + 60_000,
      }),
    ),
  );
  await page.goto(`/invite/${token}`);
  // As it is pasted from a message: the address is read without the mark that nobody sees.
  await page.getByLabel('Email').fill('lior@larkfield.example\u200b');
  await page.getByLabel('New password').fill(password);
  await page.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Your account is made.' })).toContainText(
    'This browser keeps no cookies for this address',
  );
  await page.unrouteAll();
  await page.getByRole('link', { name: 'Go to the sign-in page' }).click();
  await page.getByLabel('Email').fill('lior@larkfield.example');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/patients$/);
});
