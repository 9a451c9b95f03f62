import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { listLogSets, listLogs } from '../db/queries/practice/logs';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { serverAgrees } from './clocks';
import { expect, type Pair, type People, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const exercise = 'Full fist and open, right hand';
const sheet = (page: Page) => page.getByRole('dialog');
const counted = (page: Page) => page.getByRole('region', { name: 'Counted, not logged yet' });

async function started(people: People, server: TestServer, pair: Pair) {
  const { prescriptions } = await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const practice = `/practice/${prescriptions[0]?.lineageId}`;
  await ana.clock.install();
  await serverAgrees(ana);
  await ana.goto(practice);
  await ana.getByRole('button', { name: `Start ${exercise}` }).click();
  return { ana, practice };
}

/** Hidden as a browser hides it: by another tab, the lock of a phone, a call. */
async function setHidden(page: Page, isHidden: boolean) {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

const repetition = (page: Page, n: number) =>
  expect(page.getByText(`Repetition ${n} of 10`)).toBeVisible({ timeout: 60_000 });
const paused = (page: Page) => expect(page.getByText('Paused', { exact: true })).toBeVisible();

test('A set that ran out while nobody looked is not counted, and goes on where it was', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  const { ana } = await started(people, server, pair);
  await repetition(ana, 2);
  // A phone that slept for three minutes: its clock ran, and nothing was painted.
  await ana.clock.fastForward(180_000);
  await paused(ana);
  await expect(ana.getByText('1 of 10 done')).toBeVisible();
  await expect(ana.getByRole('status').filter({ hasText: 'Nothing was counted meanwhile' })).toBeVisible();
  await expectAccessible(ana, 'player that was left');
  await ana.getByRole('button', { name: 'Go on' }).click();
  await repetition(ana, 3);
  await setHidden(ana, true);
  await paused(ana);
  await expect(ana.getByText('2 of 10 done')).toBeVisible();
  await setHidden(ana, false);
  await paused(ana);

  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(sheet(ana)).toContainText('Counted: 2 repetitions in 1 set');
  await expect(sheet(ana).getByRole('radio', { name: 'Partly' })).toBeChecked();
  await sheet(ana).getByLabel('Why?').selectOption('Too tired');
  await sheet(ana).getByRole('radio', { name: '1', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('All sent')).toBeVisible();
  const scope = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
  const sets = () =>
    makeInDatabase(server.databaseUrl, (made) =>
      made.read(function* (d) {
        const logs = yield* listLogs(d, { ...scope, sinceMs: 0 });
        return yield* listLogSets(d, { logIds: logs.map(({ log }) => log.id) });
      }),
    );
  await expect.poll(sets).toMatchObject([{ reps: 2, autoReps: 2, countedBy: 'tempo' }]);
});

test('Stop pressed by mistake is taken back: the count goes on from where it stood', async ({ people, server }) => {
  test.setTimeout(120_000);
  const { ana } = await started(people, server, await people.pair());
  await repetition(ana, 2);
  await ana.getByRole('button', { name: 'Stop', exact: true }).click();
  await sheet(ana).getByRole('button', { name: 'Go on where I was' }).click();
  await paused(ana);
  await expect(ana.getByText('1 of 10 done')).toBeVisible();
  await ana.getByRole('button', { name: 'Go on' }).click();
  await repetition(ana, 2);
});

test('What was counted and not logged is named on Today, also on another day and without a line', async ({
  people,
  server,
  announced,
}) => {
  test.setTimeout(180_000);
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const { ana } = await started(people, server, await people.pair());
  await repetition(ana, 2);
  // Left while it ran, by the browser's own way back.
  await ana.goto('/today');
  await expect(counted(ana)).toContainText(exercise);
  await expect(counted(ana)).toContainText('Counted: 1 repetition in 1 set');
  await expectAccessible(ana, 'counted and not logged');
  await expectNoSidewaysScroll(ana, 'counted and not logged');
  for (const button of await counted(ana).locator('a, button').all())
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(48);
  await counted(ana).getByRole('link', { name: 'Go on' }).click();
  await paused(ana);
  await expect(ana.getByText('1 of 10 done')).toBeVisible();

  await ana.goto('/today');
  await ana.unrouteAll();
  await ana.context().setOffline(true);
  await ana.clock.setSystemTime(Date.now() + 26 * 3_600_000);
  await ana.reload();
  await expect(counted(ana)).toContainText('Counted: 1 repetition in 1 set');
  // What is of another day is logged or let go: there is no going on with it.
  await expect(counted(ana).getByRole('link')).toHaveCount(0);
  await counted(ana).getByRole('button', { name: 'Log it' }).click();
  await sheet(ana).getByRole('button', { name: 'Not now' }).click();
  await counted(ana).getByRole('button', { name: 'Let it go' }).click();
  await counted(ana).getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(counted(ana)).toHaveCount(0);
});

test('With all of a day done the practice page says so, and one more is asked about first', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { clinicId, ana: patient, mira } = pair;
  const schedule = { v: 1 as const, kind: 'per_day' as const, times: 1, days: null };
  const { prescriptions } = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeProgram(d, {
        ...{ clinicId, patientId: patient.patientId, episodeId: patient.episodeId, publishedBy: mira.userId },
        ...{
          exercises: [{ slug: 'full-fist-and-open', dose: { schedule } }],
          at: Date.now() - 60_000,
          on: '2026-01-01',
        },
      }),
    ),
  );
  const ana = await people.page(patient.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana
    .getByRole('button', { name: `Done as prescribed: ${exercise}` })
    .first()
    .click();
  await sheet(ana).getByRole('radio', { name: '1', exact: true }).first().check();
  await sheet(ana).getByRole('button', { name: 'Save' }).click();
  await expect(sheet(ana)).toHaveCount(0);
  await ana.goto(`/practice/${prescriptions[0]?.lineageId}`);
  await expect(ana.getByText('Nothing more is planned for today. 1 of 1 done.')).toBeVisible();
  const start = ana.getByRole('button', { name: `Start ${exercise}` });
  await expect(start).toHaveCount(0);
  await expect(ana.getByRole('link', { name: 'Go to Today' })).toBeVisible();
  await expectAccessible(ana, 'a practice of which all is done');
  await expectNoSidewaysScroll(ana, 'a practice of which all is done');
  await ana.getByRole('button', { name: 'Practise it all the same' }).click();
  const words = ana.getByText('This is more than your clinic planned for today.');
  await expect(words).toBeFocused();
  await start.click();
  await expect(ana.getByRole('button', { name: 'Pause' })).toBeVisible();
});
