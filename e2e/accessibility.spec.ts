import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeLogs, seededRandom } from '../db/factories/logs';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import { withProgram, withVisits } from './prescribed';

test('Every screen holds WCAG 2.2 AA in light and in dark', async ({ people, server, announced }) => {
  // The page that is not there.
  announced.push(/404/);
  test.setTimeout(400_000);
  const pair = await people.pair();
  const made = await withProgram(server, pair);
  const lineage = made.prescriptions[0]?.lineageId ?? '';
  const { visitId, held } = await withVisits(server, pair);
  const people360 = { device: 'phone' } as const;
  const nobody = await people.page(null, people360);
  const ana = await people.page(pair.ana.userId, people360);
  const mira = await people.page(pair.mira.userId);
  const admin = await people.page(pair.admin.userId);
  const screens: [Page, string, string | RegExp][] = [
    [nobody, '/', 'Your hand.'],
    [nobody, '/sign-in', 'Sign in'],
    [nobody, '/not-there', 'Not here'],
    [nobody, `/unsubscribe/${'x'.repeat(66)}`, 'This link does not work'],
    [nobody, `/invite/${'x'.repeat(43)}`, 'This link does not work any more'],
    [ana, '/today', 'Ana'],
    [ana, `/practice/${lineage}`, 'Full fist and open'],
    [ana, '/progress', 'Progress'],
    [ana, '/visits', 'Visits'],
    [ana, '/visits/book', 'A visit'],
    [ana, '/messages', 'Your care team'],
    [ana, '/reach', 'Reach your clinic'],
    [ana, '/consents', 'What you agreed to'],
    [ana, '/account', 'Account'],
    [mira, '/account', 'Account'],
    [ana, `/visit/${visitId}`, 'Visit with Mira Solberg'],
    [mira, `/visit/${visitId}`, 'Visit with Ana Duarte'],
    [ana, `/visit/${held}`, 'The visit has ended'],
    [mira, `/visit/${held}`, 'The visit has ended'],
    [mira, '/patients', 'Nobody needs you'],
    [mira, '/patients/new', 'Add patient'],
    [mira, `/patients/${pair.ana.patientId}`, 'Ana Duarte'],
    [mira, `/patients/${pair.ana.patientId}/measurements`, 'Ana Duarte'],
    [mira, `/programs/${made.programId}`, 'Home program'],
    [mira, '/schedule', 'Schedule'],
    [mira, '/schedule/hours', 'Your hours'],
    [mira, '/threads', 'Nobody waits for you'],
    [mira, `/threads/${pair.ana.episodeId}`, 'Ana Duarte'],
    [admin, '/admin', 'Admin'],
    [admin, '/records', 'Records'],
    [admin, `/records/${pair.ana.patientId}`, 'Ana Duarte'],
  ];
  for (const [page, path, heading] of screens) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(heading);
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page, path);
    await page.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(page, `${path} at 360`);
    await expectRoomForLargeText(page, `${path} at 360`);
  }
  await ana.goto('/today');
  await ana
    .getByRole('button', { name: /^Done as prescribed/ })
    .first()
    .click();
  await expectAccessible(ana, 'log sheet');
});

test('Every screen of a check-in holds WCAG 2.2 AA in light and in dark', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair, { clips: 2 });
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  const check = async (page: Page, where: string) => {
    await expectAccessible(page, where);
    await expectNoSidewaysScroll(page, where);
  };
  await mira.goto('/review');
  await check(mira, 'queue');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await mira.getByRole('checkbox').first().check();
  await mira.getByRole('button', { name: /^Put on frame 0/ }).click();
  await mira.getByRole('application').press('Space');
  await mira.getByRole('button', { name: 'Angle', exact: true }).click();
  const area = mira.getByRole('application', { name: 'Drawing area' });
  for (const key of ['Space', 'ArrowRight', 'Space', 'ArrowDown', 'Space']) await area.press(key);
  await expect(mira.getByRole('form', { name: 'What does this angle measure?' })).toBeVisible();
  await mira.getByRole('button', { name: 'Skip', exact: true }).click();
  await check(mira, 'desk');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'desk at 360');
  await mira.getByLabel('Reply to Ana').fill('Well done.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  await ana.goto(`/check-ins/${checkInId}`);
  await expect(ana.getByRole('list', { name: 'Drawings' }).getByRole('listitem')).toHaveCount(2);
  await check(ana, 'feedback');
  for (const button of await ana.getByRole('main').getByRole('button').all())
    expect.soft((await button.boundingBox())?.height, 'feedback, a target').toBeGreaterThanOrEqual(48);
  await ana.goto('/check-ins');
  await check(ana, 'check-ins');
  await ana.goto('/check-ins/new');
  await check(ana, 'questions');
});

