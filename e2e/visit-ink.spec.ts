import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { drawOnDisc, endVisit, expectInkOnDisc, expectNoInk, expectShown, marksOn, meet, stageOf } from './meeting';

declare global {
  interface Window {
    sounds: HTMLAudioElement[];
  }
}

/** The elements that play sound are not in the document: only their making can be watched. */
async function watchSound(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.sounds = [];
    document.createElement = new Proxy(document.createElement, {
      apply(make, of, args) {
        const element = Reflect.apply(make, of, args);
        if (element instanceof HTMLAudioElement) window.sounds.push(element);
        return element;
      },
    });
  });
}

/** The picture of the other side has a size and goes on. */
async function expectMoves(video: Locator): Promise<void> {
  const seen = () =>
    video.evaluate((element: HTMLVideoElement) => ({ width: element.videoWidth, seconds: element.currentTime }));
  await expect(video).toHaveCount(1, { timeout: 30_000 });
  await expect.poll(async () => (await seen()).width).toBeGreaterThan(0);
  const { seconds } = await seen();
  await expect.poll(async () => (await seen()).seconds).toBeGreaterThan(seconds + 0.5);
}

/** What came over the line as sound is played aloud, goes on, and is not silence. */
async function expectSounds(page: Page): Promise<void> {
  const heard = () =>
    page.evaluate(async () => {
      const playing = window.sounds.filter(
        ({ srcObject, paused, muted, volume }) =>
          srcObject instanceof MediaStream &&
          srcObject.getAudioTracks().some((track) => track.readyState === 'live' && track.enabled && !track.muted) &&
          !paused &&
          !muted &&
          volume > 0,
      );
      const [element] = playing;
      if (!element) return { elements: 0, seconds: 0, loudest: 0 };
      const context = new AudioContext();
      const meter = context.createAnalyser();
      context.createMediaStreamSource(element.srcObject as MediaStream).connect(meter);
      const from = element.currentTime;
      const wave = new Float32Array(meter.fftSize);
      let loudest = 0;
      while (context.currentTime < 1.5) {
        await new Promise((done) => requestAnimationFrame(done));
        meter.getFloatTimeDomainData(wave);
        for (const value of wave) loudest = Math.max(loudest, Math.abs(value));
      }
      await context.close();
      return { elements: playing.length, seconds: element.currentTime - from, loudest };
    });
  await expect(async () => {
    const { elements, seconds, loudest } = await heard();
    expect(elements, 'sounds of the other side').toBe(1);
    expect(seconds, 'seconds played meanwhile').toBeGreaterThan(0.5);
    expect(loudest, 'its loudest sample').toBeGreaterThan(0.01);
  }).toPass({ timeout: 30_000 });
}

test('A clinician draws on the live hand and both see it at the same place', async ({ people }) => {
  const { mira: miraUser, ana: anaUser } = await people.pair();
  const mira = await people.page(miraUser.userId, { device: 'desktop' });
  const ana = await people.page(anaUser.userId, { device: 'phone' });
  for (const page of [mira, ana]) await watchSound(page);
  const address = await meet(mira, ana, anaUser.patientId);
  const [miraStage, anaStage] = [stageOf.mira(mira), stageOf.ana(ana)];
  const miraAtAnas = ana.locator('video:not(figure video)');
  await expectMoves(miraStage.locator('video'));
  await expectMoves(miraAtAnas);
  for (const page of [mira, ana]) await expectSounds(page);

  // Both browsers have the same camera film; on Ana's stage only her own hand may carry discs.
  await mira.getByRole('button', { name: 'Camera off' }).click();
  await expect(miraAtAnas).toHaveCount(0);
  await expectShown(miraStage, { mirrored: false });
  await expectShown(anaStage, { mirrored: true });

  await expectNoInk(anaStage, 'clinician');
  // The pen is in hand from the start, and stays there for who takes it up again.
  await mira.getByRole('button', { name: 'Pen' }).click();
  await drawOnDisc(mira, miraStage);
  await expect(marksOn(ana)).toHaveText(['Pen by Mira Solberg']);
  await expectInkOnDisc(anaStage, 'clinician');

  await expectNoInk(miraStage, 'patient');
  await ana.getByRole('button', { name: 'Pen' }).click();
  await drawOnDisc(ana, anaStage);
  // Mira's own mark may not have faded yet.
  await expect(marksOn(mira).filter({ hasText: 'Pen by Ana Duarte' })).toHaveCount(1);
  await expectInkOnDisc(miraStage, 'patient');

  // Taken away long before it would have faded, and out of the record.
  for (const takeAway of ['Undo', 'Clear']) {
    for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(0);
    await drawOnDisc(mira, miraStage);
    for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(1);
    await mira.getByRole('button', { name: takeAway }).click();
    for (const page of [mira, ana]) await expect(marksOn(page)).toHaveCount(0, { timeout: 1500 });
  }

  // The camera on the back of the phone is no mirror.
  await ana.getByRole('button', { name: 'Other camera' }).click();
  await expectShown(anaStage, { mirrored: false });
  await expectShown(miraStage, { mirrored: false });
  await expectMoves(miraStage.locator('video'));

  await endVisit(mira);
  await expect(mira.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
  await mira.goto(address);
  const record = mira.getByRole('list', { name: 'Marks of the visit' }).getByRole('listitem');
  await expect(record).toHaveText([/^Pen by Mira Solberg/, /^Pen by Ana Duarte/]);
  await expect(ana.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
});
