import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

type Theme = 'light' | 'dark';

/** The colour behind everything. */
const ground = (page: Page) =>
  page.evaluate(() => {
    const colours = [document.body, document.documentElement].map((part) => getComputedStyle(part).backgroundColor);
    return colours.find((colour) => colour !== 'rgba(0, 0, 0, 0)');
  });

async function violationsOf(page: Page): Promise<string[]> {
  // The legacy mode takes no page of its own for each look; what it does not see, frames of other hosts, there are none.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(TAGS).analyze();
  return violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
}

/** WCAG 2.2 AA, as far as a program can see it, on the page as it is now, in light and in dark. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const own: Theme = (await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) ? 'dark' : 'light';
  const other: Theme = own === 'light' ? 'dark' : 'light';
  expect.soft(await violationsOf(page), `${where}, ${own}`).toEqual([]);
  const before = await ground(page);
  // Without motion, so that no colour is caught on its way.
  await page.emulateMedia({ colorScheme: other, reducedMotion: 'reduce' });
  expect(await ground(page), `${where}: the ground of the ${other} theme`).not.toBe(before);
  expect.soft(await violationsOf(page), `${where}, ${other}`).toEqual([]);
  await page.emulateMedia({ colorScheme: own, reducedMotion: null });
}

/** Nothing of the page, nor of a dialog on it, is cut off sideways: at 360 px, and at 200 % zoom of a small window. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(() =>
    Math.max(
      ...[document.documentElement, ...document.querySelectorAll('dialog[open]')].map(
        (part) => part.scrollWidth - part.clientWidth,
      ),
    ),
  );
  expect.soft(overflow, `${where} is wider than its window`).toBeLessThanOrEqual(0);
}

/** The same with text of twice the size, as browsers and telephones can be set. */
export async function expectRoomForLargeText(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await expectNoSidewaysScroll(page, `${where} with text of twice the size`);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}
