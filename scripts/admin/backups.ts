import { writeFileSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { parseRecipients, readIdentities } from '../../server/backup/crypt';
import { makeBackup } from '../../server/backup/make';
import { restoreBackup } from '../../server/backup/restore';
import { verifyFolder } from '../../server/backup/verify';
import { parseEnv } from '../../server/runtime/env';
import { startProcess, stopProcess } from '../../server/runtime/process';
import { Stop } from '../console.mjs';

export const BACKUP_USAGE = `npm run admin -- backup-key FILE

Writes a new secret key to FILE and prints its public key. FILE opens every backup: keep it away from this server.

npm run admin -- backup DIR [--to age1… ] [--plain] [--keep-days 30] [--new]

Backs up database and media into DIR while the app runs, encrypted to the public keys of --to or REGRASP_BACKUP_TO;
--plain leaves it unencrypted. Media that DIR has are not copied again; backups older than --keep-days go, but not the
last three. Secrets (.env) are not in it.

npm run admin -- verify DIR [--identity FILE] [--at STAMP] [--seal HEX]

Checks all backups in DIR, and one of them from inside: the newest, or that of --at. Ends with 1 where something is wrong.

npm run admin -- restore DIR [--identity FILE] [--at STAMP] [--seal HEX] [--incomplete] [--without-erasures]

Puts a backup into an empty place: DATABASE_URL names no database yet, or an empty one, and MEDIA_DIR holds nothing.
Records that were erased after it was made are erased again at the next start, by the list that lies in DIR.`;

const KEEP_DAYS_MAX = 3660;

/** One folder or file, and options. */
function readCommand<const O extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: O) {
  try {
    const { values, positionals } = parseArgs({ args, options, strict: true, allowPositionals: true });
    const [path, ...rest] = positionals;
    if (path === undefined || rest.length > 0) throw new Error('Please name one folder or file.');
    return { path, values };
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${BACKUP_USAGE}`);
  }
}

async function makeKey(args: string[]): Promise<string> {
  const { path } = readCommand(args, {});
  const identity = await generateX25519Identity();
  const recipient = await identityToRecipient(identity);
  const text = `# Opens backups of Regrasp. Keep it secret, and where a fire at the clinic does not reach it.\n# public key: ${recipient}\n${identity}\n`;
  try {
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    throw new Stop(`${path} was not written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return `The secret key is in ${path}. Move it away from this server, twice: without it no backup can be opened.\nBackups need its public key only:\n\n  ${recipient}`;
}

const BACKUP_OPTIONS = {
  to: { type: 'string', multiple: true },
  plain: { type: 'boolean' },
  'keep-days': { type: 'string', default: '30' },
  new: { type: 'boolean' },
} as const;

async function backUp(args: string[]): Promise<string> {
  const { path, values } = readCommand(args, BACKUP_OPTIONS);
  const keepDays = Number(values['keep-days']);
  if (!Number.isInteger(keepDays) || keepDays < 1 || keepDays > KEEP_DAYS_MAX)
    throw new Stop(`--keep-days is a number of days, 1 to ${KEEP_DAYS_MAX}.`);
  const app = await startProcess(process.env, process.cwd(), 'guest');
  try {
    const recipients = recipientsOf(values, app.env.REGRASP_BACKUP_TO);
    const request = { folder: path, recipients, keepDays, isNew: values.new === true };
    const { backup, copied, removed } = await makeBackup(app, request, Date.now);
    const { manifest, stamp, seal } = backup;
    const { database, objects, unsound, expiresAt } = manifest;
    return [
      `Backup ${stamp} is whole: the database (${megabytes(database.bytes)}) and ${objects.length} media objects, ${copied} of them new; ${recipients.length > 0 ? `encrypted to ${recipients.join(', ')}` : 'NOT encrypted'}. It is kept until ${new Date(expiresAt).toISOString().slice(0, 10)}.`,
      `Its seal: ${seal}`,
      ...(removed.length > 0 ? [`Older ones that were removed: ${removed.map((one) => one.stamp).join(', ')}.`] : []),
      ...unsound.map(
        ({ mediaId, why }) => `WARNING: media ${mediaId} is ${why} in the store (npm run admin -- doctor).`,
      ),
      'Secrets (.env) are not in it: keep them elsewhere.',
    ].join('\n');
  } finally {
    await stopProcess(app);
  }
}

function recipientsOf(values: { to?: string[]; plain?: boolean }, fromEnv: string | undefined): string[] {
  if (values.plain && values.to) throw new Stop('Choose --to or --plain, not both.');
  if (values.plain) return [];
  const recipients = parseRecipients(values.to ?? [fromEnv ?? '']);
  if (recipients.length > 0) return recipients;
  throw new Stop(
    'To whom is it encrypted? Give --to age1…, or set REGRASP_BACKUP_TO; backup-key makes a pair of keys. --plain leaves it unencrypted.',
  );
}

const megabytes = (bytes: number) => `${(bytes / 1024 ** 2).toFixed(1)} MB`;

const CHOICE = { identity: { type: 'string' }, at: { type: 'string' }, seal: { type: 'string' } } as const;

const identitiesOf = async (file: string | undefined) => (file === undefined ? [] : await readIdentities(file));

async function verify(args: string[]): Promise<string> {
  const { path, values } = readCommand(args, CHOICE);
  const { looked, wrong } = await verifyFolder({
    folder: path,
    at: values.at,
    seal: values.seal,
    identities: await identitiesOf(values.identity),
    secret: process.env.REGRASP_SECRET || undefined,
    pgRestore: process.env.PG_RESTORE_PATH || 'pg_restore',
  });
  const lines = looked.map((line) => `  ${line}`).join('\n');
  if (wrong.length === 0) return `${path} is as it should be:\n${lines}`;
  throw new Stop(`${path} is not as it should be:\n${wrong.map((line) => `  WRONG ${line}`).join('\n')}\n${lines}`);
}

async function restore(args: string[]): Promise<string> {
  const { path, values } = readCommand(args, {
    ...CHOICE,
    incomplete: { type: 'boolean' },
    'without-erasures': { type: 'boolean' },
  });
  const env = parseEnv(process.env);
  const request = {
    folder: path,
    at: values.at,
    seal: values.seal,
    identities: await identitiesOf(values.identity),
    isIncompleteTaken: values.incomplete === true,
    areErasuresLeftOut: values['without-erasures'] === true,
  };
  const { backup, where, objects, leftOut } = await restoreBackup(env, process.cwd(), request, Date.now);
  return [
    `Backup ${backup.stamp} is restored: the database to ${where}, ${objects} media objects to ${env.MEDIA_DIR}.`,
    ...leftOut.map((line) => `WITHOUT: ${line}.`),
    'Start Regrasp now (npm start): it migrates where that is needed.',
  ].join('\n');
}

export const BACKUP_COMMANDS = new Map([
  ['backup-key', makeKey],
  ['backup', backUp],
  ['verify', verify],
  ['restore', restore],
]);
