// Runs a TypeScript entry point of this repository: node scripts/run.mjs scripts/x.ts [arguments]
import { spawn } from 'node:child_process';
import { fail } from './console.mjs';
import { readEnvFile } from './env-file.mjs';
import { ensureInstalled } from './fresh.mjs';

await ensureInstalled().catch(fail);
const child = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', ...process.argv.slice(2)], {
  stdio: 'inherit',
  // Before the first import: the database's engine is chosen as it is loaded.
  env: { ...readEnvFile('.env'), ...readEnvFile('.env.local'), ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
