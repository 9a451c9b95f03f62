import { type ParseArgsConfig, parseArgs } from 'node:util';
import { POSTGRES } from '../db/columns';
import { restoreCopy } from '../db/copies';
import { holdStore } from '../db/lock';
import { sqliteFile } from '../db/open';
import { findChainHead } from '../db/queries/clinic/audit';
import { listClinics } from '../db/queries/clinic/clinics';
import { findStoreId } from '../db/queries/runtime/store';
import { StoreRefusal } from '../db/refusal';
import { emailSchema } from '../domain/input/fields';
import { createClinic, newClinicSchema } from '../server/acts/clinic/create';
import { passwordLinkFor } from '../server/acts/people/password-links';
import { findLeftOvers, quarantine } from '../server/media/left-overs';
import { ownsMedia } from '../server/media/ownership';
import { EnvError, parseEnv } from '../server/runtime/env';
import { type AppProcess, startProcess, stopProcess } from '../server/runtime/process';
import { BACKUP_COMMANDS, BACKUP_USAGE } from './admin/backups';
import { DOCTOR_USAGE, doctor } from './admin/doctor';
import { RECORD_COMMANDS, RECORD_USAGE } from './admin/records';
import { fail, Stop } from './console.mjs';

const USAGE = `npm run admin -- create-clinic --name "Larkfield Hand Clinic" --time-zone Europe/London \\
  --phone "+44 20 7946 0100" --emergency-number 999 --admin-name "Ada Lind"

Prints a link that works once and makes the first admin. It is shown only here.

npm run admin -- reset-password --email ada@larkfield.example

Prints a link by which this person sets a new password: once, within 24 hours.

npm run admin -- restore-copy .data/regrasp.sqlite.before-…

Puts a copy that was made before a migration in the place of the SQLite database, while nothing uses it. What was
there is set aside beside it; a copy of another store is refused. Every other command runs beside the app.

npm run admin -- sweep [--take N]

Counts the media objects that no row names. Where there are many of them, as after an older database was restored, they
stay until somebody has looked: --take with their number puts them into quarantine for 30 days.

npm run admin -- claim-media [--confirm]

Says whose objects MEDIA_DIR holds. With --confirm it is this database's from now on, as for a new and empty folder
after the disk was lost.

npm run admin -- audit-heads

Prints the last seal of each clinic's audit trail. Keep it elsewhere: it shows later whether the end was cut off.

${RECORD_USAGE}

${BACKUP_USAGE}

${DOCTOR_USAGE}`;

const OPTIONS = {
  name: { type: 'string' },
  'time-zone': { type: 'string' },
  phone: { type: 'string' },
  'emergency-number': { type: 'string' },
  'admin-name': { type: 'string' },
} as const;

/** The options of a command; one that it does not know is said in a line, with what it does know. */
function readOptions<const O extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: O) {
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

function readClinic(args: string[]) {
  const values = readOptions(args, OPTIONS);
  const parsed = newClinicSchema.safeParse({
    name: values.name,
    timeZone: values['time-zone'],
    phone: values.phone,
    emergencyNumber: values['emergency-number'],
    adminName: values['admin-name'],
  });
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => issue.path.join('.')).join(', ');
  throw new Stop(`Please check: ${wrong}.\n\n${USAGE}`);
}

function readEmail(args: string[]): string {
  const parsed = emailSchema.safeParse(readOptions(args, { email: { type: 'string' } }).email);
  if (parsed.success) return parsed.data;
  throw new Stop(`Please check: email.\n\n${USAGE}`);
}

/** Runs one act on the database of the environment, beside a running app; it is never migrated from here. */
async function onDatabase<T>(act: (app: AppProcess) => Promise<T>): Promise<T> {
  const app = await startProcess(process.env, process.cwd(), 'guest');
  try {
    return await act(app);
  } finally {
    await stopProcess(app);
  }
}

async function makeClinic(args: string[]): Promise<string> {
  const input = readClinic(args);
  const { url } = await onDatabase((app) => createClinic(app, input, Date.now()));
  return `The clinic is made. Give this link to ${input.adminName}; it works once, for 7 days:\n\n  ${url}`;
}

