import 'server-only';
import { hash, verify } from '@node-rs/argon2';
import { tooMany } from '#domain/input/failure';
import type { AppProcess } from '#server/runtime/process';

/** Argon2id at OWASP's minimum: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** As many wait for a turn (`AppProcess.hashing`), which is a second or two; more are asked to come again. */
export const WAITING_MAX = 64;
const COME_AGAIN_MS = 3000;

function inTurn<T>({ hashing }: AppProcess, work: () => Promise<T>): Promise<T> {
  if (hashing.pendingCount >= WAITING_MAX) throw tooMany(COME_AGAIN_MS);
  return hashing(work);
}

/** For who hashes one password and serves nobody else, such as a seed; the server's own go through `hashInTurn`. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, COST);
}

export async function hashInTurn(app: AppProcess, password: string): Promise<string> {
  return await inTurn(app, () => hashPassword(password));
}

let dummy: Promise<string> | undefined;

/** Takes the same time for an unknown account as for a wrong password. A stored hash that cannot be read fits nothing. */
export async function verifyPassword(
  app: AppProcess,
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  dummy ??= hashPassword('no such account');
  const target = passwordHash ?? (await dummy);
  const matches = await inTurn(app, () => verify(target, password).catch(() => false));
  return matches && typeof passwordHash === 'string';
}
