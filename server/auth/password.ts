import 'server-only';
import { hash, verify } from '@node-rs/argon2';
import pLimit from 'p-limit';

/** Argon2id at OWASP's minimum: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** At most four hashes at once: a flood of sign-ins must not take the machine from everyone else. */
const withHashSlot = pLimit(4);

export function hashPassword(password: string): Promise<string> {
  return withHashSlot(() => hash(password, COST));
}

let dummy: Promise<string> | undefined;

/** Takes the same time for an unknown account as for a wrong password. A stored hash that cannot be read fits nothing. */
export async function verifyPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  dummy ??= hashPassword('no such account');
  const target = passwordHash ?? (await dummy);
  const matches = await withHashSlot(() => verify(target, password).catch(() => false));
  return matches && typeof passwordHash === 'string';
}
