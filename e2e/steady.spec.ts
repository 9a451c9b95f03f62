import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { HOUR_MS } from '../domain/time/duration';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

/** A line of text is some twenty pixels; fonts of one size differ by less than this. */
const MOVED_PX = 6;

/** What has moved up or down by itself since the page was begun, in its own words. */
async function watchMoves(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript((least) => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    type Shift = { sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[] };
    new PerformanceObserver((list) => {
      for (const { sources } of list.getEntries() as unknown as Shift[])
        for (const { node, previousRect, currentRect } of sources)
          if (Math.abs(currentRect.y - previousRect.y) > least)
            moved.push(`${node?.textContent?.slice(0, 60)}: ${previousRect.y} to ${currentRect.y}`);
    }).observe({ type: 'layout-shift', buffered: true });
  }, MOVED_PX);
  return () => page.evaluate(() => (window as unknown as { moved: string[] }).moved);
}

test('Nothing moves under a finger while a page comes alive', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const { clinicId, ana: patient, mira } = pair;
  const of = { clinicId, patient, clinicianId: mira.userId, phone: '+44 20 7946 0100', timeZone: 'Europe/London' };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeVisit(d, { ...of, startsAt: Date.now() + HOUR_MS, ended: false })),
  );
  const zone = 'America/New_York';
  for (const [userId, device, paths] of [
    [patient.userId, 'phone', ['/today', '/visits', '/check-ins', '/progress', '/check-ins/new']],
    [mira.userId, 'desktop', ['/patients', '/review', '/schedule', `/patients/${patient.patientId}`]],
  ] as const) {
    const page = await people.page(userId, { device, zone });
    const moves = await watchMoves(page);
    for (const path of paths) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      // What is read after the first paint is there, too.
      await page.waitForLoadState('networkidle');
      expect(await moves(), path).toEqual([]);
    }
  }
});
