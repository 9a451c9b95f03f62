import { makeCheckIn, makeClip } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

test('A login that the clinic ends closes the record on the phone at once, and comes back when it is given back', async ({
  people,
  announced,
}) => {
  // What the phone still asks for after its login ended.
  announced.push(/401/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits');
  await expect(ana.getByRole('heading', { name: 'Visits', level: 1 })).toBeVisible();
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'End the login of Ana Duarte' }).click();
  await expect(mira.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await expectAccessible(mira, 'record where a login is about to end');
  await mira.getByRole('button', { name: 'Yes, end the login' }).click();
  await expect(mira.getByText('The login was ended. The record is as it was.')).toBeVisible();
  // The phone says so by itself, whoever has touched it or not.
  await expect(ana.getByText('You are signed out.')).toBeVisible({ timeout: 30_000 });
  await ana.reload();
  await expect(ana).toHaveURL(/\/sign-in/);
  await mira.getByRole('button', { name: 'Let Ana Duarte sign in again' }).click();
  await expect(mira.getByRole('button', { name: 'End the login of Ana Duarte' })).toBeVisible();
});

test('An admin finds a record by a part of the name, puts it on hold and lifts the hold, each with a reason', async ({
  people,
}) => {
  const pair = await people.pair();
  const ada = await people.page(pair.admin.userId);
  await ada.goto('/records');
  await ada.getByLabel('Name').fill('zzz');
  await ada.getByRole('button', { name: 'Find' }).click();
  await expect(ada.getByText('Nobody by this name')).toBeVisible();
  await ada.getByLabel('Name').fill('duar');
  await ada.getByRole('button', { name: 'Find' }).click();
  await ada.getByRole('link', { name: 'Open the record of Ana Duarte' }).click();
  await expect(ada.getByRole('heading', { name: 'Ana Duarte', level: 1 })).toBeVisible();
  await ada.getByLabel('Reason for the hold').fill('short');
  await ada.getByRole('button', { name: 'Put on legal hold' }).click();
  await expect(ada.getByText('Please write at least ten characters.')).toBeVisible();
  await ada.getByLabel('Reason for the hold').fill('Claim 114 is open');
  await ada.getByRole('button', { name: 'Put on legal hold' }).click();
  await expect(ada.getByText('Claim 114 is open')).toBeVisible();
  await expectAccessible(ada, 'a record on hold');
  await ada.getByLabel('Reason for lifting it').fill('Settled in November');
  await ada.getByRole('button', { name: 'Lift the hold' }).click();
  await expect(ada.getByText(/Settled in November/)).toBeVisible();
  await expect(ada.getByRole('button', { name: 'Put on legal hold' })).toBeVisible();
  await ada.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(ada, 'a record at 360');
});

test('A shorter keeping time says from when it acts, stands in what patients agree to, and refuses what is no number', async ({
  people,
}) => {
  const pair = await people.pair();
  const ada = await people.page(pair.admin.userId);
  await ada.goto('/admin');
  const form = ada.getByRole('form', { name: 'Keeping clips and pictures' });
  await form.getByLabel('Clips of patients, days after the answer').fill('ninety');
  await form.getByRole('button', { name: 'Save keeping times' }).click();
  await expect(form.getByText('A whole number of days, from 1 to 3650, or nothing.')).toBeVisible();
  await form.getByLabel('Clips of patients, days after the answer').fill('90');
  await form.getByRole('button', { name: 'Save keeping times' }).click();
  await expect(form.getByText('The keeping times are saved.')).toBeVisible();
  await expect(form.getByText(/^Clips of patients, days after the answer: 90 days from/)).toBeVisible();
  await expectAccessible(ada, 'keeping times');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/consents');
  await expect(ana.getByText('until 90 days after the answer')).toBeVisible();
});

test('A clip that cannot be read waits at the desk for a decision, and one that never came says so', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const owner = { clinicId: pair.clinicId, patientId: pair.ana.patientId, at: Date.now() };
  const userId = pair.ana.userId ?? '';
  const { checkInId } = await makeInDatabase(server.databaseUrl, ({ write }) =>
    write(function* (d) {
      const failed = { ...owner, ownerUserId: userId, state: 'failed' as const };
      const unreadable = yield* makeClip(d, { ...failed, failure: 'cannot_be_read' });
      const late = yield* makeClip(d, { ...failed, failure: 'upload_expired', storageKey: null });
      const spec = { ...owner, userId, state: 'failed_media' as const, assigneeId: pair.mira.userId };
      return yield* makeCheckIn(d, { ...spec, mediaIds: [unreadable, late] });
    }),
  );
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(mira.getByText('Clip has not arrived')).toBeVisible();
  await mira.goto(`/review/${checkInId}`);
  await expect(mira.getByText(/^Clip 2 has not arrived in two weeks/)).toBeVisible();
  await expect(mira.getByText(/^Clip 1 could not be read/)).toBeVisible();
  await expectAccessible(mira, 'desk with clips that cannot be played');
  await mira.getByRole('button', { name: 'Remove clip 1' }).click();
  await mira.getByRole('button', { name: 'Delete' }).click();
  await expect(mira.getByText('Clip 1 could not be read and was removed.')).toBeVisible();
  await expect(mira.getByRole('button', { name: 'Publish review' })).toBeVisible();
});
