import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { bringForward, bringRemindersForward, moveStart, setEmail } from '../db/factories/news';
import { ensureCaddy } from '../scripts/programs.mjs';
import { freePort, start, waitForHttp } from '../scripts/spawn.mjs';
import { calendarsIn, readCalendar } from '../server/testing/calendar-reader';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const DAY = 86_400_000;
const HOUR = 3_600_000;

const links = (page: Page) => page.getByRole('region', { name: 'Calendar' });

/** Makes a link as its person does. */
async function makeLink(page: Page, label: string): Promise<string> {
  await page.goto('/account');
  await links(page).getByLabel('Name of the device or calendar').fill(label);
  await links(page).getByRole('button', { name: 'Make a link' }).click();
  await expect(links(page).getByText('Here is your link. It is shown this once.')).toBeVisible();
  return await links(page).getByLabel('Link', { exact: true }).inputValue();
}

const tokenOf = (url: string) => /([\w-]{43})\.ics$/.exec(url)?.[1] ?? '';
const eventsAt = async (url: string) => readCalendar(await (await fetch(url)).text()).events;

/** What a page asks of the server, asked from there. */
async function ask(page: Page, procedure: string, input: object): Promise<{ visitId: string }> {
  return await page.evaluate(
    async ([path, body]) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`/api/trpc/${path}`, { method: 'POST', headers, body });
      const { result, error } = await answer.json();
      if (error) throw new Error(error.message);
      return result.data;
    },
    [procedure, JSON.stringify(input)] as const,
  );
}

async function lettersTo(server: TestServer, email: string) {
  await makeInDatabase(server.databaseUrl, (made) => made.write((d) => bringForward(d, { nowMs: Date.now() })));
  return server.mail.received.filter(({ to }) => to === email);
}

let n = 0;
async function withAddress(server: TestServer, { ana }: Pair): Promise<string> {
  const email = `calendar${process.pid}.${++n}@example.org`;
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => setEmail(d, { userId: ana.userId ?? '', email })),
  );
  return email;
}

test('A moved visit moves in a subscribed calendar', async ({ people, server }) => {
  const pair = await people.pair();
  const email = await withAddress(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const url = await makeLink(ana, 'My phone');
  await expectAccessible(ana, 'a link to a calendar');
  await expectNoSidewaysScroll(ana, 'a link to a calendar');
  await expectRoomForLargeText(ana, 'a link to a calendar');
  const webcal = links(ana).getByRole('link', { name: 'Open in calendar' });
  await expect(webcal).toHaveAttribute('href', url.replace('http:', 'webcal:'));
  expect(await eventsAt(url)).toEqual([]);

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/schedule');
  const startsAt = Math.ceil((Date.now() + 3 * DAY) / HOUR) * HOUR;
  const asked = { patientId: pair.ana.patientId, durationMinutes: 30, kind: 'review', mode: 'video' };
  const { visitId } = await ask(mira, 'visits.schedule', { ...asked, startsAt });
  const first = { uid: visitId, sequence: 0, startsAt, status: 'CONFIRMED', summary: 'Visit' };
  expect(await eventsAt(url)).toMatchObject([first]);
  await expect.poll(async () => (await lettersTo(server, email)).length).toBe(1);

  const moved = startsAt + DAY + HOUR;
  await ask(mira, 'visits.reschedule', { visitId, startsAt: moved, durationMinutes: 30, sequence: 0 });
  expect(await eventsAt(url)).toMatchObject([{ ...first, sequence: 1, startsAt: moved }]);
  await expect.poll(async () => (await lettersTo(server, email)).length).toBe(2);

  await ask(mira, 'visits.cancel', { visitId, state: 'cancelled' });
  const off = { ...first, sequence: 2, startsAt: moved, status: 'CANCELLED' };
  expect(await eventsAt(url)).toMatchObject([off]);
  await expect.poll(async () => (await lettersTo(server, email)).length).toBe(3);

  // The letters say the same, each to a calendar that never subscribed.
  const told = (await lettersTo(server, email)).map(({ raw }) => readCalendar(calendarsIn(raw)[0]?.text ?? ''));
  expect(told.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'CANCEL']);
  expect(told.flatMap(({ events }) => events)).toMatchObject([first, { ...first, sequence: 1, startsAt: moved }, off]);
  for (const { events } of told) expect(events[0]?.text).not.toMatch(/Ana|Duarte|Mira|Solberg|review/);
});

