import type { Locator, Page } from '@playwright/test';
import { DISCS } from './camera';
import { expect, type People } from './fixtures';
import { findColour, look } from './pixels';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

type Meeting = {
  /** What Ana does before she says where she is. */
  atTheDoor?(): Promise<void>;
};

/** Both sides in one visit: Mira schedules it for now and opens it, Ana waits to be let in, Mira admits her. Returns its address. */
export async function meet(mira: Page, ana: Page, patientId: string, { atTheDoor }: Meeting = {}): Promise<string> {
  await mira.goto(`/patients/${patientId}`);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await expect(mira.getByLabel('Length')).toBeVisible();
  await mira.getByRole('button', { name: 'Start now' }).click();
  const link = mira.getByRole('link', { name: /^Join visit/ });
  const address = (await link.getAttribute('href')) ?? '';
  await link.click();
  await mira.getByRole('button', { name: /^Join visit/ }).click();
  await ana.goto('/visits');
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  await atTheDoor?.();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: /^Join visit/ }).click();
  await mira.getByRole('button', { name: /^Admit/ }).click();
  return address;
}

export const stageOf = {
  mira: (page: Page) => page.getByRole('figure', { name: 'Hand of Ana Duarte' }),
  ana: (page: Page) => page.getByRole('figure', { name: 'Your hand' }),
};

/** The marks on the stage, as a screen reader has them. */
export const marksOn = (page: Page) => page.getByRole('list', { name: 'Marks', exact: true }).getByRole('listitem');

/** Draws a short line across a point of an element, by mouse, as a hand does: several moves. */
export async function drawAcross(page: Page, at: { x: number; y: number }): Promise<void> {
  await page.mouse.move(at.x - 12, at.y);
  await page.mouse.down();
  for (let step = -3; step <= 3; step++) await page.mouse.move(at.x + step * 4, at.y + (step % 2), { steps: 2 });
  await page.mouse.up();
}

/** Ink as each side draws it. */
export const INK = { clinician: [244, 240, 74], patient: [127, 227, 255] } as const;

/** Off the middle both ways: it tells a mirrored picture from a plain one, and a cropped one from a whole one. */
const TARGET = DISCS.blue;
/** A share of the picture's width: ink is a line across a disc, so its middle is the disc's to some pixels. */
const SAME_PLACE = 0.02;

/** The middle of the disc on a figure, in its own pixels; waits until the disc is seen. */
async function discOn(figure: Locator): Promise<{ x: number; y: number }> {
  let disc: { x: number; y: number } | null = null;
  await expect(async () => {
    disc = findColour(await look(figure), TARGET.rgb, { least: 4 });
    expect(disc, 'the disc is in the picture').not.toBeNull();
  }).toPass({ timeout: 30_000 });
  return disc ?? { x: 0, y: 0 };
}

/** The film as it stands on a figure: whole, and flipped where `mirrored`. */
export async function expectShown(figure: Locator, { mirrored }: { mirrored: boolean }): Promise<void> {
  const disc = await discOn(figure);
  const shown = await figure.locator('video, img').evaluate((picture: HTMLVideoElement | HTMLImageElement) => {
    const film = picture instanceof HTMLVideoElement;
    const [width, height] = film
      ? [picture.videoWidth, picture.videoHeight]
      : [picture.naturalWidth, picture.naturalHeight];
    const scale = Math.min(picture.clientWidth / width, picture.clientHeight / height);
    return {
      left: (picture.clientWidth - width * scale) / 2,
      top: (picture.clientHeight - height * scale) / 2,
      width: width * scale,
      height: height * scale,
    };
  });
  const at = { x: (disc.x - shown.left) / shown.width, y: (disc.y - shown.top) / shown.height };
  const due = { x: mirrored ? 1 - TARGET.x : TARGET.x, y: TARGET.y };
  expect(Math.hypot(at.x - due.x, at.y - due.y), `the disc lies at ${at.x}, ${at.y}`).toBeLessThan(SAME_PLACE);
}

/** A line by mouse across the disc, where this page shows it. */
export async function drawOnDisc(page: Page, figure: Locator): Promise<void> {
  const disc = await discOn(figure);
  const box = await figure.boundingBox();
  if (!box) throw new Error('the figure is on the page');
  await drawAcross(page, { x: box.x + disc.x, y: box.y + disc.y });
}

/** No ink of this side, so that what is found later is what was drawn. */
export async function expectNoInk(figure: Locator, by: keyof typeof INK): Promise<void> {
  expect(findColour(await look(figure), INK[by]), `ink of the ${by} before any was drawn`).toBeNull();
}

/** Ink of this side lies on the disc, in the pixels of the figure. */
export async function expectInkOnDisc(figure: Locator, by: keyof typeof INK): Promise<void> {
  await expect
    .poll(async () => {
      const picture = await look(figure);
      const [ink, disc] = [findColour(picture, INK[by]), findColour(picture, TARGET.rgb, { least: 4 })];
      return ink && disc ? Math.hypot(ink.x - disc.x, ink.y - disc.y) / picture.width : 1;
    })
    .toBeLessThan(SAME_PLACE);
}

/** Ends the visit, and says so where something is not finished. */
export async function endVisit(mira: Page): Promise<void> {
  await mira.getByRole('button', { name: 'End visit' }).click();
  await mira.getByRole('dialog').getByRole('button', { name: /^End/ }).click();
}

/** Both sides in one visit, with what was prescribed to Ana before. */
export async function inVisit(
  people: People,
  server: Pick<TestServer, 'databaseUrl'>,
  exercises?: Parameters<typeof withProgram>[2],
) {
  const pair = await people.pair();
  await withProgram(server, pair, exercises);
  const mira = await people.page(pair.mira.userId, { device: 'desktop' });
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const address = await meet(mira, ana, pair.ana.patientId);
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  return { pair, mira, ana, address };
}
