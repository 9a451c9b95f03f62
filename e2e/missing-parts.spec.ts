import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { findProgram } from '../scripts/programs.mjs';
import { freePort, start } from '../scripts/spawn.mjs';
import { Doors, resultOf, sha256 } from './doors';
import { expect, launchWithCamera, makePair, signInAs, test } from './fixtures';
import { withProgram } from './prescribed';
import { type ServerOptions, startServer, type TestServer } from './server';

/** A server of this spec's own, because these promises are about what is not there when it starts. */
async function withServer(options: ServerOptions, work: (server: TestServer, browser: Browser) => Promise<void>) {
  const server = await startServer(options);
  const browser = await launchWithCamera();
  try {
    await work(server, browser);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function pageOf(server: TestServer, browser: Browser, userId: string | null) {
  const context = await browser.newContext({
    baseURL: server.url,
    permissions: ['camera', 'microphone'],
    viewport: { width: 360, height: 780 },
  });
  if (userId) await signInAs(server, context, userId);
  return await context.newPage();
}

/** Never `npm start` where it would come to installing: that would take the packages away from under these specs. */
const NEXT_START = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p'];
const NPM_START = ['scripts/start.mjs'];

const wrong: [string, Record<string, string>, 'next start' | 'npm start'][] = [
  ['REGRASP_SECRET', { REGRASP_SECRET: 'too short' }, 'next start'],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://root:hunter2@localhost/x' }, 'next start'],
  ['LIVEKIT_URL', { LIVEKIT_URL: 'wss://x.example', LIVEKIT_API_KEY: '', LIVEKIT_API_SECRET: '' }, 'next start'],
  // Looked at before anything is installed or built.
  ['PORT', { PORT: '70000' }, 'npm start'],
];

for (const [variable, env, command] of wrong) {
  test(`With a wrong ${variable} ${command} ends with 1 and names it`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'regrasp-env-'));
    const good = {
      PORT: String(await freePort()),
      REGRASP_SECRET: 'x'.repeat(32),
      DATABASE_URL: `file:${join(folder, 'env.sqlite')}`,
      MEDIA_DIR: join(folder, 'media'),
    };
    const lines: string[] = [];
    const args = command === 'npm start' ? NPM_START : [...NEXT_START, good.PORT];
    const app = start(process.execPath, args, {
      env: { ...process.env, NODE_ENV: 'production', NODE_OPTIONS: '', ...good, ...env },
      onLine: (line: string) => lines.push(line),
    });
    try {
      expect(await app.ended).toMatchObject({ code: 1 });
      const said = lines.join('\n');
      expect(said).toContain('Regrasp cannot start');
      expect(said).toMatch(new RegExp(`^\\s*${variable}: `, 'm'));
      expect(said).not.toContain('hunter2');
      expect(said).not.toMatch(/^\s+at /m);
    } finally {
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test('Without its media server the rest works, and the visit’s page offers the phone', async () => {
  await withServer({ withoutLiveKit: true }, async (server, browser) => {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    await withProgram(server, pair, ['tendon-glides']);
    const health = await (await fetch(`${server.url}/api/health`)).json();
    expect(health).toMatchObject({ ready: true, degraded: ['media_server'] });

    const ana = await pageOf(server, browser, pair.ana.userId);
    await ana.goto('/today');
    await ana
      .getByRole('button', { name: /^Done as prescribed/ })
      .first()
      .click();
    await ana.getByRole('radio', { name: '2', exact: true }).first().check();
    await ana.getByRole('button', { name: 'Save' }).click();
    await expect(ana.getByText(/^1 of \d+ done$/)).toBeVisible();

    const mira = await Doors.of(server, pair.mira.userId);
    const plan = { patientId: pair.ana.patientId, startsAt: null, kind: 'review', durationMinutes: 30 };
    const { visitId } = resultOf(await mira.mutate('visits.schedule', plan));
    await mira.mutate('visits.join', { visitId, locationText: null, presentOthers: null });
    expect((await mira.mutate('visits.token', { visitId, tabNonce: 'abcdefgh' })).status).toBe(503);
    await ana.goto(`/visit/${visitId}`);
    const problem = ana.getByRole('alert').filter({ hasText: 'The video server does not answer' });
    const ring = problem.getByRole('link', { name: '+44 20 7946 0100' });
    await expect(ring).toHaveAttribute('href', 'tel:+442079460100');
  });
});

/** A second of a moving picture, as a browser records it. */
function film(folder: string): Buffer {
  const file = join(folder, 'clip.webm');
  const picture = ['-f', 'lavfi', '-i', 'testsrc=size=320x240:rate=20:duration=1'];
  execFileSync('ffmpeg', ['-v', 'error', '-y', ...picture, '-c:v', 'libvpx', '-deadline', 'realtime', file]);
  return readFileSync(file);
}

test('Without ffmpeg a check-in waits and says why; when ffmpeg is there it goes on', async () => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-path-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  await withServer({ env: { PATH: bin } }, async (server, browser) => {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const doors = await Doors.of(server, pair.ana.userId);
    const bytes = film(folder);
    const mediaId = uuidv7();
    const answers = { v: 1, pain: 2, redFlags: [] };
    const clips = [{ mediaId, bytes: bytes.length, sha256: sha256(bytes) }];
    const about = { opId: uuidv7(), checkInId: uuidv7(), lineageId: null, question: '', submittedAt: Date.now() };
    expect((await doors.mutate('checkIns.submit', { ...about, answers, clips })).status).toBe(200);
    expect(resultOf(await doors.upload(mediaId, bytes))).toMatchObject({ state: 'received' });

    const ana = await pageOf(server, browser, pair.ana.userId);
    await ana.goto('/check-ins');
    await expect(ana.getByText('Being prepared')).toBeVisible();
    await expect(ana.getByText('The clinic’s server cannot prepare clips just now.')).toBeVisible();
    for (const name of ['ffmpeg', 'ffprobe']) symlinkSync(findProgram(name) ?? '', join(bin, name));
    await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
    await expect(ana.getByText('The clinic’s server cannot prepare clips just now.')).toHaveCount(0);
  });
  rmSync(folder, { recursive: true, force: true });
});
