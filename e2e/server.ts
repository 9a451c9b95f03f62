import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acquireLiveKit, startLiveKit } from '../scripts/livekit-server.mjs';
import { freePort, start, waitForHttp } from '../scripts/spawn.mjs';
import { type MailServer, type Manner, startMailServer } from '../server/testing/mail-server';

type Running = { pid: number | undefined; stop(graceMs?: number): Promise<void>; ended: Promise<unknown> };

export type TestServer = {
  url: string;
  databaseUrl: string;
  secret: string;
  app: Running;
  liveKit: Running & { url: string; apiUrl: string; key: string; secret: string };
  /** The real SMTP server that the app sends to. */
  mail: MailServer;
  env: Record<string, string>;
  folder: string;
  /** What the app wrote to its log. */
  log: string[];
  startApp(): Promise<void>;
  stop(): Promise<void>;
};

/** `withoutLiveKit`: the media server is set up, and not there. `mannerOf`: how the mail server treats a letter. */
export type ServerOptions = {
  env?: Record<string, string>;
  withoutLiveKit?: boolean;
  mannerOf?: (to: string) => Manner;
};

async function absentLiveKit() {
  const port = await freePort();
  const ended = Promise.resolve();
  const stop = async () => undefined;
  return { pid: undefined, ended, stop, url: `ws://127.0.0.1:${port}`, apiUrl: `http://127.0.0.1:${port}` };
}

/** As `npm start` would start it. */
const base = (port: number) => ({
  ...(process.env as Record<string, string>),
  NODE_ENV: 'production',
  NODE_OPTIONS: '',
  NEXT_TELEMETRY_DISABLED: '1',
  NEXT_MANUAL_SIG_HANDLE: '1',
  PORT: String(port),
  REGRASP_LOG: 'warn',
});

/** The built app on an empty database, with a LiveKit server and a mail server of its own, all on the loopback and real. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const { env: extra = {}, withoutLiveKit, mannerOf } = options;
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-e2e-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const secret = randomBytes(32).toString('base64url');
  const liveKitSecret = randomBytes(32).toString('base64url');
  const keys = { key: 'e2e', secret: liveKitSecret };
  const webhookUrl = `${url}/api/livekit/webhook`;
  const liveKit = withoutLiveKit
    ? await absentLiveKit()
    : await startLiveKit(await acquireLiveKit(), { folder, ...keys, webhookUrl });
  const mail = await startMailServer(mannerOf);
  const env = {
    ...base(port),
    REGRASP_URL: url,
    REGRASP_SECRET: secret,
    DATABASE_URL: `file:${join(folder, 'e2e.sqlite')}`,
    MEDIA_DIR: join(folder, 'media'),
    LIVEKIT_URL: liveKit.url,
    LIVEKIT_API_URL: liveKit.apiUrl,
    LIVEKIT_API_KEY: 'e2e',
    LIVEKIT_API_SECRET: liveKitSecret,
    SMTP_URL: mail.url,
    MAIL_FROM: 'Larkfield <post@larkfield.example>',
    ...extra,
  };
  const log: string[] = [];
  const apps: Running[] = [];
  const server: TestServer = {
    url,
    databaseUrl: env.DATABASE_URL,
    secret,
    mail,
    env,
    folder,
    log,
    app: { pid: undefined, stop: async () => undefined, ended: Promise.resolve() },
    liveKit: { ...liveKit, ...keys },
    async startApp() {
      const args = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', String(port)];
      server.app = start(process.execPath, args, { env, onLine: (line: string) => log.push(line) });
      apps.push(server.app);
      await waitForHttp(`${url}/api/health`, { timeoutMs: 60_000, ended: server.app.ended });
    },
    async stop() {
      await Promise.all(apps.map((app) => app.stop()));
      await liveKit.stop();
      await mail.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.startApp().catch((problem) => server.stop().then(() => Promise.reject(problem)));
  return server;
}
