import { beforeAll, describe, expect, it } from 'vitest';
import { makeSession, makeStaff } from '#db/factories/people';
import { findSession } from '#db/queries/people/sessions';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { createCaller } from '#server/routers/app';
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
  it('that is asked again is slowed down after some wrong tries, also for the right one, and goes on a minute later; the right one forgets them', async () => {
    test.clock.nowMs += HOUR_MS;
    const nina = await test.as(userId);
    const change = (currentPassword: string) => nina.account.changePassword({ currentPassword, newPassword: password });
    for (let n = 0; n < 5; n++)
      await expect(change('not this one')).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'wrong_password' });
    const refusal = { code: 'TOO_MANY_REQUESTS', message: 'too_many', cause: { retryAfterMs: 1000 } };
    await expect(change(password)).rejects.toMatchObject(refusal);
    // Somebody else's tries are their own.
    const other = (await test.as(cast.mira.userId)).account;
    await expect(other.changePassword({ currentPassword: 'x', newPassword: password })).rejects.toMatchObject({
      message: 'wrong_password',
    });
    test.clock.nowMs += MINUTE_MS;
    for (let n = 0; n < 7; n++) expect(await change(password)).toEqual({ changed: true });
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

  it('of staff lasts by what a person did, however much the page asks by itself', async () => {
    const start = test.clock.nowMs;
    const token = await login(userId);
    for (let minute = 1; minute <= 14; minute++) await gate(test.app, token, start + minute * MINUTE_MS);
    expect(await seenAt(token)).toBe(start);
    // What is asked later still says when the person last did something.
    await gate(test.app, token, start + 14 * MINUTE_MS, 2 * MINUTE_MS);
    expect(await seenAt(token)).toBe(start + 12 * MINUTE_MS);
    expect(await gate(test.app, token, start + 27 * MINUTE_MS - 1)).toMatchObject({ idleEndsInMs: 1 });
    expect(await gate(test.app, token, start + 27 * MINUTE_MS, 0)).toBeNull();
  });

  it('is written down in steps, and by many requests at once only once', async () => {
    const start = test.clock.nowMs;
    const token = await login(userId);
    for (const later of [0, 1000, 19_999]) {
      expect(await gate(test.app, token, start + later, 0)).not.toBeNull();
      expect(await seenAt(token)).toBe(start);
    }
    await Promise.all([0, 1, 2, 3].map((ms) => gate(test.app, token, start + MINUTE_MS + ms, 0)));
    const seen = (await seenAt(token)) ?? 0;
    expect(seen - start - MINUTE_MS).toBeGreaterThanOrEqual(0);
    expect(seen - start - MINUTE_MS).toBeLessThanOrEqual(3);
  });

  it('says how long it lasts without use, by the server’s clock; a patient’s own phone has nothing to say', async () => {
    const token = await login(userId);
    const actor = await gate(test.app, token, test.clock.nowMs + 5 * MINUTE_MS);
    const context = {
      app: test.app,
      clock: () => test.clock.nowMs,
      sameOrigin: true,
      network: '192.0.2.1',
      requestId: 'a-test',
    };
    const idle = async (asked: typeof actor) => await createCaller({ ...context, actor: asked }).account.idle();
    expect(await idle(actor)).toEqual({ userId, endsInMs: 10 * MINUTE_MS });
    expect(await (await test.as(cast.ana.userId)).account.idle()).toEqual({ userId: cast.ana.userId, endsInMs: null });
  });
});
