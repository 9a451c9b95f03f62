import { makeCheckIn } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeNextVersion, makeProgram } from '../db/factories/program';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, type Pair, test } from './fixtures';
import { withProgram } from './prescribed';
import type { TestServer } from './server';

const HOUR = 3_600_000;

/** Filmed under two sets; three are prescribed since. */
async function filmedBefore(server: TestServer, { clinicId, ana, mira }: Pair): Promise<string> {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const whose = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
      const of = (sets: number) => [{ slug: 'tendon-glides', dose: { sets } }];
      const at = Date.now() - 5 * HOUR;
      const first = yield* makeProgram(d, { ...whose, exercises: of(2), at, on: '2026-01-01' });
      const { checkInId } = yield* makeCheckIn(d, {
        ...{ clinicId, patientId: ana.patientId, userId: ana.userId ?? '', at: Date.now() - 3 * HOUR },
        ...{ state: 'ready', mediaIds: [], lineageId: first.prescriptions[0]?.lineageId ?? null },
        assigneeId: mira.userId,
      });
      const next = { ...whose, before: first, number: 2, reason: 'More', on: '2026-01-02' };
      yield* makeNextVersion(d, { ...next, exercises: of(3), at: Date.now() - HOUR });
      return checkInId;
    }),
  );
}

test('A clip’s page shows what was prescribed when it was filmed, on both sides', async ({ people, server }) => {
  const pair = await people.pair();
  const checkInId = await filmedBefore(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const beside = mira.getByRole('complementary').first();
  await expect(beside).toContainText('Prescribed when it was filmed, version 1');
  await expect(beside).toContainText('Prescribed now, version 2');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await expect(ana.getByText(/^Your exercise when you filmed it: 2 /)).toBeVisible();
  await expectNoSidewaysScroll(ana, 'what was prescribed when it was filmed');
});

test('Publishing without a change makes no version, and says so', async ({ people, server }) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair, ['tendon-glides']);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  await expect(mira.getByText('Not on the patient’s screens.')).toBeVisible();
  await mira.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(mira.getByText('Nothing has changed')).toBeVisible();
  await mira.getByRole('button', { name: 'More: Sets' }).click();
  await expect(mira.getByText('Nothing has changed')).toHaveCount(0);
  await mira.getByRole('button', { name: 'Publish', exact: true }).click();
  await expect(mira.getByRole('status').filter({ hasText: 'ersion 2' })).toBeVisible();
});

test('Another hand asks what becomes of its program, and moves it when told to', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 400/);
  const pair = await people.pair();
  await withProgram(server, pair, ['tendon-glides']);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'Edit Index finger fracture' }).click();
  const form = mira.getByRole('form', { name: 'Hand problem' });
  await form.getByRole('radio', { name: 'Left' }).check();
  await form.getByRole('button', { name: 'Save hand problem' }).click();
  const asked = form.getByRole('group', { name: /other hand/ });
  await expect(asked).toBeVisible();
  await expect(asked.getByRole('radio', { checked: true })).toHaveCount(0);
  await expectAccessible(mira, 'what becomes of the other hand’s program');
  await asked.getByRole('radio', { name: 'Move them to this hand' }).check();
  await form.getByRole('button', { name: 'Save hand problem' }).click();
  await expect(mira.getByRole('region', { name: 'Programs' })).toContainText('Tendon glides, left hand');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect(ana.getByRole('list', { name: 'Today’s program' })).toContainText('Tendon glides, left hand');
});
