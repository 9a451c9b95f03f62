import type { Page } from '@playwright/test';
import { RoomServiceClient } from 'livekit-server-sdk';
import { expectAccessible } from './axe';
import { expect, type Pair, test } from './fixtures';
import { meet, stageOf } from './meeting';
import type { TestServer } from './server';

const mute = (page: Page) => page.getByRole('button', { name: 'Mute', exact: true });
const unmute = (page: Page) => page.getByRole('button', { name: 'Unmute' });
const cameraOff = (page: Page) => page.getByRole('button', { name: 'Camera off' });
const cameraOn = (page: Page) => page.getByRole('button', { name: 'Camera on' });

/** How many are heard in the room that was made last, as the media server has it: nobody's page is asked. */
async function microphones({ liveKit }: TestServer): Promise<number> {
  const rooms = new RoomServiceClient(liveKit.apiUrl, liveKit.key, liveKit.secret);
  const [last] = (await rooms.listRooms()).sort((a, b) => Number(b.creationTimeMs - a.creationTimeMs));
  const people = last ? await rooms.listParticipants(last.name) : [];
  return people.flatMap(({ tracks }) => tracks.filter((track) => track.source === 2 && !track.muted)).length;
}

/** Everybody's line is cut; the pages come back with new access. */
async function cutLines({ liveKit }: TestServer): Promise<void> {
  const rooms = new RoomServiceClient(liveKit.apiUrl, liveKit.key, liveKit.secret);
  for (const { name } of await rooms.listRooms())
    for (const { identity } of await rooms.listParticipants(name)) await rooms.removeParticipant(name, identity);
}

// A media server of its own: who is heard in its rooms is counted.
test.use({ database: 'devices' });

test.describe('what a person left of microphone and camera', () => {
  async function visit(people: { pair(): Promise<Pair>; page: (id: string | null, o?: object) => Promise<Page> }) {
    const pair = await people.pair();
    const mira = await people.page(pair.mira.userId, { device: 'desktop' });
    const ana = await people.page(pair.ana.userId, { device: 'phone' });
    const address = await meet(mira, ana, pair.ana.patientId);
    await expect(stageOf.mira(mira).locator('video')).toBeVisible();
    return { pair, mira, ana, address };
  }

  test('Muted and unseen stay so through a reload and through a new line', async ({ people, server }) => {
    const { mira, ana } = await visit(people);
    await expect.poll(() => microphones(server)).toBe(2);
    await mute(ana).click();
    await cameraOff(ana).click();
    await expect(unmute(ana)).toBeVisible();
    await expect(cameraOn(ana)).toBeVisible();
    await expect.poll(() => microphones(server)).toBe(1);
    await ana.reload();
    await expect(unmute(ana)).toBeVisible();
    await expect(cameraOn(ana)).toBeVisible();
    await expect(ana.getByText('Connected', { exact: true })).toBeVisible();
    await expect(mira.getByText('Ana Duarte has the camera off')).toBeVisible();
    await expect(stageOf.mira(mira).locator('video')).toHaveCount(0);
    await cutLines(server);
    await expect(ana.getByText('Connecting')).toBeVisible();
    await expect(ana.getByText('Connected', { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(unmute(ana)).toBeVisible();
    await expect.poll(() => microphones(server)).toBe(1);
    await expect(stageOf.mira(mira).locator('video')).toHaveCount(0);
    await cameraOn(ana).click();
    await expect(stageOf.mira(mira).locator('video')).toBeVisible();
  });

  test('A second window of one person sends nothing before it is said where to go on, and then the first is silent', async ({
    people,
    server,
  }) => {
    const { ana, address } = await visit(people);
    await expect.poll(() => microphones(server)).toBe(2);
    const second = await ana.context().newPage();
    await second.goto(address);
    await second
      .getByRole('button', { name: /^Join visit/ })
      .first()
      .click();
    const question = second.getByRole('dialog', { name: 'You are in this visit in another window too' });
    await expect(question).toBeVisible();
    await expectAccessible(second, 'a second window');
    await expect.poll(() => microphones(server)).toBe(2);
    await question.getByRole('button', { name: 'Go on here' }).click();
    await expect(ana.getByRole('heading', { name: 'You went on in another window' })).toBeVisible();
    await expect(mute(second)).toBeVisible();
    await expect.poll(() => microphones(server)).toBe(2);
    await expectAccessible(ana, 'the first window');
    await ana.getByRole('button', { name: 'Go on here' }).click();
    await expect(mute(ana)).toBeVisible();
    await expect(second.getByRole('heading', { name: 'You went on in another window' })).toBeVisible();
    await expect.poll(() => microphones(server)).toBe(2);
  });
});

test('A device that is refused, taken or unplugged in the visit is said, and what was on stays on', async ({
  people,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId, { device: 'desktop' });
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  // Sent, so that there is one to go back to.
  await expect(stageOf.mira(mira).locator('video')).toBeVisible();
  const refuse = (name: string | null) =>
    ana.evaluate((refusal) => {
      const devices = navigator.mediaDevices as MediaDevices & { real?: MediaDevices['getUserMedia'] };
      devices.real ??= devices.getUserMedia.bind(devices);
      devices.getUserMedia = (asked) => {
        const video = typeof asked?.video === 'object' ? asked.video.facingMode : null;
        const fails = refusal !== null && (refusal !== 'NotReadableError' || video === 'environment');
        return fails ? Promise.reject(new DOMException('refused', refusal)) : (devices.real?.(asked) as never);
      };
    }, name);

  // Android does not give the other camera while another program has it.
  const before = await stageOf
    .ana(ana)
    .locator('video')
    .evaluate((video) => video.style.transform);
  await refuse('NotReadableError');
  await ana.getByRole('button', { name: 'Other camera' }).click();
  const said = ana.getByRole('alert').filter({ hasText: 'Another program has the camera' });
  await expect(said).toBeVisible();
  await expect(stageOf.ana(ana).locator('video')).toBeVisible();
  expect(
    await stageOf
      .ana(ana)
      .locator('video')
      .evaluate((video) => video.style.transform),
  ).toBe(before);
  await expect(cameraOff(ana)).toBeVisible();
  await expectAccessible(ana, 'a camera that another program has');

  await refuse('NotAllowedError');
  await cameraOff(ana).click();
  await cameraOn(ana).click();
  await expect(ana.getByRole('alert').filter({ hasText: 'The camera is blocked' })).toBeVisible();
  await expect(cameraOn(ana)).toBeVisible();
  await refuse(null);
  await cameraOn(ana).click();
  await expect(cameraOff(ana)).toBeVisible();
  await expect(ana.getByRole('alert').filter({ hasText: 'The camera is blocked' })).toHaveCount(0);

  await stageOf
    .ana(ana)
    .locator('video')
    .evaluate((video: HTMLVideoElement) => {
      const [track] = (video.srcObject as MediaStream).getVideoTracks();
      track?.stop();
      track?.dispatchEvent(new Event('ended'));
    });
  await expect(ana.getByRole('alert').filter({ hasText: 'unplugged or taken away' })).toBeVisible();
  await expect(cameraOn(ana)).toBeVisible();
});
