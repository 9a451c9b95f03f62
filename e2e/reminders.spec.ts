import { makeInDatabase } from '../db/factories/database';
import { bringForward, bringRemindersForward, readRemindersOf, setEmail } from '../db/factories/news';
import { listLogs } from '../db/queries/practice/logs';
import { HOUR_MS } from '../domain/time/duration';
import { localMinutes } from '../domain/time/local-day';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

/** A zone whose clocks show noon or the hour after it now, so that no quiet hours and no midnight are near. */
function zoneAtNoon(): string {
  const ahead = 12 - new Date().getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
}

const inDatabase = makeInDatabase;
const remindersOf = (server: TestServer, { ana }: Pair) =>
  inDatabase(server.databaseUrl, (made) => made.read((d) => readRemindersOf(d, ana)));
/** Their hour comes: as if the time until then had gone by. */
const hourComes = (server: TestServer, { ana }: Pair) =>
  inDatabase(server.databaseUrl, (made) =>
    made.write((d) => bringRemindersForward(d, { patientId: ana.patientId, nowMs: Date.now() })),
  );

test('A reminder comes at the patient’s hour, once more, then not', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  await withProgram(server, pair);
  const email = `somebody.${process.pid}@example.org`;
  await inDatabase(server.databaseUrl, (made) =>
    made.write((d) => setEmail(d, { userId: pair.ana.userId ?? '', email })),
  );
  const letters = () => server.mail.received.filter(({ to }) => to === email);
  const zone = zoneAtNoon();
  const ana = await people.page(pair.ana.userId, { device: 'phone', zone });
  await ana.goto('/account');
  const reach = ana.getByRole('region', { name: 'How we reach you' });
  await reach.getByLabel('By the clocks of').selectOption(zone);
  await reach.getByRole('button', { name: 'Save' }).click();
  await expect(reach.getByText('Saved.')).toBeVisible();

  const form = ana.getByRole('region', { name: 'Reminders to practise' });
  await expect(form.getByLabel('First time')).toHaveValue('');
  await form.getByLabel('Second time').fill('18:00');
  await form.getByRole('button', { name: 'Save times' }).click();
  await expect(form.getByText('The times are saved.')).toBeVisible();
  await expectAccessible(ana, 'reminders');
  await expectNoSidewaysScroll(ana, 'reminders');
  await expectRoomForLargeText(ana, 'reminders');
  await ana.reload();
  await expect(form.getByLabel('First time')).toHaveValue('18:00');
  const [first] = await remindersOf(server, pair);
  expect(localMinutes(first?.dueAt ?? 0, zone)).toBe(18 * 60);
  expect(letters()).toEqual([]);

  await hourComes(server, pair);
  await expect.poll(() => letters().length, { timeout: 20_000 }).toBe(1);
  expect(letters()[0]?.subject).toBe('You have a message from your clinic');
  // Tokens are letters at random.
  const words = (letters()[0]?.raw ?? '').replace(/=\r\n/g, '').replace(/[\w-]{30,}/g, '');
  expect(words).not.toMatch(/practi|remind|exercise|Duarte|hand/i);
  const [again] = await remindersOf(server, pair);
  expect((again?.dueAt ?? 0) - (again?.repeatOf ?? 0)).toBe(HOUR_MS);

  await hourComes(server, pair);
  await expect.poll(() => letters().length, { timeout: 20_000 }).toBe(2);
  const [next] = await remindersOf(server, pair);
  expect([next?.repeatOf, localMinutes(next?.dueAt ?? 0, zone)]).toEqual([null, 18 * 60]);
  expect(next?.dueAt).toBeGreaterThan(Date.now() + HOUR_MS);

  await ana.goto('/today');
  const notice = ana.getByText('It is a time that you chose for practice.');
  await expect(notice).toBeVisible();
  await expectAccessible(ana, 'a reminder on Today');
  await expectNoSidewaysScroll(ana, 'a reminder on Today');
  const answer = ana.getByRole('button', { name: 'Not today' });
  expect((await answer.boundingBox())?.height).toBeGreaterThanOrEqual(48);
  await answer.click();
  await expect(notice).toHaveCount(0);
  await hourComes(server, pair);
  await expect.poll(async () => (await remindersOf(server, pair))[0]?.dueAt, { timeout: 20_000 }).not.toBe(next?.dueAt);
  await expect
    .poll(async () => (await remindersOf(server, pair))[0]?.dueAt ?? 0, { timeout: 20_000 })
    .toBeGreaterThan(Date.now());
  // What else would leave by now leaves; nothing does.
  await inDatabase(server.databaseUrl, (made) => made.write((d) => bringForward(d, { nowMs: Date.now() })));
  expect(letters()).toHaveLength(2);
  const logs = await inDatabase(server.databaseUrl, (made) =>
    made.read((d) => listLogs(d, { clinicId: pair.clinicId, patientId: pair.ana.patientId, sinceMs: 0 })),
  );
  expect(logs).toEqual([]);
  await ana.reload();
  await expect(ana.getByRole('heading', { level: 1 })).toContainText('Ana');
  await expect(notice).toHaveCount(0);
});

test('Times that are none are refused beside their fields, and nothing that was saved is lost', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/account');
  const form = ana.getByRole('region', { name: 'Reminders to practise' });
  await form.getByLabel('First time').fill('08:00');
  await form.getByLabel('Second time').fill('08:00');
  await form.getByRole('button', { name: 'Save times' }).click();
  await expect(form.getByText('The times are saved.')).toBeVisible();
  await form.getByLabel('Third time').evaluate((field: HTMLInputElement) => {
    field.type = 'text';
    field.value = '25:00';
  });
  await form.getByRole('button', { name: 'Save times' }).click();
  await expect(form.getByRole('alert')).toHaveText('A time, please, such as 08:00.');
  await ana.reload();
  await expect(form.getByLabel('First time')).toHaveValue('08:00');
  await expect(form.getByLabel('Second time')).toHaveValue('');
  await form.getByLabel('First time').fill('');
  await form.getByRole('button', { name: 'Save times' }).click();
  await expect(form.getByText('The times are saved.')).toBeVisible();
  expect(await remindersOf(server, pair)).toEqual([]);
});
