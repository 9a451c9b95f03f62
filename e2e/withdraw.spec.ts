import { makeCheckIn, makeClip } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { expect, type Pair, test } from './fixtures';

/** A check-in of Ana's with so many clips, with her clinic and not answered. */
async function waiting(databaseUrl: string, { clinicId, ana }: Pair, clips: number): Promise<string> {
  const owner = { clinicId, patientId: ana.patientId, at: Date.now() };
  const userId = ana.userId ?? '';
  const made = await makeInDatabase(databaseUrl, ({ write }) =>
    write(function* (d) {
      const mediaIds: string[] = [];
      while (mediaIds.length < clips) mediaIds.push(yield* makeClip(d, { ...owner, ownerUserId: userId }));
      return yield* makeCheckIn(d, { ...owner, userId, state: 'ready', mediaIds });
    }),
  );
  return made.checkInId;
}

test('A patient takes back one clip, then the whole check-in, in two steps each, and the clinic’s queue is empty', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await waiting(server.databaseUrl, pair, 2);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await ana.getByRole('button', { name: 'Take back clip 2' }).click();
  await expect(ana.getByText('This clip goes away. The rest of your check-in stays.')).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Keep' })).toBeFocused();
  await ana.getByRole('button', { name: 'Delete' }).click();
  await expect(ana.getByRole('heading', { name: 'Your clips' })).toHaveCount(0);

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
  await ana.getByRole('button', { name: 'Take back this check-in' }).click();
  await ana.getByRole('button', { name: 'Keep' }).click();
  await expect(ana.getByRole('button', { name: 'Take back this check-in' })).toBeFocused();
  await ana.getByRole('button', { name: 'Take back this check-in' }).click();
  await ana.getByRole('button', { name: 'Delete' }).click();
  await expect(ana.getByText('You took this back. You can film again whenever you like.')).toBeVisible();
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toHaveCount(0);
  await ana.goto('/check-ins');
  await expect(ana.getByRole('link', { name: /Taken back/ })).toBeVisible();
});
