import type { Page } from '@playwright/test';
import { makeInDatabase } from '../db/factories/database';
import { makeVisit } from '../db/factories/visits';
import { openAllHours, withRules } from './appointments';
import { expectAccessible, expectNoSidewaysScroll } from './axe';
import { expect, test } from './fixtures';

const coming = (page: Page) => page.getByRole('region', { name: 'Coming up' });

/** As people do: the name over the control. */
async function chooseTime(page: Page, nth: number): Promise<string> {
  const label = page.locator('label', { has: page.getByRole('radio') }).nth(nth);
  const words = (await label.innerText()).trim();
  await label.click();
  await expect(label.getByRole('radio')).toBeChecked();
  return words;
}

test('A patient takes a free time, moves it and calls it off, each by their own clock, and the clinician learns of it', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await openAllHours(server, pair);
  await withRules(server, pair, 'book');
  const mira = await people.page(pair.mira.userId);
  await mira.goto('/notices');
  const ana = await people.page(pair.ana.userId, { device: 'phone', zone: 'Asia/Kolkata' });
  await ana.goto('/visits');
  await ana.getByRole('link', { name: 'Book a visit' }).click();
  await expect(
    ana.getByText('By the clocks of Asia/Calcutta.').or(ana.getByText('By the clocks of Asia/Kolkata.')),
  ).toBeVisible();
  // The hours are London's: by a clock of half hours they are at the quarters too.
  await expect(ana.getByRole('radio').first()).toBeVisible();
  await ana.getByRole('button', { name: 'Book this time' }).click();
  await expect(ana.getByRole('alert').filter({ hasText: 'Please choose a time.' })).toBeVisible();
  await expectAccessible(ana, 'free times');
  await expectNoSidewaysScroll(ana, 'free times');
  const time = await chooseTime(ana, 3);
  await ana.getByLabel('What it is for').fill('The splint rubs');
  await ana.getByLabel('Interpreter for the language').fill('Portuguese');
  await ana.getByRole('button', { name: 'Book this time' }).click();
  await expect(coming(ana)).toContainText(time);
  await expect(coming(ana)).toContainText('The splint rubs');
  await expect(coming(ana)).toContainText('You said that it suits you.');
  await expectAccessible(ana, 'visits to come');
  await expectNoSidewaysScroll(ana, 'visits to come');
  await expect(mira.getByText('Ana Duarte booked a visit with you')).toBeVisible();

  await coming(ana).getByRole('link', { name: 'Another time' }).click();
  await expect(ana.getByRole('heading', { name: 'Another time' })).toBeVisible();
  await expect(ana.getByText(/^Now: .*, with Mira Solberg\.$/)).toContainText(time);
  const other = await chooseTime(ana, 7);
  await ana.getByRole('button', { name: 'Move the visit' }).click();
  await expect(coming(ana)).toContainText(other);
  await expect(coming(ana)).not.toContainText(time);
  await expect(mira.getByText('Ana Duarte moved a visit with you')).toBeVisible();

  await coming(ana)
    .getByRole('button', { name: /^Cancel the visit of/ })
    .click();
  await expect(ana.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await coming(ana).getByRole('button', { name: 'Cancel visit', exact: true }).click();
  await expect(ana.getByRole('region', { name: 'Cancelled' })).toContainText('Cancelled, 30 minutes');
  await expect(mira.getByText('Ana Duarte cancelled a visit with you')).toBeVisible();
});

