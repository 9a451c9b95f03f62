import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { listPasswordLinks, revokeEmailLinks } from '#db/queries/people/invites';
import { listSessions, revokeSessions } from '#db/queries/people/sessions';
import { forgetTries, takeTry } from '#db/queries/people/tries';
import { findUser, setPasswordHash } from '#db/queries/people/users';
import { Failure, tooMany } from '#domain/input/failure';
import type { changePasswordSchema } from '#domain/people/account';
import { isSessionAlive } from '#domain/people/session-policy';
import { BUDGETS } from '#domain/people/tries';
import { hashInTurn, verifyPassword } from '#server/auth/password';
import { sha256 } from '#server/runtime/operations';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';

type OwnSession = { userId: string; sessionId: string };

/** Logins that still open the account, this one first, then the last seen. */
export function* readSessions(d: Db, work: UnitOfWork, { userId, sessionId }: OwnSession) {
  const rows = yield* listSessions(d, { userId, nowMs: work.nowMs });
  return rows
    .filter((row) => isSessionAlive(row, work.nowMs))
    .map(({ id, kind, createdAt, lastSeenAt, deviceLabel }) => ({
      id,
      kind,
      createdAt,
      lastSeenAt,
      deviceLabel,
      current: id === sessionId,
    }))
    .sort((one, other) => Number(other.current) - Number(one.current));
}

/** So many are shown: the owner looks for one that they did not ask for. */
const LINKS_SHOWN = 5;

/** Links by which somebody could set this account's password, so that its owner hears of one they did not ask for. */
export function* readPasswordLinks(d: Db, work: UnitOfWork, { userId }: { userId: string }) {
  const rows = yield* listPasswordLinks(d, { userId, limit: LINKS_SHOWN });
  return rows.map(({ usedAt, revokedAt, expiresAt, ...link }) => {
    const isOpen = revokedAt === null && expiresAt > work.nowMs;
    return { ...link, state: usedAt !== null ? ('used' as const) : isOpen ? ('open' as const) : ('over' as const) };
  });
}

/** Signs the account out everywhere, this device included. */
export function* endSessions(d: Db, work: UnitOfWork, { userId }: { userId: string }): Body<{ ended: number }> {
  work.tell('session', userId, { userId });
  return { ended: yield* revokeSessions(d, { userId, exceptId: null, nowMs: work.nowMs }) };
}

/** Gives the account another password; its other logins end. */
function* replacePassword(
  d: Db,
  work: UnitOfWork,
  { userId, sessionId, passwordHash }: OwnSession & { passwordHash: string },
): Body<void> {
  yield* setPasswordHash(d, { userId, passwordHash });
  yield* revokeSessions(d, { userId, exceptId: sessionId, nowMs: work.nowMs });
  // Whoever knew the old one may have asked for an address of theirs.
  yield* revokeEmailLinks(d, { userId, nowMs: work.nowMs });
  work.tell('session', userId, { userId });
}

/**
 * Asks an account for its password again, so that a device left open gives nothing away; tries at it are slowed down.
 * Throws FORBIDDEN for a wrong one and TOO_MANY_REQUESTS.
 */
export async function requirePassword(
  app: AppProcess,
  { userId, password, nowMs }: { userId: string; password: string; nowMs: number },
): Promise<void> {
  const budgets = [{ key: sha256(`change-password:${userId}`), budget: BUDGETS.ownPassword }];
  const waitMs = await app.database.write((d) => takeTry(d, { budgets, nowMs }));
  if (waitMs > 0) throw tooMany(waitMs);
  const user = await app.database.read((d) => findUser(d, { userId }));
  if (!(await verifyPassword(app, user?.passwordHash, password))) throw new Failure('FORBIDDEN', 'wrong_password');
  // Who knows it may do several things in a row.
  await app.database.write((d) => forgetTries(d, { keys: budgets.map(({ key }) => key) }));
}

type Change = OwnSession & { change: z.output<typeof changePasswordSchema>; nowMs: number };

/** Gives the account another password, after the old one. */
export async function changePassword(
  app: AppProcess,
  run: RunWork,
  { change, nowMs, ...own }: Change,
): Promise<{ changed: true }> {
  await requirePassword(app, { userId: own.userId, password: change.currentPassword, nowMs });
  const passwordHash = await hashInTurn(app, change.newPassword);
  await run((d, work) => replacePassword(d, work, { ...own, passwordHash }));
  return { changed: true };
}
