import { spawn } from 'node:child_process';
import { fail, Stop } from './console.mjs';
import { ensureBuilt } from './fresh.mjs';
import { startPostgres } from './postgres-server';
import { proveBackup } from './prove/backup';
import { proveDeliver } from './prove/deliver';
import { proveDisk } from './prove/disk';
import { proveFuzz } from './prove/fuzz';
import { proveKill, proveRestart } from './prove/kill';
import { proveTwoStarts } from './prove/two-starts';

/** Long proofs, by name; each has a small version in `npm test`. */
const PROOFS = new Map<string, (server: string, size: 'full' | 'small') => Promise<Record<string, unknown>>>([
  ['two-starts', proveTwoStarts],
  ['backup', proveBackup],
  ['kill', proveKill],
  ['restart', proveRestart],
  ['disk', proveDisk],
  ['fuzz', proveFuzz],
  ['deliver', proveDeliver],
]);

/** Those that try the built app. */
const ON_THE_APP = new Set(['kill', 'restart', 'disk', 'deliver']);

const USAGE = `npm run prove -- NAME [--small] runs a long proof on both engines and prints one line of JSON.
Names: ${[...PROOFS.keys()].join(', ')}.`;

/** The engine is chosen as the process begins, so each has one of its own. */
async function onEngine(name: string, size: string, databaseUrl: string): Promise<Record<string, unknown>> {
  const args = ['--conditions=react-server', '--import', 'tsx', 'scripts/prove.ts', name, size];
  const run = spawn(process.execPath, args, {
    env: { ...process.env, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  run.stdout.on('data', (chunk: Buffer) => {
    output += chunk;
  });
  const code = await new Promise((resolve) => run.once('close', resolve));
  const line = output.trim().split('\n').at(-1);
  if (code !== 0 || !line) throw new Error(`the proof ended with ${code}\n${output}`);
  return JSON.parse(line) as Record<string, unknown>;
}

async function main(): Promise<void> {
  const [name = '', size] = process.argv.slice(2);
  const proof = PROOFS.get(name);
  if (!proof) throw new Stop(name === '' ? USAGE : `There is no proof ${name}.\n\n${USAGE}`);
  // With a size: here and now, on the engine and the server of DATABASE_URL.
  if (size === 'full' || size === 'small') {
    process.stdout.write(`${JSON.stringify(await proof(process.env.DATABASE_URL ?? '', size))}\n`);
    return;
  }
  // Once, before both engines want it.
  if (ON_THE_APP.has(name)) await ensureBuilt();
  const server = await startPostgres();
  try {
    const urls = ['file:chosen-by-the-proof', server.adminUrl];
    const [sqlite, postgres] = await Promise.all(
      urls.map((url) => onEngine(name, size === '--small' ? 'small' : 'full', url)),
    );
    const line = { prove: name, at: new Date().toISOString(), node: process.version, sqlite, postgres };
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (sqlite?.wrong !== 0 || postgres?.wrong !== 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
}

await main().catch(fail);
