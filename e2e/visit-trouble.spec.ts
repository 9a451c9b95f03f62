import { makeInDatabase } from '../db/factories/database';
import { expectAccessible } from './axe';
import { expect, launchWithCamera, makePair, signInAs, test } from './fixtures';
import { drawAcross, endVisit, meet, stageOf } from './meeting';
import { withVisits } from './prescribed';
import { startServer } from './server';

/** A server of this spec's own, because these promises are about servers that stop. */
async function ownVisit() {
  const server = await startServer();
  const browser = await launchWithCamera();
  const pair = await makeInDatabase(server.databaseUrl, makePair);
  const page = async (userId: string | null) => {
    const context = await browser.newContext({
      baseURL: server.url,
      permissions: ['camera', 'microphone'],
      viewport: { width: 1280, height: 800 },
    });
    if (userId) await signInAs(server, context, userId);
    return await context.newPage();
  };
  const mira = await page(pair.mira.userId);
  const ana = await page(pair.ana.userId);
  await meet(mira, ana, pair.ana.patientId);
  await expect(mira.getByText('Connected', { exact: true })).toBeVisible();
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  return { server, mira, ana, close };
}

test('With the app stopped during a visit, ink reaches the peer and is stored when the app goes on', async () => {
  const { server, mira, ana, close } = await ownVisit();
  try {
    const box = await stageOf.mira(mira).boundingBox();
    if (!box || !server.app.pid) throw new Error('the visit is open');
    process.kill(server.app.pid, 'SIGSTOP');
    await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
    await expect(ana.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
    await expect(mira.getByText('1 not yet saved')).toBeVisible();
    process.kill(server.app.pid, 'SIGCONT');
    await expect(mira.getByText('not yet saved')).toHaveCount(0, { timeout: 45_000 });
    await endVisit(mira);
    const record = mira.getByRole('list', { name: 'Marks of the visit' }).getByRole('listitem');
    await expect(record).toContainText(['Pen by Mira Solberg']);
  } finally {
    await close();
  }
});

test('With the media server killed, both pages say so and offer the phone', async () => {
  const { server, mira, ana, close } = await ownVisit();
  try {
    if (!server.liveKit.pid) throw new Error('the media server runs');
    process.kill(server.liveKit.pid, 'SIGKILL');
    const trouble = (page: typeof mira) => page.getByRole('alert').filter({ hasText: 'cannot be reached' });
    for (const page of [mira, ana]) await expect(trouble(page)).toBeVisible({ timeout: 60_000 });
    // The clinic's number is the patient's to ring; Ana's is not known to the clinic.
    await expect(trouble(ana).getByRole('link')).toHaveAttribute('href', 'tel:+442079460100');
    await expect(trouble(mira).getByRole('link')).toHaveCount(0);
    const health = await (await fetch(`${server.url}/api/health`)).json();
    expect(health).toMatchObject({ ready: true, degraded: ['media_server'] });
  } finally {
    await close();
  }
});

test('With camera and microphone blocked, door and recorder say so and nobody is shut out', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { visitId } = await withVisits(server, pair);
  const browser = await launchWithCamera('deny');
  try {
    const context = await browser.newContext({ baseURL: server.url, viewport: { width: 360, height: 780 } });
    await signInAs(server, context, pair.ana.userId ?? '');
    const ana = await context.newPage();
    await ana.goto(`/visit/${visitId}`);
    await expect(ana.getByText('No picture and no sound.')).toBeVisible();
    await expect(ana.getByRole('alert').filter({ hasText: 'The camera is blocked' })).toContainText(
      'The microphone is blocked',
    );
    await expectAccessible(ana, 'door without a camera');
    await ana.getByRole('button', { name: 'Join visit without camera' }).click();
    await expect(ana.getByRole('heading', { name: 'Mira Solberg is told that you are here' })).toBeVisible();
    await ana.goto('/check-ins/new');
    await ana.getByRole('radio', { name: '2', exact: true }).check();
    await ana.getByRole('button', { name: 'Go on to the camera' }).click();
    await expect(ana.getByText('No picture from the camera.')).toBeVisible();
    await expect(ana.getByRole('alert').filter({ hasText: 'The camera is blocked' })).toBeVisible();
    await expect(ana.getByLabel('Take a clip from this device')).toBeEnabled();
    await expect(ana.getByRole('button', { name: 'Record' })).toHaveCount(0);
    await expectAccessible(ana, 'recorder without a camera');
  } finally {
    await browser.close();
  }
});
