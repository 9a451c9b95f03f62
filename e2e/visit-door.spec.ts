import type { Locator, Page } from '@playwright/test';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { insertCareTeam } from '../db/queries/people/care-team';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { DISCS } from './camera';
import { expect, type Pair, test } from './fixtures';
import { meet, stageOf } from './meeting';
import { findColour, look } from './pixels';
import { withVisits } from './prescribed';
import type { TestServer } from './server';

/** How far from the left of a video the blue disc stands, as a share of its width; null where it is not seen. */
async function discAcross(video: Locator): Promise<number | null> {
  if ((await video.count()) === 0) return null;
  const picture = await look(video);
  const disc = findColour(picture, DISCS.blue.rgb, { least: 4 });
  return disc ? disc.x / picture.width : null;
}

/** Jonas, who treats Ana too. */
async function colleagueOf(server: Pick<TestServer, 'databaseUrl'>, { clinicId, ana }: Pair): Promise<string> {
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const { userId, membershipId } = yield* makeStaff(d, { clinicId, name: 'Jonas Weber' });
      yield* insertCareTeam(d, {
        id: uuidv7(),
        clinicId,
        patientId: ana.patientId,
        membershipId,
        part: 'cover',
        fromAt: Date.now() - 60_000,
      });
      return userId;
    }),
  );
}

test('Who is not let in is told so, and how else the clinic can be reached', async ({ people, server }) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await mira.goto('/patients');
  await ana.goto(`/visit/${visitId}`);
  const ownPicture = ana.getByRole('region', { name: 'Your picture' });
  const prop = ownPicture.getByRole('heading', { name: 'Prop up the phone' });
  await expect(prop).toBeVisible();
  await expect(ownPicture.getByRole('listitem')).toHaveCount(4);
  // One sees oneself as in a mirror; the camera on the back of the phone shows the room as it is.
  await expect.poll(() => discAcross(ownPicture.locator('video'))).toBeCloseTo(1 - DISCS.blue.x, 1);
  await ana.getByRole('button', { name: 'Other camera' }).click();
  await expect.poll(() => discAcross(ownPicture.locator('video'))).toBeCloseTo(DISCS.blue.x, 1);
  const where = ana.getByLabel('Where are you now?');
  await where.fill('');
  await ana.getByRole('button', { name: 'Join visit', exact: true }).click();
  await expect(where).toBeFocused();
  await where.fill('At her sister’s');
  await ana.getByRole('button', { name: 'Join visit', exact: true }).click();
  await expect(ana.getByRole('heading', { name: 'Mira Solberg is told that you are here' })).toBeVisible();
  await expectAccessible(ana, 'waiting room');
  await expectNoSidewaysScroll(ana, 'waiting room');
  await expectAccessible(mira, 'a patient waits');
  await mira.getByRole('link', { name: 'Go to Ana Duarte' }).click();
  // How to prop the phone, and the side of the hand, are for the patient's own picture.
  await expect(mira.getByRole('region', { name: 'Your picture' }).locator('video')).toBeVisible();
  await expect(mira.getByRole('heading', { name: 'Prop up the phone' })).toHaveCount(0);
  await mira.getByRole('button', { name: /^Join visit/ }).click();

  await expect(mira.getByRole('button', { name: 'Admit Ana Duarte' })).toBeVisible();
  await expectAccessible(mira, 'admit banner');
  await mira.getByRole('button', { name: 'Do not let in Ana Duarte' }).click();
  await mira.getByRole('button', { name: 'Let them wait' }).click();
  await expect(mira.getByRole('button', { name: 'Admit Ana Duarte' })).toBeVisible();
  await mira.getByRole('button', { name: 'Do not let in Ana Duarte' }).click();
  await expectAccessible(mira, 'admit banner before somebody is turned away');
  await mira.getByRole('button', { name: 'Turn away Ana Duarte' }).click();
  await expect(mira.getByText('Ana Duarte is waiting')).toHaveCount(0);

  await expect(ana.getByRole('heading', { name: 'Mira Solberg has not let you into this visit' })).toBeVisible();
  await expect(ana.getByText('+44 20 7946 0100').first()).toBeVisible();
  await expectAccessible(ana, 'turned away');
  await expectNoSidewaysScroll(ana, 'turned away');
  await ana.reload();
  await expect(ana.getByRole('heading', { name: 'Mira Solberg has not let you into this visit' })).toBeVisible();
});

