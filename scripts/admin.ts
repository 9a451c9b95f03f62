import { parseArgs } from 'node:util';
import { migrateDatabase } from '../db/migrate';
import { createClinic, newClinicSchema } from '../server/create-clinic';
import { EnvError } from '../server/env';
import { startProcess, stopProcess } from '../server/process';
import { fail, Stop } from './console.mjs';
import { readEnvFile } from './env-file.mjs';

const USAGE = `npm run admin -- create-clinic --name "Larkfield Hand Clinic" --time-zone Europe/London \\
  --phone "+44 20 7946 0100" --emergency-number 999 --admin-name "Ada Lind"

Prints a link that works once and makes the first admin. It is shown only here.`;

const OPTIONS = {
  name: { type: 'string' },
  'time-zone': { type: 'string' },
  phone: { type: 'string' },
  'emergency-number': { type: 'string' },
  'admin-name': { type: 'string' },
} as const;

function readInput(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS, strict: true });
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

async function main(): Promise<void> {
  const [command, ...args] = process.argv.slice(2);
  if (command !== 'create-clinic') throw new Stop(USAGE);
  const input = readInput(args);
  const app = startProcess({ ...readEnvFile('.env'), ...readEnvFile('.env.local'), ...process.env }, process.cwd());
  await migrateDatabase(app.env.DATABASE_URL, app.root);
  const { url } = await createClinic(app, input, Date.now());
  await stopProcess(app);
  process.stdout.write(
    `\nThe clinic is made. Give this link to ${input.adminName}; it works once, for 7 days:\n\n  ${url}\n\n`,
  );
}

main().catch((error: unknown) => fail(error instanceof EnvError ? new Stop(error.message) : error));
