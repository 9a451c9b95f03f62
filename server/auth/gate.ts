import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { findAffiliations, findSession, touchSession } from '#db/queries/people/sessions';
import type { Discipline, Role } from '#domain/input/fields';
import { idleEndsInMs, isSessionAlive, rolledExpiry, type SessionKind, seenAt } from '#domain/people/session-policy';
import { type AppProcess, afterwards } from '#server/runtime/process';

/** Who is asking, as loaded from rows on this request. */
export type Actor = {
  readonly userId: string;
  readonly name: string;
  readonly email: string | null;
  readonly locale: string;
  readonly sessionId: string;
  readonly sessionKind: SessionKind;
  /** Until the login ends for want of use, by the server's clock. */
  readonly idleEndsInMs: number;
  /** This request moved the login's end on. */
  readonly isRenewed: boolean;
  readonly clinicId: string;
  readonly roles: readonly Role[];
  readonly disciplines: readonly Discipline[];
  /** The membership that joins care teams, where the actor is a clinician or assistant. */
  readonly membershipId: string | null;
  /** The actor's own record, where the actor is a patient of this clinic. */
  readonly patientId: string | null;
};

export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** Tokens are kept as SHA-256 only. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/**
 * The only thing that may say that a request is signed in: the session row, read every time. `usedAgoMs`: how long before
 * the request a person did something on the page; null where it only asks by itself. `pageOf`: whose page asks, where it
 * says so: a login is not kept by another person's page.
 */
export async function gate(
  app: AppProcess,
  token: string | null,
  nowMs: number,
  usedAgoMs: number | null = null,
  pageOf: string | null = null,
): Promise<Actor | null> {
  if (!token) return null;
  const found = await app.database.read(function* (d) {
    const row = yield* findSession(d, { tokenHash: hashToken(token) });
    if (!row) return null;
    return { ...row, ...(yield* findAffiliations(d, { userId: row.user.id })) };
  });
  if (!found || !isSessionAlive(found.session, nowMs)) return null;
  const { session, user, staff, records } = found;
  const clinicId = session.clinicId ?? staff[0]?.clinicId ?? records[0]?.clinicId;
  if (!clinicId) return null;
  const lastSeenAt = pageOf === null || pageOf === user.id ? seenAt(session, usedAgoMs, nowMs) : null;
  if (lastSeenAt !== null) touchLater(app, { ...session, lastSeenAt }, nowMs);
  const here = staff.filter((membership) => membership.clinicId === clinicId);
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    locale: user.locale,
    sessionId: session.id,
    sessionKind: session.kind,
    idleEndsInMs: idleEndsInMs({ ...session, lastSeenAt: lastSeenAt ?? session.lastSeenAt }, nowMs),
    isRenewed: lastSeenAt !== null,
    clinicId,
    roles: here.map((membership) => membership.role),
    disciplines: here.map((membership) => membership.discipline),
    membershipId: here.find((membership) => membership.role !== 'admin')?.id ?? null,
    patientId: records.find((record) => record.clinicId === clinicId)?.id ?? null,
  };
}

function touchLater(
  app: AppProcess,
  session: { id: string; kind: SessionKind; lastSeenAt: number; expiresAt: number },
  nowMs: number,
): void {
  const { id, lastSeenAt } = session;
  const expiresAt = rolledExpiry(session.kind, session.expiresAt, nowMs);
  afterwards(app, 'session seen', () => app.database.write((d) => touchSession(d, { id, lastSeenAt, expiresAt })));
}
