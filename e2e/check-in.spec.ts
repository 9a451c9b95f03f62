import { expect, test } from './fixtures';
import { drawAcross } from './meeting';
import { withProgram } from './prescribed';
import { sendClip } from './recorded';

test("A check-in comes back as drawings on the patient's own video", async ({ people, server }) => {
  test.setTimeout(150_000);
  const pair = await people.pair();
  await withProgram(server, pair, ['tendon-glides']);
  const ana = await people.page(pair.ana.userId, { device: 'phone' });
  await sendClip(ana, { pain: '3', question: 'Is my thumb in the way?' });

  const mira = await people.page(pair.mira.userId);
  await mira.goto('/review');
  await mira.getByRole('button', { name: 'Next check-in' }).click();
  await expect(mira.getByText('Is my thumb in the way?')).toBeVisible();
  const clip = mira.getByRole('figure', { name: 'Clip' });
  const area = clip.getByRole('application');
  await expect(area).toBeVisible({ timeout: 20_000 });
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  await expect(mira.getByText(/^1 of \d+$/)).toBeVisible();
  await mira.getByRole('button', { name: 'Arrow' }).click();
  const box = await clip.boundingBox();
  if (!box) throw new Error('the clip is on the page');
  await drawAcross(mira, { x: box.x + box.width / 2, y: box.y + box.height / 2 });
  await expect(mira.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' })).toHaveCount(1);
  await mira.getByRole('button', { name: 'Angle', exact: true }).click();
  // A right angle; 0.1 of the picture's height is far more than a tap's tremor.
  const [x, y, bone] = [box.x + box.width * 0.4, box.y + box.height * 0.6, box.height * 0.15];
  for (const [dx, dy] of [
    [0, bone],
    [0, 0],
    [-bone, 0],
  ] as const)
    await mira.mouse.click(x + dx, y + dy);
  const measure = mira.getByRole('form', { name: 'What does this angle measure?' });
  await expect(measure.getByText('90°')).toBeVisible();
  const save = measure.getByRole('button', { name: 'Save measurement' });
  await expect(save).toBeFocused();
  await expect(measure.getByText('Right index PIP flexion')).toBeVisible();
  await measure.getByRole('button', { name: 'Change' }).click();
  await expect(measure.getByRole('radio', { name: 'Right' })).toBeChecked();
  await measure.getByRole('radio', { name: 'Left' }).check();
  await expect(measure.getByText('-90° is not what a PIP does in flexion.')).toBeVisible();
  await save.press('Enter');
  const meant = measure.getByRole('button', { name: 'Right hand: 90°' });
  await expect(meant).toBeFocused();
  await meant.press('Enter');
  await expect(measure.getByRole('radio', { name: 'Right' })).toBeChecked();
  await measure.getByLabel('Seen from').selectOption('Back of hand');
  await expect(measure.getByText('Flexion shows only from the thumb side')).toBeVisible();
  await measure.getByLabel('Seen from').selectOption('Thumb side');
  await expect(measure.getByText('Flexion shows only from the thumb side')).toHaveCount(0);
  await measure.getByRole('button', { name: 'Save measurement' }).click();
  await expect(measure).toHaveCount(0);
  await expect(mira.getByRole('listitem').filter({ hasText: 'Angle by Mira Solberg' })).toHaveText([
    'Angle by Mira Solberg: PIP flexion, index, right, 90 degrees',
  ]);
  await expect(mira.getByText('Saving')).toHaveCount(0);
  await expect(mira.getByRole('button', { name: 'Publish review' })).toBeInViewport({ ratio: 1 });
  await mira.getByRole('button', { name: 'More: Hold' }).click();
  const kept = mira.waitForResponse(
    (response) =>
      response.url().includes('reviews.saveDraft') && (response.request().postData() ?? '').includes('thumb is fine'),
  );
  await mira.getByLabel('Reply to Ana').fill('Your thumb is fine. Slow on the way in.');
  await kept;
  await mira.reload();
  await expect(mira.getByLabel('Reply to Ana')).toHaveValue('Your thumb is fine. Slow on the way in.');
  await mira.getByRole('button', { name: 'One frame forward' }).click();
  await expect(mira.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' })).toHaveCount(1);
  await expect(mira.getByLabel('Hold', { exact: true })).toHaveValue('6');
  await mira.getByRole('button', { name: 'Publish review' }).dblclick();
  await expect(mira.getByRole('heading', { name: 'Nothing waits' })).toBeVisible();

  await ana.goto('/today');
  await expect(ana.getByText('1 × 10, hold 6 s').first()).toBeVisible();
  await ana.getByRole('link', { name: /answered your clip/ }).click();
  await expect(ana.getByText('Your thumb is fine. Slow on the way in.')).toBeVisible();
  const newDose = ana.getByRole('region', { name: 'Your new dose' });
  await expect(newDose).toContainText('Tendon glides, right hand');
  await expect(newDose).toContainText('1 × 10, hold 6 s');
  await expect(newDose).toContainText('It was 1 × 10, hold 5 s');
  // It opens at the first drawing, which is on the second frame.
  const arrow = ana.getByRole('listitem').filter({ hasText: 'Arrow by Mira Solberg' });
  await expect(arrow).toHaveCount(1);
  await ana.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(arrow).toHaveCount(0);
  await ana.getByRole('button', { name: /^Show drawing 1/ }).click();
  await expect(arrow).toHaveCount(1);
  // The measurement, as a picture and as words.
  await ana.getByRole('button', { name: 'Show 90°, at 0 s' }).click();
  await expect(ana.getByText('90° now')).toBeVisible();
  await expect(ana.getByRole('listitem').filter({ hasText: 'Angle by Mira Solberg' })).toHaveText([
    'Angle by Mira Solberg: Index finger, middle joint, right: bent 90°',
  ]);
  await ana.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(ana.getByText('Thank you. Your clinic sees it.')).toBeVisible();
});
