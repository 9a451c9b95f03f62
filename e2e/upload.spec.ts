import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { listCheckInMedia, listCheckIns, moveCheckIn } from '../db/queries/check-in/check-ins';
import { moveMedia } from '../db/queries/check-in/media';
import { handClip } from './clips';
import { expect, test } from './fixtures';

/** Answers the questions and sends a file of the phone in place of filming. */
async function sendFile(page: Page, file: string): Promise<void> {
  await page.goto('/check-ins/new');
  await page.getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('button', { name: 'Go on to the camera' }).click();
  await page.getByLabel('Take a clip from this device').setInputFiles(file);
  await expect(page.getByLabel('Your clip')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

test('A clip picked from the phone arrives, ready to be looked at', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await sendFile(ana, await handClip());
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('of 180')).toBeVisible();
});

test('A clip arrives from a browser whose store takes bytes and no blobs', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (value, key) {
      if (value?.piece instanceof Blob) throw new DOMException('no blobs', 'DataCloneError');
      return put.call(this, value, key);
    };
  });
  await sendFile(ana, await handClip());
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
});

test('How much of a clip has arrived is shown, and spoken to nobody', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.addInitScript(() => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const live = '[role=status], [role=alert], [role=progressbar], [aria-live]:not([aria-live=off])';
    new MutationObserver(() => {
      for (const region of document.querySelectorAll(live)) spoken.push(region.textContent ?? '');
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await ana.route('**/api/uploads/**', async (route) => {
    if (route.request().method() === 'PATCH') await held;
    await route.continue();
  });
  await sendFile(ana, await handClip());
  await expect(ana.getByText(/Sending, \d+\s%/)).toBeVisible();
  goOn();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
  const spoken = await ana.evaluate(() => (window as unknown as { spoken: string[] }).spoken);
  expect(spoken.join(' ')).toContain('On its way');
  expect(spoken.join(' ')).not.toMatch(/%/);
});

test('A phone that comes back after two weeks still delivers the clip that was sent', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const pieces = '**/api/uploads**';
  await ana.route(pieces, (route) => route.abort());
  const stopped = ana.waitForEvent('console', (message) => message.text().includes('ERR_FAILED'));
  await sendFile(ana, await handClip());
  await stopped;
  await expect(ana.getByText('On its way')).toBeVisible();

  // Two weeks later.
  await makeInDatabase(server.databaseUrl, ({ write }) =>
    write(function* (d) {
      const [checkIn] = yield* listCheckIns(d, { clinicId: pair.clinicId, patientId: pair.ana.patientId, limit: 1 });
      if (!checkIn) throw new Error('the check-in was sent');
      const [clip] = yield* listCheckInMedia(d, { checkInIds: [checkIn.id] });
      const change = { state: 'failed' as const, failure: 'upload_expired' };
      yield* moveMedia(d, { mediaId: clip?.media.id ?? '', from: ['pending'], change });
      yield* moveCheckIn(d, { checkInId: checkIn.id, from: ['received'], change: { state: 'failed_media' } });
    }),
  );
  await ana.unroute(pieces);
  await ana.reload();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
  await expect(ana.getByRole('button', { name: 'Send again' })).toHaveCount(0);
});

test('A clip that the browser cleared away while filming is not sent as half a clip', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const browser = await ana.context().newCDPSession(ana);
  await ana.goto('/check-ins/new');
  await ana.getByRole('radio', { name: '2', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await ana.getByRole('button', { name: 'Record' }).click();
  await expect(ana.getByText('Stops in 28 s')).toBeVisible();
  await browser.send('Storage.clearDataForOrigin', { origin: server.url, storageTypes: 'indexeddb' });
  await expect(ana.getByText('Stops in 26 s')).toBeVisible();
  await ana.getByRole('button', { name: 'Stop' }).click();
  await expect(ana.getByRole('alert').filter({ hasText: 'could not keep the clip' })).toBeVisible();
  await ana.getByRole('button', { name: 'Record' }).click();
  await ana.getByRole('button', { name: 'Stop' }).click();
  await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeVisible();
});
