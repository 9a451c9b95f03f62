import { beforeEach, describe, expect, it } from 'vitest';
import { makeClinic, makeStaff } from '#db/factories/people';
import { MINUTE_MS } from '#domain/time/duration';
import { openTestApp } from '#server/testing/application';
import { deviceCookieName, type KnownDevice, readDevice, rememberDevice } from './known-device';
import { hashPassword, WAITING_MAX } from './password';
import { signIn } from './sign-in';

const test = openTestApp();
const password = 'four calm words here';
const HOME = '203.0.113.7';
let n = 0;
let email = '';
/** Each test in an hour of its own, for networks are shared. */
let nowMs = test.clock.nowMs;

beforeEach(async () => {
  nowMs += 1000 * MINUTE_MS;
  email = await newAccount();
});

let passwordHash = '';
async function newAccount(): Promise<string> {
  passwordHash ||= await hashPassword(password);
  const address = `staff${++n}@larkfield.example`;
  await test.app.database.write(function* (d) {
    const clinicId = yield* makeClinic(d);
    yield* makeStaff(d, { clinicId, name: 'Mira Solberg', email: address, passwordHash });
  });
  return address;
}

type From = { network?: string; device?: KnownDevice | null };

async function tryWith(typed: string, { network = HOME, device = null }: From = {}, who = email) {
  const result = await signIn(test.app, { email: who, password: typed }, { network, device, deviceLabel: null }, nowMs);
  return result.ok ? 'ok' : result.reason;
}

async function knownDevice(who = email): Promise<KnownDevice | null> {
  const cookie = await rememberDevice(test.app, null, who);
  return await readDevice(test.app, /=([^;]+)/.exec(cookie)?.[1]);
}

async function tryOften(times: number, from: From = {}, who = email): Promise<void> {
  for (let done = 0; done < times; done++) await tryWith('wrong', from, who);
}

const SLOWLY = { timeout: 30_000 };

describe('wrong tries at an account', SLOWLY, () => {
  it('slow down their network, and a minute later the right password is let in: nothing is locked', async () => {
    await tryOften(50);
    expect(await tryWith(password)).toBe('too_many');
    nowMs += MINUTE_MS;
    expect(await tryWith(password)).toBe('ok');
  });

  it('say how long to wait, the same for an address that nobody has', async () => {
    const nobody = 'nobody@larkfield.example';
    await tryOften(5);
    await tryOften(5, {}, nobody);
    const waitOf = async (who: string) =>
      await signIn(test.app, { email: who, password }, { network: HOME, device: null, deviceLabel: null }, nowMs);
    const waited = { ok: false, reason: 'too_many', retryAfterMs: 1000 };
    expect([await waitOf(email), await waitOf(nobody)]).toEqual([waited, waited]);
  });

  it('from elsewhere, however many, do not slow a browser in which the account signed in before', async () => {
    for (let network = 0; network < 20; network++) await tryOften(3, { network: `198.51.100.${network}` });
    await tryOften(6);
    expect(await tryWith(password)).toBe('too_many');
    const device = await knownDevice();
    expect(await tryWith(password, { device })).toBe('ok');
    // A browser that knows another account is none that knows this one.
    expect(await tryWith(password, { device: await knownDevice('erik@larkfield.example') })).toBe('too_many');
  });

  it('in a known browser are slowed down too, by a budget of their own', async () => {
    const device = await knownDevice();
    await tryOften(10, { device });
    expect(await tryWith(password, { device })).toBe('too_many');
    expect(await tryWith(password)).toBe('ok');
  });

  it('from many networks at once slow each other down, each for seconds', async () => {
    for (let network = 0; network < 20; network++) await tryOften(1, { network: `198.51.100.${network}` });
    expect(await tryWith(password, { network: '192.0.2.99' })).toBe('too_many');
    nowMs += 20_000;
    expect(await tryWith(password, { network: '192.0.2.99' })).toBe('ok');
  });

  it('count while they are made: of many at once no more than the free ones are looked at', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => tryWith('wrong')));
    expect(all.filter((one) => one === 'wrong')).toHaveLength(5);
  });
});

describe('one password tried at many accounts', SLOWLY, () => {
  it('is slowed down per network, and an account of the same network goes on in a known browser', async () => {
    for (let account = 0; account < 60; account++) await tryOften(1, {}, `unknown${account}@larkfield.example`);
    expect(await tryWith('wrong', {}, 'unknown60@larkfield.example')).toBe('too_many');
    expect(await tryWith(password)).toBe('too_many');
    expect(await tryWith(password, { device: await knownDevice() })).toBe('ok');
    expect(await tryWith('wrong', { network: '192.0.2.98' }, 'unknown61@larkfield.example')).toBe('wrong');
  });

  it('right passwords of a whole clinic are no tries', async () => {
    for (let morning = 0; morning < 70; morning++) expect(await tryWith(password)).toBe('ok');
  });
});

describe('the cookie of a known browser', () => {
  it('is ours: one that was changed, or a session’s, is none', async () => {
    const cookie = await rememberDevice(test.app, null, email);
    expect(cookie).toMatch(new RegExp(`^${deviceCookieName(test.app.env.REGRASP_URL)}=.+; HttpOnly; SameSite=Lax$`));
    const value = /=([^;]+)/.exec(cookie)?.[1] ?? '';
    expect(await readDevice(test.app, value)).toMatchObject({ accounts: [expect.any(String)] });
    expect(await readDevice(test.app, `${value.slice(0, -3)}abc`)).toBeNull();
    expect(value).not.toContain(email);
  });

  it('knows more than one account, and keeps the device', async () => {
    const first = await knownDevice();
    const cookie = await rememberDevice(test.app, first, 'erik@larkfield.example');
    const both = await readDevice(test.app, /=([^;]+)/.exec(cookie)?.[1]);
    expect(both).toMatchObject({ device: first?.device, accounts: { length: 2 } });
  });
});

describe('a flood of hashes', SLOWLY, () => {
  it('is bounded: who comes when the queue is full is asked to come again, and loses no try by it', async () => {
    let open = () => {};
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const filling = Array.from({ length: WAITING_MAX + 4 }, () => test.app.hashing(() => held));
    expect(await tryWith(password)).toBe('too_many');
    open();
    await Promise.all(filling);
    expect(await tryWith(password)).toBe('ok');
  });
});
