import { beforeAll, describe, expect, it } from 'vitest';
import { makeClinic, makeStaff } from '#db/factories/people';
import { endMembership } from '#db/queries/people/staff';
import { openTestApp } from '#server/testing/application';
import { gate } from './gate';
import { hashPassword } from './password';
import { signIn } from './sign-in';

const test = openTestApp();
const email = 'mira@larkfield.example';
const password = 'four calm words here';
let userId = '';

beforeAll(async () => {
  const passwordHash = await hashPassword(password);
  const made = await test.app.database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    return yield* makeStaff(d, { clinicId, name: 'Mira Solberg', email, passwordHash });
  });
  userId = made.userId;
});

const MINUTE = 60_000;
const from = { network: '192.0.2.1', device: null, deviceLabel: null };
const tryWith = (input: unknown, nowMs = test.clock.nowMs) => signIn(test.app, input, from, nowMs);

describe('signing in', () => {
  it('begins a login that the gate knows, however the address is spelt', async () => {
    const result = await tryWith({ email: '  MIRA@Larkfield.example ', password });
    if (!result.ok) throw new Error('the password is right');
    expect(await gate(test.app, result.token, test.clock.nowMs)).toMatchObject({ userId, roles: ['clinician'] });
  });

  it.each([
    ['a space of no width', `${email}\u200b`],
    ['marks of direction', `\u202a${email}\u202c`],
    ['a no-break space', `\u00a0${email}`],
    ['the brackets of a letter', `Mira Solberg <${email}>`],
  ])('finds the account by an address pasted with %s', async (_, pasted) => {
    expect(await tryWith({ email: pasted, password })).toMatchObject({ ok: true, userId });
  });

  it('refuses a wrong password, an unknown address and malformed input alike', async () => {
    for (const input of [
      { email, password: 'wrong' },
      { email: 'nobody@larkfield.example', password },
      { email: 'ｍira＠larkfield.example', password: 'x' },
      { email, password: 'x'.repeat(257) },
      {},
      null,
    ]) {
      expect(await tryWith(input)).toEqual({ ok: false, reason: 'wrong' });
    }
  });

  it('says that access has ended to who knows the password, and to nobody else', async () => {
    const ended = 'erik@larkfield.example';
    const passwordHash = await hashPassword(password);
    await test.app.database.write(function* (d) {
      const clinicId = yield* makeClinic(d);
      const erik = yield* makeStaff(d, { clinicId, name: 'Erik Holm', email: ended, passwordHash });
      yield* endMembership(d, { clinicId, membershipId: erik.membershipId, nowMs: test.clock.nowMs });
    });
    expect(await tryWith({ email: ended, password })).toEqual({ ok: false, reason: 'no_access' });
    expect(await tryWith({ email: ended, password: 'wrong' })).toEqual({ ok: false, reason: 'wrong' });
  });
});

describe('a login', () => {
  it('ends after 15 minutes without use and after 12 hours with it', async () => {
    const begun = test.clock.nowMs + 5 * 60 * MINUTE;
    const result = await tryWith({ email, password }, begun);
    if (!result.ok) throw new Error('the password is right');
    expect(await gate(test.app, result.token, begun + 14 * MINUTE, 0)).not.toBeNull();
    await Promise.allSettled(test.app.pending);
    expect(await gate(test.app, result.token, begun + 28 * MINUTE)).not.toBeNull();
    await Promise.allSettled(test.app.pending);
    expect(await gate(test.app, result.token, begun + 44 * MINUTE)).toBeNull();
    expect(await gate(test.app, result.token, begun + 12 * 60 * MINUTE)).toBeNull();
  });

  it('is listed until it ends, with the one in use first', async () => {
    const begun = test.clock.nowMs;
    const caller = await test.as(userId);
    for (const at of [begun + MINUTE, begun + 10 * MINUTE]) await tryWith({ email, password }, at);
    test.clock.nowMs = begun + 16 * MINUTE;
    const listed = await caller.account.sessions();
    test.clock.nowMs = begun;
    expect(listed.filter((login) => login.lastSeenAt < begun + 16 * MINUTE)).toMatchObject([
      { current: true, lastSeenAt: begun },
      { current: false, lastSeenAt: begun + 10 * MINUTE },
    ]);
  });

  it('ends everywhere at once', async () => {
    const now = test.clock.nowMs + 24 * 60 * MINUTE;
    const [one, two] = [await tryWith({ email, password }, now), await tryWith({ email, password }, now)];
    if (!one.ok || !two.ok) throw new Error('the password is right');
    const caller = await test.as(userId);
    expect((await caller.account.endSessions()).ended).toBeGreaterThanOrEqual(2);
    expect(await gate(test.app, one.token, now)).toBeNull();
    expect(await gate(test.app, two.token, now)).toBeNull();
  });
});
