import { encode } from 'next-auth/jwt';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeSession } from '#db/factories/people';
import { findSession } from '#db/queries/people/sessions';
import { ACCOUNT_HEADER } from '#domain/people/page-account';
import { USED_HEADER } from '#domain/people/session-policy';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import { sessionCookieName } from '#server/auth/options';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { answerProcedures } from './door';

const test = openTestApp();
const START = Date.UTC(2026, 10, 24, 9);
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

/** A browser of this person: what it keeps of the session's cookie, and for how long. */
class Browser {
  #cookie = { value: '', until: 0 };
  readonly tokenHash: string;

  private constructor(tokenHash: string) {
    this.tokenHash = tokenHash;
  }

  static async of(userId: string | null, kind: 'staff' | 'own_device'): Promise<Browser> {
    const token = newToken();
    const browser = new Browser(hashToken(token));
    const row = { userId: userId ?? '', clinicId: null, tokenHash: browser.tokenHash, kind };
    await test.app.database.write((d) => makeSession(d, { ...row, at: Date.now() }));
    const value = await encode({
      token: { sid: token },
      secret: test.app.env.REGRASP_SECRET,
      maxAge: (30 * DAY_MS) / 1000,
    });
    browser.#cookie = { value, until: Date.now() + 30 * DAY_MS };
    return browser;
  }

  /** Asks who one is, as a page does; the status and the cookie that came with it. */
  async ask(headers: Record<string, string> = {}) {
    const { value, until } = this.#cookie;
    const cookie = Date.now() < until ? `${sessionCookieName(test.app.env.REGRASP_URL)}=${value}` : '';
    const request = new Request('http://127.0.0.1/api/trpc/account.me', { headers: { cookie, ...headers } });
    const answer = await answerProcedures(test.app, request);
    await Promise.allSettled(test.app.pending);
    const set = answer.headers.getSetCookie()[0] ?? null;
    const [, fresh, seconds] = /^[^=]+=([^;]+); Path=\/; Max-Age=(\d+); HttpOnly; SameSite=Lax$/.exec(set ?? '') ?? [];
    if (fresh) this.#cookie = { value: fresh, until: Date.now() + Number(seconds) * 1000 };
    return { status: answer.status, set, until: this.#cookie.until };
  }

  async row() {
    return (await test.app.database.read((d) => findSession(d, { tokenHash: this.tokenHash })))?.session;
  }
}

const goOn = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe('a patient’s login', () => {
  it('goes on for as long as it is used once a month: row and cookie end at the same time', async () => {
    const phone = await Browser.of(cast.ana.userId, 'own_device');
    for (let months = 0; months < 4; months++) {
      goOn(29 * DAY_MS);
      const { status, until } = await phone.ask();
      expect(status).toBe(200);
      expect(until).toBe(Date.now() + 30 * DAY_MS);
      expect((await phone.row())?.expiresAt).toBe(until);
    }
    goOn(30 * DAY_MS);
    expect((await phone.ask()).status).toBe(401);
  });

  it('sets no cookie with every request, and none once it has ended', async () => {
    const phone = await Browser.of(cast.ana.userId, 'own_device');
    goOn(MINUTE_MS - 1);
    expect((await phone.ask()).set).toBeNull();
    goOn(31 * DAY_MS);
    expect((await phone.ask()).set).toBeNull();
  });
});

describe('the login of somebody who works here', () => {
  it('is kept by what a person did on the page, not by what the page asks', async () => {
    const desk = await Browser.of(cast.mira.userId, 'staff');
    goOn(10 * MINUTE_MS);
    await desk.ask();
    expect((await desk.row())?.lastSeenAt).toBe(START);
    await desk.ask({ [USED_HEADER]: '60000' });
    expect((await desk.row())?.lastSeenAt).toBe(START + 9 * MINUTE_MS);
    goOn(14 * MINUTE_MS);
    expect((await desk.ask()).status).toBe(401);
  });

  it.each(['-1', '1e9', 'now', '', '99999999999'])('is not kept by a report that is none: %j', async (said) => {
    const desk = await Browser.of(cast.mira.userId, 'staff');
    goOn(10 * MINUTE_MS);
    await desk.ask({ [USED_HEADER]: said });
    expect((await desk.row())?.lastSeenAt).toBe(START);
  });

  it('is kept by opening a page', async () => {
    const desk = await Browser.of(cast.mira.userId, 'staff');
    goOn(10 * MINUTE_MS);
    await desk.ask({ 'sec-fetch-mode': 'navigate' });
    expect((await desk.row())?.lastSeenAt).toBe(START + 10 * MINUTE_MS);
  });

  it('sets no cookie: it ends after twelve hours, whatever is done', async () => {
    const desk = await Browser.of(cast.mira.userId, 'staff');
    goOn(10 * MINUTE_MS);
    expect((await desk.ask({ [USED_HEADER]: '0' })).set).toBeNull();
    expect((await desk.row())?.expiresAt).toBe(START + 12 * 60 * MINUTE_MS);
  });
});

describe('a page of one person, in a browser where another has signed in since', () => {
  it('is refused, whatever it asks, and keeps no login alive', async () => {
    const phone = await Browser.of(cast.ana.userId, 'own_device');
    goOn(10 * MINUTE_MS);
    const other = await phone.ask({ [ACCOUNT_HEADER]: cast.mira.userId });
    expect(other).toMatchObject({ status: 401, set: null });
    expect((await phone.row())?.lastSeenAt).toBe(START);
    const own = await phone.ask({ [ACCOUNT_HEADER]: cast.ana.userId ?? '' });
    expect(own).toMatchObject({ status: 200, set: expect.any(String) });
  });
});
