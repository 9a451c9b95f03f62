import type { Page } from '@playwright/test';

/** Both sides in one visit: Mira schedules it for now and opens it, Ana knocks, Mira admits her. Returns its address. */
export async function meet(mira: Page, ana: Page, patientId: string): Promise<string> {
  await mira.goto(`/patients/${patientId}`);
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  await mira.getByRole('button', { name: 'Schedule visit' }).click();
  const link = mira.getByRole('link', { name: /^Join visit/ });
  const address = (await link.getAttribute('href')) ?? '';
  await link.click();
  await mira.getByRole('button', { name: /^Join visit/ }).click();
  await ana.goto('/visits');
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: /^Join visit/ }).click();
  await mira.getByRole('button', { name: /^Admit/ }).click();
  return address;
}

export const stageOf = {
  mira: (page: Page) => page.getByRole('figure', { name: 'Hand of Ana Duarte' }),
  ana: (page: Page) => page.getByRole('figure', { name: 'Your hand' }),
};

/** Draws a short line across a point of an element, by mouse, as a hand does: several moves. */
export async function drawAcross(page: Page, at: { x: number; y: number }): Promise<void> {
  await page.mouse.move(at.x - 12, at.y);
  await page.mouse.down();
  for (let step = -3; step <= 3; step++) await page.mouse.move(at.x + step * 4, at.y + (step % 2), { steps: 2 });
  await page.mouse.up();
}
