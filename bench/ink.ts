import type { Page } from '@playwright/test';
import { meet, stageOf } from '../e2e/meeting';
import { type Figures, percentile, say, spread } from './figures';
import { type Stand, withStand } from './stand';

const FRAME_MS = 1000 / 60;
const STROKES = 8;
const MOVES = 30;
const BUDGET = { medianMs: 2 * FRAME_MS, p95Ms: 4 * FRAME_MS };

type Probe = { pointerAt: number; sentAt: number; heardAt: number; paintedAt: number };
declare global {
  interface Window {
    probe: Probe;
  }
}

/** Runs in both pages before anything of ours: notes when a pointer moved, when a lossy packet left and came, when ink was painted. */
function install(): void {
  const now = () => performance.timeOrigin + performance.now();
  window.probe = { pointerAt: 0, sentAt: 0, heardAt: 0, paintedAt: 0 };
  addEventListener(
    'pointermove',
    (event) => {
      window.probe.pointerAt ||= performance.timeOrigin + event.timeStamp;
    },
    { capture: true },
  );
  const watch = (channel: RTCDataChannel) =>
    channel.addEventListener('message', () => {
      if (channel.label === '_lossy') window.probe.heardAt ||= now();
    });
  const { send } = RTCDataChannel.prototype;
  RTCDataChannel.prototype.send = function (this: RTCDataChannel, ...data: unknown[]) {
    if (this.label === '_lossy' && window.probe.pointerAt > 0) window.probe.sentAt ||= now();
    (send as (...data: unknown[]) => void).apply(this, data);
  };
  const create = RTCPeerConnection.prototype.createDataChannel;
  RTCPeerConnection.prototype.createDataChannel = function (...options) {
    const channel = create.apply(this, options);
    watch(channel);
    this.addEventListener('datachannel', (event) => watch(event.channel));
    return channel;
  };
  new MutationObserver((changes) => {
    const isInk = changes.some(({ target }) => target instanceof Element && target.closest('svg.marks'));
    if (!isInk || window.probe.heardAt === 0) return;
    // This callback stands directly before the painting of the frame that shows the change.
    requestAnimationFrame(() => {
      window.probe.paintedAt ||= now();
    });
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['d'] });
}

const arm = (page: Page) =>
  page.evaluate(() => Object.assign(window.probe, { pointerAt: 0, sentAt: 0, heardAt: 0, paintedAt: 0 }));

type Sample = { rawMs: number; inkMs: number };

/** One move of the pointer, followed all the way to the other side's picture. */
async function follow(from: Page, to: Page, at: { x: number; y: number }): Promise<Sample> {
  await Promise.all([arm(from), arm(to)]);
  await from.mouse.move(at.x, at.y);
  await to.waitForFunction(() => window.probe.paintedAt > 0, undefined, { polling: 20, timeout: 10_000 });
  const [{ pointerAt, sentAt }, { heardAt, paintedAt }] = await Promise.all([
    from.evaluate(() => window.probe),
    to.evaluate(() => window.probe),
  ]);
  return { rawMs: heardAt - sentAt, inkMs: paintedAt - pointerAt };
}

async function drawn({ pair, page }: Stand): Promise<Sample[]> {
  const mira = await page(pair.mira.userId);
  const ana = await page(pair.ana.userId, 'phone');
  for (const one of [mira, ana]) await one.addInitScript(install);
  await meet(mira, ana, pair.ana.patientId);
  await stageOf.mira(mira).getByRole('application').waitFor();
  await ana.getByText('Connected').waitFor();
  const box = await stageOf.mira(mira).boundingBox();
  if (!box) throw new Error('the stage is on the page');
  const samples: Sample[] = [];
  for (let stroke = 0; stroke < STROKES; stroke++) {
    const y = box.y + box.height * (0.4 + 0.02 * stroke);
    await mira.mouse.move(box.x + box.width * 0.35, y);
    await mira.mouse.down();
    for (let n = 0; n < MOVES; n++) {
      const sample = await follow(mira, ana, { x: box.x + box.width * (0.36 + 0.008 * n), y: y + (n % 3) });
      // The first of a stroke comes with the mark's beginning.
      if (n > 0) samples.push(sample);
    }
    await mira.mouse.up();
    say(`stroke ${stroke + 1} of ${STROKES}`);
  }
  return samples;
}

/** From a pointer event on one page to ink painted on the other, against the same packets between the same pages. */
export async function benchmark(): Promise<Figures> {
  const samples = await withStand(drawn);
  const [raw, ink] = [samples.map(({ rawMs }) => rawMs), samples.map(({ inkMs }) => inkMs)];
  const over = (share: number) => percentile(ink, share) - percentile(raw, share);
  const overMs = { medianMs: Math.round(over(0.5) * 10) / 10, p95Ms: Math.round(over(0.95) * 10) / 10 };
  const within = overMs.medianMs <= BUDGET.medianMs && overMs.p95Ms <= BUDGET.p95Ms;
  return { raw: spread(raw), ink: spread(ink), overMs, budgetOverMs: BUDGET, within };
}
