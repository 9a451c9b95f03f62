import type { Page } from '@playwright/test';
import { addDays, localDay } from '../domain/time/local-day';
import { expectAccessible, expectNoSidewaysScroll, expectRoomForLargeText } from './axe';
import { waitingCheckIn } from './clips';
import { expect, type Pair, test } from './fixtures';
import { meet } from './meeting';
import { withProgram } from './prescribed';

/** On every day, so that today is one of them. */
const daily = { schedule: { v: 1, kind: 'per_day', times: 1, days: null } } as const;
const PROGRAM = [{ slug: 'putty-squeeze', dose: daily }, 'full-fist-and-open'];
const SOURCE = 'Surgeon’s letter of 3 October';
const pinned = (page: Page) => page.getByRole('list', { name: 'What the hand must not do' });
const why = (page: Page) => page.getByLabel('Why it breaks what is restricted');
const inTenDays = () => addDays(localDay(Date.now(), 'Europe/London'), 10);

/** As a clinician does it on the record, by keyboard alone: no load above 1.5 kgf for ten days. */
async function setLight(mira: Page, { ana }: Pair) {
  await mira.goto(`/patients/${ana.patientId}`);
  const add = mira.getByRole('button', { name: 'Set a restriction' });
  await add.press('Enter');
  const form = mira.getByRole('form', { name: 'Set a restriction' });
  await expect(form.getByLabel('What is restricted')).toBeFocused();
  const none = form.getByRole('radio', { name: 'No load at all' });
  await none.focus();
  await none.press('ArrowRight');
  await form.getByLabel('Most load, kgf').press('Tab');
  await form.getByLabel('Most load, kgf').pressSequentially('12 N');
  await form.getByRole('button', { name: 'Set', exact: true }).press('Enter');
  await expect(form.getByLabel('Most load, kgf')).toBeFocused();
  await expect(form.getByRole('alert').filter({ hasText: 'A load above 0, up to 100 kgf.' })).toBeVisible();
  await expect(form.getByRole('alert').filter({ hasText: 'Write who or what said so.' })).toBeVisible();
  await form.getByLabel('Most load, kgf').fill('1,5');
  await expect(form.getByText('Understood: No load above 1.5 kgf')).toBeVisible();
  await form.getByLabel('Holds before').fill(inTenDays());
  await form.getByLabel('Who or what said so').fill(SOURCE);
  await form.getByRole('button', { name: 'Set', exact: true }).press('Enter');
  await expect(form).toHaveCount(0);
  await expect(mira.getByText('It is set.')).toBeVisible();
  await expect(add).toBeFocused();
}

test('A restriction stops a program that breaks it until a reason is signed', async ({ people, server }) => {
  const pair = await people.pair();
  const { programId } = await withProgram(server, pair, PROGRAM);
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  const start = ana.getByRole('link', { name: 'Start Putty squeeze, right hand' });
  await expect(start.first()).toBeVisible();

  await setLight(mira, pair);
  await expect(pinned(mira)).toContainText(/No load above 1.5 kgf before \d+ \w+/);
  await expect(mira.getByText('Version 1 of Home program breaks it: 1 exercise waits')).toBeVisible();
  // Who practises reads it at once, and is not asked for what it forbids.
  const forAna = ana.getByRole('region', { name: 'What your hand must not do for now' });
  await expect(forAna).toContainText('Right hand: Do not lift or squeeze more than 1.5 kg with this hand.');
  await expect(forAna).toContainText(/The last day of this is \d+ \w+\./);
  await expect(start).toHaveCount(0);
  // It says that it starts nothing, and a person presses it all the same.
  await ana.getByRole('button', { name: 'Putty squeeze, right hand waits for your clinic' }).click({ force: true });
  await expect(ana.getByText('It decides about this exercise; the others go on.')).toBeVisible();
  await expect(ana.getByRole('link', { name: 'Start Full fist and open, right hand' }).first()).toBeVisible();

  await mira.getByRole('link', { name: 'Decide in the program' }).click();
  await expect(pinned(mira)).toContainText('No load above 1.5 kgf');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(why(mira)).toBeFocused();
  await expect(why(mira)).toHaveAccessibleDescription(/Putty squeeze \(amount unknown\)/);
  await expect(mira.getByRole('alert').filter({ hasText: 'Write why first.' })).toBeVisible();
  await expectAccessible(mira, 'an editor that asks why');
  await expect(start).toHaveCount(0);
  await why(mira).fill('Softest putty, the surgeon agreed');
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 2 is published.')).toBeVisible();
  await expect(mira.getByRole('region', { name: 'Versions' })).toContainText(
    /No load above 1.5 kgf before .+, broken for Putty squeeze: Softest putty, the surgeon agreed/,
  );
  await expect(start.first()).toBeVisible();
  await expect(forAna).toContainText('Do not lift or squeeze more than 1.5 kg');

  // Less of it needs no further word; more of it does.
  await mira.reload();
  const putty = mira.getByRole('article', { name: 'Putty squeeze' });
  await putty.getByRole('button', { name: 'Less: Repetitions' }).click();
  await expect(why(mira)).toHaveCount(0);
  await putty.getByRole('button', { name: 'More: Sets' }).click();
  await expect(why(mira)).toBeVisible();
  await mira.goto(`/programs/${programId}`);
});

