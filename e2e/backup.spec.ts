import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { run } from '../scripts/spawn.mjs';
import { expectAccessible } from './axe';
import { expect, makePair, signInAs, test } from './fixtures';
import { startServer, type TestServer } from './server';

const admin = (env: Record<string, string>, ...args: string[]) => run('npm', ['run', 'admin', '--', ...args], { env });

async function adminPage(browser: Browser, server: TestServer, userId: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  await signInAs(server, context, userId);
  const page = await context.newPage();
  await page.goto('/admin');
  return page;
}

test('A clinic is backed up while it runs, lost, restored elsewhere, and goes on', async ({
  browserWithCamera: browser,
}) => {
  test.setTimeout(180_000);
  const lost = await startServer({ withoutLiveKit: true });
  const pair = await makeInDatabase(lost.databaseUrl, (made) => makePair(made));
  const page = await adminPage(browser, lost, pair.admin.userId);
  await expect(page.getByText('No backup was made yet.')).toBeVisible();
  const [key, backups] = [join(lost.folder, 'key'), join(lost.folder, 'backups')];
  const recipient = /age1\w+/.exec(await admin(lost.env, 'backup-key', key))?.[0] ?? '';
  await admin(lost.env, 'backup', backups, '--to', recipient);
  await page.reload();
  await expect(page.getByText(/^Last backup: .+, encrypted\.$/)).toBeVisible();
  await expectAccessible(page, 'admin with a backup');
  await page.context().close();
  await lost.app.stop();
  rmSync(join(lost.folder, 'e2e.sqlite'));
  rmSync(lost.env.MEDIA_DIR ?? '', { recursive: true });

  const place = {
    DATABASE_URL: `file:${join(lost.folder, 'elsewhere', 'clinic.sqlite')}`,
    MEDIA_DIR: join(lost.folder, 'elsewhere-media'),
    REGRASP_SECRET: lost.secret,
  };
  await admin({ ...lost.env, ...place }, 'restore', backups, '--identity', key);
  const restored = await startServer({ withoutLiveKit: true, env: place });
  try {
    const again = await adminPage(browser, { ...restored, ...{ secret: lost.secret } }, pair.admin.userId);
    await expect(again.getByText('Mira Solberg').first()).toBeVisible();
    await expect(again.getByText(/^Last backup: .+, encrypted\.$/)).toBeVisible();
    await again.context().close();
  } finally {
    await restored.stop();
    await lost.stop();
  }
});
