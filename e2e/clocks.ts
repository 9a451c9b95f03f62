import type { Page } from '@playwright/test';
import { addDays, localDay } from '../domain/time/local-day';
import { instantsOf } from '../domain/time/wall-time';

const agreed = new WeakSet<Page>();

/**
 * The server says of the time what the page's clock says, however a test moves that: else the page would find its clock
 * wrong, and put it right. The stream of events is left alone.
 */
export async function serverAgrees(page: Page): Promise<void> {
  if (agreed.has(page)) return;
  agreed.add(page);
  await page.route(/\/api\/trpc\/(?!live)/, async (route) => {
    const response = await route.fetch().catch(() => null);
    if (!response) return await route.abort();
    const nowMs = await page.evaluate(() => Date.now()).catch(() => Date.now());
    const headers = { ...response.headers(), date: new Date(nowMs).toUTCString() };
    // The page may be gone by now.
    await route.fulfill({ response, headers }).catch(() => undefined);
  });
}

/** From now on it is another time for this page. */
export async function livesAt(page: Page, atMs: number, { isFixed = false } = {}): Promise<void> {
  await serverAgrees(page);
  await (isFixed ? page.clock.setFixedTime(atMs) : page.clock.setSystemTime(atMs));
}

/** The next midnight in London, epoch ms. */
export function nextMidnight(): number {
  const zone = 'Europe/London';
  const found = instantsOf({ day: addDays(localDay(Date.now(), zone), 1), minutes: 0 }, zone);
  if (found.kind !== 'once') throw new Error('midnight in London is one instant');
  return found.at;
}
