import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, start } from '../scripts/spawn.mjs';
import { expect, test } from './fixtures';

/** The house under another address: its own secrets, state and database, and the same sources, packages and build. */
function linkedHouse(): string {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-up-'));
  const own = new Set(['.env.local', '.regrasp', '.data', '.git', 'test-results']);
  for (const name of readdirSync('.')) if (!own.has(name)) symlinkSync(join(process.cwd(), name), join(folder, name));
  return folder;
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

type Up = { url: string; said: string; readyMs: number; pids: number[]; interrupt(): Promise<number> };

/** Whatever the test finds, nothing that it started outlives it. */
const started: { stop(graceMs?: number): Promise<void> }[] = [];
test.afterEach(() => Promise.all(started.map((one) => one.stop(15_000))));

/** Runs it until it prints its address. `interrupt` is Ctrl-C; it answers how long the end took. */
async function up(folder: string): Promise<Up> {
  const lines: string[] = [];
  const begun = performance.now();
  // No registry, no download: where it would ask the network, it fails.
  const offline = { npm_config_offline: 'true', HTTPS_PROXY: 'http://127.0.0.1:9', HTTP_PROXY: 'http://127.0.0.1:9' };
  const env = { ...process.env, ...offline, NODE_OPTIONS: '', PORT: String(await freePort()), LIVEKIT_URL: undefined };
  const running = start(process.execPath, ['scripts/up.mjs'], { cwd: folder, env, onLine: (line) => lines.push(line) });
  started.push(running);
  let over = false;
  void running.ended.then(() => {
    over = true;
  });
  const said = () => lines.join('\n');
  const isOver = () => over || said().includes('Ctrl-C stops');
  await expect.poll(isOver, { timeout: 90_000, intervals: [100] }).toBe(true);
  const readyMs = performance.now() - begun;
  expect(over, said()).toBe(false);
  const { url, pids } = JSON.parse(readFileSync(join(folder, '.regrasp', 'up.json'), 'utf8'));
  return {
    url,
    said: said(),
    readyMs,
    pids: pids.map((one: { pid: number }) => one.pid),
    async interrupt() {
      const asked = performance.now();
      if (running.pid) process.kill(running.pid, 'SIGINT');
      await running.ended;
      return performance.now() - asked;
    },
  };
}

const passwordIn = (said: string) => /^\s+password\s+(\S+)$/m.exec(said)?.[1];

async function expectReady({ url, said, pids }: Up): Promise<void> {
  expect(said).toContain(`Regrasp is running: ${url}`);
  for (const [part, email] of [
    ['clinician', 'mira@demo.regrasp.test'],
    ['patient', 'ana@demo.regrasp.test'],
    ['admin', 'admin@demo.regrasp.test'],
  ])
    expect(said).toMatch(new RegExp(`^\\s+${part}\\s+${email}$`, 'm'));
  expect(pids).toHaveLength(2);
  expect(pids.filter(isAlive)).toEqual(pids);
  const answer = await fetch(`${url}/api/health`);
  expect([answer.status, await answer.json()]).toEqual([200, { ready: true, database: 'ok', degraded: [] }]);
}

async function expectGoneAfterCtrlC({ pids, interrupt }: Up): Promise<void> {
  expect(await interrupt()).toBeLessThan(10_000);
  expect(pids.filter(isAlive)).toEqual([]);
}

test('From the first start to a demo clinic, and again without the network; it ends with Ctrl-C', async ({
  browserWithCamera,
}) => {
  test.setTimeout(300_000);
  const folder = linkedHouse();
  try {
    const first = await up(folder);
    await expectReady(first);
    const password = passwordIn(first.said) ?? '';
    expect(password).toMatch(/^[a-z]+-[a-z]+-[a-z]+-[a-z]+-\d{3}$/);
    const page = await browserWithCamera.newPage({ baseURL: first.url });
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill('mira@demo.regrasp.test');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('link', { name: 'Walter Lindqvist' }).first()).toBeVisible();
    await page.close();
    await expectGoneAfterCtrlC(first);

    const second = await up(folder);
    await expectReady(second);
    expect(passwordIn(second.said)).toBe(password);
    // The promise is 15 s on a quiet machine; this one builds and tests beside it.
    expect(second.readyMs).toBeLessThan(30_000);
    test.info().annotations.push({ type: 'second start, ms', description: String(Math.round(second.readyMs)) });
    await expectGoneAfterCtrlC(second);

    await expectRefusedForRealUse(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** `next start` on the demo database without saying that it is one. */
async function expectRefusedForRealUse(folder: string): Promise<void> {
  const lines: string[] = [];
  const port = String(await freePort());
  const args = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', port];
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    NODE_OPTIONS: '',
    REGRASP_DEMO: '0',
    REGRASP_SECRET: 'x'.repeat(32),
    REGRASP_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: `file:${join(folder, '.data', 'demo.sqlite')}`,
    MEDIA_DIR: join(folder, '.data', 'demo-media'),
  };
  const app = start(process.execPath, args, { env, onLine: (line) => lines.push(line) });
  started.push(app);
  expect(await app.ended).toMatchObject({ code: 1 });
  expect(lines.join('\n')).toContain('this database holds the demo clinic');
}
