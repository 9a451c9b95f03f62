import { makeCheckIn } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { drawOnClip, waitingCheckIn } from './clips';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const HOUR_MS = 3_600_000;

/** A general question of Ana's with a red answer, sent five hours ago. */
async function redQuestion(server: TestServer, { clinicId, ana, mira }: Pair): Promise<void> {
  const whose = { clinicId, patientId: ana.patientId, userId: ana.userId ?? '', assigneeId: mira.userId };
  const answers = { v: 2 as const, pain: null, redFlags: ['hot_joint' as const] };
  const at = Date.now() - 5 * HOUR_MS;
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeCheckIn(d, { ...whose, at, severity: 'red', mediaIds: [], answers })),
  );
}

test('A row of the queue says whose it is, about what, the pain, the promise and how long it waits', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await waitingCheckIn(server, pair);
  await redQuestion(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  const rows = mira.getByRole('main').getByRole('listitem');
  await expect(rows).toHaveCount(2);
  for (const words of ['Red flag', 'A general question', 'Pain not answered', 'No time is promised', 'Waits 5 hours'])
    await expect(rows.first()).toContainText(words);
  for (const words of ['Ana Duarte', 'Tendon glides', 'Pain 2 of 10', 'Promised by', /Waits \d minutes?/])
    await expect(rows.last()).toContainText(words);
  await expectAccessible(mira, 'the queue');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectAccessible(mira, 'the queue on a phone');
  await expectNoSidewaysScroll(mira, 'the queue on a phone');
  await expectRoomForLargeText(mira, 'the queue on a phone');
});

test('Who publishes reads what went out and has the next at hand, until nothing waits', async ({ people, server }) => {
  const pair = await people.pair();
  const first = await waitingCheckIn(server, pair);
  await redQuestion(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${first}`);
  await drawOnClip(mira);
  await mira.getByLabel('Reply to Ana').fill('Slow on the way in. Count two.');
  await mira.getByRole('button', { name: 'Less: Repetitions' }).click();
  await expect(mira.getByText('Your drawings are still being sent.')).toHaveCount(0);
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('status').filter({ hasText: 'Published. Ana Duarte can read it now.' })).toBeVisible();
  const out = mira.getByRole('region', { name: 'What was sent' });
  for (const words of ['“Slow on the way in. Count two.”', 'One drawing', /New dose of Tendon glides: .+/])
    await expect(out).toContainText(words);
  await expectAccessible(mira, 'after publishing');

  await out.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByRole('heading', { name: 'Ana Duarte, a general question' })).toBeVisible();
  await mira.getByLabel('Reply to Ana').fill('I ring you now.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(out).toContainText('“I ring you now.”');
  await expect(out).toContainText('No drawings');
  await expect(out).toContainText('Nothing else waits in the queue.');
  await expect(out.getByRole('button')).toHaveCount(0);
});
