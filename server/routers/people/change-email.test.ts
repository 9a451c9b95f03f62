import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient, makeStaff } from '#db/factories/people';
import { findUser, setPasswordHash } from '#db/queries/people/users';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { hashPassword } from '#server/auth/password';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { startMailServer } from '#server/testing/mail-server';

const mail = await startMailServer();
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'Larkfield <post@larkfield.example>' });
const password = 'four calm words here';
let cast: Cast;
let passwordHash: string;
beforeAll(async () => {
  cast = await makeCast(test.app);
  passwordHash = await hashPassword(password);
  return () => mail.stop();
});

let n = 0;
async function anAccount() {
  const email = `old${++n}@example.org`;
  const made = await test.app.database.write((d) =>
    makePatient(d, { clinicId: cast.clinicId, name: 'Ana', lead: cast.mira, login: { email, passwordHash } }),
  );
  const userId = made.userId ?? '';
  return { userId, email, to: `new${n}@example.org`, caller: await test.as(userId) };
}

const lettersTo = (email: string) => mail.received.filter(({ to }) => to === email);
const emailOf = async (userId: string) => (await test.app.database.read((d) => findUser(d, { userId })))?.email;

async function linkTo(email: string): Promise<string> {
  await expect.poll(() => lettersTo(email).length).toBeGreaterThan(0);
  const raw = lettersTo(email).at(-1)?.raw.replace(/=\r\n/g, '').replaceAll('=3D', '=') ?? '';
  return /\/email\/([\w-]{43})/.exec(raw)?.[1] ?? '';
}

describe('another e-mail address', () => {
  it('is the account’s when its link is used, once; the old one is told at both steps', async () => {
    const { userId, email, to, caller } = await anAccount();
    await caller.account.askEmail({ email: to, password });
    const token = await linkTo(to);
    expect(await emailOf(userId)).toBe(email);
    const nobody = await test.as(null);
    await expect(nobody.invites.show({ token })).rejects.toThrow('invite_gone');
    expect(await nobody.account.confirmEmail({ token })).toEqual({ changed: true });
    expect(await emailOf(userId)).toBe(to);
    await expect(nobody.account.confirmEmail({ token })).rejects.toThrow('invite_gone');
    await expect
      .poll(() => lettersTo(email).map(({ subject }) => subject))
      .toEqual(['Another e-mail address was asked for', 'Your e-mail address was changed']);
    for (const { raw } of lettersTo(email)) expect(raw).not.toMatch(/\/email\/|new\d+@/);
  });

  it('is not asked for without the password, and makes no account by itself', async () => {
    const { userId, email, to, caller } = await anAccount();
    await expect(caller.account.askEmail({ email: to, password: 'wrong' })).rejects.toThrow('wrong_password');
    await expect(caller.account.askEmail({ email, password })).rejects.toThrow('same_email');
    await expect((await test.as(null)).account.askEmail({ email: to, password })).rejects.toThrow();
    await caller.account.askEmail({ email: to, password });
    const token = await linkTo(to);
    const accept = { token, name: 'Eve', email: 'eve@example.org', password: 'another long password' };
    const nobody = await test.as(null);
    await expect(nobody.invites.accept(accept)).rejects.toThrow('invite_gone');
    await expect(nobody.passwordLinks.use({ token, password: 'another long password' })).rejects.toThrow('invite_gone');
    expect(await emailOf(userId)).toBe(email);
  });

  it('of somebody else is answered in the same words, and nothing is sent there', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    expect(await one.caller.account.askEmail({ email: other.email, password })).toEqual({ sent: true });
    await expect.poll(() => lettersTo(one.email).length).toBe(1);
    expect(lettersTo(other.email)).toEqual([]);
    // Taken between the question and the link.
    await one.caller.account.askEmail({ email: 'wanted@example.org', password });
    const token = await linkTo('wanted@example.org');
    await test.app.database.write((d) =>
      makeStaff(d, { clinicId: cast.clinicId, name: 'Mia', email: 'wanted@example.org' }),
    );
    await expect((await test.as(null)).account.confirmEmail({ token })).rejects.toThrow('invite_gone');
    expect(await emailOf(one.userId)).toBe(one.email);
  });

  it('is over after a day, with the next one, and with another password', async () => {
    const { userId, email, caller } = await anAccount();
    const nobody = await test.as(null);
    const ask = async (to: string) => {
      await caller.account.askEmail({ email: to, password });
      return await linkTo(to);
    };
    const first = await ask(`a.${email}`);
    const second = await ask(`b.${email}`);
    await expect(nobody.account.confirmEmail({ token: first })).rejects.toThrow('invite_gone');
    await caller.account.changePassword({ currentPassword: password, newPassword: 'four other calm words' });
    await expect(nobody.account.confirmEmail({ token: second })).rejects.toThrow('invite_gone');
    await test.app.database.write((d) => setPasswordHash(d, { userId, passwordHash }));
    const third = await ask(`c.${email}`);
    test.clock.nowMs += DAY_MS + HOUR_MS;
    await expect((await test.as(null)).account.confirmEmail({ token: third })).rejects.toThrow('invite_gone');
    expect(await emailOf(userId)).toBe(email);
  });
});
