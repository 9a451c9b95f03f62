import type { Locator, Page } from '@playwright/test';
import { encode } from 'next-auth/jwt';
import { makeInDatabase } from '../db/factories/database';
import { type MadePatient, type MadeStaff, makePatient, makeSession, makeStaff } from '../db/factories/people';
import { hashToken, newToken } from '../server/auth/gate';
import { hashPassword } from '../server/auth/password';
import { expectAccessible } from './axe';
import { waitingCheckIn } from './clips';
import { expect, type Pair, type People, test } from './fixtures';
import type { TestServer } from './server';

const MINUTE = 60_000;
const password = 'four calm words here';
let n = 0;

/** A desk of Mira's, whose login ends for want of use, with a patient of hers; Erik works here too. */
class Desk {
  readonly page: Page;
  readonly made: { mira: MadeStaff; walter: MadePatient };
  readonly patientId: string;
  readonly emails: { mira: string; erik: string };
  readonly #server: TestServer;
  readonly #pair: Pair;

  private constructor(server: TestServer, page: Page, pair: Pair, made: Desk['made'], emails: Desk['emails']) {
    this.#server = server;
    this.#pair = pair;
    this.page = page;
    this.made = made;
    this.patientId = made.walter.patientId;
    this.emails = emails;
  }

  static async of(server: TestServer, people: People, theme: 'light' | 'dark' = 'light'): Promise<Desk> {
    const pair = await people.pair();
    const { clinicId } = pair;
    const emails = { mira: `mira${++n}@larkfield.example`, erik: `erik${n}@larkfield.example` };
    const passwordHash = await hashPassword(password);
    const made = await makeInDatabase(server.databaseUrl, (database) =>
      database.write(function* (d) {
        const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg', email: emails.mira, passwordHash });
        yield* makeStaff(d, { clinicId, name: 'Erik Holm', email: emails.erik, passwordHash });
        const walter = yield* makePatient(d, { clinicId, name: 'Walter Lind', lead: mira });
        return { mira, walter };
      }),
    );
    const page = await people.page(null, { theme });
    await page.clock.install();
    const desk = new Desk(server, page, pair, made, emails);
    await desk.lastUsed(0);
    return desk;
  }

  /** By the server's clock the login was last used so long ago; the browser's clock says nothing of it. */
  async lastUsed(agoMs: number): Promise<void> {
    const { secret, databaseUrl, url } = this.#server;
    const token = newToken();
    const row = { userId: this.made.mira.userId, clinicId: null, tokenHash: hashToken(token), kind: 'staff' as const };
    await makeInDatabase(databaseUrl, (made) => made.write((d) => makeSession(d, { ...row, at: Date.now() - agoMs })));
    const value = await encode({ token: { sid: token }, secret });
    await this.page.context().addCookies([{ name: 'regrasp.session', value, url, httpOnly: true, sameSite: 'Lax' }]);
  }

  /** A check-in of Walter's that waits for Mira. */
  async checkIn(): Promise<string> {
    return await waitingCheckIn(this.#server, { ...this.#pair, mira: this.made.mira, ana: this.made.walter });
  }

  /** Nobody does anything for so long, until the page shows it. What watches the page comes after the page itself. */
  async idle(ms: number, shows: (page: Page) => Locator, page = this.page): Promise<void> {
    await expect(async () => {
      await this.lastUsed(ms);
      await page.clock.fastForward(ms + 1000);
      await expect(shows(page)).toBeVisible({ timeout: 1000 });
    }).toPass();
  }

  async signIn(email: string, page = this.page): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }
}

const warning = (page: Page) => page.getByRole('alertdialog', { name: 'Are you still there?' });
const panel = (page: Page) => page.getByRole('heading', { name: 'Signed out' });
const nameField = (page: Page) => page.getByLabel('Name', { exact: true });

