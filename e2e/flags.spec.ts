import type { Page } from '@playwright/test';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import { PRECAUTIONS, withFlag, withPrecautions } from './flagged';
import { meet } from './meeting';
import { withProgram } from './prescribed';

const QUESTION = 'Is a finger white, blue or cold?';

test('A flag is noted, closed with what becomes of practice, and practice goes on only for a reason', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withPrecautions(server, pair);
  await withFlag(server, pair, { redFlags: ['colour_or_cold'] });
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  const flags = mira.getByRole('region', { name: 'Open flags' });
  await expect(flags).toContainText(`${QUESTION} Yes`);
  await expect(flags).toContainText('everything. It ends only when the clinic lets it go on.');
  await expect(mira.getByRole('link', { name: 'Ring Ana Duarte, +44 20 7946 0123' })).toHaveAttribute(
    'href',
    'tel:+442079460123',
  );
  await flags.getByLabel('What was done').fill('Rang, no answer');
  await flags.getByRole('button', { name: 'Keep note, leave open' }).click();
  await expect(flags.getByRole('list', { name: 'What was done' })).toContainText('Rang, no answer');
  await expect(flags.getByLabel('What was done', { exact: true }).last()).toHaveValue('');

  const close = flags.getByRole('button', { name: /^Close flag/ });
  await close.click();
  await expect(flags.getByRole('alert')).toHaveText('Write what was done first.');
  await flags.getByRole('textbox', { name: 'What was done' }).fill('Seen today: the splint was too tight');
  await close.click();
  await expect(flags.getByRole('alert')).toHaveText('Choose whether practice may go on.');
  await flags.getByRole('radio', { name: 'Practice stays stopped' }).check();
  await close.click();
  await expect(flags).toHaveCount(0);

  const stopped = mira.getByRole('list', { name: 'What is stopped' });
  await expect(stopped).toContainText('Seen today: the splint was too tight');
  await stopped.getByRole('button', { name: /^Let practice go on: everything/ }).click();
  await stopped.getByRole('button', { name: 'Let practice go on' }).click();
  await expect(stopped.getByRole('alert')).toHaveText('Write the reason first.');
  await stopped.getByLabel('Why practice may go on').fill('Warm again with the new splint');
  await stopped.getByRole('button', { name: 'Let practice go on' }).click();
  await expect(stopped).toHaveCount(0);
});

/** The answer, what it stopped, the number and the precautions, as they stand at the top of a screen. */
async function expectCautions(page: Page) {
  const flags = page.getByRole('region', { name: 'Open flags' });
  await expect(flags.getByRole('listitem').filter({ hasText: 'Pain 9 of 10' }).first()).toContainText(
    'Urgent red flag: Pain 9 of 10',
  );
  await expect(flags).toContainText('Red flag: Pain 7 of 10');
  await expect(flags).toContainText('all practice stopped');
  await expect(page.getByRole('list', { name: 'Precautions' })).toContainText(PRECAUTIONS);
  await expect(page.getByRole('link', { name: /^Ring Ana/ })).toBeVisible();
}

test('Desk, editor and visit have flags, precautions and number at the top', async ({ people, server }) => {
  const pair = await people.pair();
  const { programId, prescriptions } = await withProgram(server, pair);
  await withPrecautions(server, pair);
  await withFlag(server, pair, { pain: 9 });
  await withFlag(server, pair, { pain: 7, severity: 'red', lineageId: prescriptions[1]?.lineageId });
  const checkInId = await waitingCheckIn(server, pair);
  const mira = await people.page(pair.mira.userId);
  for (const path of [`/review/${checkInId}`, `/programs/${programId}`]) {
    await mira.goto(path);
    await expectCautions(mira);
    await mira.getByText('Red flag: Pain 7 of 10').click();
    await expect(mira.getByText('About Tendon glides, right hand')).toBeVisible();
    await mira.setViewportSize({ width: 360, height: 780 });
    await expectNoSidewaysScroll(mira, `${path} with flags at 360`);
    await expectAccessible(mira, `${path} with flags`);
    await mira.setViewportSize({ width: 1280, height: 800 });
  }
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  await expectCautions(mira);
  await mira.getByText('Urgent red flag: Pain 9 of 10').click();
  await mira.getByRole('textbox', { name: 'What was done' }).first().fill('Looked at in the visit');
  await mira.getByRole('radio', { name: 'Practice may go on' }).first().check();
  await mira
    .getByRole('button', { name: /^Close flag/ })
    .first()
    .click();
  await expect(mira.getByText('Urgent red flag: Pain 9 of 10')).toHaveCount(0);
  await expect(mira.getByText('Red flag: Pain 7 of 10')).toBeVisible();
});

