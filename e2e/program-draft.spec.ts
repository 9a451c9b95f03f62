import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { revokeSessions } from '../db/queries/people/sessions';
import { expectAccessible } from './axe';
import { expect, signInAs, test } from './fixtures';
import { withProgram } from './prescribed';

const fist = (page: Page) => page.getByRole('article', { name: 'Full fist and open' });
const more = (page: Page, label: string) =>
  fist(page)
    .getByRole('button', { name: `More: ${label}` })
    .click();
const value = (page: Page, label: string) => fist(page).getByLabel(label, { exact: true });

test('Two windows on one program: neither writes over the other, and nothing typed is lost', async ({
  people,
  server,
  announced,
}) => {
  // The save of the second window, and the publishing of the first.
  announced.push(/409/);
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair);
  const first = await people.page(pair.mira.userId);
  const second = await first.context().newPage();
  // Both have read again what they show once their live connection stands; nothing reads again after that.
  for (const page of [first, second]) {
    const settled = page.waitForResponse((response) => response.url().includes('programs.get'));
    await page.goto(`/programs/${programId}`);
    await settled;
  }

  await first.getByLabel('Reason for this version').fill('Longer holds');
  await more(first, 'Hold');
  await expect(first.getByText('Draft saved.')).toBeVisible();

  await more(second, 'Rest');
  const seen = second.getByRole('alert', { name: 'Changed meanwhile' });
  await expect(seen).toContainText('You saved another draft of this program in another window');
  await expectAccessible(second, 'program with another draft');
  const rest = await value(second, 'Rest').inputValue();
  await seen.getByRole('button', { name: 'Keep mine, replace that draft' }).click();
  await expect(second.getByText('Draft saved.')).toBeVisible();
  await second.getByLabel('Reason for this version').fill('More rest');
  await second.getByRole('button', { name: 'Publish' }).click();
  await expect(second.getByText('Version 2 is published.')).toBeVisible();

  await first.getByRole('button', { name: 'Publish' }).click();
  const refused = first.getByRole('alert', { name: 'Changed meanwhile' });
  await expect(refused).toContainText('Mira Solberg published version 2 while you were editing.');
  await expect(refused).toContainText('More rest');
  await expect(first.getByText('is published.')).toHaveCount(0);
  await expect(value(first, 'Hold')).toHaveValue('4');
  await expect(first.getByLabel('Reason for this version')).toHaveValue('Longer holds');

  await refused.getByRole('button', { name: 'Put my changes on version 2' }).click();
  await expect(refused).toHaveCount(0);
  await expect(value(first, 'Rest')).toHaveValue(rest);
  await expect(value(first, 'Hold')).toHaveValue('4');
  await first.getByRole('button', { name: 'Publish' }).click();
  await expect(first.getByText('Version 3 is published.')).toBeVisible();
  await first.reload();
  await expect(value(first, 'Rest')).toHaveValue(rest);
  await expect(value(first, 'Hold')).toHaveValue('4');
});

test('A draft outlives a reload and an ended login', async ({ people, server, announced }) => {
  announced.push(/401/, /ERR_FAILED/);
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/programs/${programId}`);
  await mira.getByLabel('Reason for this version').fill('Two green days');
  await more(mira, 'Hold');
  await expect(mira.getByText('Draft saved.')).toBeVisible();

  const elsewhere = await people.page(pair.mira.userId);
  await elsewhere.goto(`/programs/${programId}`);
  await expect(value(elsewhere, 'Hold')).toHaveValue('4');
  await expect(elsewhere.getByLabel('Reason for this version')).toHaveValue('Two green days');

  // Nothing can be sent before the page goes.
  await mira.route(/programs\.saveDraft/, (route) => route.abort());
  const stopped = mira.waitForEvent('console', (message) => message.text().includes('ERR_FAILED'));
  await more(mira, 'Hold');
  await mira.reload();
  await stopped;
  await expect(value(mira, 'Hold')).toHaveValue('5');
  await expect(mira.getByText('Not saved on the server yet. It waits in this window.')).toBeVisible();
  await mira.unroute(/programs\.saveDraft/);
  await more(mira, 'Hold');
  await expect(mira.getByText('Draft saved.')).toBeVisible();

  const { userId } = pair.mira;
  await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => revokeSessions(d, { userId, exceptId: null, nowMs: Date.now() })),
  );
  await more(mira, 'Hold');
  await expect(mira.getByRole('heading', { name: 'Signed out' })).toBeVisible();
  await mira.goto('/sign-in');
  await signInAs(server, mira.context(), userId);
  await mira.goto(`/programs/${programId}`);
  await expect(value(mira, 'Hold')).toHaveValue('7');
  await expect(mira.getByText('Draft saved.')).toBeVisible();
});
