import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { consumeInvite, findOpenInvite, insertInvite, revokeEmailLinks } from '#db/queries/people/invites';
import { takeTry } from '#db/queries/people/tries';
import { findUser, isEmailTaken, setEmail } from '#db/queries/people/users';
import { Failure, tooMany } from '#domain/input/failure';
import { type askEmailSchema, EMAIL_LINK_HOURS } from '#domain/people/account';
import { BUDGETS } from '#domain/people/tries';
import { HOUR_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import { writeAccountLetter } from '#server/contact/account-letters';
import { type AppProcess, afterwards } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';
import { requirePassword } from './account';
import { type LinkTry, tryLink } from './invites';

type Own = { clinicId: string; userId: string };
type Ask = Own & { asked: z.output<typeof askEmailSchema>; nowMs: number };

/** A link for the new address, in place of an earlier one; null where another account has the address: nobody learns of that. */
function* makeEmailLink(
  d: Db,
  work: UnitOfWork,
  { clinicId, userId, email, tokenHash }: Own & { email: string; tokenHash: string },
) {
  const clinic = yield* findClinic(d, { clinicId });
  const user = yield* findUser(d, { userId });
  if (!clinic || !user) throw new Failure('NOT_FOUND', 'not_found');
  // Whoever tries the demo out would lock out everybody else.
  if (clinic.demo) throw new Failure('CONFLICT', 'demo_account');
  if (user.email === email) throw new Failure('CONFLICT', 'same_email');
  work.about(userId);
  yield* revokeEmailLinks(d, { userId, nowMs: work.nowMs });
  const isFree = !(yield* isEmailTaken(d, { email }));
  const expiresAt = work.nowMs + EMAIL_LINK_HOURS * HOUR_MS;
  const link = { clinicId, userId, email, tokenHash, kind: 'email' as const, name: user.name, createdBy: userId };
  if (isFree) yield* insertInvite(d, { id: uuidv7(), ...link, createdAt: work.nowMs, expiresAt });
  return { isFree, before: user.email, locale: user.locale };
}

/**
 * Asks for another address of an account, after its password: a link goes to the new one, which it is from when the link
 * is used, and word of it to the old one. CONFLICT `no_mail` where no e-mails leave, `mail_failed` where this one did not.
 */
export async function askForEmail(
  app: AppProcess,
  run: RunWork,
  { asked: { email, password }, nowMs, ...own }: Ask,
): Promise<{ sent: true }> {
  if (!app.channels.write) throw new Failure('CONFLICT', 'no_mail');
  await requirePassword(app, { userId: own.userId, password, nowMs });
  const budgets = [{ key: `email-link:${own.userId}`, budget: BUDGETS.makeLink }];
  const waitMs = await app.database.write((d) => takeTry(d, { budgets, nowMs }));
  if (waitMs > 0) throw tooMany(waitMs);
  const token = newToken();
  const made = await run((d, work) => makeEmailLink(d, work, { ...own, email, tokenHash: hashToken(token) }));
  const { isFree, before, locale } = made;
  // Whether an address has an account here is told to nobody, by no answer and by no delay.
  const sending = isFree ? writeAccountLetter(app, { kind: 'confirm', to: email, locale, token }) : null;
  afterwards(app, 'letter to a new address', async () => {
    if (sending && !(await sending)) app.log.warn('a link to a new address was not taken');
    if (before) await writeAccountLetter(app, { kind: 'asked', to: before, locale });
  });
  return { sent: true };
}

/** Uses the link up: the account has the new address. Returns the one before. */
function* giveEmail(d: Db, work: UnitOfWork, { tokenHash }: { tokenHash: string }): Body<Changed> {
  const { nowMs } = work;
  const open = yield* findOpenInvite(d, { tokenHash, nowMs });
  const { userId, email, kind } = open?.invite ?? {};
  const user = userId && kind === 'email' ? yield* findUser(d, { userId }) : undefined;
  const isOpen = open && user && email && user.disabledAt === null && !(yield* isEmailTaken(d, { email }));
  if (!isOpen) throw new Failure('NOT_FOUND', 'invite_gone');
  if (!(yield* consumeInvite(d, { tokenHash, userId: user.id, nowMs }))) throw new Failure('NOT_FOUND', 'invite_gone');
  yield* setEmail(d, { userId: user.id, email });
  work.inClinic(open.invite.clinicId);
  work.about(user.id);
  work.tell('session', user.id, { userId: user.id });
  return { before: user.email, locale: user.locale };
}

type Changed = { before: string | null; locale: string };

/** Whoever holds the link reads the new address: it is the account's from now on, and the old one is told. */
export async function confirmEmail(app: AppProcess, run: RunWork, link: LinkTry): Promise<{ changed: true }> {
  const tokenHash = await tryLink(app, link);
  const { before, locale } = await run((d, work) => giveEmail(d, work, { tokenHash }));
  if (before)
    afterwards(app, 'letter to an old address', async () => {
      await writeAccountLetter(app, { kind: 'changed', to: before, locale });
    });
  return { changed: true };
}
