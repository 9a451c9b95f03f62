import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../scripts/spawn.mjs';
import { expectAccessible } from './axe';
import { toCamera } from './clips';
import { expect, test } from './fixtures';
import { onPhone } from './prescribed';

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'regrasp-as-filmed-'));
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function film(name: string, graph: string): Promise<string> {
  const file = join(folder, name);
  const coded = ['-c:v', 'libx264', '-preset', 'ultrafast', '-movflags', '+faststart'];
  await run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', '-f', 'lavfi', '-i', graph, ...coded, file]);
  return file;
}

test('A clip that is too long is said before it is sent, and on both screens after', async ({ people, server }) => {
  const { pair, ana } = await onPhone(people, server, ['tendon-glides']);
  await toCamera(ana);
  const pick = ana.getByLabel('Take a clip from this device');
  await expect(pick).toHaveAccessibleDescription('Kept: up to 5 minutes, 60 pictures a second');
  await pick.setInputFiles(await film('short.mp4', 'testsrc=s=64x64:r=2:d=4'));
  await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeFocused();
  await expect(ana.getByText('Only its first 5 minutes are kept')).toBeHidden();
  await ana.getByRole('button', { name: 'Film again' }).click();
  await pick.setInputFiles(await film('long.mp4', 'testsrc=s=64x64:r=2:d=330'));
  const before = ana.getByText('This clip is 5 min 30 s long. Only its first 5 minutes are kept.');
  await expect(before).toBeVisible();
  await expectAccessible(ana, 'a clip that is too long');
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
  await ana.getByRole('link', { name: /Tendon glides|A question/ }).click();
  const notes = ana.getByRole('list', { name: 'About this clip' });
  await expect(notes).toContainText('Filmed for 5 min 30 s. Only the first 5 minutes are here.', { timeout: 60_000 });

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByRole('list', { name: 'About this clip' })).toContainText('Filmed for 5 min 30 s.');
});

test('What was filmed at 60 is stepped by its own pictures, also in the lighter copy', async ({ people, server }) => {
  const { pair, ana } = await onPhone(people, server, ['tendon-glides']);
  await toCamera(ana);
  await ana
    .getByLabel('Take a clip from this device')
    .setInputFiles(await film('fast.mp4', 'testsrc=s=640x480:r=60:d=3'));
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByText('One check-in waits')).toBeVisible();
  await expect(async () => {
    await mira.goto('/review');
    await mira.getByRole('button', { name: 'Next check-in' }).click();
    await expect(mira.getByText('60 pictures a second')).toBeVisible({ timeout: 5000 });
  }).toPass();
  const forward = mira.getByRole('button', { name: 'One frame forward' });
  await expect(mira.getByText('0 of 180')).toBeVisible();
  for (const frame of [1, 2, 3]) {
    await forward.click();
    await expect(mira.getByText(`${frame} of 180`)).toBeVisible();
  }
  const lighter = mira.getByRole('button', { name: 'Lighter picture' });
  await expect(lighter).toHaveAttribute('aria-pressed', 'false');
  const video = mira.locator('video').first();
  const whole = await video.getAttribute('src');
  await lighter.click();
  await expect(lighter).toHaveAttribute('aria-pressed', 'true');
  await expect(video).not.toHaveAttribute('src', whole ?? '');
  // It goes on where the whole clip stood: picture 3 is in the copy's picture 2.
  await expect(mira.getByText('2 of 180')).toBeVisible();
  for (const frame of [4, 6]) {
    await forward.click();
    await expect(mira.getByText(`${frame} of 180`)).toBeVisible();
  }
  await lighter.click();
  await expect(mira.getByText('6 of 180')).toBeVisible();
  await forward.click();
  await expect(mira.getByText('7 of 180')).toBeVisible();
});

test('A reader of the screen hears the start and the end of a recording, not every second', async ({
  people,
  server,
}) => {
  const { ana } = await onPhone(people, server, ['tendon-glides']);
  await toCamera(ana);
  await expect(ana.getByText('5 minutes at the longest')).toBeHidden();
  await ana.getByRole('checkbox', { name: 'Stops after 30 s' }).uncheck();
  await expect(ana.getByText('5 minutes at the longest')).toBeVisible();
  await ana.getByRole('checkbox', { name: 'Stops after 30 s' }).check();
  await ana.getByRole('button', { name: 'Record' }).click();
  const count = ana.getByRole('timer');
  await expect(count).toHaveText(/^Stops in (29|30) s$/, { timeout: 20_000 });
  await expect(count).toHaveAttribute('aria-live', 'off');
  await expect(
    ana.getByRole('status').filter({ hasText: 'Recording. It stops by itself after 30 seconds.' }),
  ).toHaveCount(1);
  await ana.evaluate(() => {
    const said: string[] = [];
    const words = () => [...document.querySelectorAll('[role=status]')].map((one) => one.textContent).join('|');
    let last = words();
    new MutationObserver(() => {
      if (words() === last) return;
      last = words();
      said.push(last);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
    Object.assign(window, { said });
  });
  const said = () => ana.evaluate(() => (window as unknown as { said: string[] }).said);
  await expect(count).toHaveText('Stops in 17 s', { timeout: 20_000 });
  expect(await said()).toEqual([]);
  await expect(count).toHaveText('Stops in 9 s', { timeout: 20_000 });
  expect(await said()).toHaveLength(1);
  expect((await said())[0]).toContain('10 seconds left.');
  await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeFocused({ timeout: 20_000 });
});

test('A phone that is turned while filming is told so, and its therapist sees a hand of true proportions', async ({
  people,
  server,
}) => {
  const { pair, ana } = await onPhone(people, server, ['tendon-glides']);
  // A camera that turns when the page is told to: no fake device does.
  await ana.addInitScript(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 180 });
    const draw = () => {
      const context = canvas.getContext('2d');
      const { width, height } = canvas;
      if (!context) return;
      context.fillStyle = 'black';
      context.fillRect(0, 0, width, height);
      context.fillStyle = `hsl(${Math.round(performance.now() / 10) % 360} 80% 60%)`;
      context.beginPath();
      context.arc(width / 2, height / 2, 70, 0, 7);
      context.fill();
    };
    setInterval(draw, 33);
    const turn = () => Object.assign(canvas, { width: 180, height: 320 });
    Object.assign(window, { turn });
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(30);
  });
  await toCamera(ana);
  await ana.getByRole('button', { name: 'Record' }).click();
  await expect(ana.getByRole('timer')).toHaveText('Stops in 28 s', { timeout: 20_000 });
  const turned = ana.getByText('The phone was turned. From here on the picture is smaller');
  await expect(turned).toBeHidden();
  await ana.evaluate(() => (window as unknown as { turn(): void }).turn());
  await expect(turned).toBeVisible();
  await expect(ana.getByRole('timer')).toHaveText('Stops in 24 s', { timeout: 20_000 });
  await ana.getByRole('button', { name: 'Stop' }).click();
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });

  const mira = await people.page(pair.mira.userId);
  await expect(async () => {
    await mira.goto('/review');
    await mira.getByRole('button', { name: 'Next check-in' }).click();
    await expect(mira.getByRole('list', { name: 'About this clip' })).toBeVisible({ timeout: 5000 });
  }).toPass();
  await expect(mira.getByRole('list', { name: 'About this clip' })).toContainText(
    'The phone was turned while filming.',
  );
});
