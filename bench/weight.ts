import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';
import { meet, stageOf } from '../e2e/meeting';
import { type Figures, say } from './figures';
import { type Stand, withStand } from './stand';

const KB = 1024;
const BUDGET_KB = { today: 90, recorder: 90, visitOfPatient: 210, visitOfClinician: 210 };
/** Scripts that come later than this after the last one belong to something else. */
const QUIET_MS = 2000;

const kb = (bytes: number) => Math.round((bytes / KB) * 10) / 10;

type Weighed = { scriptsKb: number; scripts: number; documentKb: number; largest: [string, number][] };

/** Everything that this page loads from now on: its scripts as gzip, and the document with the words in it. */
function weigh(page: Page): () => Promise<Weighed> {
  const loaded = new Map<string, Response>();
  let lastAt = performance.now();
  let document: Response | null = null;
  page.on('response', (response) => {
    const type = response.request().resourceType();
    if (type === 'script') {
      loaded.set(response.url(), response);
      lastAt = performance.now();
    }
    if (type === 'document') document = response;
  });
  const gzip = async (response: Response) => gzipSync(await response.body()).length;
  return async () => {
    while (performance.now() - lastAt < QUIET_MS) await new Promise((resolve) => setTimeout(resolve, 100));
    const sizes: [string, number][] = [];
    for (const [url, response] of loaded) sizes.push([url.split('/').at(-1) ?? url, await gzip(response)]);
    sizes.sort((a, b) => b[1] - a[1]);
    return {
      scriptsKb: kb(sizes.reduce((sum, [, bytes]) => sum + bytes, 0)),
      scripts: sizes.length,
      documentKb: document ? kb(await gzip(document)) : 0,
      largest: sizes.slice(0, 8).map(([name, bytes]) => [name, kb(bytes)]),
    };
  };
}

async function pages({ pair, page }: Stand): Promise<Record<'empty' | keyof typeof BUDGET_KB, Weighed>> {
  const nobody = await page(null, 'phone');
  const empty = weigh(nobody);
  await nobody.goto('/no-such-page');
  const today = await page(pair.ana.userId, 'phone');
  const weighedToday = weigh(today);
  await today.goto('/today');
  await today
    .getByRole('button', { name: /^Done as prescribed/ })
    .first()
    .waitFor();

  const recorder = await page(pair.ana.userId, 'phone');
  const weighedRecorder = weigh(recorder);
  await recorder.goto('/check-ins/new');
  await recorder.getByRole('radio', { name: '2', exact: true }).check();
  await recorder.getByRole('button', { name: 'Go on to the camera' }).click();
  await recorder.getByRole('button', { name: 'Record' }).waitFor();

  const mira = await page(pair.mira.userId);
  const ana = await page(pair.ana.userId, 'phone');
  const address = await meet(mira, ana, pair.ana.patientId);
  await stageOf.mira(mira).getByRole('application').waitFor();
  // Pages of their own, so that only what the visit loads is weighed.
  const inVisit = async (userId: string | null, device: 'phone' | 'desktop') => {
    const visit = await page(userId, device);
    const weighed = weigh(visit);
    await visit.goto(address);
    await visit
      .getByRole('button', { name: /^(Join visit|Same as last time)/ })
      .first()
      .click();
    await visit.getByText('Connected').waitFor();
    return await weighed();
  };
  return {
    empty: await empty(),
    today: await weighedToday(),
    recorder: await weighedRecorder(),
    visitOfPatient: await inVisit(pair.ana.userId, 'phone'),
    visitOfClinician: await inVisit(pair.mira.userId, 'desktop'),
  };
}

/** Gzip bytes of the scripts that pages really load, over those of an empty page of the same build. */
export async function benchmark(): Promise<Figures> {
  const weighed = await withStand(pages);
  const floorKb = weighed.empty.scriptsKb;
  const names = ['today', 'recorder', 'visitOfPatient', 'visitOfClinician'] as const;
  const overFloorKb = Object.fromEntries(
    names.map((name) => [name, Math.round((weighed[name].scriptsKb - floorKb) * 10) / 10]),
  );
  for (const name of names) say(`${name}: floor + ${overFloorKb[name]} KB of ${BUDGET_KB[name]}`);
  const within = names.every((name) => (overFloorKb[name] ?? Number.POSITIVE_INFINITY) <= BUDGET_KB[name]);
  return { floorKb, overFloorKb, budgetKb: BUDGET_KB, weighed, within };
}
