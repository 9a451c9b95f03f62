import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { openAllHours, withRules } from './appointments';
import { test } from './fixtures';

for (const theme of ['light', 'dark'] as const)
  test(`look ${theme}`, async ({ people, server }) => {
    const pair = await people.pair();
    await openAllHours(server, pair);
    await withRules(server, pair, 'book');
    const of = {
      clinicId: pair.clinicId,
      patient: pair.ana,
      clinicianId: pair.mira.userId,
      ended: false,
      phone: '+44 20 7946 0100',
      timeZone: 'Europe/London',
    };
    await makeInDatabase(server.databaseUrl, (made) =>
      made.write(function* (d) {
        yield* makeVisit(d, { ...of, startsAt: Date.now() + 60_000, mode: 'phone' });
        yield* makeVisit(d, { ...of, startsAt: Date.now() + 5 * 86_400_000 });
      }),
    );
    const shot = async (page: Awaited<ReturnType<typeof people.page>>, name: string) => {
      await page.waitForTimeout(1500);
      await page.screenshot({ path: `/root/lead/shots/${name}-${theme}.png`, fullPage: true });
    };
    const ana = await people.page(pair.ana.userId, { device: 'phone', theme });
    await ana.goto('/visits/book');
    await shot(ana, 'book-360');
    await ana.goto('/visits');
    await shot(ana, 'visits-360');
    const desk = await people.page(pair.ana.userId, { theme });
    await desk.goto('/visits');
    await shot(desk, 'visits-1280');
    await desk.goto('/visits/book');
    await shot(desk, 'book-1280');
    const mira = await people.page(pair.mira.userId, { theme });
    await mira.goto('/schedule/hours');
    await shot(mira, 'hours-1280');
    const ada = await people.page(pair.admin.userId, { theme });
    await ada.goto('/admin');
    await ada.waitForTimeout(1500);
    await ada
      .getByRole('region', { name: 'Visits that can be booked' })
      .screenshot({ path: `/root/lead/shots/rules-${theme}.png` });
    await withRules(server, pair, 'ask');
    await ana.goto('/visits/book');
    await ana.getByLabel('When it suits you').fill('Mornings');
    await ana
      .locator('label', { has: ana.getByRole('checkbox') })
      .nth(2)
      .click();
    await ana.getByRole('button', { name: 'Ask your clinic' }).click();
    await ana.waitForURL('**/visits');
    await shot(ana, 'asked-360');
    await mira.goto('/schedule');
    await shot(mira, 'schedule-asked');
  });
