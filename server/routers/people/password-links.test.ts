import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makePatient, makeStaff } from '#db/factories/people';
import { listAudit } from '#db/queries/clinic/audit';
import { insertCareTeam } from '#db/queries/people/care-team';
import { findOpenInvite } from '#db/queries/people/invites';
import { insertMembership } from '#db/queries/people/staff';
import { HOUR_MS } from '#domain/time/duration';
import { passwordLinkFor } from '#server/acts/people/password-links';
import { gate, hashToken } from '#server/auth/gate';
import { hashPassword } from '#server/auth/password';
import { signIn } from '#server/auth/sign-in';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
const before = 'four calm words here';
const after = 'other quiet words there';
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
let cast: Cast;
let passwordHash: string;
let n = 0;

beforeAll(async () => {
  cast = await makeCast(test.app);
  passwordHash = await hashPassword(before);
});

/** A patient of Mira's with a password, and an address of their own. */
async function newPatient() {
  const email = `ben${++n}@larkfield.example`;
  const { clinicId, mira } = cast;
  const made = await test.app.database.write((d) =>
    makePatient(d, { clinicId, name: 'Ben Okafor', lead: mira, login: { email, passwordHash } }),
  );
  return { ...made, userId: made.userId ?? '', email };
}

async function newStaff(role: 'clinician' | 'admin' = 'clinician') {
  const email = `staff${++n}@larkfield.example`;
  const { clinicId } = cast;
  const made = await test.app.database.write((d) =>
    makeStaff(d, { clinicId, name: 'Erik Holm', role, email, passwordHash }),
  );
  return { ...made, email };
}

/** A maker of links who has made none yet: more than five in a row are slowed down. */
async function maker(role: 'clinician' | 'admin', patientId?: string) {
  const { userId, membershipId } = await newStaff(role);
  if (patientId) {
    const row = { id: uuidv7(), clinicId: cast.clinicId, patientId, membershipId, part: 'member' as const };
    await test.app.database.write((d) => insertCareTeam(d, { ...row, fromAt: test.clock.nowMs - 1 }));
  }
  return await test.as(userId);
}

const from = { network: '192.0.2.1', device: null, deviceLabel: null };
const signInWith = (email: string, password: string) => signIn(test.app, { email, password }, from, test.clock.nowMs);
const use = async (token: string, password = after) => (await test.as(null)).passwordLinks.use({ token, password });

async function linkOf(patientId: string) {
  const caller = await maker('clinician', patientId);
  return tokenOf((await caller.passwordLinks.ofPatient({ patientId })).url);
}

/** Passwords are hashed at their real cost, which takes long on a busy machine. */
const SLOWLY = { timeout: 20_000 };

