import type { Locator, Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type People, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

/** Whatever of the page comes from the catalogue is accented; names, numbers and exercises are not. */
const DATA = /^(Ana Duarte|Mira Solberg|Index finger fracture|AD|MS|[\d\s:.,–−+%]*)$/;

async function expectFromCatalogue(page: Page, where: string): Promise<void> {
  for (const role of ['button', 'link', 'tab'] as const) {
    for (const text of await page.getByRole(role).allInnerTexts()) {
      const words = text.split('\n').filter((line) => line.trim() !== '' && !DATA.test(line.trim()));
      for (const line of words)
        expect.soft(line, `${where}: "${line}" is not from the catalogue`).toMatch(/[^\0-\x7F]/);
    }
  }
}

async function screensOf(people: People, server: TestServer, locale: string) {
  const pair = await people.pair();
  const made = await withProgram(server, pair);
  const pages = {
    nobody: await people.page(null, { device: 'phone' }),
    ana: await people.page(pair.ana.userId, { device: 'phone' }),
    mira: await people.page(pair.mira.userId),
  };
  for (const page of Object.values(pages))
    await page.context().addCookies([{ name: 'regrasp.locale', value: locale, url: server.url }]);
  const lineage = made.prescriptions[0]?.lineageId ?? '';
  const screens: [Page, string][] = [
    ...['/', '/sign-in'].map((path): [Page, string] => [pages.nobody, path]),
    ...[
      '/today',
      `/practice/${lineage}`,
      '/check-ins',
      '/check-ins/new',
      '/progress',
      '/visits',
      '/messages',
      '/consents',
      '/account',
    ].map((path): [Page, string] => [pages.ana, path]),
    ...['/patients', '/patients/new', `/patients/${pair.ana.patientId}`, `/programs/${made.programId}`].map(
      (path): [Page, string] => [pages.mira, path],
    ),
    ...['/review', '/schedule', '/threads', `/threads/${pair.ana.episodeId}`].map((path): [Page, string] => [
      pages.mira,
      path,
    ]),
  ];
  return { ...pages, screens };
}

test('Every word of the screens comes from the catalogue, and 40 % longer words have room', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const { screens } = await screensOf(people, server, 'en-XA');
  for (const [page, path] of screens) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectFromCatalogue(page, path);
    await expectNoSidewaysScroll(page, path);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(page, `${path} at 360`);
  }
});

test('From right to left the screens turn round, and no screen is wider than its window', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const { screens, ana } = await screensOf(people, server, 'ar-XB');
  for (const [page, path] of screens) {
    await page.goto(path);
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNoSidewaysScroll(page, path);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(page, `${path} at 360`);
  }
  await ana.goto('/today');
  const places = ana.getByRole('navigation').getByRole('link');
  const [first, last] = [await places.first().boundingBox(), await places.last().boundingBox()];
  expect(first?.x ?? 0).toBeGreaterThan(last?.x ?? 0);
});

async function boxOf(part: Locator) {
  await expect(part).toBeVisible();
  const box = await part.boundingBox();
  if (!box) throw new Error('the part is visible and has no box');
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

test('Where there is room the places stand at the side and the day beside its program, in either direction', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const main = () => ana.getByRole('main');
  const parts = async () => ({
    places: await boxOf(ana.getByRole('navigation')),
    day: await boxOf(main().getByRole('heading', { level: 1 })),
    program: await boxOf(main().getByRole('list').last()),
  });
  for (const locale of ['en', 'ar-XB']) {
    await ana.context().addCookies([{ name: 'regrasp.locale', value: locale, url: server.url }]);
    await ana.setViewportSize({ width: 360, height: 780 });
    await ana.goto('/today');
    const phone = await parts();
    expect(phone.places.bottom).toBe(780);
    expect(phone.program.y).toBeGreaterThan(phone.day.bottom);

    await ana.setViewportSize({ width: 1280, height: 900 });
    const wide = await parts();
    expect([wide.places.y, wide.places.width, wide.places.height]).toEqual([0, 112, 900]);
    expect(Math.abs(wide.program.y - wide.day.y)).toBeLessThan(60);
    const [first, second, third] =
      locale === 'en' ? [wide.places, wide.day, wide.program] : [wide.program, wide.day, wide.places];
    expect(first.right).toBeLessThanOrEqual(second.x);
    expect(second.right).toBeLessThanOrEqual(third.x);
    for (const link of await ana.getByRole('navigation').getByRole('link').all())
      expect((await boxOf(link)).height).toBeGreaterThanOrEqual(48);
    await expectNoSidewaysScroll(ana, '/today at 1280');
    await expectAccessible(ana, '/today at 1280');
  }
});
