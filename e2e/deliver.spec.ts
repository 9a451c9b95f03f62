import { makeInDatabase } from '../db/factories/database';
import { bringForward, setEmail } from '../db/factories/news';
import { setPasswordHash } from '../db/queries/people/users';
import { hashPassword } from '../server/auth/password';
import type { Received } from '../server/testing/mail-server';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import type { TestServer } from './server';

const password = 'four calm words here';
let n = 0;

/** An account with an address and a password, as after an invitation. */
async function withLogin(server: TestServer, userId: string): Promise<string> {
  const email = `person${process.pid}.${++n}@example.org`;
  const passwordHash = await hashPassword(password);
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      yield* setEmail(d, { userId, email });
      yield* setPasswordHash(d, { userId, passwordHash });
    }),
  );
  return email;
}

/** The letters to an address when five minutes and the quiet hours are over. */
async function lettersTo(server: TestServer, email: string): Promise<Received[]> {
  await makeInDatabase(server.databaseUrl, (made) => made.write((d) => bringForward(d, { nowMs: Date.now() })));
  return server.mail.received.filter(({ to }) => to === email);
}

/** A letter as its reader's program decodes it, headers and both parts. */
function decoded({ raw }: Received): string {
  return raw
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

test('An answer is one e-mail, says nothing of health, and opens after the login', async ({ people, server }) => {
  const pair = await people.pair();
  const anaId = pair.ana.userId ?? '';
  const email = await withLogin(server, anaId);
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  await mira.getByLabel('Reply to Ana').fill('Tuck the thumb in.');
  await mira.getByRole('button', { name: 'Ask for another clip' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await expect.poll(async () => (await lettersTo(server, email)).length).toBe(1);

  const [letter] = await lettersTo(server, email);
  if (!letter) throw new Error('it was there a moment ago');
  expect(letter.subject).toBe('You have a message from your clinic');
  const text = decoded(letter);
  // Tokens are letters at random.
  const words = text.replace(/[\w-]{30,}/g, '');
  expect(words).not.toMatch(/Ana|Mira|Duarte|Tuck|thumb|clip|review|exercise|hand|pain|glide/i);
  for (const id of [checkInId, anaId, pair.ana.patientId]) expect(text).not.toContain(id);
  const page = /http\S+\/today/.exec(text)?.[0] ?? '';
  const stop = /http\S+\/unsubscribe\/[\w-]{66}(?=\s)/.exec(text)?.[0] ?? '';

  const ana = await people.page(null, { device: 'phone' });
  await ana.goto(page);
  await expect(ana.getByText('Tuck the thumb in.')).toHaveCount(0);
  await ana.getByLabel('Email').fill(email);
  await ana.getByLabel('Password', { exact: true }).fill(password);
  await ana.getByRole('button', { name: 'Sign in' }).click();
  await ana.getByRole('link', { name: /answered your clip/ }).click();
  await expect(ana.getByText('Tuck the thumb in.')).toBeVisible();
  expect(await lettersTo(server, email)).toHaveLength(1);

  // A program that looks at links turns nothing off; the button does.
  expect((await fetch(stop)).status).toBe(200);
  await ana.goto('/account');
  const answers = ana.getByRole('checkbox', { name: 'Answers and questions' });
  await expect(answers).toBeChecked();
  const stranger = await people.page(null, { device: 'phone' });
  await stranger.goto(stop);
  await expectAccessible(stranger, 'unsubscribe');
  await expectNoSidewaysScroll(stranger, 'unsubscribe');
  await stranger.getByRole('button', { name: 'Stop these e-mails' }).click();
  await expect(stranger.getByText('Done. No more e-mails of this kind')).toBeVisible();
  await ana.reload();
  await expect(answers).not.toBeChecked();
});

test('A person says how they are reached, and the clinic’s admin sees that e-mails leave', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withLogin(server, pair.ana.userId ?? '');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/account');
  const form = ana.getByRole('region', { name: 'How we reach you' });
  await expect(form.getByText('What is about safety is always sent.')).toBeVisible();
  await form.getByRole('checkbox', { name: 'Visits' }).uncheck();
  await form.getByLabel('From', { exact: true }).fill('22:30');
  await form.getByLabel('Until').fill('');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('A time, please')).toBeVisible();
  await form.getByLabel('Until').fill('07:15');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved.')).toBeVisible();
  await expectAccessible(ana, 'how we reach you');
  await expectNoSidewaysScroll(ana, 'how we reach you');
  await ana.reload();
  await expect(form.getByRole('checkbox', { name: 'Visits' })).not.toBeChecked();
  await expect(form.getByLabel('From', { exact: true })).toHaveValue('22:30');
  await expect(form.getByLabel('Until')).toHaveValue('07:15');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/account');
  await mira.getByRole('radio', { name: 'Once, in the morning' }).check();
  await mira.getByRole('region', { name: 'How we reach you' }).getByRole('button', { name: 'Save' }).click();
  await expect(mira.getByText('Saved.')).toBeVisible();
  await mira.reload();
  await expect(mira.getByRole('radio', { name: 'Once, in the morning' })).toBeChecked();

  const admin = await people.page(pair.admin.userId);
  await admin.goto('/admin');
  await expect(admin.getByRole('region', { name: 'E-mail' })).toContainText('E-mails are sent.');
  await expectAccessible(admin, 'admin with e-mail');
});
