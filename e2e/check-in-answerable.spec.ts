import type { Page } from '@playwright/test';
import { makeCheckIn, makeClip } from '../db/factories/check-ins';
import { makeInDatabase } from '../db/factories/database';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { Doors } from './doors';
import { expect, type Pair, test } from './fixtures';
import { withProgram, withVisits } from './prescribed';
import { sendClip } from './recorded';
import type { TestServer } from './server';

const HOUR = 3_600_000;

/** A check-in of Ana's about her tendon glides, whose clip never came. */
async function clipless(server: TestServer, pair: Pair, { hoursLeft }: { hoursLeft: number }): Promise<string> {
  const program = await withProgram(server, pair, ['tendon-glides']);
  const { clinicId, ana, mira } = pair;
  const whose = { clinicId, patientId: ana.patientId };
  const sentAt = Date.now() - 25 * HOUR;
  const made = await makeInDatabase(server.databaseUrl, ({ write }) =>
    write(function* (d) {
      const userId = ana.userId ?? '';
      const clip = yield* makeClip(d, {
        ...whose,
        ownerUserId: userId,
        at: sentAt,
        state: 'pending',
        storageKey: null,
      });
      return yield* makeCheckIn(d, {
        ...whose,
        userId,
        at: sentAt,
        state: 'received',
        dueAt: Date.now() + hoursLeft * HOUR,
        lineageId: program.prescriptions[0]?.lineageId ?? null,
        question: 'Is my thumb in the way?',
        assigneeId: mira.userId,
        mediaIds: [clip],
      });
    }),
  );
  return made.checkInId;
}

async function giveAnswers(page: Page, pain: string) {
  await page.goto('/check-ins/new');
  await page.getByRole('radio', { name: pain, exact: true }).check();
  await page.getByLabel('Your question').fill('Is my thumb in the way?');
  await page.getByRole('button', { name: 'Go on to the camera' }).click();
}

async function film(page: Page) {
  await page.getByRole('button', { name: 'Record' }).click();
  await expect(page.getByText(/^Stops in 2[0-9] s/)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByLabel('Your clip')).toBeVisible();
}

async function takeBackClips(page: Page) {
  await page.goto('/consents');
  await page.getByRole('button', { name: 'Take back: Clips' }).click();
  await expect(page.getByRole('button', { name: 'Agree: Clips' })).toBeVisible();
}

test('A check-in whose clip never came is in the queue when it is due, and answered with a new dose', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await clipless(server, pair, { hoursLeft: -1 });
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  const sent = ana.getByRole('region', { name: 'What you sent' });
  await expect(sent).toContainText('Pain 2 of 10');
  await expect(sent).toContainText('Warning signs: not answered');
  await expect(sent).toContainText('Is my thumb in the way?');
  await expect(sent).toContainText('Your clip is on its way.');
  await expect(sent).toContainText('An answer was promised by');
  await expectAccessible(ana, 'what was sent and waits');
  await expectNoSidewaysScroll(ana, 'what was sent and waits');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
  await expect(mira.getByText('Without a clip until now')).toBeVisible();
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText(/^No clip has arrived\. The answers wait since /)).toBeVisible();
  await expectAccessible(mira, 'desk without a clip');
  await mira.getByLabel('Reply to Ana').fill('Your thumb is fine.');
  await mira.getByRole('button', { name: 'More: Hold' }).click();
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await expect(ana.getByText('Your thumb is fine.')).toBeVisible();
  await expect(ana.getByRole('region', { name: 'Your new dose' })).toContainText('hold 6 s');
  await expect(ana.getByRole('region', { name: 'What you sent' })).toContainText('Is my thumb in the way?');
});

test('Before it is due the clinician reads it, and answers without waiting for the clip', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await clipless(server, pair, { hoursLeft: 5 });
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await mira.goto(`/review/${checkInId}`);
  await expect(mira.getByText(/^No clip has arrived\. The answers wait since /)).toBeVisible();
  await expectAccessible(mira, 'a check-in that waits for its clip');
  await mira.getByRole('button', { name: 'Answer without the clip' }).click();
  await mira.getByLabel('Reply to Ana').fill('Bend further.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await mira.goto(`/review/${checkInId}`);
  await expect(mira.getByText('Bend further.')).toBeVisible();
});