test('It stands where the dose is changed, at the desk and in the visit, and asks there', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair, { slug: 'putty-squeeze' });
  const mira = await people.page(pair.mira.userId);
  await setLight(mira, pair);

  await mira.goto(`/review/${checkInId}`);
  await expect(pinned(mira)).toContainText('No load above 1.5 kgf');
  await expect(why(mira)).toHaveCount(0);
  await mira.getByRole('button', { name: 'Less: Repetitions' }).click();
  await mira.getByLabel('Reply to Ana').fill('A little less.');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(why(mira)).toBeFocused();
  await why(mira).fill('Softest putty, the surgeon agreed');
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await meet(mira, ana, pair.ana.patientId);
  await expect(pinned(mira)).toContainText('No load above 1.5 kgf');
  await mira.getByRole('radio', { name: 'Work on Putty squeeze, right hand' }).check();
  await mira.getByRole('button', { name: 'More: Sets' }).click();
  await mira.getByLabel('Why', { exact: true }).fill('Stronger');
  await mira.getByRole('button', { name: 'Publish new dose' }).click();
  await expect(why(mira)).toBeFocused();
  await why(mira).fill('Tried here, weighed at 1 kgf');
  await mira.getByRole('button', { name: 'Publish new dose' }).click();
  await expect(mira.getByText('Published. It is on the patient’s Today now.')).toBeVisible();
});

test('A restriction is changed and lifted with a reason, and the history keeps who did', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair, PROGRAM);
  const mira = await people.page(pair.mira.userId);
  await setLight(mira, pair);
  const chip = pinned(mira).getByText(/No load above 1.5 kgf/);
  await chip.click();
  await expect(pinned(mira)).toContainText(`Set by Mira Solberg`);
  await expect(pinned(mira)).toContainText(SOURCE);
  await pinned(mira).getByRole('button', { name: 'Change: No load above 1.5 kgf' }).click();
  const form = pinned(mira).getByRole('form', { name: 'Set a restriction' });
  await form.getByLabel('What is restricted').selectOption('Motion');
  await form.getByLabel('Motion', { exact: true }).selectOption('Extension');
  await form.getByRole('radio', { name: 'Up to an angle' }).check();
  await form.getByLabel('Straight to').fill('-30');
  await expect(form.getByText('Understood: Extension of PIP only to 30° short of straight')).toBeVisible();
  await form.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(form.getByLabel('Why it is changed')).toBeFocused();
  await form.getByLabel('Why it is changed').fill('The surgeon rang');
  await expectAccessible(mira, 'form of a restriction');
  await mira.setViewportSize({ width: 360, height: 780 });
  await expectNoSidewaysScroll(mira, 'form of a restriction at 360');
  await expectRoomForLargeText(mira, 'form of a restriction at 360');
  await form.getByRole('button', { name: 'Set', exact: true }).click();
  await expect(form).toHaveCount(0);
  await expect(pinned(mira)).toContainText('Extension of PIP only to 30° short of straight');

  await pinned(mira).getByText('Extension of PIP').click();
  await pinned(mira).getByRole('button', { name: 'Lift: Extension of PIP' }).click();
  await pinned(mira).getByRole('button', { name: 'Lift it' }).click();
  await expect(pinned(mira).getByRole('alert')).toHaveText('Write why first.');
  await pinned(mira).getByLabel('Why it is lifted').fill('Healed');
  await pinned(mira).getByRole('button', { name: 'Lift it' }).click();
  await expect(mira.getByText('It is lifted.')).toBeVisible();
  await expect(pinned(mira)).toHaveCount(0);
  await mira.getByText('What was restricted').click();
  const past = mira.getByRole('region', { name: 'Restrictions' });
  await expect(past).toContainText(/Lifted by Mira Solberg, .+: The surgeon rang/);
  await expect(past).toContainText(/Lifted by Mira Solberg, .+: Healed/);
  await expectAccessible(mira, 'history of restrictions');
  await expectNoSidewaysScroll(mira, 'history of restrictions at 360');
});

test('Who practises reads it without a line, and it ends there by its day', async ({ people, server, announced }) => {
  announced.push(/ERR_INTERNET_DISCONNECTED/);
  const pair = await people.pair();
  await withProgram(server, pair, PROGRAM);
  const mira = await people.page(pair.mira.userId);
  await setLight(mira, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  const forAna = ana.getByRole('region', { name: 'What your hand must not do for now' });
  await expect(forAna).toBeVisible();
  await expectAccessible(ana, 'Today with a restriction');
  await expectNoSidewaysScroll(ana, 'Today with a restriction');
  await expectRoomForLargeText(ana, 'Today with a restriction');
  await ana.clock.setFixedTime(Date.now() + 11 * 86_400_000);
  await ana.context().setOffline(true);
  await ana.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await expect(forAna).toHaveCount(0);
});
