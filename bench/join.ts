import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { AccessToken, RoomServiceClient } from 'livekit-server-sdk';
import { meet, stageOf } from '../e2e/meeting';
import { type Figures, percentile, say, spread } from './figures';
import { type Stand, withStand } from './stand';

const RUNS = 9;
const BUDGET_RATIO = 1.3;
const ROOM = 'bare';
/** Both pages come to rest before the click: a person reads the door, and what is measured is the joining. */
const REST_MS = 1000;

declare global {
  interface Window {
    clickedAt: number;
    firstFrameAt: number;
    // The name that livekit-client's own script gives itself.
    LivekitClient: typeof import('livekit-client');
  }
}

const PAGE =
  '<!doctype html><script src="/livekit-client.js"></script><button>Join</button><video autoplay muted></video>';

/** A page with livekit-client and nothing else, as small as such a page can be. */
async function serveBare(): Promise<{ url: string; stop(): void }> {
  const script = readFileSync('node_modules/livekit-client/dist/livekit-client.umd.js');
  const server = createServer((request, response) => {
    const isScript = request.url === '/livekit-client.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, stop: () => server.close() };
}

async function tokenFor({ server }: Stand, identity: string): Promise<string> {
  const token = new AccessToken(server.liveKit.key, server.liveKit.secret, { identity });
  token.addGrant({ roomJoin: true, room: ROOM, canPublish: true, canSubscribe: true });
  return await token.toJwt();
}

/** Joins at a click, shows the first picture that comes, and sends its own camera as any page would. */
async function prepareBare(page: Page, url: string, access: { server: string; token: string }): Promise<void> {
  await page.goto(url);
  await page.evaluate(({ server, token }) => {
    const { Room, RoomEvent } = window.LivekitClient;
    const room = new Room({ adaptiveStream: true, dynacast: true });
    const video = document.querySelector('video');
    // One that just left may linger in the room for a moment; its picture stands still.
    room.on(RoomEvent.TrackSubscribed, (track, _publication, { identity }) => {
      if (track.kind === 'video' && identity === 'sender' && video) track.attach(video);
    });
    video?.requestVideoFrameCallback(() => {
      window.firstFrameAt = performance.now();
    });
    const join = async () => {
      await room.connect(server, token);
      await room.localParticipant.enableCameraAndMicrophone();
    };
    document.querySelector('button')?.addEventListener('click', (event) => {
      window.clickedAt = event.timeStamp;
      void join();
    });
  }, access);
}

/** Notes the click on the button and the first frame of the other side's video, on our own page. */
function watchOurs(): void {
  window.firstFrameAt = 0;
  addEventListener(
    'click',
    (event) => {
      window.clickedAt = event.timeStamp;
    },
    { capture: true },
  );
  const watched = new WeakSet<Element>();
  const look = () => {
    for (const video of document.querySelectorAll<HTMLVideoElement>('figure[aria-label^="Hand of"] video')) {
      if (watched.has(video)) continue;
      watched.add(video);
      video.requestVideoFrameCallback(() => {
        window.firstFrameAt ||= performance.now();
      });
    }
    requestAnimationFrame(look);
  };
  look();
}

async function clickToFrame(page: Page): Promise<number> {
  await page.waitForFunction(() => window.firstFrameAt > 0, undefined, { polling: 50 });
  return await page.evaluate(() => window.firstFrameAt - window.clickedAt);
}

async function joinBare(stand: Stand, url: string, n: number): Promise<number> {
  const page = await stand.page(null);
  await prepareBare(page, url, { server: stand.server.liveKit.url, token: await tokenFor(stand, `joiner-${n}`) });
  await page.waitForTimeout(REST_MS);
  await page.getByRole('button', { name: 'Join' }).click();
  const ms = await clickToFrame(page);
  await page.context().close();
  return ms;
}

async function joinOurs(stand: Stand, address: string): Promise<number> {
  const page = await stand.page(stand.pair.mira.userId);
  await page.addInitScript(watchOurs);
  await page.goto(address);
  await page.getByRole('button', { name: 'Other camera' }).waitFor();
  await page.waitForTimeout(REST_MS);
  await page.getByRole('button', { name: /^Join visit/ }).click();
  const ms = await clickToFrame(page);
  await page.context().close();
  return ms;
}

async function joined(stand: Stand): Promise<{ bare: number[]; ours: number[] }> {
  const { server, pair, page } = stand;
  const served = await serveBare();
  const { apiUrl, key, secret } = server.liveKit;
  await new RoomServiceClient(apiUrl, key, secret).createRoom({ name: ROOM, emptyTimeout: 600, departureTimeout: 600 });
  const sender = await page(null);
  await prepareBare(sender, served.url, { server: server.liveKit.url, token: await tokenFor(stand, 'sender') });
  await sender.getByRole('button', { name: 'Join' }).click();
  const [mira, ana] = [await page(pair.mira.userId), await page(pair.ana.userId, 'phone')];
  const address = await meet(mira, ana, pair.ana.patientId);
  await stageOf.mira(mira).getByRole('application').waitFor();
  await mira.context().close();
  const times: { bare: number[]; ours: number[] } = { bare: [], ours: [] };
  for (let n = 0; n < RUNS; n++) {
    times.bare.push(await joinBare(stand, served.url, n));
    times.ours.push(await joinOurs(stand, address));
    say(`${n + 1} of ${RUNS}: bare ${Math.round(times.bare[n] ?? 0)} ms, ours ${Math.round(times.ours[n] ?? 0)} ms`);
  }
  served.stop();
  return times;
}

/** From the click on "Join visit" to the first frame of the other side, against a bare page on the same server. */
export async function benchmark(): Promise<Figures> {
  const { bare, ours } = await withStand(joined);
  const ratio = Math.round((percentile(ours, 0.5) / percentile(bare, 0.5)) * 100) / 100;
  return { bare: spread(bare), ours: spread(ours), ratio, budgetRatio: BUDGET_RATIO, within: ratio <= BUDGET_RATIO };
}
