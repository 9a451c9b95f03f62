import { makeInDatabase } from '../db/factories/database';
import { listClinics } from '../db/queries/clinic/clinics';
import { run } from '../scripts/spawn.mjs';
import { expect, test } from './fixtures';
import { drawAcross, endVisit, stageOf } from './meeting';
import { sendClip } from './recorded';

/** What the terminal prints: the one-time link of the first admin. */
async function createClinic(env: Record<string, string>): Promise<string> {
  const args = [
    'run',
    'admin',
    '--',
    'create-clinic',
    '--name',
    'Saltmarsh Hand Clinic',
    '--time-zone',
    'Europe/London',
    '--phone',
    '+44 20 7946 0199',
    '--emergency-number',
    '999',
    '--admin-name',
    'Ada Lind',
  ];
  const output = await run('npm', args, { env });
  const link = /http\S+\/invite\/\S+/.exec(output)?.[0];
  if (!link) throw new Error('the command prints a link');
  return link;
}

const password = 'four calm words here';

test.use({ database: 'from nothing' });

test('From nothing: a new clinic, a new clinician and a new patient complete the loop', async ({ people, server }) => {
  test.setTimeout(240_000);
  expect(await makeInDatabase(server.databaseUrl, (made) => made.read((d) => listClinics(d)))).toEqual([]);
  const admin = await people.page(null);
  await admin.goto(await createClinic(server.env));
  await admin.getByLabel('Email').fill('ada@saltmarsh.example');
  await admin.getByLabel('New password').fill(password);
  await admin.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(admin).toHaveURL(/\/admin$/);
  await admin.getByLabel('Name', { exact: true }).fill('Mira Solberg');
  await admin.getByRole('button', { name: 'Invite' }).click();
  const staffLink = await admin.getByLabel('Link').inputValue();

  const mira = await people.page(null);
  await mira.goto(staffLink);
  await mira.getByLabel('Email').fill('mira@saltmarsh.example');
  await mira.getByLabel('New password').fill(password);
  await mira.getByRole('button', { name: 'Accept and go on' }).click();
  await expect(mira.getByRole('heading', { name: 'Nobody needs you right now' })).toBeVisible();
  await mira.getByRole('link', { name: 'Add patient' }).click();
  await mira.getByLabel('Name', { exact: true }).fill('Ana Duarte');
  await mira.getByLabel('Hand problem').fill('Index finger fracture');
  await mira.getByRole('group', { name: 'Affected side' }).getByRole('radio', { name: 'Right' }).check();
  await mira.getByRole('group', { name: 'Which hand holds the phone?' }).getByRole('radio', { name: 'Left' }).check();
  await mira.getByLabel('Time zone').selectOption('Europe/London');
  await mira.getByRole('button', { name: 'Add patient' }).click();
  await expect(mira.getByRole('heading', { name: 'Ana Duarte' })).toBeVisible();
  await mira.getByRole('button', { name: 'Invite Ana Duarte' }).click();
  await expect(mira.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  const patientLink = await mira.getByLabel('Link').inputValue();

  await mira.getByRole('button', { name: 'New program' }).click();
  await mira.getByLabel('Search exercises').fill('fist');
  await mira.getByRole('button', { name: 'Add exercise Full fist and open' }).click();
  await mira.getByRole('button', { name: 'Publish' }).click();
  await expect(mira.getByText('Version 1 is published.')).toBeVisible();

  const ana = await people.page(null, { device: 'phone' });
  await ana.goto(patientLink);
  await ana.getByLabel('Email').fill('ana@saltmarsh.example');
  await ana.getByLabel('New password').fill(password);
  await ana.getByRole('button', { name: 'Accept and go on' }).click();
  await ana.getByRole('button', { name: 'I agree, go on' }).click();
  await ana
    .getByRole('button', { name: /^Done as prescribed/ })
    .first()
    .click();
  await ana.getByRole('radio', { name: '2', exact: true }).first().check();
  await ana.getByRole('button', { name: 'Save' }).click();
  await expect(ana.getByText('1 of 3 done', { exact: true })).toBeVisible();

  await mira.goto('/schedule');
  await expect(mira.getByLabel('Length')).toBeVisible();
  await mira.getByRole('button', { name: 'Start now' }).click();
  await mira.getByRole('link', { name: /^Join visit/ }).click();
  await mira.getByRole('button', { name: /^Join visit/ }).click();
  await ana.getByRole('link', { name: 'Visits' }).click();
  await ana.getByRole('link', { name: /^Join visit/ }).click();
  await ana.getByLabel('Where are you now?').fill('At home');
  await ana.getByRole('button', { name: /^Join visit/ }).click();
  await mira.getByRole('button', { name: 'Admit Ana Duarte' }).click();
  await expect(stageOf.mira(mira).getByRole('application')).toBeVisible();
  const box = await stageOf.mira(mira).boundingBox();
  if (!box) throw new Error('the stage is on the page');
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await expect(ana.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  await endVisit(mira);
  await expect(ana.getByRole('heading', { name: 'The visit has ended' })).toBeVisible();

  await sendClip(ana, { pain: '2', question: 'Is this slow enough?' });
  await mira.goto('/review');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('Is this slow enough?')).toBeVisible();
  const clip = mira.getByRole('figure', { name: 'Clip' });
  await expect(clip.getByRole('application')).toBeVisible({ timeout: 20_000 });
  const frame = await clip.boundingBox();
  if (!frame) throw new Error('the clip is on the page');
  await drawAcross(mira, { x: frame.x + frame.width / 2, y: frame.y + frame.height / 2 });
  await expect(mira.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  await mira.getByLabel('Reply to Ana').fill('Just right. One more set from now on.');
  await mira.getByRole('button', { name: 'More: Sets' }).click();
  await mira.getByRole('button', { name: 'Publish review' }).click();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();
  await ana.goto('/today');
  await expect(ana.getByText('3 × 10, hold 3 s').first()).toBeVisible();
  await ana.getByRole('link', { name: /answered your clip/ }).click();
  await expect(ana.getByText('Just right. One more set from now on.')).toBeVisible();
  await ana.getByRole('button', { name: /^Show drawing 1/ }).click();
  await expect(ana.getByRole('listitem').filter({ hasText: 'Pen by Mira Solberg' })).toHaveCount(1);
  await ana.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(ana.getByText('Thank you. Your clinic sees it.')).toBeVisible();

  await admin.reload();
  await expect(admin.getByRole('cell', { name: 'program.write' }).first()).toBeVisible();
  const used = await people.page(null);
  await used.goto(patientLink);
  await expect(used.getByRole('heading', { name: 'This link does not work any more' })).toBeVisible();
});
