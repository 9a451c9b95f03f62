import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { toCamera } from './clips';
import { expect, test } from './fixtures';
import { onPhone } from './prescribed';

test('The recorder says what to do, counts down aloud, and lies beside the picture on a phone on its side', async ({
  people,
  server,
}) => {
  const { ana } = await onPhone(people, server, ['tendon-glides']);
  // Debian's Chromium has no voices: this stands for a phone's own, and for one on a vendor's server.
  await ana.addInitScript(() => {
    const said: string[] = [];
    const voices = [
      { lang: 'en-US', localService: false },
      { lang: 'en-GB', localService: true },
    ];
    const speechSynthesis = {
      getVoices: () => voices,
      cancel: () => {},
      speak: ({ voice, text }: { voice: { lang: string }; text: string }) => said.push(`${voice.lang}: ${text}`),
    };
    class SpeechSynthesisUtterance {
      voice = null;
      constructor(readonly text: string) {}
    }
    Object.assign(window, { said, SpeechSynthesisUtterance });
    Object.defineProperty(window, 'speechSynthesis', { value: speechSynthesis });
  });
  const said = () => ana.evaluate(() => (window as unknown as { said: string[] }).said);
  await toCamera(ana);
  await expect(ana.getByRole('heading', { name: 'Film Tendon glides' })).toBeVisible();
  const prompt = 'From the side, thumb towards the phone. It counts down from 5.';
  await expect(ana.getByText(prompt)).toBeVisible();
  await expect.poll(said).toEqual([`en-GB: ${prompt}`]);
  await expectNoSidewaysScroll(ana, 'recorder');
  await expect(ana.getByRole('navigation')).toBeHidden();

  await ana.setViewportSize({ width: 640, height: 360 });
  const record = ana.getByRole('button', { name: 'Record' });
  await expect(record).toBeInViewport({ ratio: 1 });
  const picture = ana.getByRole('figure', { name: 'Camera picture' });
  await expect.poll(async () => (await picture.boundingBox())?.height ?? 0).toBeGreaterThan(300);
  const [beside, hand] = [await record.boundingBox(), await picture.boundingBox()];
  // Her right hand is filmed, so the left one works the phone.
  expect((beside?.x ?? 640) + (beside?.width ?? 0)).toBeLessThanOrEqual(hand?.x ?? 0);
  expect(Math.min(beside?.width ?? 0, beside?.height ?? 0)).toBeGreaterThanOrEqual(96);
  await expectAccessible(ana, 'recorder on its side');

  await record.click();
  await expect(ana.getByText(/^Stops in/)).toBeVisible();
  expect((await said()).slice(1)).toEqual(['5', '4', '3', '2', '1'].map((digit) => `en-GB: ${digit}`));
  await ana.getByRole('button', { name: 'Stop' }).click();
  await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeVisible();
  await ana.getByRole('button', { name: 'Film again' }).click();
  await ana.getByRole('button', { name: 'Voice' }).click();
  const before = await said();
  await record.click();
  await expect(ana.getByText(/^Stops in/)).toBeVisible();
  expect(await said()).toEqual(before);
  await ana.getByRole('button', { name: 'Stop' }).click();
});
