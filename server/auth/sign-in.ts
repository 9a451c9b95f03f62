import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { insertAudit } from '#db/queries/clinic/audit';
import { clearAttempts, countAttempt } from '#db/queries/people/rate-limits';
import { findAffiliations, insertSession } from '#db/queries/people/sessions';
import { findUserByEmail } from '#db/queries/people/users';
import { emailSchema } from '#domain/input/fields';
import { SESSION_LIMITS } from '#domain/people/session-policy';
import { MINUTE_MS } from '#domain/time/duration';
import { sha256 } from '#server/runtime/operations';
import type { AppProcess } from '#server/runtime/process';
import { hashToken, newToken } from './gate';
import { verifyPassword } from './password';

const credentialsSchema = z.object({ email: emailSchema, password: z.string().min(1).max(256) });

const WINDOW_MS = 15 * MINUTE_MS;
const ATTEMPTS_PER_ACCOUNT = 10;

/** Under which the tries of one address are counted. */
export const signInKey = (email: string) => sha256(`sign-in:${email}`);

type SignInResult =
  | { ok: true; token: string; userId: string }
  | { ok: false; reason: 'wrong' | 'too_many' | 'no_access' };

/**
 * Checks e-mail and password and begins a login. Wrong and unknown look alike; ten tries per account in 15 minutes. Only
 * who knows the password is told that the account has no access any more.
 */
export async function signIn(
  app: AppProcess,
  input: unknown,
  deviceLabel: string | null,
  nowMs: number,
): Promise<SignInResult> {
  const parsed = credentialsSchema.safeParse(input);
  if (!parsed.success) return { ok: false, reason: 'wrong' };
  const { email, password } = parsed.data;
  const key = signInKey(email);
  const attempts = await app.database.write((d) => countAttempt(d, { key, windowMs: WINDOW_MS, nowMs }));
  if (attempts > ATTEMPTS_PER_ACCOUNT) return { ok: false, reason: 'too_many' };
  const user = await app.database.read((d) => findUserByEmail(d, { email }));
  if (!(await verifyPassword(user?.passwordHash, password)) || !user) return { ok: false, reason: 'wrong' };
  const token = newToken();
  const hasBegun = await app.database.write(function* (d) {
    yield* clearAttempts(d, { key });
    const { staff, records } = yield* findAffiliations(d, { userId: user.id });
    const kind = staff.length > 0 ? 'staff' : 'own_device';
    const clinicId = staff[0]?.clinicId ?? records[0]?.clinicId;
    if (clinicId === undefined) return false;
    const id = uuidv7();
    yield* insertSession(d, {
      id,
      userId: user.id,
      clinicId,
      kind,
      tokenHash: hashToken(token),
      nowMs,
      expiresAt: nowMs + SESSION_LIMITS[kind].absoluteMs,
      deviceLabel,
    });
    yield* insertAudit(d, {
      id: uuidv7(),
      clinicId,
      actorId: user.id,
      sessionId: id,
      act: 'session.begin',
      patientId: null,
      subjectId: null,
      outcome: 'done',
      nowMs,
    });
    return true;
  });
  if (!hasBegun) return { ok: false, reason: 'no_access' };
  return { ok: true, token, userId: user.id };
}
