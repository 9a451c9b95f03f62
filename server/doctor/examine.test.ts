import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dumpHash } from '#db/factories/dump';
import { addOrphan, spoilIndex } from '#db/factories/spoiled';
import { insertAudit, sealAudit } from '#db/queries/clinic/audit';
import { insertDelivery } from '#db/queries/contact/deliveries';
import { findStoreId, insertBackup } from '#db/queries/runtime/store';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { sealAuditTrail } from '#server/acts/clinic/seal-audit';
import { health } from '#server/runtime/health';
import type { AppProcess } from '#server/runtime/process';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { storeClip } from '#server/testing/backups';
import { startMailServer } from '#server/testing/mail-server';
import { examine } from './examine';
import type { Finding } from './finding';

/** Programs of PostgreSQL, and files by the dozen, on a machine that does other things too. */
const LONG = { timeout: 30_000 };

const mail = await startMailServer();
const test = openTestApp({ SMTP_URL: mail.url, MAIL_FROM: 'post@larkfield.example' });
let cast: Cast;
let mediaServer: Server;
/** What the media server answers to a question of its API, and what time it is there. */
const answers = { status: 200, dateMs: () => Date.now() };

beforeAll(async () => {
  cast = await makeCast(test.app);
  mediaServer = createServer((request, response) => {
    response.setHeader('date', new Date(answers.dateMs()).toUTCString());
    response.setHeader('content-type', 'application/json');
    response.statusCode = request.url?.startsWith('/twirp') ? answers.status : 200;
    response.end(answers.status === 200 ? '{}' : '{"code":"unauthenticated","msg":"no"}');
  });
  await new Promise<void>((resolve) => mediaServer.listen(0, '127.0.0.1', resolve));
  const row = { id: uuidv7(), madeAt: Date.now() - HOUR_MS, finishedAt: 0, expiresAt: 0, removedAt: null };
  await test.app.database.write((d) => insertBackup(d, { ...row, folder: '/mnt/backup', encrypted: true, seal: '' }));
  await test.app.storage.claim(await test.app.database.read((d) => findStoreId(d)));
});
afterAll(async () => {
  mediaServer.close();
  await mail.stop();
});

function withMediaServer(): AppProcess {
  const { port } = mediaServer.address() as AddressInfo;
  const at = { LIVEKIT_URL: `ws://127.0.0.1:${port}`, LIVEKIT_API_URL: `http://127.0.0.1:${port}` };
  return { ...test.app, env: { ...test.app.env, ...at, LIVEKIT_API_KEY: 'test', LIVEKIT_API_SECRET: 'x'.repeat(32) } };
}

/** What is not as it should be. A full disk is the machine's, not the test's. */
async function findings(app = withMediaServer(), withHashes = false, clock = Date.now): Promise<Finding[]> {
  const found: Finding[] = [];
  for await (const finding of examine(app, { withHashes, clock })) found.push(finding);
  return found.filter(({ standing, what }) => standing !== 'ok' && !what.startsWith('disk'));
}

const lines = async (...args: Parameters<typeof findings>) =>
  (await findings(...args)).map(({ standing, what, said }) => `${standing} ${what}: ${said}`);

