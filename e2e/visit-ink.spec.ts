import type { Page } from '@playwright/test';
import { DISCS } from './camera';
import { expect, test } from './fixtures';
import { findColour, look } from './pixels';

const CLINICIAN_INK = [244, 240, 74] as const;

/** Both sides in one visit: Ana knocks, Mira opens and admits her. */
async function meet(mira: Page, ana: Page, patientId: string): Promise<string> {
  await mira.goto(`/patients/${patientId}`);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  const link = mira.getByRole('link', { name: /^Join visit/ });
  const address = (await link.getAttribute('href')) ?? '';
  await link.click();
  await mira.getByRole('button', { name: 'Join visit' }).click();
  await ana.goto('/visits');
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: 'Join visit' }).click();
  await mira.getByRole('button', { name: /^Admit/ }).click();
  return address;
}

test('A clinician draws on the live hand and both see it at the same place', async ({ people }) => {
  const { mira: miraUser, ana: anaUser } = await people.pair();
  const mira = await people.page(miraUser.userId, { device: 'desktop' });
  const ana = await people.page(anaUser.userId, { device: 'phone' });
  const address = await meet(mira, ana, anaUser.patientId);

  const miraStage = mira.getByRole('figure', { name: 'Hand of Ana Duarte' });
  const anaStage = ana.getByRole('figure', { name: 'Your hand' });
  const seen = async (stage: typeof miraStage) => findColour(await look(stage), DISCS.magenta.rgb);
  await expect.poll(() => seen(miraStage), { timeout: 30_000 }).not.toBeNull();
  await expect.poll(() => seen(anaStage), { timeout: 30_000 }).not.toBeNull();

  const disc = await seen(miraStage);
  const box = await miraStage.boundingBox();
  if (!disc || !box) throw new Error('the disc was seen a moment ago');
  await mira.getByRole('button', { name: 'Pen' }).click({ trial: true });
  const [x, y] = [box.x + disc.x, box.y + disc.y];
  await mira.mouse.move(x - 3, y);
  await mira.mouse.down();
  for (let step = -3; step <= 3; step++) await mira.mouse.move(x + step * 4, y + (step % 2), { steps: 2 });
  await mira.mouse.up();

  await expect(ana.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  const picture = await look(anaStage);
  const ink = findColour(picture, CLINICIAN_INK);
  const discThere = findColour(picture, DISCS.magenta.rgb, { least: 4 });
  expect(ink).not.toBeNull();
  expect(discThere).not.toBeNull();
  if (!ink || !discThere) return;
  expect(Math.hypot(ink.x - discThere.x, ink.y - discThere.y) / picture.width).toBeLessThan(0.02);

  await mira.screenshot({ path: '/tmp/look/visit-clinician.png' });
  await ana.screenshot({ path: '/tmp/look/visit-patient.png' });
  await mira.getByRole('button', { name: 'End visit' }).click();
  await expect(mira.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
  await mira.goto(address);
  await expect(mira.getByRole('list', { name: 'Marks of the visit' }).getByRole('listitem')).toContainText([
    'Pen by Mira Solberg',
  ]);
});