test('The first day, the practice and the camera hold WCAG 2.2 AA in light and in dark', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  const made = await withProgram(server, pair);
  const check = async (page: Page, where: string) => {
    await expectAccessible(page, where);
    await expectNoSidewaysScroll(page, where);
  };
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/patients/new');
  await mira.getByLabel('Name', { exact: true }).fill('Ben Okafor');
  await mira.getByLabel('Hand problem').fill('Thumb sprain');
  await mira.getByRole('group', { name: 'Affected side' }).getByRole('radio', { name: 'Left' }).check();
  await mira.getByRole('group', { name: 'Which hand holds the phone?' }).getByRole('radio', { name: 'Right' }).check();
  await mira.getByRole('button', { name: 'Add patient' }).click();
  await mira.getByRole('button', { name: 'Invite Ben Okafor' }).click();
  await expect(mira.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await check(mira, 'invited patient');
  const ben = await people.page(null, { device: 'phone' });
  await ben.goto(await mira.getByLabel('Link').inputValue());
  await check(ben, 'invitation');
  await ben.getByLabel('Email').fill('ben@saltmarsh.example');
  await ben.getByLabel('New password').fill('four calm words here');
  await ben.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(ben.getByRole('button', { name: 'I agree, go on' })).toBeVisible();
  await check(ben, 'consents');
  await ben.getByRole('button', { name: 'I agree, go on' }).click();
  await expect(ben).toHaveURL(/\/today$/);
  await expect(ben.getByRole('heading', { level: 1 })).toContainText('Ben');
  await check(ben, 'a day without a program');

  await mira.goto(`/programs/${made.programId}`);
  const demo = mira.getByRole('link', { name: /^Demo clip/ }).first();
  await mira.goto((await demo.getAttribute('href')) ?? '');
  await expect(mira.getByRole('button', { name: 'Film it' })).toBeVisible();
  await check(mira, 'demo clip');

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/practice/${made.prescriptions[0]?.lineageId ?? ''}`);
  await ana.getByRole('button', { name: /^Start/ }).click();
  await expect(ana.getByText('Repetition 1 of 10')).toBeVisible();
  await check(ana, 'player');
  await ana.getByRole('button', { name: 'Pause' }).click();
  await check(ana, 'player in a pause');
  await ana.getByRole('button', { name: 'Stop' }).click();
  await expect(ana.getByRole('dialog').getByLabel('Why?')).toBeVisible();
  await check(ana, 'log sheet with details');

  await ana.goto('/check-ins/new');
  await ana.getByRole('radio', { name: '2', exact: true }).check();
  await ana.getByRole('button', { name: 'Go on to the camera' }).click();
  await expect(ana.getByRole('button', { name: 'Record' })).toBeEnabled();
  await check(ana, 'camera');
  await ana.getByRole('button', { name: 'Record' }).click();
  await ana.getByRole('button', { name: 'Stop' }).waitFor();
  await check(ana, 'recording');
  await ana.getByRole('button', { name: 'Stop' }).click();
  await expect(ana.getByRole('heading', { name: 'Look at it' })).toBeVisible();
  await check(ana, 'clip before it is sent');

  const admin = await people.page(pair.admin.userId);
  await admin.goto('/admin');
  await admin.getByRole('button', { name: 'End access of Mira Solberg' }).click();
  await expect(admin.getByText(/^Mira Solberg treats \d+ patients?,/)).toBeFocused();
  await check(admin, 'end of access');
  await admin.getByRole('button', { name: 'Keep Mira Solberg' }).click();
  await expect(admin.getByRole('button', { name: 'End access of Mira Solberg' })).toBeVisible();
});

test('Weeks of practice and what they raise hold WCAG 2.2 AA in light and in dark', async ({ people, server }) => {
  test.setTimeout(180_000);
  const pair = await people.pair();
  const program = await withProgram(server, pair, ['full-fist-and-open']);
  const whose = { clinicId: pair.clinicId, patientId: pair.ana.patientId, userId: pair.ana.userId ?? '' };
  const weeks = { fromDaysAgo: 20, untilDaysAgo: 1, adherence: 0.8, painFrom: 4, painTo: 2 };
  const when = { timeZone: 'Europe/London', nowMs: Date.now(), random: seededRandom(3) };
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeLogs(d, { ...whose, program, ...weeks, ...when })),
  );
  const check = async (page: Page, where: string) => {
    await expectAccessible(page, where);
    await expectNoSidewaysScroll(page, where);
  };
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana
    .getByRole('button', { name: /^Done as prescribed/ })
    .first()
    .click();
  await ana.getByRole('dialog').getByRole('radio', { name: '8', exact: true }).first().check();
  await ana.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByRole('dialog').getByRole('link', { name: /^Ring/ })).toBeVisible();
  await check(ana, 'words on red pain');
  await ana.getByRole('dialog').getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana.getByText('All sent')).toBeVisible();
  await ana.goto('/progress');
  await expect(ana.getByRole('region', { name: 'History' }).getByRole('listitem').first()).toContainText('pain 8');
  await expect(ana.getByRole('img').first()).toBeVisible();
  await check(ana, '/progress with logs and charts');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/patients');
  await expect(mira.getByRole('region', { name: 'Need you' }).getByRole('listitem')).toHaveCount(1);
  await check(mira, '/patients with a person in need');
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(mira.getByRole('region', { name: 'Open flags' })).toBeVisible();
  await expect(mira.getByRole('region', { name: 'Logs' }).getByRole('listitem').first()).toContainText('pain 8');
  await expect(mira.getByRole('img').first()).toBeVisible();
  await check(mira, 'record with flags, logs and trends');
});
