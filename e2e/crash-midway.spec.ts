import { existsSync, readFileSync, statSync } from 'node:fs';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import type { MadeProgram } from '../db/factories/program';
import { listCheckInMedia, listCheckIns } from '../db/queries/check-in/check-ins';
import { listDerived } from '../db/queries/check-in/media';
import { listLogSets, listLogs } from '../db/queries/practice/logs';
import { logFromPrescription } from '../domain/practice/log';
import { largeHandClip } from './clips';
import { Doors, resultOf, sha256 } from './doors';
import { expect, makePair, type Pair, sessionCookie, test } from './fixtures';
import { withProgram } from './prescribed';
import { startServer, type TestServer } from './server';

type Own = { server: TestServer; pair: Pair; ana: Doors; cookie: string };

/** A server of its own, because it is killed without a word. */
async function withOwnServer(act: (own: Own) => Promise<void>) {
  const server = await startServer({ withoutLiveKit: true });
  try {
    const pair = await makeInDatabase(server.databaseUrl, makePair);
    const userId = pair.ana.userId ?? '';
    const { name, value } = await sessionCookie(server, userId);
    await act({ server, pair, ana: await Doors.of(server, userId), cookie: `${name}=${value}` });
  } finally {
    await server.stop();
  }
}

async function killApp(server: TestServer): Promise<void> {
  if (!server.app.pid) throw new Error('the app runs');
  process.kill(server.app.pid, 'SIGKILL');
  await server.app.ended;
}

type Raw = { method: string; path: string; headers: Record<string, string | number> };

/** A request whose body is written piece by piece; that the server dies under it is no error of the test's. */
function open({ server, cookie }: Own, { method, path, headers }: Raw): ClientRequest {
  const sent = request(`${server.url}${path}`, { method, headers: { origin: server.url, cookie, ...headers } });
  sent.on('error', () => undefined);
  return sent;
}

const written = (sent: ClientRequest, body: Buffer | string) =>
  new Promise<void>((resolve) => {
    sent.write(body, () => resolve());
  });

test('A kill while bytes of a clip are in flight loses none that were written and doubles none', async () => {
  test.setTimeout(180_000);
  const bytes = readFileSync(await largeHandClip());
  await withOwnServer(async (own) => {
    const { server, pair, ana } = own;
    const mediaId = uuidv7();
    const clip = { mediaId, bytes: bytes.length, sha256: sha256(bytes) };
    const answers = { v: 1, pain: 2, redFlags: [] };
    const ids = { opId: uuidv7(), checkInId: uuidv7(), lineageId: null };
    const said = { ...ids, question: '', answers, clips: [clip], submittedAt: Date.now() };
    expect((await ana.mutate('checkIns.submit', said)).status).toBe(200);
    expect((await ana.createUpload(mediaId, bytes.length)).status).toBe(201);

    // Three quarters are announced and on their way; a part of them has reached the disk when the app is killed.
    const announced = Math.floor(bytes.length * 0.75);
    const part = Math.floor(bytes.length * 0.5);
    const headers = { 'Tus-Resumable': '1.0.0', 'Upload-Offset': 0, 'Content-Length': announced };
    const type = { 'Content-Type': 'application/offset+octet-stream' };
    const patch = open(own, { method: 'PATCH', path: `/api/uploads/${mediaId}`, headers: { ...headers, ...type } });
    await written(patch, bytes.subarray(0, part));
    const spool = join(server.env.MEDIA_DIR ?? '', 'spool', mediaId);
    const onDisk = () => (existsSync(spool) ? statSync(spool).size : 0);
    await expect.poll(onDisk).toBeGreaterThan(0);
    expect(patch.destroyed).toBe(false);
    await killApp(server);
    patch.destroy();

    const kept = onDisk();
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(part);
    expect(readFileSync(spool).equals(bytes.subarray(0, kept))).toBe(true);
    await server.startApp();
    expect(resultOf(await ana.query('media.progress', { mediaId }))).toMatchObject({ state: 'pending', arrived: kept });
    const early = await ana.mutate('media.finish', { mediaId, sha256: clip.sha256 });
    expect(early.status, 'half a clip is not taken for a whole one').toBe(409);
    const asked = await ana.tus('HEAD', `/${mediaId}`);
    expect(asked.headers.get('upload-offset')).toBe(String(kept));
    expect((await ana.sendUpload(mediaId, bytes.subarray(kept), kept)).status).toBe(204);
    for (let times = 0; times < 2; times++)
      expect((await ana.mutate('media.finish', { mediaId, sha256: clip.sha256 })).status).toBe(200);
    expect((await ana.mutate('checkIns.submit', said)).status).toBe(200);

    const whose = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
    const found = () =>
      makeInDatabase(server.databaseUrl, ({ read }) =>
        read(function* (d) {
          const checkIns = yield* listCheckIns(d, { ...whose, limit: 9 });
          const clips = yield* listCheckInMedia(d, { checkInIds: checkIns.map(({ id }) => id) });
          const originals = (yield* listDerived(d, { mediaIds: [mediaId] })).filter(({ kind }) => kind === 'original');
          return { checkIns: checkIns.length, clips, originals };
        }),
      );
    await expect.poll(async () => (await found()).originals.length, { timeout: 60_000 }).toBe(1);
    const { checkIns, clips, originals } = await found();
    expect([checkIns, clips.length]).toEqual([1, 1]);
    expect(originals).toMatchObject([{ bytes: bytes.length, sha256: clip.sha256 }]);
  });
});

