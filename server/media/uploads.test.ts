import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { makeSession } from '#db/factories/people';
import { findUploadOfMedia } from '#db/factories/reads';
import { findMediaById, insertMedia, moveMedia } from '#db/queries/check-in/media';
import { listReadings } from '#db/queries/clinic/readings';
import { insertConsent } from '#db/queries/people/patients';
import { revokeSessionByToken } from '#db/queries/people/sessions';
import { findStoreId } from '#db/queries/runtime/store';
import { DAY_MS } from '#domain/time/duration';
import { hashToken, newToken } from '#server/auth/gate';
import { sessionCookieName } from '#server/auth/options';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { parseRange, serveMedia } from './serve';
import { diskStorage } from './storage';
import { sweepMedia } from './sweep';
import { handleUpload } from './uploads';

const test = openTestApp();
const ORIGIN = 'http://127.0.0.1:3000';
let cast: Cast;
let consentId: string;
let http: Server;

beforeAll(async () => {
  cast = await makeCast(test.app);
  consentId = uuidv7();
  for (const kind of ['clips', 'stills'] as const) {
    const row = { id: kind === 'clips' ? consentId : uuidv7(), clinicId: cast.clinicId, patientId: cast.ana.patientId };
    const given = { kind, textVersion: '2026-11', givenBy: cast.ana.userId ?? '', givenAt: 0 };
    await test.app.database.write((d) => insertConsent(d, { ...row, ...given }));
  }
  http = createServer((request, response) => {
    serveMedia(test.app, request, request.url?.slice(1), response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});

afterAll(() => http.close());

type Login = { token: string; cookie: string };

async function signIn(userId: string | null): Promise<Login> {
  const token = newToken();
  const row = { userId: userId ?? '', clinicId: null, tokenHash: hashToken(token), kind: 'own_device' as const };
  await test.app.database.write((d) => makeSession(d, { ...row, at: Date.now() }));
  const jwt = await encode({ token: { sid: token }, secret: test.app.env.REGRASP_SECRET });
  return { token, cookie: `${sessionCookieName(test.app.env.REGRASP_URL)}=${jwt}` };
}

type Ask = { cookie?: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> };

function tus(method: string, path: string, { cookie, headers, body }: Ask = {}): Promise<Response> {
  const all = { 'Tus-Resumable': '1.0.0', Origin: ORIGIN, ...(cookie ? { cookie } : {}), ...headers };
  return handleUpload(test.app, new Request(`${ORIGIN}/api/uploads${path}`, { method, headers: all, body }));
}

const metadata = (mediaId: string) => `mediaId ${Buffer.from(mediaId).toString('base64')}`;

function create(mediaId: string, bytes: number, { cookie }: { cookie?: string }): Promise<Response> {
  return tus('POST', '', { cookie, headers: { 'Upload-Length': String(bytes), 'Upload-Metadata': metadata(mediaId) } });
}

function send(mediaId: string, offset: number, body: Buffer, { cookie }: { cookie?: string }): Promise<Response> {
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' };
  return tus('PATCH', `/${mediaId}`, { cookie, headers, body: new Uint8Array(body) });
}

const head = (mediaId: string, { cookie }: { cookie?: string }) => tus('HEAD', `/${mediaId}`, { cookie });
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const row = (mediaId: string) => test.app.database.read((d) => findMediaById(d, { mediaId }));

/** A clip of Ana's whose bytes are expected. */
async function expected(bytes: number): Promise<string> {
  const id = uuidv7();
  const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
  const media = { id, ...owner, kind: 'clip' as const, state: 'pending' as const, bytes, consentId };
  await test.app.database.write((d) => insertMedia(d, { ...media, createdAt: test.clock.nowMs }));
  return id;
}

describe('an upload', () => {
  it('goes in pieces, resumes at its offset, and is received when size and hash are right', async () => {
    const bytes = randomBytes(3000);
    const mediaId = await expected(bytes.length);
    const ana = await signIn(cast.ana.userId);
    const created = await create(mediaId, bytes.length, ana);
    expect([created.status, created.headers.get('location')]).toEqual([201, `/api/uploads/${mediaId}`]);
    expect(created.headers.get('access-control-allow-origin')).toBeNull();
    expect((await send(mediaId, 0, bytes.subarray(0, 1000), ana)).status).toBe(204);
    const caller = await test.as(cast.ana.userId);
    await expect(caller.media.finish({ mediaId, sha256: sha256(bytes) })).rejects.toMatchObject({
      message: 'upload_incomplete',
    });
    expect(await caller.media.progress({ mediaId })).toMatchObject({ state: 'pending', arrived: 1000 });
    expect((await create(mediaId, bytes.length, ana)).status).toBe(201);
    expect((await head(mediaId, ana)).headers.get('upload-offset')).toBe('1000');
    expect((await send(mediaId, 0, bytes, ana)).status).toBe(409);
    expect((await send(mediaId, 1000, bytes.subarray(1000), ana)).status).toBe(204);
    expect(await caller.media.finish({ mediaId, sha256: sha256(bytes) })).toEqual({ state: 'received', failure: null });
    expect(await caller.media.finish({ mediaId, sha256: sha256(bytes) })).toMatchObject({ state: 'received' });
    const stored = await row(mediaId);
    expect(await test.app.storage.withFile(stored?.storageKey ?? '', async (file) => readFileSync(file))).toEqual(
      bytes,
    );
    expect(existsSync(join(test.app.env.MEDIA_DIR, 'spool', mediaId))).toBe(false);
    expect(await test.app.database.read((d) => findUploadOfMedia(d, { mediaId }))).toBeUndefined();
    expect((await create(mediaId, bytes.length, ana)).status).toBe(409);
  });

  it('that was received is whole to whoever asks how far it came, and to nobody else', async () => {
    const bytes = randomBytes(700);
    const mediaId = await expected(bytes.length);
    const ana = await signIn(cast.ana.userId);
    await create(mediaId, bytes.length, ana);
    await send(mediaId, 0, bytes, ana);
    const caller = await test.as(cast.ana.userId);
    await caller.media.finish({ mediaId, sha256: sha256(bytes) });
    const whole = await head(mediaId, ana);
    expect([whole.status, whole.headers.get('upload-offset'), whole.headers.get('upload-length')]).toEqual([
      200,
      '700',
      '700',
    ]);
    expect(whole.headers.get('cache-control')).toBe('no-store');
    const mira = await signIn(cast.mira.userId);
    expect((await head(mediaId, mira)).status).toBe(404);
    expect((await head(uuidv7(), ana)).status).toBe(404);
    expect((await head(mediaId, {})).status).toBe(401);
    await test.app.database.write((d) =>
      moveMedia(d, { mediaId, from: ['received'], change: { state: 'failed', failure: 'cannot_be_read' } }),
    );
    expect((await head(mediaId, ana)).status).toBe(404);
  });

  it('with other bytes than announced is sent again from the start, and the row says why', async () => {
    const bytes = randomBytes(500);
    const mediaId = await expected(bytes.length);
    const ana = await signIn(cast.ana.userId);
    await create(mediaId, bytes.length, ana);
    await send(mediaId, 0, randomBytes(500), ana);
    const caller = await test.as(cast.ana.userId);
    await expect(caller.media.finish({ mediaId, sha256: sha256(bytes) })).rejects.toMatchObject({
      message: 'upload_damaged',
    });
    expect(await row(mediaId)).toMatchObject({ state: 'pending', failure: 'upload_damaged', storageKey: null });
    expect((await create(mediaId, bytes.length, ana)).status).toBe(201);
    await send(mediaId, 0, bytes, ana);
    expect(await caller.media.finish({ mediaId, sha256: sha256(bytes) })).toMatchObject({ state: 'received' });
    expect(await row(mediaId)).toMatchObject({ failure: null });
  });

  it('is not there for anybody else, by any method', async () => {
    const bytes = randomBytes(100);
    const mediaId = await expected(bytes.length);
    const ana = await signIn(cast.ana.userId);
    for (const { userId } of [cast.mira, cast.other, cast.outsider]) {
      const stranger = await signIn(userId);
      expect((await create(mediaId, bytes.length, stranger)).status).toBe(404);
    }
    await create(mediaId, bytes.length, ana);
    for (const { userId } of [cast.mira, cast.other, cast.outsider]) {
      const stranger = await signIn(userId);
      expect((await head(mediaId, stranger)).status).toBe(404);
      expect((await send(mediaId, 0, bytes, stranger)).status).toBe(404);
      expect((await tus('DELETE', `/${mediaId}`, stranger)).status).toBe(404);
      const caller = await test.as(userId);
      const asked = { mediaId, sha256: sha256(bytes) };
      await expect(caller.media.finish(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      await expect(caller.media.progress({ mediaId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    for (const answer of [await create(mediaId, 100, {}), await head(mediaId, {}), await send(mediaId, 0, bytes, {})])
      expect(answer.status).toBe(401);
    expect((await head(mediaId, ana)).headers.get('upload-offset')).toBe('0');
  });

  it('of a login that ran out waits with 423; the cookie of somebody else’s login is 401', async () => {
    const mediaId = await expected(100);
    const ana = await signIn(cast.ana.userId);
    const other = await signIn(cast.other.userId);
    await create(mediaId, 100, ana);
    for (const { token } of [ana, other])
      await test.app.database.write((d) => revokeSessionByToken(d, { tokenHash: hashToken(token), nowMs: Date.now() }));
    expect((await head(mediaId, ana)).status).toBe(423);
    expect((await send(mediaId, 0, randomBytes(100), ana)).status).toBe(423);
    expect((await head(mediaId, other)).status).toBe(401);
    expect((await head(mediaId, await signIn(cast.ana.userId))).headers.get('upload-offset')).toBe('0');
  });

  it('is never handed out, asked for by another page, or of a size or name of its own', async () => {
    const mediaId = await expected(100);
    const ana = await signIn(cast.ana.userId);
    await create(mediaId, 100, ana);
    expect((await tus('GET', `/${mediaId}`, ana)).status).toBe(405);
    expect((await tus('OPTIONS', '', ana)).status).toBe(405);
    const foreign = { cookie: ana.cookie, headers: { Origin: 'https://elsewhere.test', 'Upload-Length': '100' } };
    expect((await tus('POST', '', foreign)).status).toBe(403);
    expect((await create(await expected(100), 99, ana)).status).toBe(400);
    expect((await create(await expected(100), 0, ana)).status).toBe(400);
    expect((await create(uuidv7(), 100, ana)).status).toBe(404);
    expect((await create('../../etc/passwd', 100, ana)).status).toBe(404);
    expect((await create(await expected(600_000_000), 600_000_000, ana)).status).toBe(413);
    const deferred = { 'Upload-Defer-Length': '1', 'Upload-Metadata': metadata(await expected(100)) };
    expect((await tus('POST', '', { cookie: ana.cookie, headers: deferred })).status).toBe(400);
    for (const path of ['/..%2f..%2fetc%2fpasswd', '/%2e%2e', '/none', `/${mediaId}.json`])
      expect((await tus('HEAD', path, ana)).status).toBe(404);
    expect(readdirSync(join(test.app.env.MEDIA_DIR, 'spool'))).not.toContain('none');
  });

  it('is refused with 507 where there is no room, while records are still saved', async () => {
    const ana = await signIn(cast.ana.userId);
    const mediaId = await expected(100);
    const { MEDIA_DIR } = test.app.env;
    const full = `${MEDIA_DIR}-full`;
    writeFileSync(full, '');
    test.app.env.MEDIA_DIR = full;
    expect((await create(mediaId, 100, ana)).status).toBe(507);
    test.app.env.MEDIA_DIR = MEDIA_DIR;
    expect((await create(mediaId, 100, ana)).status).toBe(201);
    test.app.env.MEDIA_DIR = full;
    expect((await send(mediaId, 0, randomBytes(100), ana)).status).toBe(507);
    test.app.env.MEDIA_DIR = MEDIA_DIR;
    rmSync(full);
    expect((await send(mediaId, 0, randomBytes(100), ana)).status).toBe(204);
  });

  it('is refused with 503 where the media folder holds the objects of another database', async () => {
    const ana = await signIn(cast.ana.userId);
    const mediaId = await expected(100);
    await test.app.storage.claim(uuidv7());
    expect((await create(mediaId, 100, ana)).status).toBe(503);
    await test.app.storage.claim(await test.app.database.read((d) => findStoreId(d)));
    expect((await create(mediaId, 100, ana)).status).toBe(201);
  });

  it('that was never finished ends after two weeks, visibly; a finished one stays', async () => {
    const bytes = randomBytes(50);
    const ana = await signIn(cast.ana.userId);
    const [kept, lost] = [await expected(50), await expected(50)];
    for (const mediaId of [kept, lost]) await create(mediaId, 50, ana);
    await send(kept, 0, bytes, ana);
    await (await test.as(cast.ana.userId)).media.finish({ mediaId: kept, sha256: sha256(bytes) });
    await sweepMedia(test.app, Date.now() + 13 * DAY_MS);
    expect(await row(lost)).toMatchObject({ state: 'pending' });
    await sweepMedia(test.app, Date.now() + 15 * DAY_MS);
    expect(await row(lost)).toMatchObject({ state: 'failed', failure: 'upload_expired' });
    expect(existsSync(join(test.app.env.MEDIA_DIR, 'spool', lost))).toBe(false);
    const stored = await row(kept);
    expect(await test.app.storage.size(stored?.storageKey ?? '')).toBe(50);
  });
});

describe('storage', () => {
  it('never leaves its folder', async () => {
    const inside = `ab/${'ab'.repeat(16)}`;
    expect(await test.app.storage.withFile(inside, async (file) => file)).toBe(join(test.app.env.MEDIA_DIR, inside));
    const outside = ['', '..', '../x', '/etc/passwd', 'ab/../../../etc/passwd', `ab/${'z'.repeat(32)}`, `${inside}/..`];
    for (const key of [...outside, `${inside}\u0000`, inside.replace('/', '\\')])
      expect(() => test.app.storage.size(key), key).toThrow('not a storage key');
  });

  it('takes a file in under a random name and leaves nothing half done', async () => {
    const folder = join(test.app.env.MEDIA_DIR, 'own');
    mkdirSync(folder);
    writeFileSync(join(folder, 'in'), 'content');
    const storage = diskStorage(folder);
    const keys = [await storage.put(join(folder, 'in')), await storage.put(join(folder, 'in'))];
    expect(new Set(keys).size).toBe(2);
    await expect(storage.put(join(folder, 'absent'))).rejects.toThrow();
    const listed = [];
    for await (const { key } of storage.list()) listed.push(key);
    expect(listed.toSorted()).toEqual(keys.toSorted());
    await storage.remove(keys[0] ?? '');
    expect(await storage.size(keys[0] ?? '')).toBeNull();
    expect(await storage.size(keys[1] ?? '')).toBe(7);
  });
});

describe('serving', () => {
  const bytes = randomBytes(1000);
  let mediaId: string;

  beforeAll(async () => {
    const file = join(test.app.env.MEDIA_DIR, 'in');
    writeFileSync(file, bytes);
    const storageKey = await test.app.storage.put(file);
    const owner = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
    mediaId = await test.app.database.write((d) => makeClip(d, { ...owner, at: 0, storageKey, bytes: 1000 }));
  });

  async function get(id: string, userId: string | null, headers: Record<string, string> = {}, method = 'GET') {
    const cookie = userId ? (await signIn(userId)).cookie : '';
    const { port } = http.address() as AddressInfo;
    return fetch(`http://127.0.0.1:${port}/${id}`, { method, headers: { cookie, ...headers } });
  }

  it('gives the whole, a part or 416, with the right length, and writes down who looked', async () => {
    const whole = await get(mediaId, cast.mira.userId);
    expect(whole.status).toBe(200);
    expect(Buffer.from(await whole.arrayBuffer())).toEqual(bytes);
    const headers = ['content-length', 'content-type', 'cache-control', 'x-content-type-options', 'accept-ranges'];
    expect(headers.map((name) => whole.headers.get(name))).toEqual([
      '1000',
      'video/mp4',
      'no-store',
      'nosniff',
      'bytes',
    ]);
    const part = await get(mediaId, cast.ana.userId, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range'), part.headers.get('content-length')]).toEqual([
      206,
      'bytes 10-19/1000',
      '10',
    ]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const past = await get(mediaId, cast.ana.userId, { range: 'bytes=1000-' });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const only = await get(mediaId, cast.ana.userId, {}, 'HEAD');
    expect([only.status, only.headers.get('content-length')]).toEqual([200, '1000']);
    expect((await get(mediaId, cast.ana.userId, {}, 'POST')).status).toBe(405);
    await Promise.all(test.app.pending);
    const seen = await test.app.database.read((d) =>
      listReadings(d, { clinicId: cast.clinicId, own: null, filter: {}, after: null, limit: 50 }),
    );
    const viewers = seen.filter((one) => one.what === 'media.read').map((one) => one.actorName);
    expect(new Set(viewers)).toEqual(new Set(['Mira Solberg', 'Ana Duarte']));
  });

  it('is 404 for strangers, for what is not ready and for what does not exist; 401 signed out', async () => {
    for (const { userId } of [cast.colleague, cast.admin, cast.other, cast.outsider, cast.outsiderPatient])
      expect((await get(mediaId, userId)).status).toBe(404);
    expect((await get(mediaId, null)).status).toBe(401);
    for (const id of [uuidv7(), '..%2f..%2fetc%2fpasswd', `${mediaId}%00`, ''])
      expect((await get(id, cast.mira.userId)).status).toBe(404);
    const change = { state: 'processing' as const };
    await test.app.database.write((d) => moveMedia(d, { mediaId, from: ['ready'], change }));
    expect((await get(mediaId, cast.mira.userId)).status).toBe(404);
  });

  it('reads ranges as browsers send them', () => {
    const cases: [string | undefined, ReturnType<typeof parseRange>][] = [
      [undefined, null],
      ['bytes=0-', { start: 0, end: 99 }],
      ['bytes=0-0', { start: 0, end: 0 }],
      ['bytes=90-1000000000', { start: 90, end: 99 }],
      ['bytes=-10', { start: 90, end: 99 }],
      ['bytes=-1000', { start: 0, end: 99 }],
      ['bytes=99-', { start: 99, end: 99 }],
      ['bytes=100-', 'unsatisfiable'],
      ['bytes=999999999-', 'unsatisfiable'],
      ['bytes=-0', 'unsatisfiable'],
      ['bytes=5-2', null],
      ['bytes=-', null],
      ['bytes=0-1,5-6', null],
      ['items=0-1', null],
    ];
    for (const [header, range] of cases) expect(parseRange(header, 100), header).toEqual(range);
  });
});
