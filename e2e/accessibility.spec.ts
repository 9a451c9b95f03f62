import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { expect, test } from './fixtures';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(
    (violation) => `${violation.id}: ${violation.nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
  expect.soft(found, where).toEqual([]);
}

/** Nothing of the page is cut off sideways: at 360 px, and at 200 % zoom of a small window. */
async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${where} is wider than its window`).toBeLessThanOrEqual(0);
}

for (const theme of ['light', 'dark'] as const) {
  test(`Every screen holds WCAG 2.2 AA, ${theme}`, async ({ people, server }) => {
    test.setTimeout(240_000);
    const pair = await people.pair();
    const made = await makeInDatabase(server.databaseUrl, (database) =>
      database.write((d) =>
        makeProgram(d, {
          clinicId: pair.clinicId,
          patientId: pair.ana.patientId,
          episodeId: pair.ana.episodeId,
          publishedBy: pair.mira.userId,
          exercises: [{ slug: 'full-fist-and-open' }, { slug: 'tendon-glides' }],
          at: Date.now(),
          on: '2026-01-01',
        }),
      ),
    );
    const lineage = made.prescriptions[0]?.lineageId ?? '';
    const people360 = { device: 'phone', theme } as const;
    const nobody = await people.page(null, people360);
    const ana = await people.page(pair.ana.userId, people360);
    const mira = await people.page(pair.mira.userId, { theme });
    const admin = await people.page(pair.admin.userId, { theme });
    const screens: [Page, string, string | RegExp][] = [
      [nobody, '/', 'Your hand.'],
      [nobody, '/sign-in', 'Sign in'],
      [nobody, `/invite/${'x'.repeat(43)}`, 'This link does not work any more'],
      [ana, '/today', 'Ana'],
      [ana, `/practice/${lineage}`, 'Full fist and open'],
      [ana, '/progress', 'Progress'],
      [ana, '/visits', 'Visits'],
      [mira, '/patients', 'Nobody needs you'],
      [mira, '/patients/new', 'Add patient'],
      [mira, `/patients/${pair.ana.patientId}`, 'Ana Duarte'],
      [mira, `/programs/${made.programId}`, 'Home program'],
      [mira, '/schedule', 'Schedule'],
      [admin, '/admin', 'Admin'],
    ];
    for (const [page, path, heading] of screens) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
      await expectAccessible(page, path);
      await expectNoSidewaysScroll(page, path);
      await page.setViewportSize({ width: 360, height: 780 });
      await expectNoSidewaysScroll(page, `${path} at 360`);
    }
    await ana.goto('/today');
    await ana
      .getByRole('button', { name: /^Done as prescribed/ })
      .first()
      .click();
    await expectAccessible(ana, 'log sheet');
  });
}
