import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { listLogs } from '../db/queries/practice/logs';
import type { Pair } from './fixtures';
import type { TestServer } from './server';

/** The line goes, once Today has its worker: a browser that loses the line while it loads one says so on its console. */
export async function loseLine(today: Page): Promise<void> {
  await today.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await today.context().setOffline(true);
}

/** From the next page on this browser has no room for anything. */
export async function withoutRoom(page: Page): Promise<void> {
  await page.addInitScript(() => {
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('no room', 'QuotaExceededError');
    };
  });
}

/** The pain of each log that the clinic has. */
export async function storedPains(server: Pick<TestServer, 'databaseUrl'>, { clinicId, ana }: Pair) {
  const logs = await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => listLogs(d, { clinicId, patientId: ana.patientId, sinceMs: 0 })),
  );
  return logs.map(({ log }) => log.pain);
}

/** How many days of a record this browser keeps. */
export const keptDays = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('regrasp-day');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const count = opening.result.transaction('packs').objectStore('packs').count();
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
        };
      }),
  );