async function resetPassword(args: string[]): Promise<string> {
  const email = readEmail(args);
  const made = await onDatabase((app) => passwordLinkFor(app, email, Date.now()));
  if (!made) throw new Stop(`No account that is in use has the address ${email}.`);
  return `Give this link to ${made.name}; it works once, for 24 hours:\n\n  ${made.url}`;
}

/** The way back from a bad release: the copy that its migration left is the database again. */
async function restoreTheCopy([copy, ...rest]: string[]): Promise<string> {
  if (copy === undefined || rest.length > 0) throw new Stop(`Please name one copy.\n\n${USAGE}`);
  const { DATABASE_URL } = parseEnv(process.env);
  const file = sqliteFile(DATABASE_URL);
  if (POSTGRES) throw new Stop('Copies are made of SQLite databases only. For PostgreSQL use pg_restore.');
  const release = holdStore(file, 'alone');
  try {
    const { aside, unproven } = restoreCopy(file, copy, Date.now());
    const kept = aside ? `\nWhat was there is kept as ${aside}.` : '';
    const holds = unproven ? `\nThere was no readable database to compare it with. It holds: ${unproven}.` : '';
    return `${copy} is now ${file}.${kept}${holds}`;
  } finally {
    release();
  }
}

/** What the hourly sweep leaves to a person; with `--take N` exactly as many as were said are put into quarantine. */
async function sweepLeftOvers(args: string[]): Promise<string> {
  const { take } = readOptions(args, { take: { type: 'string' } });
  return await onDatabase(async (app) => {
    if (!(await ownsMedia(app)))
      throw new Stop(`${app.env.MEDIA_DIR} holds the objects of another database, or not those that this one names.`);
    const nowMs = Date.now();
    const { keys, stored } = await findLeftOvers(app, nowMs);
    const found = `${keys.length} of ${stored} media objects are named by no row and older than a day.`;
    if (take === undefined) return `${found}\nWith --take ${keys.length} they are put into quarantine for 30 days.`;
    if (take !== String(keys.length)) throw new Stop(`${found} Nothing was moved: --take says another number.`);
    await quarantine(app, keys, nowMs);
    return `${found}\nThey are in quarantine; a row that names one of them within 30 days brings it back.`;
  });
}

/** Where a person has seen that the folder is this database's, such as a new one after the old disk was lost. */
async function claimMedia(args: string[]): Promise<string> {
  const { confirm } = readOptions(args, { confirm: { type: 'boolean' } });
  return await onDatabase(async (app) => {
    const folder = app.env.MEDIA_DIR;
    if (await ownsMedia(app)) return `${folder} carries the id of this database already.`;
    const owner = await app.storage.owner();
    const whose = owner === null ? 'carries no store id' : `carries the id of another store, ${owner}`;
    if (!confirm) return `${folder} ${whose}. With --confirm it is claimed for this database.`;
    await app.storage.claim(await app.database.read((d) => findStoreId(d)));
    return `${folder} ${whose.replace('carries', 'carried')}; it is this database's now.`;
  });
}

/** One line per clinic: its id, the number and the seal of its last row. */
async function printAuditHeads(args: string[]): Promise<string> {
  readOptions(args, {});
  return await onDatabase(async ({ database }) => {
    const heads = await database.read(function* (d) {
      const lines: string[] = [];
      for (const { id } of yield* listClinics(d)) {
        const head = yield* findChainHead(d, { clinicId: id });
        lines.push(head ? `${id} ${head.n} ${head.hash}` : `${id} 0 -`);
      }
      return lines;
    });
    return [new Date().toISOString(), ...heads].join('\n');
  });
}

const COMMANDS = new Map<string, (args: string[]) => Promise<string>>([
  ['audit-heads', printAuditHeads],
  ['create-clinic', makeClinic],
  ['reset-password', resetPassword],
  ['restore-copy', restoreTheCopy],
  ['sweep', sweepLeftOvers],
  ['claim-media', claimMedia],
  ...RECORD_COMMANDS,
  ...BACKUP_COMMANDS,
  ['doctor', doctor],
]);

async function main(): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  const command = COMMANDS.get(name ?? '');
  if (!command) throw new Stop(name === undefined ? USAGE : `There is no command ${name}.\n\n${USAGE}`);
  process.stdout.write(`\n${await command(args)}\n\n`);
}

main().catch((error: unknown) =>
  fail(error instanceof EnvError || error instanceof StoreRefusal ? new Stop(error.message) : error),
);