for (const theme of ['light', 'dark'] as const) {
  test(`A record that nobody uses asks two minutes before, then leaves the screen (${theme})`, async ({
    people,
    server,
    announced,
  }) => {
    announced.push(/401/);
    const desk = await Desk.of(server, people, theme);
    const { page } = desk;
    await page.goto(`/patients/${desk.patientId}`);
    await expect(page.getByRole('heading', { name: 'Walter Lind' })).toBeVisible();
    await desk.idle(13 * MINUTE, warning);
    const here = page.getByRole('button', { name: 'I am here' });
    await expect(here).toBeFocused();
    expect((await here.boundingBox())?.height).toBeGreaterThanOrEqual(48);
    await expectAccessible(page, `idle warning, ${theme}`);
    await here.press('Enter');
    await expect(warning(page)).toBeHidden();

    await desk.idle(15 * MINUTE, panel);
    await expect(panel(page)).toBeFocused();
    expect(await page.content()).not.toContain('Walter');
    await expect(page).toHaveTitle('Signed out');
    await expectAccessible(page, `signed out for want of use, ${theme}`);
  });
}

test('A check-in at the desk leaves the screen when its login ends, though the desk holds its claim meanwhile', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/401/);
  const desk = await Desk.of(server, people);
  const { page } = desk;
  await page.goto(`/review/${await desk.checkIn()}`);
  await expect(page.getByText('Is my thumb in the way?')).toBeVisible();
  await page.getByLabel('Reply to Walter').fill('Your thumb is fine.');
  await desk.idle(15 * MINUTE, panel);
  const left = await page.content();
  for (const words of ['Walter', 'Is my thumb in the way?', 'Your thumb is fine.']) expect(left).not.toContain(words);
  await expect(page.getByRole('figure')).toHaveCount(0);
});

test('What was typed is back after signing in again, in every tab', async ({ people, server, announced }) => {
  announced.push(/401/);
  const desk = await Desk.of(server, people);
  const { page } = desk;
  const other = await page.context().newPage();
  await other.goto(`/patients/${desk.patientId}`);
  await expect(other.getByRole('heading', { name: 'Walter Lind' })).toBeVisible();
  await page.goto('/patients/new');
  await nameField(page).fill('Iris Mbeki');
  await page.getByLabel('Year of birth').fill('1980');
  await desk.idle(15 * MINUTE, panel);
  await desk.idle(15 * MINUTE, panel, other);
  await desk.signIn(desk.emails.mira);
  await expect(nameField(page)).toHaveValue('Iris Mbeki');
  await expect(page.getByLabel('Year of birth')).toHaveValue('1980');
  await expect(other.getByRole('heading', { name: 'Walter Lind' })).toBeVisible();
});

test('What was typed is shown to nobody else who signs in there', async ({ people, server, announced }) => {
  announced.push(/401/);
  const desk = await Desk.of(server, people);
  const { page } = desk;
  await page.goto('/patients/new');
  await nameField(page).fill('Iris Mbeki');
  await desk.idle(15 * MINUTE, panel);
  await desk.signIn(desk.emails.erik);
  await expect(page).toHaveURL('/patients');
  await page.goto('/patients/new');
  await expect(nameField(page)).toHaveValue('');
  expect(await page.content()).not.toContain('Iris');
});

test('A clock that is set ahead or back ends no login and keeps none', async ({ people, server, announced }) => {
  announced.push(/401/);
  const desk = await Desk.of(server, people);
  const { page } = desk;
  await page.goto(`/patients/${desk.patientId}`);
  await expect(page.getByRole('heading', { name: 'Walter Lind' })).toBeVisible();
  // Watched from here on.
  await desk.idle(13 * MINUTE, warning);
  await page.getByRole('button', { name: 'I am here' }).click();
  await expect(warning(page)).toBeHidden();
  // An hour ahead, while the server knows of use a minute ago.
  await desk.lastUsed(MINUTE);
  await page.clock.fastForward(60 * MINUTE);
  const [answer] = await Promise.all([page.waitForResponse(/account\.idle/), page.clock.runFor(2000)]);
  expect(answer.status()).toBe(200);
  await expect(page.getByRole('heading', { name: 'Walter Lind' })).toBeVisible();
  await expect(warning(page)).toBeHidden();
  // A day behind, while the server has ended it.
  await page.clock.setSystemTime(Date.now() - 24 * 60 * MINUTE);
  await desk.idle(15 * MINUTE, panel);
});
