import type { Page } from '@playwright/test';
import { serverAgrees } from './clocks';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

type Taken = { urls: string[]; contexts: AudioContext[] };

/** Notes what a page takes of the browser, and what of it is given back. */
async function watchTaken(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const taken: Taken = { urls: [], contexts: [] };
    Object.assign(window, { taken });
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (of) => {
      const url = createObjectURL.call(URL, of);
      // A worker of the page is no picture.
      if (of instanceof Blob && of.type.startsWith('video/')) taken.urls.push(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      taken.urls = taken.urls.filter((one) => one !== url);
      revokeObjectURL.call(URL, url);
    };
    window.AudioContext = class extends AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options);
        taken.contexts.push(this);
      }
    };
  });
}

const urlsHeld = (page: Page) => page.evaluate(() => (window as unknown as { taken: Taken }).taken.urls.length);
const sounds = (page: Page) =>
  page.evaluate(() => (window as unknown as { taken: Taken }).taken.contexts.map(({ state }) => state));
test('A clip that is looked at, filmed again and left holds one picture at a time, and none afterwards', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await watchTaken(ana);
  await ana.goto('/check-ins');
  await ana.getByRole('link', { name: 'New check-in' }).click();
  await ana.getByRole('radio', { name: '1', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  const film = async () => {
    await ana.getByRole('button', { name: 'Record' }).click();
    await expect(ana.getByText(/^Stops in 2[0-9] s/)).toBeVisible({ timeout: 20_000 });
    await ana.getByRole('button', { name: 'Stop' }).click();
    await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeVisible();
  };
  await film();
  expect(await urlsHeld(ana)).toBe(1);
  await ana.getByRole('button', { name: 'Film again' }).click();
  await expect.poll(() => urlsHeld(ana)).toBe(0);
  await film();
  expect(await urlsHeld(ana)).toBe(1);
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana).toHaveURL('/check-ins');
  await expect.poll(() => urlsHeld(ana)).toBe(0);
});

test('The player sounds by one audio context, however often it is paused, and closes it when it is left', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const { prescriptions } = await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await watchTaken(ana);
  await ana.clock.install();
  await serverAgrees(ana);
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await ana.getByRole('button', { name: 'Start Full fist and open, right hand' }).click();
  await expect(ana.getByText('Repetition 2 of 10')).toBeVisible({ timeout: 60_000 });
  for (const n of [3, 4]) {
    await ana.getByRole('button', { name: 'Pause' }).click();
    await ana.getByRole('button', { name: 'Go on' }).click();
    await expect(ana.getByText(`Repetition ${n} of 10`)).toBeVisible({ timeout: 60_000 });
  }
  expect(await sounds(ana)).toHaveLength(1);
  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect.poll(() => sounds(ana)).toEqual(['closed']);
});
