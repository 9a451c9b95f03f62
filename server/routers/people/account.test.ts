import { beforeAll, describe, expect, it } from 'vitest';
import { makeSession, makeStaff } from '#db/factories/people';
import { findSession } from '#db/queries/people/sessions';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
const password = 'four calm words here';
let cast: Cast;
let userId: string;

beforeAll(async () => {
  cast = await makeCast(test.app);
  const passwordHash = await hashPassword(password);
  const spec = { clinicId: cast.clinicId, name: 'Nina Falk', email: 'nina@larkfield.example', passwordHash };
  userId = (await test.app.database.write((d) => makeStaff(d, spec))).userId;
});

async function login(whose: string): Promise<string> {
  const token = newToken();
  const row = { userId: whose, clinicId: null, tokenHash: hashToken(token), kind: 'staff' as const };
  await test.app.database.write((d) => makeSession(d, { ...row, at: test.clock.nowMs }));
  return token;
}
const seenAt = async (token: string) => {
  await Promise.all(test.app.pending);
  return (await test.app.database.read((d) => findSession(d, { tokenHash: hashToken(token) })))?.session.lastSeenAt;
};

describe('a password', () => {
  it('that is asked again is slowed down after some tries, right or wrong, and goes on a minute later', async () => {
    test.clock.nowMs += HOUR_MS;
    const nina = await test.as(userId);
    const change = (currentPassword: string) => nina.account.changePassword({ currentPassword, newPassword: password });
    for (let n = 0; n < 4; n++)
      await expect(change('not this one')).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'wrong_password' });
    expect(await change(password)).toEqual({ changed: true });
    const refusal = { code: 'TOO_MANY_REQUESTS', message: 'too_many', cause: { retryAfterMs: 1000 } };
    await expect(change(password)).rejects.toMatchObject(refusal);
    // Somebody else's tries are their own.
    const other = (await test.as(cast.mira.userId)).account;
    await expect(other.changePassword({ currentPassword: 'x', newPassword: password })).rejects.toMatchObject({
      message: 'wrong_password',
    });
    test.clock.nowMs += MINUTE_MS;
    expect(await change(password)).toEqual({ changed: true });
  });
});

describe('a login', () => {
  it('ends everywhere when the account is signed out everywhere, and nobody else’s does', async () => {
    const [one, two, foreign] = [await login(userId), await login(userId), await login(cast.mira.userId)];
    const nina = await test.as(userId);
    const { ended } = await nina.account.endSessions();
    expect(ended).toBeGreaterThanOrEqual(3);
    expect(await gate(test.app, one, test.clock.nowMs)).toBeNull();
    expect(await gate(test.app, two, test.clock.nowMs)).toBeNull();
    expect(await gate(test.app, foreign, test.clock.nowMs)).toMatchObject({ userId: cast.mira.userId });
  });

  it('is seen once a minute at most, however often it is used', async () => {
    const start = test.clock.nowMs;
    const token = await login(userId);
    for (const later of [0, 1000, MINUTE_MS - 1]) {
      expect(await gate(test.app, token, start + later)).not.toBeNull();
      expect(await seenAt(token)).toBe(start);
    }
    await gate(test.app, token, start + MINUTE_MS);
    expect(await seenAt(token)).toBe(start + MINUTE_MS);
    // Many at once write once, and a step later the next is due.
    const next = start + 2 * MINUTE_MS;
    await Promise.all([0, 1, 2, 3].map((ms) => gate(test.app, token, next + ms)));
    const seen = (await seenAt(token)) ?? 0;
    expect(seen - next).toBeGreaterThanOrEqual(0);
    expect(seen - next).toBeLessThanOrEqual(3);
    await gate(test.app, token, next + 50_000);
    expect(await seenAt(token)).toBe(seen);
  });
});
