import { makeInDatabase } from '../db/factories/database';
import { makeProgram } from '../db/factories/program';
import { handClip } from './clips';
import { expect, test } from './fixtures';

test('A clinician’s own clip shows the patient how the exercise is done', async ({ people, server }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const { programId, prescriptions } = await makeInDatabase(server.databaseUrl, ({ write }) =>
    write((d) =>
      makeProgram(d, {
        clinicId: pair.clinicId,
        patientId: pair.ana.patientId,
        episodeId: pair.ana.episodeId,
        publishedBy: pair.mira.userId,
        exercises: [{ slug: 'putty-squeeze' }],
        at: Date.now() - 60_000,
        on: '2026-01-01',
      }),
    ),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const practice = `/practice/${prescriptions[0]?.lineageId}`;
  await ana.goto(practice);
  await expect(ana.getByRole('img', { name: 'Putty squeeze' })).toBeVisible();

  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  const opened = mira.waitForEvent('popup');
  await mira.getByRole('link', { name: 'Demo clip of Putty squeeze, in a new tab' }).click();
  const demo = await opened;
  await demo.getByRole('button', { name: 'Film it' }).click();
  await demo.getByLabel('Take a clip from this device').setInputFiles(await handClip());
  await demo.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(demo.getByText('Patients see this clip from now on.')).toBeVisible({ timeout: 60_000 });
  await expect(demo.getByLabel('The clip that patients see now')).toBeVisible();

  await ana.goto(practice);
  const clip = ana.getByLabel('How it goes');
  await expect(clip).toBeVisible();
  await expect.poll(() => clip.evaluate((video: HTMLVideoElement) => video.videoWidth)).toBe(640);
});