test('Who has not agreed to clips is told before filming, and sends the answers without one', async ({
  people,
  announced,
}) => {
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await takeBackClips(ana);
  await giveAnswers(ana, '2');
  await expect(ana.getByRole('heading', { name: 'A clip needs your agreement' })).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Record' })).toHaveCount(0);
  await expectAccessible(ana, 'a clip needs an agreement');
  await expectNoSidewaysScroll(ana, 'a clip needs an agreement');
  await ana.getByRole('button', { name: 'Send the answers without a clip' }).click();
  await expect(ana.getByText('Your answers are with your clinic.', { exact: true })).toBeVisible();
  await expect(ana.getByText('no clip that can be played')).toHaveCount(0);
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();

  await giveAnswers(ana, '3');
  // Without a line nothing can be agreed to, and nobody has to wait for one to film.
  const agreeing = '**/api/trpc/patients.changeConsent**';
  await ana.route(agreeing, (route) => route.abort());
  await ana.getByRole('button', { name: 'Agree and film' }).click();
  await ana.getByRole('button', { name: 'Film now, agree later' }).click();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
  await ana.unroute(agreeing);
  await ana.reload();
  await ana.getByRole('button', { name: 'Agree and film' }).click();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
  await ana.reload();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeVisible();
});

test('Answers that went ahead are all there is when the patient cannot film', async ({ people }) => {
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await giveAnswers(ana, '4');
  await expect(ana.getByRole('alert').filter({ hasText: 'Ease off' })).toBeVisible();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  const answers = ana.getByRole('region', { name: 'Your answers' });
  await expect(answers).toContainText('These answers go to your clinic without waiting for the clip.');
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await answers.getByRole('button', { name: 'No clip this time' }).click();
  await expect(ana.getByText('Your answers are with your clinic.', { exact: true })).toBeVisible();
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
});

test('A clip that is not taken stays on its phone until its owner agrees and sends it', async ({ people }) => {
  test.setTimeout(120_000);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await giveAnswers(ana, '2');
  await film(ana);
  await takeBackClips(await ana.context().newPage());
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('you have not agreed that clips are kept')).toBeVisible({ timeout: 20_000 });
  await ana.reload();
  await expect(ana.getByText('Your answers are with your clinic. The clip is not.')).toBeVisible();
  await expect(ana.getByText('It is still on this phone. Nothing is lost.')).toBeVisible();
  await expectAccessible(ana, 'a clip that was not taken');
  await expectNoSidewaysScroll(ana, 'a clip that was not taken');
  await ana.getByRole('button', { name: 'Delete the clip' }).click();
  await ana.getByRole('button', { name: 'Keep' }).click();
  await ana.getByRole('button', { name: 'Agree and send the clip' }).click();
  await expect(ana.getByText('With your clinic', { exact: true })).toBeVisible({ timeout: 60_000 });
  await expect(ana.getByRole('heading', { name: 'Clips on this phone' })).toHaveCount(0);
});

