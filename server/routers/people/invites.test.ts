import { beforeAll, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { newToken } from '#server/auth/gate';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let n = 0;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const account = () => ({ name: 'New Person', email: `new${++n}@larkfield.example`, password: 'four calm words here' });

async function staffInvite() {
  const admin = await test.as(cast.admin.userId);
  return tokenOf((await admin.staff.invite({ name: 'New Person', role: 'clinician', discipline: 'OT' })).url);
}

async function newPatient() {
  const mira = await test.as(cast.mira.userId);
  const { patientId } = await mira.patients.add({
    name: 'Iris Mbeki',
    birthYear: 1980,
    dominantHand: 'right',
    operatesWith: 'left',
    timeZone: 'Africa/Johannesburg',
    phone: '+27 11 555 0100',
    emergencyContact: null,
    condition: 'Extensor tendon repair',
    side: 'right',
    injuryOn: null,
    surgeryOn: '2026-10-06',
    precautions: '',
  });
  return { mira, patientId, token: tokenOf((await mira.patients.invite({ patientId })).url) };
}

describe('an invite', () => {
  it('shows who invites whom without being used up, then works once', async () => {
    const nobody = await test.as(null);
    const token = await staffInvite();
    expect(await nobody.invites.show({ token })).toMatchObject({
      clinicName: 'Larkfield Hand Clinic',
      role: 'clinician',
    });
    expect(await nobody.invites.show({ token })).toMatchObject({ name: 'New Person' });
    await nobody.invites.accept({ token, ...account() });
    await expect(nobody.invites.accept({ token, ...account() })).rejects.toMatchObject({ message: 'invite_gone' });
    await expect(nobody.invites.show({ token })).rejects.toMatchObject({ message: 'invite_gone' });
  });

  it('of two at once lets one through', async () => {
    const nobody = await test.as(null);
    const token = await staffInvite();
    const both = await Promise.allSettled([
      nobody.invites.accept({ token, ...account() }),
      nobody.invites.accept({ token, ...account() }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('expires after seven days', async () => {
    const token = await staffInvite();
    const nobody = await test.as(null);
    test.clock.nowMs += 7 * DAY_MS;
    await expect(nobody.invites.accept({ token, ...account() })).rejects.toMatchObject({ message: 'invite_gone' });
    test.clock.nowMs -= 7 * DAY_MS;
  });

  it('gives a patient’s record its login, and an earlier link of the same patient stops working', async () => {
    const { mira, patientId, token } = await newPatient();
    const second = tokenOf((await mira.patients.invite({ patientId })).url);
    const nobody = await test.as(null);
    await expect(nobody.invites.show({ token })).rejects.toMatchObject({ message: 'invite_gone' });
    await nobody.invites.accept({ token: second, ...account() });
    expect((await mira.patients.get({ patientId })).patient.joined).toBe(true);
    await expect(mira.patients.invite({ patientId })).rejects.toMatchObject({ message: 'already_joined' });
  });

  it('is withdrawn at once, by an admin for staff and by the care team for a patient', async () => {
    const nobody = await test.as(null);
    const admin = await test.as(cast.admin.userId);
    const token = await staffInvite();
    const [open] = await admin.staff.invites();
    const inviteId = open?.id ?? '';
    for (const stranger of [cast.mira.userId, cast.ana.userId, cast.outsider.userId])
      await expect((await test.as(stranger)).staff.withdrawInvite({ inviteId })).rejects.toMatchObject({
        code: 'FORBIDDEN',
      });
    expect(await nobody.invites.show({ token })).toMatchObject({ role: 'clinician' });
    expect(await admin.staff.withdrawInvite({ inviteId })).toEqual({ withdrawn: true });
    await expect(nobody.invites.accept({ token, ...account() })).rejects.toMatchObject({ message: 'invite_gone' });
    expect((await admin.staff.invites()).map((invite) => invite.id)).not.toContain(inviteId);
    await expect(admin.staff.withdrawInvite({ inviteId })).rejects.toMatchObject({ code: 'NOT_FOUND' });

    const { mira, patientId, token: patientToken } = await newPatient();
    for (const stranger of [cast.colleague.userId, cast.admin.userId])
      await expect((await test.as(stranger)).patients.withdrawInvite({ patientId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    expect((await mira.patients.get({ patientId })).invite).not.toBeNull();
    expect(await mira.patients.withdrawInvite({ patientId })).toEqual({ withdrawn: true });
    expect((await mira.patients.get({ patientId })).invite).toBeNull();
    await expect(nobody.invites.show({ token: patientToken })).rejects.toMatchObject({ message: 'invite_gone' });
    expect(await mira.patients.withdrawInvite({ patientId })).toEqual({ withdrawn: false });
  });

  it('is slowed down after ten tries, each link for itself, and works a minute later', async () => {
    const nobody = await test.as(null);
    const taken = account();
    await nobody.invites.accept({ token: await staffInvite(), ...taken });
    const token = await staffInvite();
    for (let n = 0; n < 10; n++)
      await expect(nobody.invites.accept({ token, ...taken })).rejects.toMatchObject({ message: 'email_taken' });
    const refusal = { code: 'TOO_MANY_REQUESTS', message: 'too_many', cause: { retryAfterMs: 1000 } };
    await expect(nobody.invites.accept({ token, ...account() })).rejects.toMatchObject(refusal);
    expect(await nobody.invites.accept({ token: await staffInvite(), ...account() })).toEqual({ accepted: true });
    test.clock.nowMs += MINUTE_MS;
    expect(await nobody.invites.accept({ token, ...account() })).toEqual({ accepted: true });
    test.clock.nowMs -= MINUTE_MS;
  }, 20_000);

  it('that does not exist costs neither a hash nor a row of its own, and its network is slowed down', async () => {
    // The network has tries of the tests before; two hours later they are forgotten.
    test.clock.nowMs += 2 * HOUR_MS;
    const nobody = await test.as(null);
    const hashes = vi.spyOn(test.app, 'hashing');
    const guess = () => nobody.invites.accept({ token: newToken(), ...account() });
    for (let n = 0; n < 60; n++) await expect(guess()).rejects.toMatchObject({ message: 'invite_gone' });
    await expect(guess()).rejects.toMatchObject({ message: 'too_many' });
    expect(hashes).not.toHaveBeenCalled();
    hashes.mockRestore();
    expect(await nobody.invites.accept({ token: await staffInvite(), ...account() })).toEqual({ accepted: true });
    test.clock.nowMs -= 2 * HOUR_MS;
  });

  it('does not take over an account that exists', async () => {
    const nobody = await test.as(null);
    const person = account();
    await nobody.invites.accept({ token: await staffInvite(), ...person });
    await expect(nobody.invites.accept({ token: await staffInvite(), ...person })).rejects.toMatchObject({
      message: 'email_taken',
    });
  });

  it('of another shape, a short password and NUL in a name never reach the database', async () => {
    const nobody = await test.as(null);
    const token = await staffInvite();
    await expect(nobody.invites.show({ token: "' or 1=1 --" })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(nobody.invites.accept({ token, ...account(), password: 'short' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(nobody.invites.accept({ token, ...account(), name: 'a\u0000b' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('is made by admins for staff and by the care team for a patient, by nobody else', async () => {
    const { patientId } = await newPatient();
    const strangers = [cast.colleague.userId, cast.admin.userId, cast.outsider.userId, cast.ana.userId];
    for (const stranger of strangers) {
      await expect((await test.as(stranger)).patients.invite({ patientId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    for (const stranger of [cast.mira.userId, cast.ana.userId, null]) {
      await expect(
        (await test.as(stranger)).staff.invite({ name: 'x', role: 'admin', discipline: 'OT' }),
      ).rejects.toBeTruthy();
    }
  });
});
