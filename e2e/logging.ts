import type { Page } from '@playwright/test';

/** What opens with a press on an exercise, and what its pain means. */
export const sheet = (page: Page) => page.getByRole('dialog');

/** "Done as prescribed" with this pain; what it means is then on the screen. */
export async function logPain(page: Page, exercise: string, pain: number): Promise<void> {
  await page
    .getByRole('button', { name: `Done as prescribed: ${exercise}` })
    .first()
    .click();
  await sheet(page)
    .getByRole('radio', { name: String(pain), exact: true })
    .first()
    .check();
  await sheet(page).getByRole('button', { name: 'Save' }).click();
}
