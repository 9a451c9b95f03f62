import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

const list = (page: Page) => page.getByRole('list', { name: 'Messages with your clinic' });
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation with Ana Duarte' });
/** As an iPhone makes it. */
const PHOTO = 'server/media/photo/phone.heic';

test('A question and its photo come back answered', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/messages');
  await ana.getByLabel('Add a photo or a film').setInputFiles([PHOTO, 'package.json']);
  await expect(ana.getByRole('main').getByRole('alert')).toContainText('This is no photo, film or sound.');
  const next = ana.getByRole('list', { name: 'Sent with your message' });
  await expect(next.getByRole('listitem')).toHaveCount(1);
  await next.getByRole('button', { name: 'Take out: photo 1' }).click();
  await expect(next).toHaveCount(0);
  await ana.getByLabel('Add a photo or a film').setInputFiles(PHOTO);
  await ana.getByRole('textbox', { name: 'Your message' }).fill('Is that swelling all right?');
  await expectAccessible(ana, 'a photo before it is sent');
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  const sent = list(ana).getByRole('img', { name: 'Photo of Ana Duarte, opens larger' });
  await expect(sent).toBeVisible({ timeout: 45_000 });
  expect(await sent.evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth))).toBe(320);
  await expectAccessible(ana, 'a photo that was sent');
  await expectNoSidewaysScroll(ana, 'a photo that was sent');
  await expectRoomForLargeText(ana, 'a photo that was sent');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/threads');
  await mira.getByRole('link', { name: /Ana Duarte/ }).click();
  await expect(conversation(mira).getByRole('img', { name: 'Photo of Ana Duarte, opens larger' })).toBeVisible();
  await expectAccessible(mira, 'a photo at the clinic');
  await mira.getByRole('button', { name: 'Record a voice note' }).click();
  await expect(mira.getByRole('timer')).toContainText(/Recording, 0:0[1-9] of 2:00/);
  await expectAccessible(mira, 'a voice note that is recorded');
  const stop = mira.getByRole('button', { name: 'Stop recording' });
  expect((await stop.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(96);
  await stop.click();
  await expect(mira.getByRole('list', { name: 'Sent with your message' })).toContainText('Voice note');
  await mira.getByRole('button', { name: 'Send', exact: true }).click();

  const voice = list(ana).getByLabel('Voice note of Mira Solberg');
  await expect(voice).toBeVisible({ timeout: 45_000 });
  const seconds = () =>
    voice.evaluate((audio: HTMLAudioElement) => {
      audio.load();
      return new Promise<number>((resolve) =>
        audio.addEventListener('loadedmetadata', () => resolve(audio.duration), { once: true }),
      );
    });
  await expect.poll(seconds).toBeGreaterThan(0.5);
  await expect(conversation(mira).getByLabel('Voice note of Mira Solberg')).toBeVisible();
});

test('A photo that was sent without a line arrives when there is one', async ({ people, announced }) => {
  test.setTimeout(120_000);
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/messages');
  await expect(ana.getByRole('textbox', { name: 'Your message' })).toBeVisible();
  await ana.context().setOffline(true);
  await ana.getByLabel('Add a photo or a film').setInputFiles(PHOTO);
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(list(ana)).toContainText('1 attachment');
  await expect(list(ana)).toContainText('Waits for a line');
  await ana.context().setOffline(false);
  await expect(list(ana).getByRole('img', { name: /^Photo of Ana Duarte/ })).toBeVisible({ timeout: 60_000 });
});
