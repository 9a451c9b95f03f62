import { parseArgs } from 'node:util';
import { StoreRefusal } from '../../db/refusal';
import { examine } from '../../server/doctor/examine';
import type { Finding } from '../../server/doctor/finding';
import { startProcess, stopProcess } from '../../server/runtime/process';
import { Stop } from '../console.mjs';

export const DOCTOR_USAGE = `npm run admin -- doctor [--hashes]

Looks at schema, database, audit chain, media against rows, backups, disks, clocks, media server and ffmpeg while the app
runs, changes nothing, and ends with 1 where something is wrong. --hashes reads every media object.`;

const WIDTH = 'warning'.length;

function print({ standing, what, said }: Finding): void {
  const mark = standing === 'wrong' ? 'WRONG' : standing;
  process.stdout.write(`  ${mark.padEnd(WIDTH)}  ${what}: ${said}\n`);
}

export async function doctor(args: string[]): Promise<string> {
  const { withHashes } = readArgs(args);
  const app = await startProcess(process.env, process.cwd(), 'guest').catch((error: unknown) => {
    if (error instanceof StoreRefusal) print({ standing: 'wrong', what: 'schema', said: error.message });
    throw error instanceof StoreRefusal ? new Stop('Nothing else can be looked at before that.') : error;
  });
  let problems = 0;
  try {
    for await (const finding of examine(app, { withHashes, clock: Date.now })) {
      print(finding);
      if (finding.standing === 'wrong') problems += 1;
    }
  } finally {
    await stopProcess(app);
  }
  if (problems > 0) throw new Stop(`${problems} wrong.`);
  return 'Nothing is wrong.';
}

function readArgs(args: string[]): { withHashes: boolean } {
  try {
    const { values } = parseArgs({ args, options: { hashes: { type: 'boolean' } }, strict: true });
    return { withHashes: values.hashes === true };
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : String(error)}\n\n${DOCTOR_USAGE}`);
  }
}
