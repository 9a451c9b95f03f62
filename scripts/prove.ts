import { spawnSync } from 'node:child_process';
import { fail, Stop } from './console.mjs';
import { startPostgres } from './postgres-server';
import { proveBackup } from './prove/backup';
import { proveTwoStarts } from './prove/two-starts';

/** Long proofs, by name; each has a small version in `npm test`. */
const PROOFS = new Map<string, (server: string) => Promise<Record<string, unknown>>>([
  ['two-starts', proveTwoStarts],
  ['backup', proveBackup],
]);

const USAGE = `npm run prove -- NAME runs a long proof on both engines and prints one line of JSON.
Names: ${[...PROOFS.keys()].join(', ')}.`;

/** The engine is chosen as the process begins, so each has one of its own. */
function onEngine(name: string, databaseUrl: string): Record<string, unknown> {
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/prove.ts', name, 'here'];
  const run = spawnSync(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = run.stdout.trim().split('\n').at(-1);
  if (run.status !== 0 || !line) throw new Error(`the proof ended with ${run.status}\n${run.stdout}`);
  return JSON.parse(line) as Record<string, unknown>;
}

async function main(): Promise<void> {
  const [name = '', here] = process.argv.slice(2);
  const proof = PROOFS.get(name);
  if (!proof) throw new Stop(name === '' ? USAGE : `There is no proof ${name}.\n\n${USAGE}`);
  if (here) {
    process.stdout.write(`${JSON.stringify(await proof(process.env.DATABASE_URL ?? ''))}\n`);
    return;
  }
  const server = await startPostgres();
  try {
    const sqlite = onEngine(name, 'file:chosen-by-the-proof');
    const postgres = onEngine(name, server.adminUrl);
    const line = { prove: name, at: new Date().toISOString(), node: process.version, sqlite, postgres };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (sqlite.wrong !== 0 || postgres.wrong !== 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

await main().catch(fail);
