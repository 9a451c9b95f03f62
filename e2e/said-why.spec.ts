import { waitingCheckIn } from './clips';
import { expect, test } from './fixtures';
import { withProgram } from './prescribed';

test('What cannot be published says why at the press and leads there; what was published is said on both sides', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const checkInId = await waitingCheckIn(server, pair);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await ana.goto(`/check-ins/${checkInId}`);
  await expect(ana.getByText('The answer is not there yet.')).toBeVisible();
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/review/${checkInId}`);
  const reply = mira.getByLabel('Reply to Ana');
  for (const press of ['Publish review', 'Ask for another clip']) {
    // It says that it is not ready yet, and a person presses it all the same.
    await mira.getByRole('button', { name: press }).click({ force: true });
    await expect(reply).toBeFocused();
    await expect(reply).toHaveAccessibleDescription(/^Write the reply first/);
    await expect(mira.getByRole('alert').filter({ hasText: 'Write the reply first' })).toHaveCount(1);
    await reply.fill('Well done.');
    await expect(mira.getByText('Write the reply first')).toHaveCount(0);
    if (press === 'Publish review') await reply.fill('');
  }
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('status').filter({ hasText: 'Published. Ana Duarte can read it now.' })).toBeVisible();
  await expect(ana.getByRole('status').filter({ hasText: 'Your therapist’s answer is here.' })).toBeVisible();
});

test('An empty program says what it lacks, and no longer when it has it', async ({ people, server }) => {
  const pair = await people.pair();
  await withProgram(server, pair);
  const mira = await people.page(pair.mira.userId);
  await mira.goto(`/patients/${pair.ana.patientId}`);
  await mira.getByRole('button', { name: 'New program' }).first().click();
  await mira.getByRole('button', { name: 'Publish', exact: true }).click();
  const empty = mira.getByText('The program has no exercise yet.');
  await expect(empty).toBeVisible();
  await expect(mira.getByLabel('Search exercises')).toBeFocused();
  await mira.getByRole('button', { name: 'Add exercise Full fist and open' }).click();
  await expect(empty).toHaveCount(0);
});

test('A form marks each thing it lacks once, leads to the first, and forgets what was mended', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  // Pressed as soon as it stands there, which may be before its scripts have come.
  await mira.goto('/patients/new', { waitUntil: 'commit' });
  await mira.getByRole('button', { name: 'Add patient' }).click();
  await expect(mira.getByLabel('Name', { exact: true })).toBeFocused();
  const side = mira.getByRole('group', { name: 'Affected side' });
  const holds = mira.getByRole('group', { name: 'Which hand holds the phone?' });
  for (const group of [side, holds]) await expect(group).toHaveAccessibleDescription('Please choose one.');
  const said = mira.getByRole('main').getByRole('alert');
  await expect(said).toHaveCount(4);
  await mira.getByLabel('Name', { exact: true }).fill('Ida Berg');
  await side.getByRole('radio', { name: 'Left' }).check();
  await expect(said).toHaveCount(2);
  await expect(side.getByRole('alert')).toHaveCount(0);
  await mira.getByLabel('Hand problem').fill('Wrist fracture');
  await mira.getByRole('button', { name: 'Add patient' }).click();
  await expect(holds.getByRole('radio', { name: 'Left' })).toBeFocused();
  await expect(said).toHaveCount(1);
});

test('What is typed before the scripts of a page have come stays, and counts', async ({ people }) => {
  const pair = await people.pair();
  const page = await people.page(pair.admin.userId);
  const gate: { open?: () => void } = {};
  const held = new Promise<void>((resolve) => {
    gate.open = resolve;
  });
  await page.route('**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/admin', { waitUntil: 'commit' });
  const words = page.getByRole('form', { name: 'Words that alarm' });
  const field = words.getByRole('textbox', { name: 'Words that alarm' });
  await field.fill('taub*\n*');
  await words.getByRole('button', { name: 'Save words' }).click();
  gate.open?.();
  await expect(words.getByRole('alert')).toContainText('“*” cannot be looked for');
  await expect(field).toHaveValue('taub*\n*');
});

test('A press that is kept until a page is alive is done once, also where React listens already', async ({
  people,
}) => {
  const pair = await people.pair();
  const admin = await people.page(pair.admin.userId);
  // The turn in which kept presses are done comes late.
  await admin.addInitScript(() => {
    let ready: (() => void) | undefined;
    Object.defineProperty(window, 'regraspReady', {
      set: (given: () => void) => {
        ready = given;
      },
      get: () => () => Object.assign(window, { nowReady: ready }),
    });
  });
  await admin.goto('/admin');
  await admin.waitForFunction(() => 'nowReady' in window);
  const form = admin.getByRole('form', { name: 'What is hard at home' });
  const before = await form.getByRole('textbox').count();
  const add = form.getByRole('button', { name: 'Add one' });
  await add.click();
  await expect(add).toHaveAttribute('aria-busy', 'true');
  await admin.evaluate(() => (window as unknown as { nowReady(): void }).nowReady());
  await expect(add).not.toHaveAttribute('aria-busy', 'true');
  await expect(form.getByRole('textbox')).toHaveCount(before + 2);
});

test('What is chosen before the scripts of a page have come stays, and counts', async ({ people }) => {
  const pair = await people.pair();
  const mira = await people.page(pair.mira.userId);
  let letCome = () => {};
  const may = new Promise<void>((resolve) => {
    letCome = resolve;
  });
  await mira.route(/\/_next\/static\/.*\.js/, async (route) => {
    await may;
    await route.continue();
  });
  await mira.goto('/patients/new', { waitUntil: 'commit' });
  const side = mira.getByRole('group', { name: 'Affected side' });
  const holds = mira.getByRole('group', { name: 'Which hand holds the phone?' });
  await side.getByRole('radio', { name: 'Right' }).check();
  await holds.getByRole('radio', { name: 'Left' }).check();
  await mira.getByLabel('Time zone').selectOption('Europe/Oslo');
  letCome();
  await mira.getByLabel('Name', { exact: true }).fill('Ida Berg');
  await mira.getByLabel('Hand problem').fill('Cut palm');
  await mira.getByRole('button', { name: 'Add patient' }).click();
  await expect(mira.getByRole('heading', { name: 'Ida Berg' })).toBeVisible();
  await expect(mira.getByText('Cut palm, right hand')).toBeVisible();
  await expect(mira.getByText('Europe/Oslo')).toBeVisible();
});
