import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dumpHash } from '../db/factories/dump';
import { makeNewerDatabase } from '../db/factories/release';
import { freePort, start } from '../scripts/spawn.mjs';
import { expect, test } from './fixtures';
import { startServer } from './server';

/** The built app, where it is to end by itself: with what it ended and what it said. */
async function startInVain(env: Record<string, string | undefined>) {
  const port = String(await freePort());
  const lines: string[] = [];
  const args = ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', port];
  const app = start(process.execPath, args, {
    env: { ...process.env, ...env, NODE_OPTIONS: '', NODE_ENV: 'production', PORT: port },
    onLine: (line: string) => lines.push(line),
  });
  const { code } = await app.ended;
  return { code, said: lines.join('\n') };
}

test('A second app on the same database says that Regrasp already runs, and the first one serves on', async () => {
  const server = await startServer({ withoutLiveKit: true });
  try {
    const second = await startInVain(server.env);
    expect(second.said).toContain('Regrasp already runs on');
    expect(second.said).not.toMatch(/\n\s+at /);
    expect(second.code).toBe(1);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  } finally {
    await server.stop();
  }
});

test('A database that a newer release made is refused with a sentence, and every row stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'regrasp-newer-'));
  const file = join(folder, 'clinic.sqlite');
  try {
    makeNewerDatabase(file);
    const before = await dumpHash(`file:${file}`);
    const { code, said } = await startInVain({
      REGRASP_SECRET: 'x'.repeat(32),
      DATABASE_URL: `file:${file}`,
      MEDIA_DIR: join(folder, 'media'),
    });
    expect(said).toContain('was made by a newer release of Regrasp');
    expect(said).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
    expect(await dumpHash(`file:${file}`)).toBe(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