test('On the stage is the patient alone: a colleague is a tile, and one’s place is said to the clinician', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const mira = await people.page(pair.mira.userId);
  const jonas = await people.page(await colleagueOf(server, pair));
  for (const page of [mira, jonas]) {
    await page.goto(`/visit/${visitId}`);
    await page.getByRole('button', { name: /^Join visit/ }).click();
  }
  const videoOn = (page: typeof mira) => stageOf.mira(page).locator('video');
  // Jonas's camera has arrived, and is not the patient's.
  await expect(mira.getByText('Jonas Weber', { exact: true })).toBeVisible();
  await expect(mira.locator('video')).toHaveCount(2);
  await expect(videoOn(mira)).toHaveCount(0);
  await expect(mira.getByText('Ana Duarte is not here yet')).toBeVisible();
  await expect(mira.getByRole('button', { name: 'Freeze' })).toBeDisabled();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/visit/${visitId}`);
  await ana.getByLabel('Where are you now?').fill('At her sister’s');
  await ana.getByRole('button', { name: 'Join visit', exact: true }).click();
  await mira.getByRole('button', { name: 'Admit Ana Duarte' }).click();
  for (const page of [mira, jonas]) await expect(stageOf.mira(page).getByRole('application')).toBeVisible();
  await expect(mira.getByText('Location: At her sister’s')).toBeVisible();
  await jonas.getByRole('button', { name: 'Camera off' }).click();
  await expect(mira.locator('video')).toHaveCount(2);
  await expect(videoOn(mira)).toHaveCount(1);

  await ana.getByRole('button', { name: 'Leave' }).click();
  await expect(ana).toHaveURL(/\/today$/);
  await expect(mira.getByText(/^Ana Duarte left at \d/)).toBeVisible();
  await ana.goto(`/visit/${visitId}`);
  await ana.getByRole('button', { name: 'Join visit, same as last time: At her sister’s' }).click();
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible({ timeout: 30_000 });
  await expect(mira.getByText('Location: At her sister’s')).toBeVisible();
});

test('A clinician’s line is begun with the press, with access from the door; a patient gets none before they are let in', async ({
  people,
}) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const asked = (page: Page) => {
    const procedures: string[] = [];
    page.on('request', (request) => {
      const [, names] = /\/api\/trpc\/([^?]*)/.exec(request.url()) ?? [];
      procedures.push(...(names?.split(',') ?? []).filter((name) => /^visits\.(door|join|token)$/.test(name)));
    });
    return procedures;
  };
  const [ofMira, ofAna] = [asked(mira), asked(ana)];
  const atDoor = mira.waitForResponse(/visits\.door/);
  const address = await meet(mira, ana, pair.ana.patientId);
  await atDoor;
  await expect(stageOf.mira(mira).locator('video')).toBeVisible();
  expect([ofMira, ofAna]).toEqual([
    ['visits.door', 'visits.join'],
    ['visits.join', 'visits.token'],
  ]);

  // Who was let in and left comes back as the clinician does.
  await ana.getByRole('button', { name: 'Leave' }).click();
  await expect(ana).not.toHaveURL(/\/visit\//);
  await ana.goto(address);
  await expect.poll(() => ofAna.at(-1)).toBe('visits.door');
  await expect(mira.getByText(/^Ana Duarte left/)).toBeVisible();
  await ana
    .getByRole('button', { name: /^Join visit/ })
    .first()
    .click();
  await expect(stageOf.mira(mira).locator('video')).toBeVisible();
  expect(ofAna.slice(2)).toEqual(['visits.door', 'visits.join']);
});
