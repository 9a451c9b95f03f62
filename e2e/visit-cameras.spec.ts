import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe';
import { toCamera } from './clips';
import { expect, launchWithCamera, type Pair, signInAs, test } from './fixtures';
import { meet, stageOf } from './meeting';
import type { TestServer } from './server';

/** Which camera the picture of a video comes from, by its name. */
async function cameraOf(video: Locator): Promise<string> {
  return await video.evaluate((shown: HTMLVideoElement) => {
    const [track] = (shown.srcObject as MediaStream | null)?.getVideoTracks() ?? [];
    return track?.label ?? '';
  });
}

type Ready = { context: BrowserContext; ana: Page };

/** Ana’s phone with three cameras and as many microphones. */
async function withThree(server: TestServer, pair: Pair, run: (ready: Ready) => Promise<void>) {
  const browser = await launchWithCamera('allow', 3);
  try {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 780 } });
    await signInAs(server, context, pair.ana.userId ?? '');
    await run({ context, ana: await context.newPage() });
  } finally {
    await browser.close();
  }
}

/** From the next load on, the browser tells no names of devices and opens none before `allowDevices` is called. */
async function asksFirst(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const [list, open] = [devices.enumerateDevices.bind(devices), devices.getUserMedia.bind(devices)];
    let isAllowed = false;
    const answered = new Promise<void>((resolve) => {
      Reflect.set(window, 'allowDevices', () => {
        isAllowed = true;
        resolve();
      });
    });
    devices.enumerateDevices = async () => {
      const here = await list();
      const nameless = ({ kind }: MediaDeviceInfo) => ({ kind, deviceId: '', label: '', groupId: '' });
      return isAllowed ? here : here.map((one) => ({ ...nameless(one), toJSON: () => nameless(one) }));
    };
    devices.getUserMedia = async (wanted) => {
      await answered;
      return await open(wanted);
    };
  });
  return () => page.evaluate(() => (Reflect.get(window, 'allowDevices') as () => void)());
}

/** The microphones that are open on this page, by their names, from its next load on. */
async function microphonesOf(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const devices = navigator.mediaDevices;
    const open = devices.getUserMedia.bind(devices);
    const opened: MediaStreamTrack[] = [];
    Reflect.set(window, 'openMicrophones', opened);
    devices.getUserMedia = async (wanted) => {
      const stream = await open(wanted);
      opened.push(...stream.getAudioTracks());
      return stream;
    };
  });
  return () =>
    page.evaluate(() => {
      const opened = Reflect.get(window, 'openMicrophones') as MediaStreamTrack[];
      return opened.filter(({ readyState }) => readyState === 'live').map(({ label }) => label);
    });
}

const choiceOf = (page: Page) => page.getByRole('dialog', { name: 'Camera and microphone' });
const ownPicture = (page: Page) => page.getByRole('region', { name: 'Your picture' }).locator('video');

test('Any of three cameras is reached at the door, in the visit and in the recorder, and is remembered', async ({
  people,
  server,
}) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { device: 'desktop' });
  await withThree(server, pair, async ({ context, ana }) => {
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
    const choice = choiceOf(ana);
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

    // A browser that asks first: the visit goes on, and the camera comes once it was allowed.
    const allow = await asksFirst(ana);
    await ana.reload();
    await expect(ana.getByText('Connected', { exact: true })).toBeVisible();
    await expect(mira.getByText('Ana Duarte has the camera off')).toBeVisible();
    await allow();
    await expect.poll(sent).toMatch(/2/);
    await expect(stageOf.mira(mira).locator('video')).toBeVisible();

    const recorder = await context.newPage();
    await toCamera(recorder);
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
  });
});

test('Any microphone is chosen at the door, in the visit and in the recorder, and is remembered', async ({
  people,
  server,
}) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { device: 'desktop' });
  await withThree(server, pair, async ({ context, ana }) => {
    const open = await microphonesOf(ana);
    await meet(mira, ana, pair.ana.patientId, {
      async atTheDoor() {
        await ana.getByLabel('Microphone', { exact: true }).selectOption({ label: 'Fake Audio Input 2' });
        await expect.poll(open).toEqual(['Fake Audio Input 2']);
      },
    });
    await expect(ana.getByText('Connected', { exact: true })).toBeVisible();
    await expect.poll(open).toEqual(['Fake Audio Input 2']);
    await ana.getByRole('button', { name: 'Camera and microphone' }).click();
    await choiceOf(ana).getByLabel('Microphone', { exact: true }).selectOption({ label: 'Fake Audio Input 1' });
    await expect.poll(open).toEqual(['Fake Audio Input 1']);
    await choiceOf(ana).getByRole('button', { name: 'Done' }).click();
    await ana.reload();
    await expect(ana.getByText('Connected', { exact: true })).toBeVisible();
    await expect.poll(open).toEqual(['Fake Audio Input 1']);

    const recorder = await context.newPage();
    const recorded = await microphonesOf(recorder);
    await toCamera(recorder);
    await expect.poll(recorded).toEqual(['Fake Audio Input 1']);
    await recorder.getByLabel('Microphone', { exact: true }).selectOption({ label: 'Fake Audio Input 2' });
    await expect.poll(recorded).toEqual(['Fake Audio Input 2']);
    await recorder.reload();
    await expect.poll(recorded).toEqual(['Fake Audio Input 2']);
  });
});
