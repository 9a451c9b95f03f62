import 'server-only';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { consumeInvite, findOpenInvite, revokePasswordLinks } from '#db/queries/people/invites';
import { revokeSessions } from '#db/queries/people/sessions';
import { findUser, setPasswordHash } from '#db/queries/people/users';
import { Failure } from '#domain/input/failure';
import type { newPasswordByLinkSchema } from '#domain/people/account';
import { hashInTurn } from '#server/auth/password';
import { forgetSignInTries } from '#server/auth/sign-in';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';
import { tryLink } from './invites';
import { requireOwnAccount } from './password-links';

/** Uses a link up: the account has the new password, and every login of it ends. */
function* setNewPassword(
  d: Db,
  work: UnitOfWork,
  { tokenHash, passwordHash, network }: { tokenHash: string; passwordHash: string; network: string },
): Body<{ email: string }> {
  const { nowMs } = work;
  const open = yield* findOpenInvite(d, { tokenHash, nowMs });
  const linked = open?.invite.kind === 'password' ? open.invite.userId : null;
  const user = linked ? yield* findUser(d, { userId: linked }) : undefined;
  if (!open || !user?.email || user.disabledAt !== null) throw new Failure('NOT_FOUND', 'invite_gone');
  const { clinicId, createdBy } = open.invite;
  const { id: userId, email } = user;
  // The account may have come to another clinic since the link was made.
  if (createdBy !== null) yield* requireOwnAccount(d, { clinicId, userId, by: 'admin' });
  if (!(yield* consumeInvite(d, { tokenHash, userId, nowMs }))) throw new Failure('NOT_FOUND', 'invite_gone');
  yield* setPasswordHash(d, { userId, passwordHash });
  yield* revokePasswordLinks(d, { userId, nowMs });
  yield* revokeSessions(d, { userId, exceptId: null, nowMs });
  yield* forgetSignInTries(d, { email, network });
  work.inClinic(clinicId);
  work.about(userId);
  work.tell('session', userId, { userId });
  return { email };
}

type Chosen = { chosen: z.output<typeof newPasswordByLinkSchema>; network: string; nowMs: number };

/** Sets the password that the person chose, by a link that works. */
export async function setPasswordByLink(
  app: AppProcess,
  run: RunWork,
  { chosen: { token, password }, network, nowMs }: Chosen,
): Promise<{ email: string }> {
  const tokenHash = await tryLink(app, { token, network, nowMs });
  const passwordHash = await hashInTurn(app, password);
  return await run((d, work) => setNewPassword(d, work, { tokenHash, passwordHash, network }));
}
