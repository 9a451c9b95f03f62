import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { listCheckInMedia, listCheckIns } from '../db/queries/check-in/check-ins';
import { listDerived } from '../db/queries/check-in/media';
import { listLogs } from '../db/queries/practice/logs';
import { largeHandClip } from './clips';
import { expect, makePair, type Pair, signInAs, test } from './fixtures';
import { startServer, type TestServer } from './server';

type Own = { server: TestServer; pair: Pair; ana: Page };

/** A server of its own, because these promises are about an app that is killed without a word. */
async function withOwnServer(newContext: (url: string) => Promise<BrowserContext>, act: (own: Own) => Promise<void>) {
  const server = await startServer();
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const context = await newContext(server.url);
    await signInAs(server, context, pair.ana.userId ?? '');
    await act({ server, pair, ana: await context.newPage() });
    await context.close();
  } finally {
    await server.stop();
  }
}

async function killApp(server: TestServer): Promise<void> {
  if (!server.app.pid) throw new Error('the app runs');
  process.kill(server.app.pid, 'SIGKILL');
  await server.app.ended;
}

test('A clip survives a reload and a killed app in the middle, and arrives once and whole', async ({
  browserWithCamera,
}) => {
  test.setTimeout(180_000);
  const file = await largeHandClip();
  const whole = readFileSync(file);
  const contextAt = (baseURL: string) => browserWithCamera.newContext({ baseURL, permissions: ['camera'] });
  await withOwnServer(contextAt, async ({ server, pair, ana }) => {
    // Each piece waits at this gate; so many are let through.
    let allowed = 2;
    const offsets: number[] = [];
    const opened: (() => void)[] = [];
    await ana.route('**/api/uploads/**', async (route) => {
      const request = route.request();
      if (request.method() !== 'PATCH') return route.continue();
      if (allowed <= 0) await new Promise<void>((resolve) => opened.push(resolve));
      allowed -= 1;
      offsets.push(Number(request.headers()['upload-offset']));
      // A reload takes its requests with it.
      await route.continue().catch(() => offsets.pop());
    });
    await ana.goto('/check-ins/new');
    await ana.getByRole('radio', { name: '2', exact: true }).check();
    await ana.getByRole('button', { name: 'Go on to the camera' }).click();
    await ana.getByLabel('Take a clip from this device').setInputFiles(file);
    await ana.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => opened.length).toBe(1);
    expect(offsets).toEqual([0, 524_288]);

    allowed = 1;
    await ana.reload();
    await expect.poll(() => offsets.length, { timeout: 30_000 }).toBe(3);
    // It goes on where it was, mid-file.
    expect(offsets[2]).toBe(1_048_576);
    await expect.poll(() => opened.length).toBe(2);

    await killApp(server);
    allowed = 1000;
    for (const open of opened) open();
    await server.startApp();
    await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 100_000 });
    expect(offsets.filter((offset) => offset === 0)).toEqual([0]);

    const found = await makeInDatabase(server.databaseUrl, ({ read }) =>
      read(function* (d) {
        const checkIns = yield* listCheckIns(d, { clinicId: pair.clinicId, patientId: pair.ana.patientId, limit: 9 });
        const clips = yield* listCheckInMedia(d, { checkInIds: checkIns.map(({ id }) => id) });
        return { checkIns, clips, derived: yield* listDerived(d, { mediaIds: clips.map(({ media }) => media.id) }) };
      }),
    );
    expect(found.checkIns).toHaveLength(1);
    expect(found.clips).toHaveLength(1);
    expect(found.derived.filter(({ kind }) => kind === 'original')).toMatchObject([
      { bytes: whole.length, sha256: createHash('sha256').update(whole).digest('hex') },
    ]);
  });
});

test('A log whose answer died with the app is stored exactly once', async ({ browserWithCamera }) => {
  test.setTimeout(150_000);
  const contextAt = (baseURL: string) => browserWithCamera.newContext({ baseURL });
  await withOwnServer(contextAt, async ({ server, pair, ana }) => {
    const whose = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
    const { episodeId } = pair.ana;
    const of = { ...whose, episodeId, publishedBy: pair.mira.userId, exercises: [{ slug: 'full-fist-and-open' }] };
    await makeInDatabase(server.databaseUrl, ({ write }) =>
      write((d) => makeProgram(d, { ...of, at: Date.now() - 60_000, on: '2026-01-01' })),
    );
    // The first try reaches the server, which stores it and dies before its answer arrives.
    let tries = 0;
    let died: () => void = () => undefined;
    const dead = new Promise<void>((resolve) => {
      died = resolve;
    });
    await ana.route('**/api/trpc/*logs.record*', async (route) => {
      tries += 1;
      if (tries > 1) return route.continue();
      const answer = await route.fetch();
      expect(answer.ok()).toBe(true);
      await killApp(server);
      died();
      await route.abort();
    });
    await ana.goto('/today');
    await ana
      .getByRole('button', { name: /^Done as prescribed: Full fist and open/ })
      .first()
      .click();
    await ana.getByRole('radio', { name: '1', exact: true }).check();
    await ana.getByRole('button', { name: 'Save' }).click();
    await dead;
    await expect(ana.getByText('1 waits')).toBeVisible();
    await server.startApp();
    await expect(ana.getByText('All sent')).toBeVisible({ timeout: 60_000 });
    expect(tries).toBeGreaterThan(1);
    const logs = await makeInDatabase(server.databaseUrl, ({ read }) =>
      read((d) => listLogs(d, { ...whose, sinceMs: 0 })),
    );
    expect(logs).toHaveLength(1);
  });
});