describe('the doctor', LONG, () => {
  it('finds nothing where all is as it should be, and changes nothing', async () => {
    const clip = await storeClip(test.app, cast);
    const before = await dumpHash(test.app.database.url);
    expect(await lines(withMediaServer(), true)).toEqual([]);
    expect(await dumpHash(test.app.database.url)).toBe(before);
    expect(await test.app.storage.size(clip.key)).toBe(clip.content.length);
  });

  it('finds objects that are missing, damaged, or nobody’s', async () => {
    const missing = await storeClip(test.app, cast);
    const cut = await storeClip(test.app, cast);
    const changed = await storeClip(test.app, cast);
    await test.app.storage.remove(missing.key);
    writeFileSync(join(test.app.env.MEDIA_DIR, cut.key), 'cut');
    writeFileSync(join(test.app.env.MEDIA_DIR, changed.key), Buffer.alloc(changed.content.length));
    expect(await lines()).toEqual([
      `wrong media: no object for media ${missing.mediaId}. Bring them back from a backup, or from quarantine.`,
      `wrong media: another object than its row says: media ${cut.mediaId}. Bring them back from a backup, or from quarantine.`,
    ]);
    expect((await lines(withMediaServer(), true))[1]).toContain(`${cut.mediaId}, ${changed.mediaId}`);
    for (const clip of [missing, cut, changed]) writeFileSync(join(test.app.env.MEDIA_DIR, clip.key), clip.content);
    expect(await lines(withMediaServer(), true)).toEqual([]);
  });

  it('tells a media server that is not there from one that refuses the keys', async () => {
    expect(await lines(test.app)).toEqual([expect.stringContaining('warning media server: none is set')]);
    answers.status = 401;
    expect(await lines()).toEqual([expect.stringContaining('wrong media server: it refuses the keys')]);
    answers.status = 200;
    const nowhere = withMediaServer();
    const env = { ...nowhere.env, LIVEKIT_API_URL: 'http://127.0.0.1:9' };
    expect(await lines({ ...nowhere, env })).toEqual([
      expect.stringContaining('wrong media server: it does not answer'),
    ]);
  });

  it('finds a clock that differs, and one that was set back', async () => {
    answers.dateMs = () => Date.now() + 20_000;
    expect(await lines()).toEqual([expect.stringMatching(/^warning clock: the media server’s differs by 1\d s/)]);
    answers.dateMs = () => Date.now() - 10 * MINUTE_MS;
    expect(await lines()).toEqual([expect.stringContaining('wrong clock: the media server’s differs by 5')]);
    answers.dateMs = () => Date.now();
    const act = { act: 'program.write', patientId: null, subjectId: null, outcome: 'done' as const };
    const row = { id: uuidv7(), clinicId: cast.clinicId, actorId: null, sessionId: null, ...act };
    await test.app.database.write((d) => insertAudit(d, { ...row, nowMs: Date.now() }));
    await sealAuditTrail(test.app, Date.now());
    const yesterday = () => Date.now() - 24 * HOUR_MS;
    expect((await lines(withMediaServer(), false, yesterday)).join()).toContain(
      'it is before the last act of this store',
    );
    expect(await lines()).toEqual([]);
  });

  it('finds a program that is not there', async () => {
    const app = withMediaServer();
    const env = { ...app.env, FFPROBE_PATH: 'no-such-program' };
    expect(await lines({ ...app, env })).toEqual([
      expect.stringContaining('wrong ffmpeg: no-such-program cannot be run'),
    ]);
  });

  it('finds a backup that is too old', async () => {
    const app = withMediaServer();
    const env = { ...app.env, REGRASP_BACKUP_MAX_AGE_HOURS: 1 };
    expect(await lines({ ...app, env })).toEqual([expect.stringContaining('wrong backup: the last one is 1 h old')]);
  });

  it('finds a break in a clinic’s audit chain', async () => {
    const act = { act: 'program.write', patientId: null, subjectId: null, outcome: 'done' as const };
    const row = { id: uuidv7(), clinicId: cast.clinicId, actorId: null, sessionId: null, ...act, nowMs: 0 };
    await test.app.database.write(function* (d) {
      yield* insertAudit(d, row);
      yield* sealAudit(d, { id: row.id, n: 2, prev: 'f'.repeat(64), hash: 'f'.repeat(64) });
    });
    expect(await lines()).toEqual([
      expect.stringContaining(`wrong audit: clinic ${cast.clinicId}: row 2 of the chain`),
    ]);
  });

  it('finds rows that refer to none, and an index that is not sound', async () => {
    await addOrphan(test.app.database.url);
    expect((await lines()).join()).toContain(
      'wrong database: a row of uploads refers to one of media that is not there',
    );
    await spoilIndex(test.app.database.url);
    expect((await lines()).join()).toMatch(/wrong database: .*(users_email|index)/);
  });

  it('finds e-mails that cannot leave, and news that waits', async () => {
    const app = withMediaServer();
    const about = async (from: AppProcess, clock = Date.now) =>
      (await lines(from, false, clock)).filter((line) => line.includes('e-mail'));
    expect(await about({ ...app, env: { ...app.env, SMTP_URL: undefined } })).toEqual([
      'warning e-mail: none is set (SMTP_URL): news is seen in the app alone',
    ]);
    const { clinicId, mira } = cast;
    const at = Date.now() - HOUR_MS;
    await test.app.database.write((d) =>
      insertDelivery(d, {
        ...{ id: uuidv7(), clinicId, noticeId: uuidv7(), userId: mira.userId, channel: 'email', addressHash: '' },
        ...{ kindGroup: 'team', audience: 'staff', isUrgent: false, state: 'queued', attempts: 3, unsureCount: 0 },
        ...{ dueAt: at, runAt: Date.now() + HOUR_MS, createdAt: at },
      }),
    );
    expect(await about(app)).toEqual([expect.stringContaining('answers, and news waits since')]);
    expect((await health(test.app, Date.now())).degraded).toContain('delivery');
    await mail.stop();
    expect(await about(app)).toEqual([expect.stringMatching(/^wrong e-mail: 127\.0\.0\.1:\d+ takes none/)]);
  });
});
