import { makeInDatabase } from '../db/factories/database';
import { makeStaff } from '../db/factories/people';
import { expect, test } from './fixtures';

/** More than a browser opens connections to one origin over HTTP/1.1. */
const TABS = 9;

test('Any number of tabs works, is told of what happens by one stream, and goes on when the tab that had it is closed', async ({
  people,
  server,
}) => {
  const { clinicId, mira, ana } = await people.pair();
  const jonas = await makeInDatabase(server.databaseUrl, (made) =>
    made.write((d) => makeStaff(d, { clinicId, name: 'Jonas Weber' })),
  );
  const first = await people.page(mira.userId);
  const streams: string[] = [];
  first.context().on('request', (request) => {
    if (request.url().includes('live.events')) streams.push(request.url());
  });
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await first.context().newPage());
  for (const tab of tabs) {
    await tab.goto(`/patients/${ana.patientId}`);
    await expect(tab.getByRole('region', { name: 'Care team' }).getByRole('listitem')).toHaveCount(1);
  }
  expect(streams).toHaveLength(1);

  const jonases = await people.page(jonas.userId);
  await jonases.goto('/patients');
  await jonases.getByText('Patients of colleagues').click();
  await jonases.getByRole('button', { name: 'Join care team of Ana Duarte', exact: true }).click();
  await jonases.getByLabel('Why do you join?').fill('Covers while Mira is away');
  await jonases.getByRole('button', { name: 'Join care team of Ana Duarte now' }).click();
  for (const tab of tabs)
    await expect(tab.getByRole('region', { name: 'Care team' }).getByRole('listitem')).toHaveCount(2);

  await first.close();
  const [second, ...others] = tabs.slice(1);
  await second?.getByRole('button', { name: 'Take Jonas Weber off the care team' }).click();
  for (const tab of others)
    await expect(tab.getByRole('region', { name: 'Care team' }).getByRole('listitem')).toHaveCount(1);
  expect(streams).toHaveLength(2);
});