test('A link to a calendar is shown once, ends when its person says so, and stands in no log', async ({
  people,
  server,
}) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone', theme: 'dark' });
  const url = await makeLink(ana, 'My watch');
  const secret = tokenOf(url);
  expect(secret).toHaveLength(43);
  await ana.reload();
  await expect(links(ana).getByText('Not read yet')).toBeVisible();
  expect(await ana.content()).not.toContain(secret);

  const whole = await fetch(url);
  expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8']);
  const known = { 'if-none-match': whole.headers.get('etag') ?? '' };
  expect((await fetch(url, { headers: known })).status).toBe(304);
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, await head.text()]).toEqual([200, '']);
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) expect((await fetch(url, { method })).status).toBe(405);
  await ana.reload();
  await expect(links(ana).getByText(/^Last read /)).toBeVisible();

  // Behind a real proxy, as the documentation has it: its logs name the door and not the key.
  const port = await freePort();
  const home = mkdtempSync(join(tmpdir(), 'regrasp-caddy-'));
  const lines: string[] = [];
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home, CADDY_ADMIN: 'off' },
    ...{ REGRASP_SITE: `http://127.0.0.1:${port}`, REGRASP_APP: new URL(server.url).host },
  };
  const args = ['run', '--config', 'docs/Caddyfile', '--adapter', 'caddyfile'];
  const caddy = start(await ensureCaddy(), args, { env, onLine: (line: string) => lines.push(line) });
  try {
    await waitForHttp(`http://127.0.0.1:${port}/api/health`, { timeoutMs: 20_000, ended: caddy.ended });
    const behind = url.replace(server.url, `http://127.0.0.1:${port}`);
    expect((await fetch(behind, { headers: { referer: behind } })).status).toBe(200);
    // Of what the app does not answer the proxy writes an error of its own.
    await ana.goto('about:blank');
    await server.app.stop();
    expect((await fetch(behind)).status).toBe(502);
    await expect.poll(() => lines.filter((line) => line.includes('/api/calendar/-.ics')).length).toBeGreaterThan(2);
  } finally {
    await caddy.stop();
    rmSync(home, { recursive: true, force: true });
    await server.startApp();
  }
  expect(lines.join('\n')).not.toContain(secret);
  expect(server.log.join('\n')).not.toContain(secret);

  await ana.goto('/account');
  await links(ana)
    .getByRole('button', { name: /^End link: My watch/ })
    .click();
  await expectAccessible(ana, 'ending a link to a calendar');
  await links(ana).getByRole('button', { name: 'End link', exact: true }).click();
  await expect(links(ana).getByRole('list', { name: 'Links in use' })).toHaveCount(0);
  const gone = await fetch(url);
  expect([gone.status, await gone.text()]).toEqual([404, 'not_found']);
});

test('A visit that nobody held is told to both, and planned again in one press', async ({ people, server }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/schedule');
  const asked = { patientId: pair.ana.patientId, durationMinutes: 15, kind: 'review', mode: 'video' };
  const { visitId } = await ask(mira, 'visits.schedule', { ...asked, startsAt: Date.now() + DAY });
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(ana.getByText(/^A visit with Mira Solberg is booked: /)).toBeVisible();
  // Its time comes, goes by, and nobody opened it.
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const nowMs = Date.now();
      yield* moveStart(d, { visitId, startsAt: nowMs - HOUR });
      yield* bringRemindersForward(d, { patientId: pair.ana.patientId, nowMs });
    }),
  );
  const said = ana.getByText(/^The visit with Mira Solberg did not take place: /);
  await expect(said).toBeVisible({ timeout: 15_000 });
  const again = ana.getByRole('link', { name: 'Plan another visit' });
  await expect(again).toHaveAttribute('href', `/visits/book?again=${visitId}`);
  await expectAccessible(ana, 'Today with a visit that was not held');
  await expectNoSidewaysScroll(ana, 'Today with a visit that was not held');
  await ana.goto('/visits');
  await expect(ana.getByRole('link', { name: /^Plan another visit/ })).toHaveAttribute(
    'href',
    `/visits/book?again=${visitId}`,
  );
  await mira.goto('/notices');
  const told = mira.getByRole('link', { name: 'The visit with Ana Duarte did not take place. Plan it again' });
  await expect(told).toHaveAttribute('href', `/schedule?again=${visitId}`);
});
