import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertAudit } from '#db/queries/clinic/audit';
import { handDeviceOver } from '#db/queries/contact/push';
import { findAffiliations, insertSession } from '#db/queries/people/sessions';
import { forgetTries, giveBackTry, type KeyedBudget, takeTry } from '#db/queries/people/tries';
import { findUserByEmail } from '#db/queries/people/users';
import { Failure } from '#domain/input/failure';
import { emailSchema } from '#domain/input/fields';
import { SESSION_LIMITS } from '#domain/people/session-policy';
import { BUDGETS } from '#domain/people/tries';
import { sha256 } from '#server/runtime/operations';
import { type AppProcess, afterwards } from '#server/runtime/process';
import { writeRefusal } from '#server/runtime/refusals';
import { hashToken, newToken } from './gate';
import { deviceMarkOf, isKnownTo, type KnownDevice } from './known-device';
import { verifyPassword } from './password';

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) });

/** Where a sign-in comes from. */
export type SignInFrom = { network: string; device: KnownDevice | null; deviceLabel: string | null };

export type SignInResult =
  | { ok: true; token: string; userId: string; email: string }
  | { ok: false; reason: 'wrong' | 'no_access' }
  | { ok: false; reason: 'too_many'; retryAfterMs: number };

const accountKey = (email: string) => sha256(`sign-in:${email}`);
const accountAtNetworkKey = (email: string, network: string) => sha256(`sign-in:${email} network:${network}`);

/**
 * What a try at this account is taken from. A browser that knows the account has a budget of its own: what others do
 * elsewhere, or beside it in the same network, does not slow it.
 */
function budgetsOf(email: string, { network, device }: SignInFrom): KeyedBudget[] {
  if (device && isKnownTo(device, email))
    return [{ key: sha256(`sign-in:${email} device:${device.device}`), budget: BUDGETS.knownDevice }];
  return [
    { key: accountAtNetworkKey(email, network), budget: BUDGETS.accountAtNetwork },
    { key: accountKey(email), budget: BUDGETS.account },
    { key: sha256(`sign-in network:${network}`), budget: BUDGETS.network },
  ];
}

/** Forgets the tries at an account, from anywhere and from this network: its password is another now. */
export function* forgetSignInTries(d: Db, { email, network }: { email: string; network: string }): Body<void> {
  yield* forgetTries(d, { keys: [accountKey(email), accountAtNetworkKey(email, network)] });
}

/**
 * Checks e-mail and password and begins a login. Wrong and unknown look alike and are slowed down alike; nobody is
 * locked out. Only who knows the password is told that the account has no access any more.
 */
export async function signIn(app: AppProcess, input: unknown, from: SignInFrom, nowMs: number): Promise<SignInResult> {
  const parsed = credentialsSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: 'wrong' };
  const { email, password } = parsed.data;
  const budgets = budgetsOf(email, from);
  const retryAfterMs = await app.database.write((d) => takeTry(d, { budgets, nowMs }));
  if (retryAfterMs > 0) return { ok: false, reason: 'too_many', retryAfterMs };
  const user = await app.database.read((d) => findUserByEmail(d, { email }));
  const verified = await verifyOrWait(app, user?.passwordHash, password);
  if (typeof verified === 'object') {
    await app.database.write((d) => giveBackTry(d, { budgets, nowMs }));
    return { ok: false, reason: 'too_many', ...verified };
  }
  if (!verified || !user) {
    noteRefusedSignIn(app, user?.id ?? null, nowMs);
    return { ok: false, reason: 'wrong' };
  }
  const token = newToken();
  const hasBegun = await app.database.write(function* (d) {
    yield* giveBackTry(d, { budgets, nowMs });
    return yield* beginSession(d, { userId: user.id, token, from, nowMs });
  });
  if (!hasBegun) return { ok: false, reason: 'no_access' };
  return { ok: true, token, userId: user.id, email };
}

/**
 * Leaves a trace in the clinic that the account belongs to, without what was typed. For an address that nobody has as
 * much is written, though it stands nowhere: the time that it takes must not tell them apart.
 */
function noteRefusedSignIn(app: AppProcess, userId: string | null, nowMs: number): void {
  afterwards(app, 'refused sign-in', async () => {
    const { staff, records } = await app.database.read((d) => findAffiliations(d, { userId: userId ?? '' }));
    const clinicId = staff[0]?.clinicId ?? records[0]?.clinicId ?? '';
    const about = { clinicId, patientId: records[0]?.id ?? null, subjectId: userId ?? '' };
    await writeRefusal(app, { act: 'session.begin', actor: null, about, nowMs });
  });
}

/** Where the queue of hashes is full, how long to wait: that is nobody's wrong password. */
async function verifyOrWait(app: AppProcess, passwordHash: string | null | undefined, password: string) {
  try {
    return await verifyPassword(app, passwordHash, password);
  } catch (error) {
    if (error instanceof Failure && error.retryAfterMs !== null) return { retryAfterMs: error.retryAfterMs };
    throw error;
  }
}

type NewSession = { userId: string; token: string; from: SignInFrom; nowMs: number };

/** False where the account has no clinic and no record any more. */
function* beginSession(d: Db, { userId, token, from, nowMs }: NewSession): Body<boolean> {
  const { staff, records } = yield* findAffiliations(d, { userId });
  const kind = staff.length > 0 ? 'staff' : 'own_device';
  const clinicId = staff[0]?.clinicId ?? records[0]?.clinicId;
  if (clinicId === undefined) return false;
  const id = uuidv7();
  const expiresAt = nowMs + SESSION_LIMITS[kind].absoluteMs;
  const tokenHash = hashToken(token);
  yield* insertSession(d, { id, userId, clinicId, kind, tokenHash, nowMs, expiresAt, deviceLabel: from.deviceLabel });
  const deviceMark = deviceMarkOf(from.device);
  if (deviceMark) yield* handDeviceOver(d, { deviceMark, userId, sessionId: id });
  yield* insertAudit(d, {
    id: uuidv7(),
    clinicId,
    actorId: userId,
    sessionId: id,
    act: 'session.begin',
    patientId: null,
    subjectId: null,
    outcome: 'done',
    nowMs,
  });
  return true;
}
