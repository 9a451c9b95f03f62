import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { expect, launchWithCamera, signInAs, test } from './fixtures';
import { meet, stageOf } from './meeting';

/** Which camera the picture of a video comes from, by its name. */
async function cameraOf(video: Locator): Promise<string> {
  return await video.evaluate((shown: HTMLVideoElement) => {
    const [track] = (shown.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
    return track?.label ?? '';
  });
}

const ownPicture = (page: Page) => page.getByRole('region', { name: 'Your picture' }).locator('video');

test('Any of three cameras is reached at the door, in the visit and in the recorder, and is remembered', async ({
  people,
  server,
}) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { device: 'desktop' });
  const browser = await launchWithCamera('allow', 3);
  try {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 780 } });
    await signInAs(server, context, pair.ana.userId ?? '');
    const ana = await context.newPage();
    await meet(mira, ana, pair.ana.patientId, {
      async atTheDoor() {
        const cameras = ana.getByLabel('Camera', { exact: true });
        await expect(cameras.getByRole('option')).toHaveCount(4);
        await cameras.selectOption({ index: 3 });
        await expect.poll(() => cameraOf(ownPicture(ana))).toMatch(/2/);
        await expectAccessible(ana, 'a door with three cameras');
      },
    });
    const sent = () => cameraOf(stageOf.ana(ana).locator('video'));
    await expect.poll(sent).toMatch(/2/);
    await ana.getByRole('button', { name: 'Camera and microphone' }).click();
    const choice = ana.getByRole('dialog', { name: 'Camera and microphone' });
    await expectAccessible(ana, 'another camera in the visit');
    // The second one measures depth, and no browser sends that.
    for (const [index, name] of [
      [0, /0/],
      [2, /2/],
    ] as const) {
      await choice.getByLabel('Camera', { exact: true }).selectOption({ index });
      await expect.poll(sent).toMatch(name);
    }
    await choice.getByRole('button', { name: 'Done' }).click();
    await ana.reload();
    await expect.poll(sent).toMatch(/2/);
    await expect(stageOf.mira(mira).locator('video')).toBeVisible();

    const recorder = await context.newPage();
    await recorder.goto('/check-ins/new');
    await recorder.getByRole('radio', { name: '2', exact: true }).check();
    await recorder.getByRole('button', { name: 'Go on to the camera' }).click();
    const filmed = () => cameraOf(recorder.getByRole('figure', { name: 'Camera picture' }).locator('video'));
    await expect.poll(filmed).toMatch(/2/);
    for (const [index, name] of [
      [0, /0/],
      [1, /1/],
    ] as const) {
      await recorder.getByLabel('Camera', { exact: true }).selectOption({ index });
      await expect.poll(filmed).toMatch(name);
    }
    await recorder.reload();
    await expect.poll(filmed).toMatch(/1/);
  } finally {
    await browser.close();
  }
});
