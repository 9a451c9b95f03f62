import { expect, test } from './fixtures';

test('Strangers get nothing', async ({ people, server, announced }) => {
  announced.push(/404|status of 40/);
  const ours = await people.pair();
  const theirs = await people.pair();
  const outsider = await people.page(theirs.mira.userId);
  await outsider.goto(`/patients/${ours.ana.patientId}`);
  await expect(outsider.getByRole('heading', { name: 'Not here' })).toBeVisible();

  const patient = await people.page(theirs.ana.userId);
  await patient.goto(`/patients/${ours.ana.patientId}`);
  await expect(patient).not.toHaveURL(/patients/);

  const nobody = await people.page(null);
  for (const path of ['/patients', '/admin', '/schedule', '/visits', '/today', `/patients/${ours.ana.patientId}`]) {
    await nobody.goto(path);
    await expect(nobody).toHaveURL(/\/sign-in$/);
  }

  const ask = (procedure: string, input: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, { headers });
  expect((await ask('patients.get', { patientId: ours.ana.patientId })).status).toBe(401);
  const foreign = await fetch(`${server.url}/api/trpc/account.endSessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' },
    body: '{}',
  });
  expect(foreign.status).toBe(403);
  const forged = await fetch(`${server.url}/api/livekit/webhook`, {
    method: 'POST',
    headers: { authorization: 'forged' },
    body: '{"event":"participant_joined"}',
  });
  expect(forged.status).toBe(401);
});
