import { makeManyCheckIns } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { makeNextVersion, makeProgram } from '../db/factories/program';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const MINUTE = 60_000;

test('What is older than a page is there when it is asked for: versions and check-ins', async ({ people, server }) => {
  const { clinicId, mira, ana } = await people.pair();
  const { patientId, episodeId } = ana;
  const now = Date.now();
  const programId = await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const exercises = [{ slug: 'tendon-glides' }];
      const spec = { clinicId, patientId, episodeId, publishedBy: mira.userId, exercises, at: now, on: '2026-11-01' };
      let before = yield* makeProgram(d, spec);
      for (let number = 2; number <= 45; number++)
        before = yield* makeNextVersion(d, { ...spec, before, number, reason: `Change ${number}` });
      const row = { patientId, assigneeId: null, queueRank: 1 };
      const of = (n: number) => ({ ...row, dueAt: now + n * MINUTE, at: now - n * MINUTE });
      yield* makeManyCheckIns(d, { clinicId, count: 60, of });
      return before.programId;
    }),
  );

  const page = await people.page(mira.userId);
  await page.goto(`/programs/${programId}`);
  const versions = page.getByRole('region', { name: 'Versions' }).getByRole('listitem');
  await expect(versions).toHaveCount(20);
  for (const count of [40, 45]) {
    await page.getByRole('button', { name: 'Older versions' }).click();
    await expect(versions).toHaveCount(count);
  }
  await expect(versions.last()).toContainText('Version 1');
  await expect(page.getByRole('button', { name: 'Older versions' })).toHaveCount(0);

  await page.goto(`/patients/${patientId}`);
  const checkIns = page.getByRole('region', { name: 'Check-ins' });
  await expect(checkIns.getByRole('listitem')).toHaveCount(50);
  await checkIns.getByRole('button', { name: 'Older check-ins' }).click();
  await expect(checkIns.getByRole('listitem')).toHaveCount(60);

  const phone = await people.page(ana.userId, { device: 'phone' });
  await phone.goto('/check-ins');
  const own = phone.getByRole('main').getByRole('listitem');
  await expect(own).toHaveCount(50);
  await phone.getByRole('button', { name: 'Older check-ins' }).click();
  await expect(own).toHaveCount(60);
  await expectAccessible(phone, 'older check-ins');
  await expectNoSidewaysScroll(phone, 'older check-ins');

  await page.goto('/review');
  const queue = page.getByRole('main').getByRole('listitem');
  await expect(queue).toHaveCount(50);
  await expect(page.getByRole('heading', { name: 'More than 50 check-ins wait' })).toBeVisible();
  await page.getByRole('button', { name: 'Show more' }).click();
  await expect(queue).toHaveCount(60);
  await expect(page.getByRole('heading', { name: '60 check-ins wait', exact: true })).toBeVisible();
});
