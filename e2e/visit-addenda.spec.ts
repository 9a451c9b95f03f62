import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';
import { drawAcross, endVisit, meet, stageOf } from './meeting';

test('What a phone without a line sends after the note was signed is kept beside the record, and changes nothing in it', async ({
  people,
  announced,
}) => {
  test.setTimeout(120_000);
  // Without a line, or with one again and a room that is gone.
  announced.push(/ERR_INTERNET_DISCONNECTED|404/);
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  await ana.getByRole('button', { name: 'Pen' }).click();
  await expect(stageOf.ana(ana).getByRole('application')).toBeVisible();

  await ana.context().setOffline(true);
  await ana.getByRole('button', { name: 'It hurts' }).click();
  const hurt = ana.getByRole('dialog', { name: 'Stopped' });
  await expect(hurt.getByText('Your clinic hears of this when the line is back: ring now.')).toBeVisible();
  await hurt.getByRole('button', { name: 'Done', exact: true }).click();
  const stage = await stageOf.ana(ana).boundingBox();
  if (!stage) throw new Error('the stage is on the page');
  await drawAcross(ana, { x: stage.x + stage.width / 2, y: stage.y + stage.height / 2 });

  await endVisit(mira);
  await expect(mira.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
  await mira.getByRole('textbox', { name: 'Note' }).fill('Full fist without pain.');
  await mira.getByRole('button', { name: 'Sign note' }).click();
  await expect(mira.getByText(/^Signed by Mira Solberg/)).toBeVisible();
  const marks = mira.getByRole('heading', { name: 'No marks' });
  const added = mira.getByRole('region', { name: 'Added after the record was closed' });
  await expect(marks).toBeVisible();
  await expect(added).toHaveCount(0);

  await ana.context().setOffline(false);
  await expect(added.getByText(/^Ana Duarte said at .+ that it hurts\. Arrived .+$/)).toBeVisible({ timeout: 30_000 });
  await expect(added.getByText(/^Pen by Ana Duarte, .+\. Arrived .+$/)).toBeVisible();
  await expect(marks).toBeVisible();
  await expect(mira.getByText(/^Said that it hurts:/)).toHaveCount(0);
  for (const page of [mira, ana]) {
    await page.setViewportSize({ width: 360, height: 780 });
    await expect(page.getByRole('region', { name: 'Added after the record was closed' })).toBeVisible();
    await expectAccessible(page, 'a record with addenda');
    await expectNoSidewaysScroll(page, 'a record with addenda, at 360');
  }
  await mira.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await mira.getByRole('button', { name: 'Copy as text' }).click();
  await expect(mira.getByText('Copied')).toBeVisible();
  expect(await mira.evaluate(() => navigator.clipboard.readText())).toMatch(
    /Added after the record was closed\n- .*(it hurts|Pen by Ana)/,
  );
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await expect(mira.getByText(/said that it hurts/)).toBeVisible();
});
