import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { expect, test } from './fixtures';
import { drawAcross } from './meeting';

test('A check-in comes back as drawings on the patient’s own video', async ({ people, server }) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeProgram(d, {
        clinicId: pair.clinicId,
        patientId: pair.ana.patientId,
        episodeId: pair.ana.episodeId,
        publishedBy: pair.mira.userId,
        exercises: [{ slug: 'tendon-glides' }],
        at: Date.now() - 60_000,
        on: '2026-01-01',
      }),
    ),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/check-ins');
  await ana.getByRole('link', { name: 'New check-in' }).click();
  await ana.getByRole('radio', { name: '3', exact: true }).check();
  await ana.getByLabel('Your question').fill('Is my thumb in the way?');
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await ana.getByRole('button', { name: 'Record' }).click();
  await expect(ana.getByText(/^Stops in 2[0-9] s/)).toBeVisible({ timeout: 20_000 });
  await ana.getByRole('button', { name: 'Stop' }).click();
  await ana.getByRole('button', { name: 'Send' }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('Is my thumb in the way?')).toBeVisible();
  const clip = mira.getByRole('figure', { name: 'Clip' });
  const area = clip.getByRole('application');
  await expect(area).toBeVisible({ timeout: 20_000 });
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  await expect(mira.getByText(/^1 of \d+$/)).toBeVisible();
  await mira.getByRole('button', { name: 'Arrow' }).click();
  const box = await clip.boundingBox();
  if (!box) throw new Error('the clip is on the page');
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await expect(mira.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' })).toHaveCount(1);
  await expect(mira.getByText('Saving')).toHaveCount(0);
  const kept = mira.waitForResponse((response) => response.url().includes('reviews.saveDraft'));
  await mira.getByLabel('Reply to Ana').fill('Your thumb is fine. Slow on the way in.');
  await kept;
  await mira.reload();
  await expect(mira.getByLabel('Reply to Ana')).toHaveValue('Your thumb is fine. Slow on the way in.');
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  await expect(mira.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' })).toHaveCount(1);
  await mira.getByRole('button', { name: 'More: Hold' }).click();
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  await ana.goto('/today');
  await expect(ana.getByText('1 × 10, hold 6 s').first()).toBeVisible();
  await ana.getByRole('link', { name: 'Your clip is answered' }).click();
  await expect(ana.getByText('Your thumb is fine. Slow on the way in.')).toBeVisible();
  await ana.getByRole('button', { name: /^Show drawing 1/ }).click();
  await expect(ana.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' })).toHaveCount(1);
  await ana.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(ana.getByText('Thank you. Your clinic sees it.')).toBeVisible();
});