test('A patient asks for a time: the clinician gives one that was wished, or says in words that there is none', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await openAllHours(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits/book');
  await expect(ana.getByRole('checkbox').first()).toBeVisible();
  await ana.getByRole('button', { name: 'Ask your clinic' }).click();
  await expect(ana.getByText('Please choose a time, or write when it suits you.')).toBeVisible();
  const wish = ana.locator('label', { has: ana.getByRole('checkbox') }).nth(2);
  const time = (await wish.innerText()).trim();
  await wish.click();
  await ana.getByLabel('When it suits you').fill('Mornings');
  await ana.getByRole('button', { name: 'Ask your clinic' }).click();
  const asked = ana.getByRole('region', { name: 'You asked for' });
  await expect(asked).toContainText(time);
  await expect(asked).toContainText('Your clinic will answer.');
  await expectAccessible(ana, 'what was asked for');

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/notices');
  await mira.getByRole('link', { name: 'Ana Duarte asks for a visit' }).click();
  const panel = mira.getByRole('region', { name: '1 patient asks for a time' });
  await expect(panel).toContainText('“Mornings”');
  await expectAccessible(mira, 'what patients ask for');
  await panel.getByRole('button', { name: new RegExp(`^Give .*${time}`) }).click();
  await expect(panel).toHaveCount(0);
  await expect(coming(ana)).toContainText(time);
  await expect(coming(ana)).toContainText('You said that it suits you.');
  await expect(asked).toHaveCount(0);

  await coming(ana).getByRole('link', { name: 'Another time' }).click();
  await ana.getByLabel('When it suits you').fill('Not before Friday');
  await ana.getByRole('button', { name: 'Ask your clinic' }).click();
  await expect(coming(ana)).toContainText('You asked for another time.');
  await expect(panel).toContainText('Another time for the visit with Mira Solberg');
  await panel.getByRole('button', { name: 'Say to Ana Duarte that there is no time' }).click();
  await panel.getByLabel('What the patient reads').fill('Friday is full. The next week is free.');
  await panel.getByRole('button', { name: 'Send answer' }).click();
  await expect(panel).toHaveCount(0);
  await expect(asked).toContainText('Friday is full. The next week is free.');
});

test('Who waits for an earlier time learns that one is free, and takes it', async ({ people, server }) => {
  const pair = await people.pair();
  await openAllHours(server, pair);
  await withRules(server, pair, 'book');
  const mira = await people.page(pair.mira.userId);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits/book');
  await chooseTime(ana, 30);
  await ana.getByRole('button', { name: 'Book this time' }).click();
  await coming(ana).getByLabel('Tell me when an earlier time is free').check();
  await expect(coming(ana).getByLabel('Tell me when an earlier time is free')).toBeChecked();

  // Mira has more time than her week says, sooner than that.
  await mira.goto('/schedule/hours');
  const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString().slice(0, 10);
  await mira.getByRole('radio', { name: 'More time for visits' }).check();
  const form = mira.getByRole('form', { name: 'Add' });
  await form.getByLabel('Day', { exact: true }).first().fill(days(1));
  await form.getByLabel('Time', { exact: true }).first().fill('00:00');
  await form.getByLabel('Day', { exact: true }).last().fill(days(2));
  await form.getByLabel('Time', { exact: true }).last().fill('23:45');
  await form.getByRole('button', { name: 'Add to your hours' }).click();
  await expect(mira.getByRole('region', { name: 'Days that differ' }).getByRole('listitem')).toContainText(
    'More time for visits',
  );
  await ana.goto('/today');
  await ana.getByRole('link', { name: 'A time earlier than your visit is free' }).click();
  const time = await chooseTime(ana, 0);
  await ana.getByRole('button', { name: 'Move the visit' }).click();
  await expect(coming(ana)).toContainText(time);
});

test('A clinician says when visits may be, and patients find free times in these hours only', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  await withRules(server, pair, 'book');
  const mira = await people.page(pair.mira.userId, { device: 'phone' });
  await mira.goto('/schedule/hours');
  await expect(mira.getByText(/^You have not said yet when you hold visits/)).toBeVisible();
  await expectAccessible(mira, 'own hours');
  await expectNoSidewaysScroll(mira, 'own hours');
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']) {
    const fields = mira.getByRole('region', { name: 'Time for visits' }).getByRole('group', { name: day });
    await fields.getByLabel('From').fill('10:00');
    await fields.getByLabel('To').fill('10:30');
  }
  await mira.getByRole('button', { name: 'Save your hours' }).click();
  await expect(mira.getByText('Your hours are saved.')).toBeVisible();
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits/book');
  await expect(ana.getByRole('radio').first()).toBeVisible();
  const times = await ana.locator('label', { has: ana.getByRole('radio') }).allInnerTexts();
  expect(new Set(times.map((text) => text.trim()))).toEqual(new Set(['10:00']));
  const group = mira.getByRole('region', { name: 'Time for visits' }).getByRole('group', { name: 'Monday' });
  await group.getByLabel('To').fill('09:00');
  await mira.getByRole('button', { name: 'Save your hours' }).click();
  await expect(group).toContainText('The end is before the start.');
});

