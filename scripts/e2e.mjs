// npm run e2e [-- spec …]: the browser specs against the built app, with a real LiveKit server.
import { fail, step } from './console.mjs';
import { ensureBuilt, ensureInstalled } from './fresh.mjs';
import { run } from './spawn.mjs';

try {
  await step('Packages', ensureInstalled);
  await step('Build', ensureBuilt);
} catch (error) {
  fail(error);
}
const env = { ...process.env, NODE_OPTIONS: '--conditions=react-server' };
await run('npx', ['playwright', 'test', '-c', 'e2e', ...process.argv.slice(2)], { env, show: true }).catch(() =>
  process.exit(1),
);
