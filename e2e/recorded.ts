import type { Page } from '@playwright/test';
import { expect } from './fixtures';

/** Records a clip as a patient does, with its answers first, and waits until the clinic has it. */
export async function sendClip(page: Page, { pain, question }: { pain: string; question: string }): Promise<void> {
  await page.goto('/check-ins');
  await page.getByRole('link', { name: 'New check-in' }).click();
  await page.getByRole('radio', { name: pain, exact: true }).check();
  await page.getByLabel('Your question').fill(question);
  await page.getByRole('button', { name: 'Go on to the camera' }).click();
  await page.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText(/^Stops in 2[0-9] s/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
}
