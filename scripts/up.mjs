// npm run up: from a fresh clone to a printed address, with a demo clinic and a real media server beside the app.
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fail, Stop, step } from './console.mjs';
import { ensureSecrets, readPort } from './env-file.mjs';
import { ensureBuilt, ensureInstalled } from './fresh.mjs';
import { acquireLiveKit, startLiveKit } from './livekit-server.mjs';
import { ensureFfmpeg } from './programs.mjs';
import { freePort, run, start, waitForHttp } from './spawn.mjs';

const STATE = '.regrasp';
const [nodeMajor, nodeMinor] = process.versions.node.split('.').map(Number);

/** The media server of the environment, or one of our own; null with the reason printed where none can be had. */
async function mediaServer(env, appUrl, running) {
  if (process.env.LIVEKIT_URL) return { LIVEKIT_URL: process.env.LIVEKIT_URL };
  let binary;
  try {
    binary = await acquireLiveKit(process.env, (what) => process.stdout.write(`(${what}) `));
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    process.stderr.write(`\n${error.message}\nThe rest works; visits say that the media server is missing.\n`);
    return {};
  }
  const secret = createHmac('sha256', env.REGRASP_SECRET).update('livekit').digest('base64url');
  const server = await startLiveKit(binary, {
    folder: STATE,
    key: 'regrasp',
    secret,
    webhookUrl: `${appUrl}/api/livekit/webhook`,
    preferredPort: 7880,
    onLine: (line) => /\b(WARN|ERROR)\b/.test(line) && process.stdout.write(`  livekit: ${line}\n`),
  });
  running.push({ name: 'LiveKit', ...server });
  return {
    LIVEKIT_URL: server.url,
    LIVEKIT_API_URL: server.apiUrl,
    LIVEKIT_API_KEY: 'regrasp',
    LIVEKIT_API_SECRET: secret,
  };
}

async function startApp(env, port, dev, running) {
  const command = dev ? ['dev', '--turbopack'] : ['start'];
  const args = ['node_modules/next/dist/bin/next', ...command, '-H', '127.0.0.1', '-p', String(port)];
  const app = start(process.execPath, args, {
    env,
    onLine: (line) => line.trim() && process.stdout.write(`  app: ${line}\n`),
  });
  running.push({ name: 'app', ...app });
  await waitForHttp(`http://127.0.0.1:${port}/api/health`, { timeoutMs: 60_000, ended: app.ended });
}

function stopAll(running) {
  let stopping = null;
  return () => {
    stopping ??= Promise.all([...running].reverse().map(({ stop }) => stop(6000)));
    return stopping;
  };
}

async function up() {
  const dev = process.argv.includes('--dev');
  if (nodeMajor < 20 || (nodeMajor === 20 && nodeMinor < 19))
    throw new Stop(`Regrasp needs Node 20.19 or later; this is ${process.version}.`);
  const running = [];
  const stop = stopAll(running);
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => stop().then(() => process.exit(0)));
  try {
    process.stdout.write('Regrasp\n');
    mkdirSync(STATE, { recursive: true });
    const secrets = ensureSecrets('.env.local');
    await step('Packages', ensureInstalled);
    await step('ffmpeg', ensureFfmpeg);
    if (!dev) await step('Build', ensureBuilt);
    const port = await freePort(readPort(process.env.PORT));
    const url = `http://127.0.0.1:${port}`;
    let media = {};
    await step('Media server', async () => {
      media = await mediaServer(secrets, url, running);
    });
    const env = {
      ...process.env,
      ...secrets,
      ...media,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      NEXT_MANUAL_SIG_HANDLE: dev ? undefined : '1',
      PORT: String(port),
      REGRASP_URL: url,
      REGRASP_DEMO: '1',
      REGRASP_LOG: process.env.REGRASP_LOG ?? 'warn',
      DATABASE_URL: process.env.REGRASP_UP_DATABASE ?? 'file:.data/demo.sqlite',
      MEDIA_DIR: process.env.REGRASP_UP_MEDIA ?? '.data/demo-media',
      MAIL_DIR: process.env.MAIL_DIR ?? '.data/mail',
    };
    await step('Demo clinic', () =>
      run(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/seed-demo.ts'], { env }).then(
        () => 'ready',
      ),
    );
    await step('App', () => startApp(env, port, dev, running));
    writeFileSync(`${STATE}/up.json`, JSON.stringify({ url, pids: running.map(({ name, pid }) => ({ name, pid })) }));
    process.stdout.write(welcome(url, secrets.REGRASP_DEMO_PASSWORD));
    const first = await Promise.race(running.map(({ name, ended }) => ended.then((end) => ({ name, ...end }))));
    await stop();
    throw new Stop(`${first.name} ended${first.code === null ? '' : ` with ${first.code}`}.`);
  } catch (error) {
    await stop();
    fail(error);
  }
}

function welcome(url, password) {
  return `
Regrasp is running: ${url}

  clinician  mira@demo.regrasp.test
  patient    ana@demo.regrasp.test
  admin      admin@demo.regrasp.test
  password   ${password}

Demo people and data are invented. Ctrl-C stops the app and the media server.
`;
}

await up();
