import 'server-only';
import { databaseErrorCode } from './errors';

/** Why nothing is done on this database, as a sentence for the person at the terminal. Nothing was changed. */
export class StoreRefusal extends Error {}

const SENTENCES: readonly [RegExp, (where: string) => string][] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT|53100)/,
    (where) => `The disk that holds ${where} is full. Make room, then start again.`,
  ],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|42501|25006)/,
    (where) => `${where} cannot be opened and written by this user. Check that it is a file, its owner and its folder.`,
  ],
  [/^SQLITE_NOTADB/, (where) => `${where} is not a SQLite database. Check DATABASE_URL.`],
  [
    /^SQLITE_CORRUPT/,
    (where) => `${where} is damaged. Leave it as it is and restore a backup or a copy into another place.`,
  ],
  [/^(SQLITE_BUSY|SQLITE_LOCKED)/, (where) => `${where} is locked by another program. Stop that program first.`],
  [
    /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|57P03)/,
    (where) => `PostgreSQL does not answer at ${where}. Check that it runs and DATABASE_URL.`,
  ],
  [/^(28P01|28000)/, (where) => `PostgreSQL at ${where} does not accept the user or password of DATABASE_URL.`],
  [/^3D000/, (where) => `PostgreSQL at ${where} has no database of that name. Create it first (createdb).`],
];

/** An error as a refusal where it is a circumstance; any other fault as it was. */
export function asRefusal(error: unknown, where: string): unknown {
  if (error instanceof StoreRefusal) return error;
  const sentence = explainStoreError(error, where);
  return sentence === null ? error : new StoreRefusal(sentence, { cause: error });
}

/** The sentence for what a driver or the system threw; null where it is no circumstance but a fault. */
export function explainStoreError(error: unknown, where: string): string | null {
  const code = databaseErrorCode(error) ?? '';
  return SENTENCES.find(([pattern]) => pattern.test(code))?.[1](where) ?? null;
}
