import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePatient, makeSession, makeStaff } from '#db/factories/people';
import { listSubscriptions } from '#db/queries/contact/push';
import { revokeAllSessions } from '#db/queries/people/sessions';
import { setPasswordHash } from '#db/queries/people/users';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { deviceMarkOf, type KnownDevice } from '#server/auth/known-device';
import { hashPassword } from '#server/auth/password';
import { signIn } from '#server/auth/sign-in';
import { endSession } from '#server/auth/sign-out';
import { createCaller } from '#server/routers/app';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { startPushReceiver } from '#server/testing/push-receiver';

const test = openTestApp();
const receiver = await startPushReceiver();
const password = 'four calm words here';
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
  await (await test.as(cast.admin.userId)).clinic.editPush({ version: 1, isAgreed: true });
  return () => receiver.stop();
});

const aDevice = () => {
  const { endpoint, p256dh, auth } = receiver.subscribe();
  return { endpoint, p256dh, auth };
};

let n = 0;
async function someone(role: 'patient' | 'staff') {
  const email = `someone${++n}@example.org`;
  const passwordHash = await hashPassword(password);
  const { clinicId } = cast;
  return await test.app.database.write(function* (d) {
    const made =
      role === 'staff'
        ? yield* makeStaff(d, { clinicId, name: 'Mira', email })
        : yield* makePatient(d, { clinicId, name: 'Ana', lead: cast.mira, login: { email, passwordHash } });
    const userId = made.userId ?? '';
    yield* setPasswordHash(d, { userId, passwordHash });
    return { ...made, userId, email };
  });
}

/** Signs in as a browser does, known or not, and calls procedures by that login. */
async function login(email: string, device: KnownDevice | null = null) {
  const from = { network: '192.0.2.9', device, deviceLabel: 'Mozilla/5.0 (Android) Firefox/140' };
  const result = await signIn(test.app, { email, password }, from, test.clock.nowMs);
  if (!result.ok) throw new Error(result.reason);
  const call = async (clockMs = test.clock.nowMs) => {
    const actor = await gate(test.app, result.token, clockMs);
    const deviceMark = async () => deviceMarkOf(device);
    const context = { app: test.app, actor, clock: () => clockMs, sameOrigin: true, network: '', requestId: 'a-test' };
    return createCaller({ ...context, deviceMark });
  };
  return { call, token: result.token };
}

const devicesOf = async (userId: string) => (await (await test.as(userId)).contact.push()).devices;

beforeEach(() => {
  test.clock.nowMs += HOUR_MS;
});

