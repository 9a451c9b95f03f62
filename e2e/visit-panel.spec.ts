import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { inVisit, stageOf } from './meeting';

const glides = (mira: Page) => mira.getByRole('radio', { name: 'Work on Tendon glides, right hand' });

test('A reload keeps what is worked on and how the timers were set', async ({ people, server }) => {
  const { mira } = await inVisit(people, server);
  await glides(mira).check();
  const [beats, hold] = [
    mira.getByLabel('Beats a minute', { exact: true }),
    mira.getByLabel('Hold for', { exact: true }),
  ];
  await mira.getByRole('button', { name: 'More: Beats a minute' }).click();
  await mira.getByRole('button', { name: 'More: Hold for' }).click();
  const set = [await beats.inputValue(), await hold.inputValue()] as const;
  expect(set[1]).toBe('6');
  await mira.reload();
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible({ timeout: 20_000 });
  await expect(glides(mira)).toBeChecked();
  await expect(beats).toHaveValue(set[0]);
  await expect(hold).toHaveValue(set[1]);
});

test('A visit without a note asks before it ends', async ({ people, server }) => {
  const { mira } = await inVisit(people, server);
  const asked = mira.getByRole('dialog', { name: 'No note is written yet' });
  await mira.getByRole('button', { name: 'End visit' }).click();
  await expect(asked).toContainText('You can write it later too');
  await asked.getByRole('button', { name: 'Go on with the visit' }).click();
  await expect(asked).toHaveCount(0);
  await expect(mira.getByText('Connected', { exact: true })).toBeVisible();
  await mira.getByRole('button', { name: 'End visit' }).click();
  await asked.getByRole('button', { name: 'End visit' }).click();
  await expect(mira.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();
});

test('A new dose in the visit says at the press what it lacks, marks it and leads there', async ({
  people,
  server,
}) => {
  const { mira } = await inVisit(people, server);
  await glides(mira).check();
  const publish = mira.getByRole('button', { name: 'Publish new dose' });
  const nothing = mira.getByRole('alert').filter({ hasText: 'Nothing has changed' });
  // It says that it is not ready yet, and a person presses it all the same.
  await expect(publish).toHaveAttribute('aria-disabled', 'true');
  await publish.click({ force: true });
  await expect(nothing).toBeVisible();
  await expect(mira.getByRole('button', { name: 'Less: Hold', exact: true })).toBeFocused();
  await mira.getByRole('button', { name: 'More: Repetitions' }).click();
  await expect(nothing).toHaveCount(0);
  const why = mira.getByLabel('Why');
  await publish.click({ force: true });
  await expect(why).toBeFocused();
  await expect(why).toHaveAttribute('aria-invalid', 'true');
  await expect(why).toHaveAccessibleDescription(/Write why the dose changes/);
  await why.fill('Easier than last week');
  await expect(why).not.toHaveAttribute('aria-invalid', 'true');
  await publish.click();
  await expect(mira.getByText('Published. It is on the patient’s Today now.')).toBeVisible();
});