test('Words for a flag outlive that a colleague closes it', async ({ people, server }) => {
  const pair = await people.pair();
  await withFlag(server, pair, { pain: 7, severity: 'red' });
  const [one, other] = [await people.page(pair.mira.userId), await people.page(pair.mira.userId)];
  for (const page of [one, other]) await page.goto(`/patients/${pair.ana.patientId}`);
  await one.getByRole('textbox', { name: 'What was done' }).fill('Rang: she rests today');
  await other.getByRole('textbox', { name: 'What was done' }).fill('Rang');
  await other.getByRole('radio', { name: 'Practice stays stopped' }).check();
  await other.getByRole('button', { name: /^Close flag/ }).click();
  await expect(one.getByText('Somebody closed this flag meanwhile.')).toBeVisible();
  await expect(one.getByRole('textbox', { name: 'What was done' })).toHaveValue('Rang: she rests today');
  await one.getByRole('button', { name: 'Keep words with the flag' }).click();
  await expect(one.getByRole('list', { name: 'What is stopped' })).toContainText('Rang: she rests today');
});

test('More is asked for only with a reason while a flag is open: in editor, desk and visit', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair);
  await withFlag(server, pair, { pain: 9 });
  const mira = await people.page(pair.mira.userId);
  const why = (page: Page) => page.getByLabel('What speaks for more while a flag is open');

  await mira.goto(`/programs/${programId}`);
  const fist = mira.getByRole('article', { name: 'Full fist and open' });
  await fist.getByRole('button', { name: 'Less: Sets' }).click();
  await expect(why(mira)).toHaveCount(0);
  await fist.getByRole('button', { name: 'More: Sets' }).click();
  await fist.getByRole('button', { name: 'More: Sets' }).click();
  await expect(mira.getByText('Open: Pain 9 of 10.')).toBeVisible();
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByRole('alert').filter({ hasText: 'Write the reason first.' })).toBeVisible();
  await expect(why(mira)).toBeFocused();
  await why(mira).fill('It was the other hand');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 2 is published.')).toBeVisible();
  await expect(mira.getByRole('region', { name: 'Versions' })).toContainText(
    'More was asked while a flag was open: It was the other hand',
  );

  const checkInId = await waitingCheckIn(server, pair);
  await mira.goto(`/review/${checkInId}`);
  await mira.getByRole('button', { name: 'More: Hold' }).click();
  await mira.getByLabel('Reply to Ana').fill('A little longer.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(why(mira)).toBeFocused();
  await why(mira).fill('Seen on the clip: no pain');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  await mira.getByRole('radio', { name: 'Work on Full fist and open, right hand' }).check();
  await mira.getByRole('button', { name: 'More: Sets' }).click();
  await mira.getByLabel('Why', { exact: true }).fill('Stronger');
  await mira.getByRole('button', { name: 'Publish new dose' }).click();
  await expect(why(mira)).toBeFocused();
  await why(mira).fill('Tried here without pain');
  await mira.getByRole('button', { name: 'Publish new dose' }).click();
  await expect(mira.getByRole('button', { name: 'Publish new dose' })).toHaveAttribute('aria-disabled', 'true');

  await mira.goto(`/programs/${programId}`);
  await expect(mira.getByRole('region', { name: 'Versions' })).toContainText('Tried here without pain');
});