/** Removes the first piece of every clip, as a browser does that clears part of its storage. */
async function loseAPiece(page: Page) {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('regrasp-clips');
        opening.onerror = () => reject(new Error('not opened'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('chunks', 'readwrite');
          const cursor = transaction.objectStore('chunks').openCursor();
          cursor.onsuccess = () => cursor.result?.delete();
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
}

test('A clip that lost a piece is named, kept, and deleted by its owner alone; the answers go on without it', async ({
  people,
  announced,
}) => {
  announced.push(/ERR_FAILED/);
  test.setTimeout(120_000);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await giveAnswers(ana, '2');
  await film(ana);
  const pieces = '**/api/uploads**';
  await ana.route(pieces, (route) => route.abort());
  const stopped = ana.waitForEvent('console', (message) => message.text().includes('ERR_FAILED'));
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await stopped;
  // The page goes on by itself; a reload before that would be of the one that asks.
  await ana.waitForURL('**/check-ins');
  await loseAPiece(ana);
  await ana.unroute(pieces);
  await ana.reload();
  await expect(ana.getByText('A part of this clip is gone from this phone')).toBeVisible({ timeout: 30_000 });
  await ana.reload();
  await expect(ana.getByText('A part of this clip is gone from this phone')).toBeVisible();
  await ana.getByRole('button', { name: 'Delete the clip' }).click();
  await ana.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(ana.getByText('Your answers are with your clinic.', { exact: true })).toBeVisible();
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await expect(mira.getByRole('heading', { name: 'One check-in waits' })).toBeVisible();
});

test('What waits on the phone to be sent is shown there as it was said', async ({ people, announced }) => {
  announced.push(/ERR_FAILED/);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const submit = '**/api/trpc/checkIns.submit**';
  await ana.route(submit, (route) => route.abort());
  await giveAnswers(ana, '2');
  await ana.getByRole('button', { name: 'Send the answers without a clip' }).click();
  const waiting = ana.getByRole('list', { name: 'On this phone' });
  await expect(waiting).toContainText('Pain 2 of 10');
  await expect(waiting).toContainText('Is my thumb in the way?');
  await expectAccessible(ana, 'a check-in that waits on the phone');
  await ana.unroute(submit);
  await ana.reload();
  await expect(ana.getByText('Your answers are with your clinic.', { exact: true })).toBeVisible();
  await expect(waiting).toHaveCount(0);
});

test('Filmed again keeps what was said and names what it replaces', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['tendon-glides']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await sendClip(ana, { pain: '3', question: 'Is my thumb in the way?' });
  await ana.getByRole('link', { name: /^Tendon glides/ }).click();
  const sent = ana.getByRole('region', { name: 'What you sent' });
  await expect(sent.getByLabel('Your clip')).toBeVisible();
  const first = ana.url();

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await mira.getByLabel('Reply to Ana').fill('Please from the side.');
  await mira.getByRole('button', { name: 'Ask for another clip' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  // Another check-in was begun meanwhile: it is not thrown away without a word.
  await giveAnswers(ana, '1');
  await ana.goto(first);
  await ana.getByRole('button', { name: 'Film it again' }).click();
  await expect(ana.getByText('Another check-in is under way on this phone.')).toBeVisible();
  await expectAccessible(ana, 'another check-in is under way');
  await ana.getByRole('button', { name: 'Delete it and film this one again' }).click();
  await ana.getByRole('button', { name: 'Delete', exact: true }).click();

  const answers = ana.getByRole('region', { name: 'Your answers' });
  await expect(answers).toContainText('Tendon glides, right hand');
  await expect(answers).toContainText('Pain 3 of 10');
  await expect(answers).toContainText('Is my thumb in the way?');
  await expect(answers).toContainText('Filmed again for what you sent on');
  await ana.reload();
  await expect(answers).toContainText('Filmed again for what you sent on');
  await film(ana);
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(ana.getByText('With your clinic')).toBeVisible({ timeout: 60_000 });
  await ana.goto(first);
  await expect(ana.getByRole('link', { name: /^You filmed it again on/ })).toBeVisible();
  await expect(ana.getByRole('button', { name: 'Film it again' })).toHaveCount(0);

  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('Is my thumb in the way?')).toBeVisible();
  await expect(mira.getByRole('link', { name: /^Filmed again: before it came the check-in of/ })).toBeVisible();
});

test('A visit needs the agreement to treatment at a distance, and its door is where it is given', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const doors = await Doors.of(server, pair.ana.userId);
  expect((await doors.mutate('patients.changeConsent', { kinds: ['telehealth'], given: false })).status).toBe(200);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/visit/${visitId}`);
  const asked = ana.getByRole('region', { name: 'Treatment at a distance' });
  await expect(asked).toContainText('A visit needs this.');
  await expect(ana.getByRole('button', { name: 'Join visit', exact: true })).toBeDisabled();
  await expectAccessible(ana, 'door without the agreement');
  await expectNoSidewaysScroll(ana, 'door without the agreement');
  await asked.getByRole('button', { name: 'Agree: Treatment at a distance' }).click();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: 'Join visit', exact: true }).click();
  await expect(ana.getByRole('heading', { name: 'Mira Solberg is told that you are here' })).toBeVisible();
});
