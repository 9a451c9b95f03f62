import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertInvite, revokePasswordLinks } from '#db/queries/people/invites';
import { findPatient } from '#db/queries/people/patients';
import { findAffiliations } from '#db/queries/people/sessions';
import { findMembership } from '#db/queries/people/staff';
import { takeTry } from '#db/queries/people/tries';
import { findUser, findUserByEmail } from '#db/queries/people/users';
import { Failure, notFound, tooMany } from '#domain/input/failure';
import { PASSWORD_LINK_HOURS } from '#domain/people/account';
import { BUDGETS } from '#domain/people/tries';
import { HOUR_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import { type RunWork, runAsServer, type UnitOfWork } from '#server/runtime/unit-of-work';
import { makeLink } from './invite-link';

type Link = { clinicId: string; userId: string; createdBy: string | null; tokenHash: string };
type Made = { expiresAt: number };

/** One link per account works at a time; the newer one ends the earlier. Epoch ms when it expires. */
function* insertPasswordLink(d: Db, { nowMs }: UnitOfWork, link: Link & { name: string }): Body<Made> {
  yield* revokePasswordLinks(d, { userId: link.userId, nowMs });
  const expiresAt = nowMs + PASSWORD_LINK_HOURS * HOUR_MS;
  yield* insertInvite(d, { id: uuidv7(), ...link, kind: 'password', createdAt: nowMs, expiresAt });
  return { expiresAt };
}

/**
 * May somebody of this clinic give the account a new password? Not where it reaches another clinic too: one clinic's
 * admin would get in there. A clinician gives none to an account that works in the clinic.
 */
export function* requireOwnAccount(
  d: Db,
  { clinicId, userId, by }: { clinicId: string; userId: string; by: 'admin' | 'clinician' },
): Body<void> {
  const { staff, records } = yield* findAffiliations(d, { userId });
  if ([...staff, ...records].some((one) => one.clinicId !== clinicId))
    throw new Failure('CONFLICT', 'account_elsewhere');
  if (by === 'clinician' && staff.length > 0) throw new Failure('CONFLICT', 'account_of_staff');
}

/** A link by which the account's owner sets a new password, once. */
function* linkFor(d: Db, work: UnitOfWork, { by, ...link }: Link & { by: 'admin' | 'clinician' }): Body<Made> {
  work.about(link.userId);
  const user = yield* findUser(d, { userId: link.userId });
  if (!user || user.disabledAt !== null) throw notFound();
  if (user.email === null) throw new Failure('CONFLICT', 'no_email');
  if (user.id === link.createdBy) throw new Failure('CONFLICT', 'own_password');
  yield* requireOwnAccount(d, { clinicId: link.clinicId, userId: user.id, by });
  return yield* insertPasswordLink(d, work, { ...link, name: user.name });
}

type By = Omit<Link, 'userId'>;

/** For somebody who works in the admin's clinic. */
export function* linkForStaff(
  d: Db,
  work: UnitOfWork,
  { membershipId, ...link }: By & { membershipId: string },
): Body<Made> {
  const membership = yield* findMembership(d, { clinicId: link.clinicId, membershipId });
  if (!membership) throw notFound();
  return yield* linkFor(d, work, { ...link, userId: membership.userId, by: 'admin' });
}

/** For a patient of the clinic who has a login. */
export function* linkForPatient(
  d: Db,
  work: UnitOfWork,
  { patientId, by, ...link }: By & { patientId: string; by: 'admin' | 'clinician' },
): Body<Made> {
  const patient = yield* findPatient(d, { clinicId: link.clinicId, patientId });
  if (!patient?.userId) throw notFound();
  return yield* linkFor(d, work, { ...link, userId: patient.userId, by });
}

type Maker = { makerId: string; nowMs: number };

/** Makes one of these links; who makes many of them is slowed down. */
export async function makePasswordLink(
  app: AppProcess,
  run: RunWork,
  { makerId, nowMs }: Maker,
  store: Parameters<typeof makeLink<Made>>[2],
): Promise<Made & { url: string; qrSvg: string }> {
  const budgets = [{ key: `password-link:${makerId}`, budget: BUDGETS.makeLink }];
  const waitMs = await app.database.write((d) => takeTry(d, { budgets, nowMs }));
  if (waitMs > 0) throw tooMany(waitMs);
  return await makeLink(app, run, store);
}

/** For an account that is in use, asked by nobody in particular; null where none has this address. */
function* linkForEmail(
  d: Db,
  work: UnitOfWork,
  { email, tokenHash }: { email: string; tokenHash: string },
): Body<{ name: string } | null> {
  const user = yield* findUserByEmail(d, { email });
  if (!user) return null;
  const { staff, records } = yield* findAffiliations(d, { userId: user.id });
  const clinicId = staff[0]?.clinicId ?? records[0]?.clinicId;
  if (clinicId === undefined) return null;
  const { id: userId, name } = user;
  yield* insertPasswordLink(d, work, { clinicId, userId, name, createdBy: null, tokenHash });
  work.inClinic(clinicId);
  work.about(userId);
  return { name };
}

/** The link for whoever runs the server; null where no account that is in use has this address. */
export async function passwordLinkFor(
  app: AppProcess,
  email: string,
  nowMs: number,
): Promise<{ name: string; url: string } | null> {
  const token = newToken();
  const made = await runAsServer(app, { act: 'server.make_password_link', nowMs }, (d, work) =>
    linkForEmail(d, work, { email, tokenHash: hashToken(token) }),
  );
  return made && { ...made, url: new URL(`/invite/${token}`, app.env.REGRASP_URL).href };
}