describe('a link for a new password', SLOWLY, () => {
  it('changes it once, ends every login and lets the account in that wrong tries have slowed down', async () => {
    const ben = await newPatient();
    const open = await signInWith(ben.email, before);
    if (!open.ok) throw new Error('the password is right');
    for (let tries = 0; tries < 5; tries++) await signInWith(ben.email, 'not this one');
    expect(await signInWith(ben.email, before)).toMatchObject({ ok: false, reason: 'too_many' });
    const token = await linkOf(ben.patientId);
    expect(await (await test.as(null)).invites.show({ token })).toMatchObject({ kind: 'password', name: 'Ben Okafor' });
    expect(await gate(test.app, open.token, test.clock.nowMs)).not.toBeNull();
    expect(await use(token)).toEqual({ email: ben.email });
    expect(await gate(test.app, open.token, test.clock.nowMs)).toBeNull();
    expect(await signInWith(ben.email, before)).toEqual({ ok: false, reason: 'wrong' });
    expect(await signInWith(ben.email, after)).toMatchObject({ ok: true });
    await expect(use(token, 'a third set of words')).rejects.toMatchObject({ message: 'invite_gone' });
    expect(await signInWith(ben.email, after)).toMatchObject({ ok: true });
  });

  it('is kept as a hash only, and both acts are audited', async () => {
    const ben = await newPatient();
    const at = test.clock.nowMs;
    test.clock.nowMs = at + HOUR_MS;
    const token = await linkOf(ben.patientId);
    const read = (tokenHash: string) =>
      test.app.database.read((d) => findOpenInvite(d, { tokenHash, nowMs: test.clock.nowMs }));
    expect((await read(hashToken(token)))?.invite).toMatchObject({ userId: ben.userId, kind: 'password' });
    expect(await read(token)).toBeUndefined();
    await use(token);
    const { clinicId } = cast;
    const rows = await test.app.database.read((d) => listAudit(d, { clinicId, before: null, limit: 50 }));
    const made = rows.filter((row) => row.at === at + HOUR_MS);
    expect(made.map(({ act, actorName, outcome }) => `${act} ${actorName} ${outcome}`).toSorted()).toEqual([
      'invite.new_password null done',
      'patient.make_password_link Erik Holm done',
    ]);
    test.clock.nowMs = at;
  });

  it('expires after 24 hours', async () => {
    const { patientId } = await newPatient();
    const [early, late] = [await linkOf(patientId), await linkOf((await newPatient()).patientId)];
    const made = test.clock.nowMs;
    test.clock.nowMs = made + 24 * HOUR_MS - 1;
    await use(early);
    test.clock.nowMs = made + 24 * HOUR_MS;
    await expect(use(late)).rejects.toMatchObject({ message: 'invite_gone' });
    test.clock.nowMs = made;
  });

  it('ends the one made before, and goes with the membership', async () => {
    const { patientId } = await newPatient();
    const first = await linkOf(patientId);
    const second = await linkOf(patientId);
    await expect(use(first)).rejects.toMatchObject({ message: 'invite_gone' });
    await use(second);
    const erik = await newStaff();
    const admin = await maker('admin');
    const token = tokenOf((await admin.passwordLinks.ofStaff({ membershipId: erik.membershipId })).url);
    await admin.staff.end({ membershipId: erik.membershipId });
    await expect(use(token)).rejects.toMatchObject({ message: 'invite_gone' });
  });

  it('of two uses at once lets one through', async () => {
    const ben = await newPatient();
    const token = await linkOf(ben.patientId);
    const both = await Promise.allSettled([use(token), use(token)]);
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  });

  it('makes no account, and an invitation changes no password', async () => {
    const { patientId } = await newPatient();
    const token = await linkOf(patientId);
    const account = { name: 'X', email: 'x@larkfield.example', password: after };
    await expect((await test.as(null)).invites.accept({ token, ...account })).rejects.toMatchObject({
      message: 'invite_gone',
    });
    const admin = await maker('admin');
    const invite = tokenOf((await admin.staff.invite({ name: 'X', role: 'clinician', discipline: 'OT' })).url);
    await expect(use(invite)).rejects.toMatchObject({ message: 'invite_gone' });
    await use(token);
  });

  it('that does not exist slows its network down and no link that does; a short password and a foreign token change nothing', async () => {
    const { patientId } = await newPatient();
    const token = await linkOf(patientId);
    await expect(use(token, 'too short')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await expect(use('not a token')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    // The network has tries of the tests before; two hours later they are forgotten.
    test.clock.nowMs += 2 * HOUR_MS;
    const wrong = 'x'.repeat(43);
    for (let tries = 0; tries < 60; tries++) await expect(use(wrong)).rejects.toMatchObject({ message: 'invite_gone' });
    await expect(use(wrong)).rejects.toMatchObject({ message: 'too_many' });
    await use(token);
    test.clock.nowMs -= 2 * HOUR_MS;
  });
});

describe('who makes one', SLOWLY, () => {
  it('is an admin for staff and patients of the clinic, and a clinician for own patients', async () => {
    const [ben, erik, admin] = [await newPatient(), await newStaff(), await maker('admin')];
    await use(tokenOf((await admin.passwordLinks.ofStaff({ membershipId: erik.membershipId })).url));
    await use(tokenOf((await admin.passwordLinks.ofAnyPatient({ patientId: ben.patientId })).url));
    expect(await signInWith(erik.email, after)).toMatchObject({ ok: true });
    expect(await admin.passwordLinks.patients()).toContainEqual({
      patientId: ben.patientId,
      name: 'Ben Okafor',
      email: ben.email,
    });
    const mira = await test.as(cast.mira.userId);
    await expect(mira.passwordLinks.ofStaff({ membershipId: erik.membershipId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await expect(mira.passwordLinks.patients()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is nobody for oneself, for an account of another clinic too, or, as a clinician, for somebody who works here', async () => {
    const self = await newStaff('admin');
    await expect(
      (await test.as(self.userId)).passwordLinks.ofStaff({ membershipId: self.membershipId }),
    ).rejects.toMatchObject({ message: 'own_password' });

    const both = await newPatient();
    const membership = { discipline: 'other' as const, fromAt: test.clock.nowMs };
    const joins = (userId: string, clinicId: string) =>
      test.app.database.write((d) =>
        insertMembership(d, { id: uuidv7(), clinicId, userId, role: 'admin', ...membership }),
      );
    const admin = await maker('admin');
    const token = tokenOf((await admin.passwordLinks.ofAnyPatient(both)).url);
    await joins(both.userId, cast.otherClinicId);
    await expect(admin.passwordLinks.ofAnyPatient(both)).rejects.toMatchObject({ message: 'account_elsewhere' });
    await expect(use(token)).rejects.toMatchObject({ message: 'account_elsewhere' });

    const works = await newPatient();
    await joins(works.userId, cast.clinicId);
    const clinician = await maker('clinician', works.patientId);
    await expect(clinician.passwordLinks.ofPatient(works)).rejects.toMatchObject({ message: 'account_of_staff' });
  });

  it('is slowed down after five of them', async () => {
    const [ben, admin] = [await newPatient(), await maker('admin')];
    for (let made = 0; made < 5; made++) await admin.passwordLinks.ofAnyPatient(ben);
    await expect(admin.passwordLinks.ofAnyPatient(ben)).rejects.toMatchObject({ message: 'too_many' });
  });

  it('is whoever runs the server, for any address that is in use', async () => {
    const ben = await newPatient();
    const made = await passwordLinkFor(test.app, ben.email, test.clock.nowMs);
    expect(made?.name).toBe('Ben Okafor');
    await use(tokenOf(made?.url ?? ''));
    expect(await signInWith(ben.email, after)).toMatchObject({ ok: true });
    expect(await passwordLinkFor(test.app, 'nobody@larkfield.example', test.clock.nowMs)).toBeNull();
  });
});

describe('whose password it is', () => {
  it('hears of every link: who made it, and whether it was used', async () => {
    const ben = await newPatient();
    const made = await (await maker('clinician', ben.patientId)).passwordLinks.ofPatient({ patientId: ben.patientId });
    const linksOf = async (userId: string) =>
      (await (await test.as(userId)).account.passwordLinks()).map(({ createdByName, state }) => [createdByName, state]);
    expect(await linksOf(ben.userId)).toEqual([['Erik Holm', 'open']]);
    expect(await linksOf(cast.mira.userId)).toEqual([]);
    await use(tokenOf(made.url));
    test.clock.nowMs += 1;
    expect(await linksOf(ben.userId)).toEqual([['Erik Holm', 'used']]);
    await (await maker('clinician', ben.patientId)).passwordLinks.ofPatient({ patientId: ben.patientId });
    test.clock.nowMs += 30 * 24 * HOUR_MS;
    expect(await linksOf(ben.userId)).toEqual([
      ['Erik Holm', 'over'],
      ['Erik Holm', 'used'],
    ]);
  });
});