describe('a device that shows notifications', () => {
  it('is turned on by its account, listed for it alone, and turned off by it alone', async () => {
    const { userId, email } = await someone('patient');
    const { call } = await login(email);
    const own = await call();
    const device = aDevice();
    for (let k = 0; k < 2; k++) expect(await own.contact.addPush(device)).toEqual({ added: true });
    const { devices, ...rest } = await own.contact.push();
    expect(rest).toEqual({ isAgreed: true, isShared: false, publicKey: expect.stringMatching(/^[\w-]{87}$/) });
    expect(devices).toMatchObject([{ current: true, deviceLabel: expect.stringContaining('Firefox') }]);
    expect(Object.keys(devices[0] ?? {}).sort()).toEqual(['createdAt', 'current', 'deviceLabel', 'id']);
    const id = devices[0]?.id ?? '';
    for (const stranger of [cast.mira, cast.other, cast.admin, cast.outsider]) {
      const other = await test.as(stranger.userId);
      expect((await other.contact.push()).devices).toEqual([]);
      await other.contact.removePush({ id });
    }
    expect(await devicesOf(userId)).toMatchObject([{ id, current: false }]);
    await own.contact.removePush({ id });
    await own.contact.removePush({ id });
    expect(await devicesOf(userId)).toEqual([]);
  });

  it('is one for each login, and ten for each account', async () => {
    const { userId, email } = await someone('patient');
    const own = await (await login(email)).call();
    for (let k = 0; k < 3; k++) await own.contact.addPush(aDevice());
    expect(await devicesOf(userId)).toHaveLength(1);
    for (let k = 0; k < 11; k++) {
      test.clock.nowMs += 1000;
      await (await test.as(userId)).contact.addPush(aDevice());
    }
    expect(await devicesOf(userId)).toHaveLength(10);
  });

  it('shows what is of the account that turned it on last', async () => {
    const [one, other] = [await someone('patient'), await someone('staff')];
    const device = aDevice();
    await (await test.as(one.userId)).contact.addPush(device);
    await (await test.as(other.userId)).contact.addPush(device);
    expect([(await devicesOf(one.userId)).length, (await devicesOf(other.userId)).length]).toEqual([0, 1]);
  });

  it('is none of a clinic that has not agreed, and none that several people share', async () => {
    const outsider = await test.as(cast.outsider.userId);
    expect(await outsider.contact.push()).toMatchObject({ isAgreed: false });
    await expect(outsider.contact.addPush(aDevice())).rejects.toMatchObject({ code: 'CONFLICT' });
    const token = newToken();
    const { userId } = await someone('patient');
    const session = { userId, clinicId: null, tokenHash: hashToken(token), kind: 'shared_device' as const };
    await test.app.database.write((d) => makeSession(d, { ...session, at: test.clock.nowMs }));
    const actor = await gate(test.app, token, test.clock.nowMs);
    const context = {
      app: test.app,
      actor,
      clock: () => test.clock.nowMs,
      sameOrigin: true,
      network: '',
      requestId: 'x',
    };
    const shared = createCaller(context);
    expect(await shared.contact.push()).toMatchObject({ isShared: true });
    await expect(shared.contact.addPush(aDevice())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it.each([
    { endpoint: 'https://127.0.0.1/x' },
    { endpoint: 'https://169.254.169.254/latest' },
    { endpoint: 'https://[::1]/x' },
    { endpoint: 'http://push.example.org/x' },
    { endpoint: 'https://localhost/x' },
    { endpoint: `https://push.example.org/${'x'.repeat(2000)}` },
    { p256dh: 'x' },
    { auth: '' },
  ])('is refused as %o', async (wrong) => {
    const own = await test.as(cast.mira.userId);
    await expect(own.contact.addPush({ ...aDevice(), ...wrong })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    expect((await own.contact.push()).devices).toEqual([]);
  });
});

describe('it ends', () => {
  it('with signing out, also when the login had ended by itself', async () => {
    const { userId, email } = await someone('staff');
    const { call, token } = await login(email);
    await (await call()).contact.addPush(aDevice());
    test.clock.nowMs += HOUR_MS;
    expect(await devicesOf(userId)).toHaveLength(1);
    await test.app.database.write((d) => endSession(d, { tokenHash: hashToken(token), nowMs: test.clock.nowMs }));
    expect(await devicesOf(userId)).toEqual([]);
  });

  it('with signing out everywhere, with another password but for this device, and with a restored backup', async () => {
    const { userId, email } = await someone('patient');
    const [one, other] = [await login(email), await login(email)];
    for (const each of [one, other]) await (await each.call()).contact.addPush(aDevice());
    await (await one.call()).account.changePassword({ currentPassword: password, newPassword: `${password} too` });
    expect(await (await one.call()).contact.push()).toMatchObject({ devices: [{ current: true }] });
    await (await one.call()).account.endSessions();
    expect(await devicesOf(userId)).toEqual([]);
    await (await test.as(userId)).contact.addPush(aDevice());
    await test.app.database.write((d) => revokeAllSessions(d, { nowMs: test.clock.nowMs }));
    expect(await devicesOf(userId)).toEqual([]);
  });

  it('where the clinic ends the login, or somebody’s work', async () => {
    const ana = await someone('patient');
    const staff = await someone('staff');
    for (const { userId } of [ana, staff]) await (await test.as(userId)).contact.addPush(aDevice());
    const admin = await test.as(cast.admin.userId);
    if (!('patientId' in ana) || !('membershipId' in staff)) throw new Error('one is a patient, one works here');
    await admin.records.endLogin({ patientId: ana.patientId });
    await admin.staff.end({ membershipId: staff.membershipId } as Parameters<typeof admin.staff.end>[0]);
    const { clinicId } = cast;
    const ended = await test.app.database.read(function* (d) {
      return [
        yield* listSubscriptions(d, { clinicId, userId: ana.userId }),
        yield* listSubscriptions(d, { clinicId, userId: staff.userId }),
      ];
    });
    expect(ended).toEqual([[], []]);
  });

  it('for others where somebody else signs in in the same browser, and goes on where the same person does', async () => {
    const device: KnownDevice = { device: 'd'.repeat(32), accounts: [] };
    const [mira, jonas] = [await someone('staff'), await someone('staff')];
    await (await (await login(mira.email, device)).call()).contact.addPush(aDevice());
    test.clock.nowMs += DAY_MS;
    const again = await login(mira.email, device);
    expect(await (await again.call()).contact.push()).toMatchObject({ devices: [{ current: true }] });
    await login(mira.email, { ...device, device: 'e'.repeat(32) });
    expect(await (await again.call()).contact.push()).toMatchObject({ devices: [{ current: true }] });
    await login(jonas.email, device);
    expect(await devicesOf(mira.userId)).toEqual([]);
  });
});