/** A sitting's request and what the database holds of its logs. */
function aSitting({ server, pair }: Own, { prescriptions }: MadeProgram) {
  const performed = { performedAt: Date.now(), performedTimeZone: 'Europe/London', source: 'quick' as const };
  const logs = prescriptions.map((prescription) =>
    logFromPrescription({ id: uuidv7(), practiceId: null, prescription, ...performed }),
  );
  const said = { opId: uuidv7(), practice: null, logs };
  const ids = logs.map(({ id }) => id).toSorted();
  const whole = { logs: ids, sets: logs.reduce((sum, log) => sum + log.sets.length, 0) };
  const whose = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
  const stored = () =>
    makeInDatabase(server.databaseUrl, ({ read }) =>
      read(function* (d) {
        const rows = yield* listLogs(d, { ...whose, sinceMs: 0 });
        const mine = rows.map(({ log }) => log.id).filter((id) => ids.includes(id));
        return { logs: mine.toSorted(), sets: (yield* listLogSets(d, { logIds: mine })).length, all: rows.length };
      }),
    );
  return { said, whole, stored };
}

test('A kill right after a log was sent leaves all of it or nothing, and sending again makes it whole, once', async () => {
  test.setTimeout(180_000);
  await withOwnServer(async (own) => {
    const { server, pair, ana } = own;
    const program = await withProgram(server, pair);
    let before = 0;
    // From the instant at which the request has left until the kill; its answer is never waited for.
    for (const afterMs of [0, 15]) {
      const { said, whole, stored } = aSitting(own, program);
      const body = JSON.stringify(said);
      expect((await ana.query('account.me', undefined)).status).toBe(200);
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const post = open(own, { method: 'POST', path: '/api/trpc/logs.record', headers });
      await written(post, body);
      post.end();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      await killApp(server);

      const { all: _all, ...left } = await stored();
      expect([whole, { logs: [], sets: 0 }]).toContainEqual(left);
      await server.startApp();
      const first = await ana.mutate('logs.record', said);
      expect(first.status).toBe(200);
      expect(resultOf(await ana.mutate('logs.record', said))).toEqual(resultOf(first));
      before += whole.logs.length;
      expect(await stored()).toEqual({ ...whole, all: before });
    }
  });
});
