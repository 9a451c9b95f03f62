import type { Locator } from '@playwright/test';
import { DISCS } from './camera';
import { expect, test } from './fixtures';
import { drawAcross, meet, stageOf } from './meeting';
import { findColour, look } from './pixels';

const CLINICIAN_INK = [244, 240, 74] as const;

const discOn = async (stage: Locator) => findColour(await look(stage), DISCS.magenta.rgb, { least: 4 });

test('A clinician draws on the live hand and both see it at the same place', async ({ people }) => {
  const { mira: miraUser, ana: anaUser } = await people.pair();
  const mira = await people.page(miraUser.userId, { device: 'desktop' });
  const ana = await people.page(anaUser.userId, { device: 'phone' });
  const address = await meet(mira, ana, anaUser.patientId);
  // Both browsers have the same camera film; on Ana's stage only her own hand may carry discs.
  await mira.getByRole('button', { name: 'Camera off' }).click();
  const [miraStage, anaStage] = [stageOf.mira(mira), stageOf.ana(ana)];
  await expect.poll(() => discOn(miraStage), { timeout: 30_000 }).not.toBeNull();
  await expect.poll(() => discOn(anaStage), { timeout: 30_000 }).not.toBeNull();

  const disc = await discOn(miraStage);
  const box = await miraStage.boundingBox();
  if (!disc || !box) throw new Error('the disc was seen a moment ago');
  await drawAcross(mira, { x: box.x + disc.x, y: box.y + disc.y });

  await expect(ana.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  const picture = await look(anaStage);
  const ink = findColour(picture, CLINICIAN_INK);
  const there = findColour(picture, DISCS.magenta.rgb, { least: 4 });
  if (!ink || !there) throw new Error('ink and disc must both be in the picture of the other side');
  expect(Math.hypot(ink.x - there.x, ink.y - there.y) / picture.width).toBeLessThan(0.02);

  await mira.getByRole('button', { name: 'End visit' }).click();
  await expect(mira.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
  await mira.goto(address);
  const record = mira.getByRole('list', { name: 'Marks of the visit' }).getByRole('listitem');
  await expect(record).toContainText(['Pen by Mira Solberg']);
  await expect(ana.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
});
