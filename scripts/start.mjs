// npm start: for real use. It never seeds, and the server refuses a database that holds the demo clinic.
import { fail, step } from './console.mjs';
import { readEnvFile, readPort } from './env-file.mjs';
import { ensureBuilt, ensureInstalled } from './fresh.mjs';
import { requireFreePort, start } from './spawn.mjs';

const settings = { ...readEnvFile('.env'), ...readEnvFile('.env.local'), ...process.env };
let port;
try {
  port = readPort(settings.PORT);
  await step('Packages', ensureInstalled);
  await step('Build', ensureBuilt);
  await requireFreePort(port, settings.HOST ?? '127.0.0.1');
} catch (error) {
  fail(error);
}
const args = ['node_modules/next/dist/bin/next', 'start', '-H', settings.HOST ?? '127.0.0.1', '-p', String(port)];
const env = {
  ...settings,
  NODE_ENV: 'production',
  REGRASP_DEMO: '0',
  NEXT_TELEMETRY_DISABLED: '1',
  NEXT_MANUAL_SIG_HANDLE: '1',
};
const app = start(process.execPath, args, { env, onLine: (line) => process.stdout.write(`${line}\n`) });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void app.stop(30_000));
const { code } = await app.ended;
process.exit(code ?? 0);
