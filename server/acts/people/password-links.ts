import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertAudit } from '#db/queries/clinic/audit';
import { insertInvite, revokePasswordLinks } from '#db/queries/people/invites';
import { countAttempt } from '#db/queries/people/rate-limits';
import { findAffiliations } from '#db/queries/people/sessions';
import { findUser, findUserByEmail } from '#db/queries/people/users';
import { Failure, notFound } from '#domain/input/failure';
import { PASSWORD_LINK_HOURS } from '#domain/people/account';
import { HOUR_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';

const LINKS_PER_HOUR = 5;

type Made = { clinicId: string; userId: string; createdBy: string | null; tokenHash: string; nowMs: number };

/** One link per account works at a time; the newer one ends the earlier. Returns when it expires, epoch ms. */
function* insertPasswordLink(d: Db, { nowMs, ...made }: Made & { name: string }): Body<number> {
  yield* revokePasswordLinks(d, { userId: made.userId, nowMs });
  const expiresAt = nowMs + PASSWORD_LINK_HOURS * HOUR_MS;
  yield* insertInvite(d, { id: uuidv7(), ...made, kind: 'password', createdAt: nowMs, expiresAt });
  return expiresAt;
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

/** A link by which the account's owner sets a new password, once. Its secret is in the answer and nowhere else. */
export function* makePasswordLink(d: Db, made: Made & { by: 'admin' | 'clinician' }): Body<{ expiresAt: number }> {
  const { by, ...link } = made;
  const user = yield* findUser(d, { userId: link.userId });
  if (!user || user.disabledAt !== null) throw notFound();
  if (user.email === null) throw new Failure('CONFLICT', 'no_email');
  if (user.id === link.createdBy) throw new Failure('CONFLICT', 'own_password');
  yield* requireOwnAccount(d, { clinicId: link.clinicId, userId: user.id, by });
  return { expiresAt: yield* insertPasswordLink(d, { ...link, name: user.name }) };
}

/** Counts one link made by this person; too many in an hour are refused. */
export async function limitPasswordLinks(app: AppProcess, makerId: string, nowMs: number): Promise<void> {
  const key = `password-link:${makerId}`;
  const made = await app.database.write((d) => countAttempt(d, { key, windowMs: HOUR_MS, nowMs }));
  if (made > LINKS_PER_HOUR) throw new Failure('TOO_MANY_REQUESTS', 'too_many');
}

/** The link for whoever runs the server; null where no account that is in use has this address. */
export async function passwordLinkFor(
  app: AppProcess,
  email: string,
  nowMs: number,
): Promise<{ name: string; url: string } | null> {
  const token = newToken();
  const name = await app.database.write(function* (d) {
    const user = yield* findUserByEmail(d, { email });
    if (!user) return null;
    const { staff, records } = yield* findAffiliations(d, { userId: user.id });
    const clinicId = staff[0]?.clinicId ?? records[0]?.clinicId;
    if (clinicId === undefined) return null;
    yield* insertPasswordLink(d, {
      clinicId,
      userId: user.id,
      name: user.name,
      createdBy: null,
      tokenHash: hashToken(token),
      nowMs,
    });
    yield* insertAudit(d, {
      id: uuidv7(),
      clinicId,
      actorId: null,
      sessionId: null,
      act: 'server.make_password_link',
      patientId: null,
      subjectId: user.id,
      outcome: 'done',
      nowMs,
    });
    return user.name;
  });
  return name === null ? null : { name, url: new URL(`/invite/${token}`, app.env.REGRASP_URL).href };
}
