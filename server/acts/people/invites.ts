import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { consumeInvite, findOpenInvite, type InviteRow } from '#db/queries/people/invites';
import { findPatient, linkPatientUser } from '#db/queries/people/patients';
import { insertMembership } from '#db/queries/people/staff';
import { takeTry } from '#db/queries/people/tries';
import { findUserByEmail, insertUser } from '#db/queries/people/users';
import { Failure, tooMany } from '#domain/input/failure';
import type { acceptInviteSchema } from '#domain/people/account';
import { BUDGETS } from '#domain/people/tries';
import { hashToken } from '#server/auth/gate';
import { hashInTurn } from '#server/auth/password';
import { sha256 } from '#server/runtime/operations';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';

export type LinkTry = { token: string; network: string; nowMs: number };

/**
 * Takes a try at a link of any kind, by its hash: where the link works out of its own budget, otherwise out of the
 * network's. Only a link that works is worth the work of a password's hash, or a row of its own.
 */
export async function tryLink(app: AppProcess, { token, network, nowMs }: LinkTry): Promise<string> {
  const tokenHash = hashToken(token);
  const found = await app.database.write(function* (d) {
    const isOpen = (yield* findOpenInvite(d, { tokenHash, nowMs })) !== undefined;
    const budget = isOpen
      ? { key: `invite:${tokenHash}`, budget: BUDGETS.link }
      : { key: sha256(`invite network:${network}`), budget: BUDGETS.network };
    return { isOpen, waitMs: yield* takeTry(d, { budgets: [budget], nowMs }) };
  });
  if (found.waitMs > 0) throw tooMany(found.waitMs);
  if (!found.isOpen) throw new Failure('NOT_FOUND', 'invite_gone');
  return tokenHash;
}

/** Shows who invites whom. Looking never uses a link up: mail scanners look too. */
export function* readInvite(d: Db, work: UnitOfWork, { token }: { token: string }) {
  const found = yield* findOpenInvite(d, { tokenHash: hashToken(token), nowMs: work.nowMs });
  if (!found || found.invite.kind === 'email') throw new Failure('NOT_FOUND', 'invite_gone');
  const { name, kind, role, expiresAt } = found.invite;
  return { clinicName: found.clinic.name, name, kind, role, expiresAt };
}

/** What a used invite makes of the new account: a member of staff, or the login of a patient's record. */
function* fulfil(d: Db, work: UnitOfWork, invite: InviteRow, userId: string): Body<void> {
  const { clinicId, role, discipline, patientId } = invite;
  if (invite.kind === 'staff' && role && discipline) {
    yield* insertMembership(d, { id: uuidv7(), clinicId, userId, role, discipline, fromAt: work.nowMs });
    return;
  }
  if (invite.kind !== 'patient' || !patientId) throw new Failure('BAD_REQUEST', 'invite_gone');
  if (!(yield* linkPatientUser(d, { clinicId, patientId, userId }))) throw new Failure('CONFLICT', 'invite_gone');
}

type NewAccount = { tokenHash: string; email: string; name: string; passwordHash: string };

/** Uses an invite up and makes the account that it is for. */
function* acceptInvite(d: Db, work: UnitOfWork, { tokenHash, ...account }: NewAccount): Body<void> {
  const { nowMs } = work;
  const open = yield* findOpenInvite(d, { tokenHash, nowMs });
  if (!open) throw new Failure('NOT_FOUND', 'invite_gone');
  if (yield* findUserByEmail(d, { email: account.email })) throw new Failure('CONFLICT', 'email_taken');
  const { patientId } = open.invite;
  const record = patientId === null ? undefined : yield* findPatient(d, { clinicId: open.clinic.id, patientId });
  const userId = uuidv7();
  const locale = record?.locale ?? open.clinic.locale;
  yield* insertUser(d, { id: userId, ...account, locale, createdAt: nowMs });
  const invite = yield* consumeInvite(d, { tokenHash, userId, nowMs });
  if (!invite) throw new Failure('NOT_FOUND', 'invite_gone');
  yield* fulfil(d, work, invite, userId);
  work.inClinic(invite.clinicId);
  work.about(invite.id);
  if (invite.patientId) work.tell('patient', invite.patientId, { patientId: invite.patientId });
}

type Accept = { accepted: z.output<typeof acceptInviteSchema>; network: string; nowMs: number };

/** Makes the account of an invite from its link and the password that the person chose. */
export async function acceptInviteByLink(
  app: AppProcess,
  run: RunWork,
  { accepted: { token, email, name, password }, network, nowMs }: Accept,
): Promise<{ accepted: true }> {
  const tokenHash = await tryLink(app, { token, network, nowMs });
  const passwordHash = await hashInTurn(app, password);
  await run((d, work) => acceptInvite(d, work, { tokenHash, email, name, passwordHash }));
  return { accepted: true };
}
