import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

const line = (page: Page) => page.getByRole('textbox', { name: 'Your message' });

test('A word that alarms shows the number at once, without a line too, and stands first for the team', async ({
  people,
  server,
  announced,
}) => {
  test.setTimeout(120_000);
  announced.push(/ERR_INTERNET_DISCONNECTED|Failed to fetch RSC payload/);
  const pair = await people.pair();
  await withProgram(server, pair, ['full-fist-and-open']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await expect
    .poll(() => ana.evaluate(async () => (await caches.match('/messages')) !== undefined), { timeout: 30_000 })
    .toBe(true);
  await ana.goto('/messages');
  const form = ana.getByRole('form', { name: 'Your message' });
  const ring = form.getByRole('link', { name: /^Ring / });
  await line(ana).fill('My finger is');
  await expect(ring).toHaveCount(0);
  await ana.context().setOffline(true);
  await line(ana).fill('My finger is NUMB since the splint.');
  await expect(form).toContainText('You wrote “numb”.');
  await expect(ring.first()).toHaveAttribute('href', /^tel:/);
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(line(ana)).toHaveValue('');
  // It stays until somebody has answered, also in a page that is opened anew.
  await ana.reload();
  await expect(form).toContainText('You wrote “numb”.');
  await expectAccessible(ana, 'a word that alarms');
  await expectNoSidewaysScroll(ana, 'a word that alarms');
  await expectRoomForLargeText(ana, 'a word that alarms');
  await ana.context().setOffline(false);
  await expect(ana.getByRole('list', { name: 'Messages with your clinic' })).toContainText('Sent');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/threads');
  const row = mira.getByRole('region', { name: 'Conversations' }).getByRole('link', { name: /Ana Duarte/ });
  await expect(row).toContainText('Says: numb');
  await form.getByRole('button', { name: 'Answer the warning questions' }).click();
  await form.getByRole('checkbox', { name: /numb/ }).first().check();
  await row.click();
  await expect(mira.getByRole('region', { name: 'Conversation with Ana Duarte' })).toContainText('Says: numb');
  await expectAccessible(mira, 'a marked thread');
  await mira.getByRole('textbox', { name: 'Message to Ana' }).fill('Loosen the strap. I ring you now.');
  await mira.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(form).not.toContainText('You wrote “numb”.');
});

test('Words of self-harm show the clinic’s words and tell the care team at once', async ({ people }) => {
  const pair = await people.pair();
  const admin = await people.page(pair.admin.userId);
  await admin.goto('/admin');
  const words = admin.getByRole('form', { name: 'Words that alarm' });
  // A press that is answered: from here on the page is alive, and a field that is being typed in is not taken over.
  await words.getByRole('button', { name: 'Save words' }).click();
  await expect(words.getByRole('status')).toHaveText('The words are saved.');
  await words.getByLabel('Words that alarm').fill('numb*\n*');
  await words.getByLabel('What a person who writes them reads').fill('Ring 116 123, day and night.');
  await words.getByRole('button', { name: 'Save words' }).click();
  await expect(words.getByRole('alert')).toContainText('“*” cannot be looked for');
  await words.getByLabel('Words that alarm').fill('numb*\ntaub*');
  await words.getByRole('button', { name: 'Save words' }).click();
  await expect(words.getByRole('status')).toHaveText('The words are saved.');
  await expectAccessible(admin, 'words that alarm');
  await admin.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(admin, 'words that alarm at 360');

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/messages');
  await line(ana).fill('I want to die.');
  const form = ana.getByRole('form', { name: 'Your message' });
  await expect(form).toContainText('Ring 116 123, day and night.');
  await expect(form.getByRole('link', { name: /999/ }).first()).toBeVisible();
  await ana.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(form).toContainText('Do not wait for an answer: ring your clinic.');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/notices');
  await mira.getByRole('link', { name: /Ana Duarte wrote words of self-harm: please look now/ }).click();
  await expect(mira.getByRole('region', { name: 'Conversation with Ana Duarte' })).toContainText('Says: want to die');
});

test('What is hard at home gets a first suggestion, and the clinic sees whether it helped', async ({ people }) => {
  test.setTimeout(90_000);
  const pair = await people.pair();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/messages');
  const hard = ana.getByRole('group', { name: 'Is something hard at home?' }).first();
  await ana.getByText('Is something hard at home?').first().click();
  await ana.getByRole('radio', { name: 'I forget it' }).check();
  await expect(hard).toContainText('after breakfast');
  await expectAccessible(ana, 'what is hard at home');
  await expectNoSidewaysScroll(ana, 'what is hard at home');
  await ana.getByRole('button', { name: 'That helps' }).click();
  await expect(ana.getByText('Good. Your clinic sees what was hard and what you try.')).toBeVisible();
  await ana.getByRole('radio', { name: 'It is too hard' }).check();
  await ana.getByRole('button', { name: 'It does not help: ask the clinic' }).click();
  await expect(line(ana)).toHaveValue('It is too hard: ');
  await expect(line(ana)).toBeFocused();
  await ana.keyboard.press('End');
  await line(ana).fill('It is too hard: the red putty.');
  await ana.getByRole('button', { name: 'Send', exact: true }).click();

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/threads');
  await mira.getByRole('link', { name: /Ana Duarte/ }).click();
  const side = mira.getByRole('complementary').getByRole('region', { name: 'If it is hard at home' });
  await expect(side).toContainText('I forget it');
  await expect(side).toContainText('“That helps”');
  await expect(side).toContainText('“It does not help”');

  const admin = await people.page(pair.admin.userId);
  await admin.goto('/admin');
  const form = admin.getByRole('form', { name: 'What is hard at home' });
  await form.getByRole('button', { name: 'Add one' }).click();
  await form.getByRole('button', { name: 'Save list' }).click();
  await expect(form.getByRole('alert')).toHaveText('Say what is hard and what you suggest, please.');
  await form.getByRole('textbox', { name: 'What is hard (8)' }).fill('No table');
  await form.getByLabel('What you suggest first (8)').fill('A tray on the knees will do.');
  await form.getByRole('button', { name: 'Remove what is hard (1)' }).click();
  await form.getByRole('button', { name: 'Save list' }).click();
  await expect(form.getByRole('status')).toHaveText('The list is saved.');
  await expectAccessible(admin, 'what is hard at home, at Admin');
  await admin.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(admin, 'what is hard at home, at Admin at 360');
  await ana.reload();
  await ana.getByText('Is something hard at home?').first().click();
  await expect(ana.getByRole('radio', { name: 'No table' })).toBeVisible();
  await expect(ana.getByRole('radio', { name: 'No time' })).toHaveCount(0);
});
