import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { moveCheckIn } from '../db/queries/check-in/check-ins';
import { drawOnClip, waitingCheckIn } from './clips';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const TALL = 'Keep your big knuckle tall in the hook.';
const WRIST = 'Let your wrist rest in the middle.';

test('An instruction stands on the frame where it is seen, and the patient finds it there', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const marks = mira.getByRole('list', { name: 'Marks' }).getByRole('listitem');
  await mira.getByRole('checkbox', { name: TALL }).check();
  for (let step = 0; step < 3; step++) await mira.getByRole('button', { name: 'One frame forward' }).click();
  await mira.getByRole('button', { name: `Put on frame 3: ${TALL}` }).click();
  await expect(marks).toHaveText([`Tag by Mira Solberg: ${TALL}`]);
  // The place on the hand by keys alone: right and down from the middle.
  const place = mira.getByRole('application', { name: 'Place on the clip' });
  await place.press('Shift+ArrowRight');
  await place.press('ArrowDown');
  await place.press('Space');
  await expect(place).toHaveCount(0);
  await expect(marks).toHaveCount(1);

  await mira.getByRole('checkbox', { name: WRIST }).check();
  await mira.getByRole('button', { name: `Put on frame 3: ${WRIST}` }).click();
  await expect(marks).toHaveCount(2);
  // What is not said any more does not stand on the clip.
  await mira.getByRole('checkbox', { name: WRIST }).uncheck();
  await expect(marks).toHaveText([`Tag by Mira Solberg: ${TALL}`]);
  await mira.getByRole('button', { name: 'One frame back' }).click();
  await expect(marks).toHaveCount(0);

  await mira.getByLabel('Reply to Ana').fill('Nearly there.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await expect(ana.getByRole('list', { name: 'Drawings' }).getByRole('listitem')).toHaveCount(1);
  await ana.getByRole('button', { name: `${TALL} Show it, at 0.1 s` }).click();
  await expect(ana.getByRole('list', { name: 'Marks' }).getByRole('listitem')).toHaveText([
    `Tag by Mira Solberg: ${TALL}`,
  ]);
  await expect(ana.getByRole('figure').getByText(TALL).first()).toBeVisible();
});

test('Each clip of a check-in has its own drawings', async ({ people, server }) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair, { clips: 2 });
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const marks = mira.getByRole('list', { name: 'Marks' }).getByRole('listitem');
  const clips = mira.getByRole('group', { name: 'Clips' });
  await clips.getByRole('button', { name: 'Clip 2' }).click();
  await drawOnClip(mira);
  await expect(marks).toHaveText(['Arrow by Mira Solberg']);
  await clips.getByRole('button', { name: 'Clip 1' }).click();
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  await expect(mira.getByText(/^1 of 180$/)).toBeVisible();
  await expect(marks).toHaveCount(0);
  await mira.getByLabel('Reply to Ana').fill('See the second clip.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  const shown = ana.getByRole('list', { name: 'Marks' }).getByRole('listitem');
  const chosen = ana.getByRole('group', { name: 'Clips' });
  // It opens at the first drawing, which is on the second clip.
  await expect(chosen.getByRole('button', { name: 'Clip 2' })).toHaveAttribute('aria-pressed', 'true');
  await expect(shown).toHaveText(['Arrow by Mira Solberg']);
  await chosen.getByRole('button', { name: 'Clip 1' }).click();
  await expect(shown).toHaveCount(0);
  await ana.getByRole('button', { name: 'Show drawing 1, at 0 s of clip 2' }).click();
  await expect(chosen.getByRole('button', { name: 'Clip 2' })).toHaveAttribute('aria-pressed', 'true');
  await expect(shown).toHaveText(['Arrow by Mira Solberg']);
});

/** Mira's page was silent for too long and the promised time is nearly over: anyone may answer now. */
async function loseClaim(server: TestServer, checkInId: string): Promise<void> {
  const now = Date.now();
  const change = { leaseUntil: now - 1000, dueAt: now + 60_000 };
  await makeInDatabase(server.databaseUrl, ({ write }) =>
    write((d) => moveCheckIn(d, { checkInId, from: ['in_review'], change })),
  );
}

async function colleagueOf(server: TestServer, pair: Pair): Promise<string> {
  const made = await makeInDatabase(server.databaseUrl, ({ write }) =>
    write((d) => makeStaff(d, { clinicId: pair.clinicId, name: 'Jonas Weber' })),
  );
  return made.userId;
}

test('Who leaves the desk gives the check-in back; who skips it says why', async ({ people, server }) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  await mira.getByLabel('Reply to Ana').fill('Half a sentence');
  const given = mira.waitForResponse((response) => response.url().includes('reviews.release'));
  await mira.getByRole('link', { name: 'Review' }).click();
  expect((await given).ok()).toBe(true);
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  // Written a moment before leaving, and kept.
  await expect(mira.getByLabel('Reply to Ana')).toHaveValue('Half a sentence');
  await mira.getByRole('button', { name: 'Skip', exact: true }).click();
  await mira.getByRole('button', { name: 'I cannot judge it from this clip' }).click();
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('Nothing waits for you now.')).toBeVisible();
});

test('A claim that a colleague took over is said, and nothing is published', async ({ people, server, announced }) => {
  announced.push(/409/);
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const colleague = await colleagueOf(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  await mira.getByLabel('Reply to Ana').fill('Mine, and too late.');
  await loseClaim(server, checkInId);
  const jonas = await people.page(colleague);
  await jonas.goto('/review');
  await jonas.getByRole('button', { name: 'Next check-in' }).click();
  await expect(jonas.getByText('Is my thumb in the way?')).toBeVisible();

  await expect(mira.getByText('This check-in is open somewhere else')).toBeVisible();
  await mira.getByRole('button', { name: 'Publish review' }).press('Enter');
  await expect(mira).toHaveURL(/\/review\/[0-9a-f-]+$/);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await expect(ana.getByText('The answer is not there yet.')).toBeVisible();
  await jonas.getByLabel('Reply to Ana').fill('Your thumb is fine.');
  await jonas.getByRole('button', { name: 'Publish review' }).click();
  await expect(jonas.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await ana.reload();
  await expect(ana.getByText('Your thumb is fine.')).toBeVisible();
  await expect(ana.getByText('Mine, and too late.')).toHaveCount(0);
});

test('A drawing that was on its way when the claim was lost is said to be refused, and is in the tray after a reload', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/40[039]/, /ERR_FAILED/);
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const colleague = await colleagueOf(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const sending = '**/api/trpc/reviews.appendOperation**';
  await mira.route(sending, (route) => route.abort());
  await drawOnClip(mira);
  await loseClaim(server, checkInId);
  const jonas = await people.page(colleague);
  await jonas.goto('/review');
  await jonas.getByRole('button', { name: 'Next check-in' }).click();
  await expect(jonas.getByText('Is my thumb in the way?')).toBeVisible();
  await mira.unroute(sending);

  const look = mira.getByRole('button', { name: '1 needs a look' });
  await expect(look).toBeVisible({ timeout: 30_000 });
  await expect(mira.getByText('One drawing was not stored, so nobody else sees it.')).toBeVisible();
  await mira.reload();
  await look.click();
  const tray = mira.getByRole('dialog', { name: 'Not sent: please look at this' });
  await expect(tray.getByRole('listitem')).toContainText('A drawing in an answer');
  await tray.getByRole('button', { name: /^Delete/ }).click();
  await tray.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(tray).toContainText('Nothing is left here.');
});
