import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { drawOnClip, waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import { logPain, sheet } from './logging';
import { onPhone } from './prescribed';
import { storedPains } from './stores';

test('A write that always fails holds nothing else: pain 9 of another exercise arrives', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 500/);
  const { pair, ana, program } = await onPhone(people, server);
  const { prescriptions } = program;
  const failing = prescriptions[0]?.lineageId ?? '';
  await ana.route('**/api/trpc/logs.record**', (route) =>
    route.request().postData()?.includes(failing)
      ? route.fulfill({ status: 500, contentType: 'text/html', body: '<h1>Bad</h1>' })
      : route.continue(),
  );
  await ana.goto('/today');
  await logPain(ana, 'Full fist and open, right hand', 1);
  await expect(ana.getByText('1 waits')).toBeVisible();
  await logPain(ana, 'Tendon glides, right hand', 9);
  await expect.poll(() => storedPains(server, pair), { timeout: 30_000 }).toEqual([9]);
  await expect(sheet(ana).getByText('Your clinic has it.')).toBeVisible();
  await sheet(ana).getByRole('button', { name: 'Done', exact: true }).click();
  await expect(ana.getByText('1 waits')).toBeVisible();
});

test('What is too large for the server is no lost line: it is shown, laid aside, tried again and deleted', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 413/);
  const { pair, ana } = await onPhone(people, server, ['full-fist-and-open']);
  const tooLarge = '**/api/trpc/logs.record**';
  await ana.route(tooLarge, (route) => route.fulfill({ status: 413, contentType: 'text/plain', body: 'too_large' }));
  await ana.goto('/today');
  await logPain(ana, 'Full fist and open, right hand', 1);
  const look = ana.getByRole('button', { name: '1 needs a look' });
  const tray = ana.getByRole('dialog', { name: 'Not sent: please look at this' });
  await look.click();
  await expect(tray.getByRole('listitem')).toContainText('A practice: Full fist and open, right hand');
  await expect(tray).toContainText('This is too large for the server.');
  await tray.getByText('Details for whoever runs the server').click();
  await expect(tray.getByText(/reason too_large/)).not.toContainText('Full fist');
  await expectAccessible(ana, 'the tray of what was not sent');
  await expectNoSidewaysScroll(ana, 'the tray of what was not sent');
  await tray.getByRole('button', { name: /^Send later/ }).click();
  await expect(tray).toContainText('Nothing is left here.');
  await tray.getByRole('button', { name: 'Close' }).click();
  await expect(ana.getByText('1 waits')).toBeVisible();
  // With the next page it is tried again by itself.
  await ana.reload();
  await look.click();
  await ana.unroute(tooLarge);
  await tray.getByRole('button', { name: /^Try again/ }).click();
  await expect(tray).toContainText('Nothing is left here.');
  await tray.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => storedPains(server, pair)).toEqual([1]);
  await expect(ana.getByText('All sent')).toBeVisible();
});

test('A drawing that is refused does not hold an answer for ever, and stands in the tray of the clinic', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/status of 413/);
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.route('**/api/trpc/reviews.appendOperation**', (route) =>
    route.fulfill({ status: 413, contentType: 'text/plain', body: 'too_large' }),
  );
  await mira.goto(`/review/${checkInId}`);
  await drawOnClip(mira);
  await expect(mira.getByText('One drawing was not stored, so nobody else sees it.')).toBeVisible();
  await mira.getByLabel('Reply to Ana').fill('Nearly there.');
  await mira.getByRole('button', { name: '1 needs a look' }).click();
  const tray = mira.getByRole('dialog', { name: 'Not sent: please look at this' });
  await expect(tray.getByRole('listitem')).toContainText('A drawing in an answer');
  await tray.getByRole('button', { name: /^Delete/ }).click();
  await tray.getByRole('button', { name: 'Delete', exact: true }).click();
  await tray.getByRole('button', { name: 'Close' }).click();
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
});
