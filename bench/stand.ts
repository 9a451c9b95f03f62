import type { Browser, Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { launchWithCamera, makePair, type Pair, signInAs } from '../e2e/fixtures';
import { withProgram } from '../e2e/prescribed';
import { startServer, type TestServer } from '../e2e/server';
import { ensureBuilt } from '../scripts/fresh.mjs';
import { say } from './figures';

export type Stand = {
  server: TestServer;
  browser: Browser;
  pair: Pair;
  page(userId: string | null, device?: 'phone' | 'desktop'): Promise<Page>;
};

const VIEWPORTS = { phone: { width: 360, height: 780 }, desktop: { width: 1280, height: 800 } };

/** The built app with a real LiveKit server, a browser with a camera, a clinician and her patient with a program. */
export async function withStand<T>(work: (stand: Stand) => Promise<T>): Promise<T> {
  say(`build ${await ensureBuilt()}`);
  const server = await startServer();
  const browser = await launchWithCamera();
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    await withProgram(server, pair, ['tendon-glides', 'full-fist-and-open']);
    const page = async (userId: string | null, device: keyof typeof VIEWPORTS = 'desktop') => {
      const context = await browser.newContext({
        baseURL: server.url,
        viewport: VIEWPORTS[device],
        permissions: ['camera', 'microphone'],
      });
      // tsx wraps every named function in a call of this helper, also those that are sent into a page.
      await context.addInitScript('globalThis.__name = (named) => named');
      if (userId) await signInAs(server, context, userId);
      return await context.newPage();
    };
    return await work({ server, browser, pair, page });
  } finally {
    await browser.close();
    await server.stop();
  }
}