test('An admin says which visits there are and what patients may do; nonsense is named at its field', async ({
  people,
}) => {
  const pair = await people.pair();
  const ada = await people.page(pair.admin.userId);
  await ada.goto('/admin');
  const card = ada.getByRole('region', { name: 'Visits that can be booked' });
  const review = card.getByRole('group', { name: 'Review' });
  await review.getByLabel('Minutes', { exact: true }).fill('4');
  await card.getByRole('button', { name: 'Save visits' }).click();
  await expect(review.getByRole('alert')).toHaveText('A whole number, please: 5 to 180.');
  await review.getByLabel('Minutes', { exact: true }).fill('40');
  await review.getByLabel('Called').fill('Splint check');
  await review.getByLabel('Patients may').selectOption('book a free time themselves');
  await card.getByRole('button', { name: 'Remove Short check' }).click();
  await card.getByRole('button', { name: 'Save visits' }).click();
  await expect(card.getByText('The visits are saved.')).toBeVisible();
  await expectAccessible(ada, 'visits that can be booked');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits/book');
  await expect(ana.getByText('Splint check, By video, 40 minutes')).toBeVisible();
});

test('A visit by phone is rung, and its record is written once it took place', async ({ people, server }) => {
  const pair = await people.pair();
  const of = { clinicId: pair.clinicId, patient: pair.ana, clinicianId: pair.mira.userId, ended: false };
  const visitId = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) =>
      makeVisit(d, {
        ...{ ...of, more: { mode: 'phone' }, phone: '+44 20 7946 0100', timeZone: 'Europe/London' },
        startsAt: Date.now() + 60_000,
      }),
    ),
  );
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/today');
  await ana.getByRole('link', { name: /^Mira Solberg rings you/ }).click();
  await expect(ana.getByText(/^Mira Solberg rings you at this time\./)).toBeVisible();
  await expect(ana.getByRole('link', { name: '+44 20 7946 0100' })).toBeVisible();
  await expectAccessible(ana, 'a visit by phone');
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/visit/${visitId}`);
  await mira.getByLabel('What the patient reads of it').fill('Go on with the putty.');
  await expectAccessible(mira, 'a visit by phone, before its record');
  await mira.getByRole('button', { name: 'It took place' }).click();
  await expect(mira.getByRole('textbox', { name: 'Note' })).toBeVisible();
  await expect(ana.getByText('Go on with the putty.')).toBeVisible();
});

test('A hundred bookings of one slot make one', async ({ people, server, announced }) => {
  announced.push(/409/);
  const pair = await people.pair();
  await openAllHours(server, pair);
  await withRules(server, pair, 'book');
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto('/visits/book');
  await expect(ana.getByRole('radio').first()).toBeVisible();
  const startsAt = Number(await ana.getByRole('radio').nth(5).getAttribute('value'));
  // From two devices of hers at once.
  const tablet = await people.page(pair.ana.userId);
  await tablet.goto('/visits');
  const wanted = { clinicianId: pair.mira.userId, typeId: 'review', startsAt };
  const hurry = (page: Page) =>
    page.evaluate(
      async (asked) =>
        await Promise.all(
          Array.from({ length: 50 }, async (_, n) => {
            const visitId = `${asked.stamp}${String(n).padStart(12, '0')}`;
            const answer = await fetch('/api/trpc/appointments.book', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({ ...asked, visitId }),
            });
            return answer.status;
          }),
        ),
      { ...wanted, stamp: `0193e000-0000-7000-8${page === ana ? '0' : '1'}00-` },
    );
  const statuses = (await Promise.all([hurry(ana), hurry(tablet)])).flat();
  expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  expect(new Set(statuses)).toEqual(new Set([200, 409]));
  await ana.goto('/visits');
  await expect(coming(ana).getByRole('listitem')).toHaveCount(1);
});
