import { request } from 'node:http';
import { makeInDatabase } from '../db/factories/database';
import { findConsent } from '../db/queries/people/patients';
import { expect, makePair, sessionCookie, test } from './fixtures';
import { startServer } from './server';

test('A server that is told to end answers what is under way, ends its streams, and saves what was sent', async () => {
  test.setTimeout(120_000);
  const server = await startServer({ withoutLiveKit: true });
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const scope = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
    const consent = () =>
      makeInDatabase(server.databaseUrl, ({ read }) => read((d) => findConsent(d, { ...scope, kind: 'clips' })));
    expect(await consent()).toBeDefined();
    const { name, value } = await sessionCookie(server, pair.ana.userId ?? '');
    const headers = { cookie: `${name}=${value}`, origin: server.url };
    const stream = await fetch(`${server.url}/api/trpc/live.events`, { headers });
    const events = stream.body?.getReader();
    await events?.read();

    // Half of a write is on its way when the server is told to end.
    const body = JSON.stringify({ kinds: ['clips'], given: false });
    const sending = request(`${server.url}/api/trpc/patients.changeConsent`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': body.length },
    });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      sending.once('response', (response) => resolve(response.resume().statusCode)).once('error', reject);
    });
    await new Promise<void>((resolve) => sending.write(body.slice(0, 10), () => resolve()));
    // The server has the request: it is in its turn before the next one that comes whole.
    expect((await fetch(`${server.url}/api/health?live`)).status).toBe(200);
    const stopped = server.app.stop(30_000);
    while (!(await events?.read())?.done);
    await expect(fetch(`${server.url}/api/health?live`)).rejects.toThrow();
    sending.end(body.slice(10));
    expect(await answered).toBe(200);
    await stopped;
    expect(await server.app.ended).toMatchObject({ code: 0 });
    // This one runs without a media server, and says so.
    const errors = server.log.filter((line) => line.includes('"level":50') && !line.includes('The media server at'));
    expect(errors).toEqual([]);
    expect(await consent()).toBeUndefined();
  } finally {
    await server.stop();
  }
});
