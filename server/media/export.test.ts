import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { encode } from 'next-auth/jwt';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { listAudit } from '#db/queries/clinic/audit';
import { findSession, insertSession } from '#db/queries/people/sessions';
import { setPasswordHash } from '#db/queries/people/users';
import { MINUTE_MS } from '#domain/time/duration';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { sessionCookieName } from '#server/auth/options';
import { hashPassword } from '#server/auth/password';
import { actorOfRequest, cookieReader } from '#server/auth/request';
import { createCaller } from '#server/routers/app';
import { World } from '#server/testing/access-world';
import { openTestApp } from '#server/testing/application';
import { asCsv, serveExport, writeExport } from './export';

const PASSWORD = 'a long enough password';
const test = openTestApp();
let world: World;
let clipId: string;

beforeAll(async () => {
  world = await World.make(test);
  const { cast } = world;
  const passwordHash = await hashPassword(PASSWORD);
  await test.app.database.write(function* (d) {
    for (const userId of [cast.ana.userId ?? '', cast.admin.userId])
      yield* setPasswordHash(d, { userId, passwordHash });
  });
  const file = join(test.app.env.MEDIA_DIR, 'in');
  writeFileSync(file, 'moving pictures');
  const storageKey = await test.app.storage.put(file);
  const spec = { clinicId: cast.clinicId, patientId: cast.ana.patientId, ownerUserId: cast.ana.userId ?? '' };
  clipId = await test.app.database.write((d) => makeClip(d, { ...spec, at: test.clock.nowMs, storageKey }));
});

const scope = () => ({ clinicId: world.cast.clinicId, patientId: world.cast.ana.patientId });

/** A login with its cookie, and the procedures as called by it. */
async function login(userId: string) {
  const token = newToken();
  const nowMs = Date.now();
  const row = {
    userId,
    clinicId: world.cast.clinicId,
    kind: 'own_device' as const,
    tokenHash: hashToken(token),
    nowMs,
  };
  await test.app.database.write(function* (d) {
    yield* insertSession(d, { id: crypto.randomUUID(), ...row, expiresAt: nowMs + 3_600_000, deviceLabel: null });
    return yield* findSession(d, { tokenHash: row.tokenHash });
  });
  const actor = await gate(test.app, token, nowMs);
  const { REGRASP_SECRET: secret, REGRASP_URL } = test.app.env;
  const cookie = `${sessionCookieName(REGRASP_URL)}=${await encode({ token: { sid: token }, secret })}`;
  return {
    cookie,
    caller: createCaller({
      app: test.app,
      actor,
      clock: () => nowMs,
      sameOrigin: true,
      network: '192.0.2.1',
      requestId: 'a-test',
    }),
  };
}

async function download(path: string, cookie: string | null): Promise<Response> {
  const request = new Request('http://127.0.0.1/x', cookie === null ? {} : { headers: { cookie } });
  return await serveExport(test.app, request, decodeURIComponent(path.split('/').at(-1) ?? ''));
}

async function unzipped(reader: 'patient' | 'clinic') {
  const chunks: Buffer[] = [];
  const out = new Writable({
    write(chunk, _, next) {
      chunks.push(chunk as Buffer);
      next();
    },
  });
  await writeExport(test.app, scope(), reader, out);
  const files = unzipSync(new Uint8Array(Buffer.concat(chunks)));
  const text = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  return {
    names: Object.keys(files),
    text,
    record: JSON.parse(text('record.json')) as { tables: Record<string, object[]> },
  };
}

describe('a record as a file', () => {
  it('holds words, numbers, clips and how to read them, by the names of the schema', async () => {
    const mira = await test.as(world.cast.mira.userId);
    const room = await world.visit();
    await mira.notes.save({ visitId: room.visitId, body: 'Written for the team' });
    const { names, text, record } = await unzipped('clinic');
    expect(names).toEqual(expect.arrayContaining(['READ-ME.txt', 'record.json', `media/clip-${clipId}.mp4`]));
    expect(text(`media/clip-${clipId}.mp4`)).toBe('moving pictures');
    expect(record.tables.patients).toMatchObject([{ name: 'Ana Duarte', operatesWith: 'left' }]);
    expect(record.tables.prescriptions?.[0]).toMatchObject({ lineageId: world.fixed.prescription.lineageId });
    expect(text('tables/notes.csv')).toContain('Written for the team');
    expect(text('tables/visits.csv')).toContain(new Date(test.clock.nowMs).toISOString());
    expect(text('missing.txt')).not.toContain(clipId);
  });

  it('for the patient is less team notes, drafts, others and every secret', async () => {
    const claimed = await world.claimed('clinician');
    const thread = { episodeId: world.cast.ana.episodeId };
    const question = { messageId: uuidv7(), ...thread, body: 'May I go on?', about: null, writtenAt: test.clock.nowMs };
    await (await test.as(world.cast.ana.userId)).messages.send(question);
    const mira = await test.as(world.cast.mira.userId);
    await mira.messages.note({ noteId: uuidv7(), ...thread, body: 'Between us: ring her' });
    await mira.messages.mark({ ...thread, delivered: 1, read: 1 });
    expect((await unzipped('clinic')).text('tables/threadNotes.csv')).toContain('Between us: ring her');
    const { record, text } = await unzipped('patient');
    for (const name of [
      'notes',
      'threadNotes',
      'caregiverGrants',
      'legalHolds',
      'accessEvents',
      'checkInEvents',
      'invites',
      'sessions',
    ])
      expect(record.tables[name], name).toBeUndefined();
    const own = record.tables.visitParticipants as { userId: string }[];
    expect(new Set(own.map(({ userId }) => userId))).toEqual(new Set([world.cast.ana.userId]));
    const reviews = record.tables.reviews as { state: string }[];
    expect(reviews.every(({ state }) => state !== 'draft')).toBe(true);
    expect(record.tables.messages).toMatchObject([{ body: 'May I go on?' }]);
    expect(text('record.json')).not.toContain('Between us');
    expect(text('record.json')).not.toContain(claimed.leaseToken);
    expect(text('record.json')).not.toMatch(/passwordHash|tokenHash|storageKey|roomName|leaseToken/);
    expect(text('record.json')).not.toContain(world.cast.other.patientId);
  });

  it('says which clip is not in storage any more', async () => {
    const { text } = await unzipped('clinic');
    const gone = text('missing.txt').split('\n').filter(Boolean);
    expect(gone.length).toBeGreaterThan(0);
    expect(gone).not.toContain(clipId);
  });
});

describe('a table for a spreadsheet', () => {
  it('runs no formula, whatever was typed', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r'), fc.string(), (first, rest) => {
        const [, row = ''] = asCsv([{ comment: `${first}${rest}` }]).split(/\n(.*)/s);
        expect(row.replace(/^"/, '').startsWith("'")).toBe(true);
      }),
    );
  });

  it('has instants as ISO 8601 and lists as JSON, and numbers below zero as they are', () => {
    expect(asCsv([{ at: 1, submittedAt: 0, digits: ['ring'], isCurrent: true, pain: null }])).toBe(
      '\ufeffat,submittedAt,digits,isCurrent,pain\n1,1970-01-01T00:00:00.000Z,"[""ring""]",true,\n',
    );
  });
});

describe('the download', () => {
  it('takes the password again, opens once, for the login that asked, and is in the audit trail', async () => {
    const ana = await login(world.cast.ana.userId ?? '');
    await expect(ana.caller.account.exportOwn({ password: 'not it at all' })).rejects.toMatchObject({
      message: 'wrong_password',
    });
    const { path } = await ana.caller.account.exportOwn({ password: PASSWORD });
    const another = await login(world.cast.ana.userId ?? '');
    const other = await login(world.cast.other.userId ?? '');
    expect((await download(path, null)).status).toBe(401);
    expect((await download(path, another.cookie)).status).toBe(404);
    expect((await download(path, other.cookie)).status).toBe(404);
    const answer = await download(path, ana.cookie);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/zip']);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(strFromU8(files['record.json'] ?? new Uint8Array())).toContain('"reader": "patient"');
    expect((await download(path, ana.cookie)).status).toBe(404);
    const rows = await test.app.database.read((d) => listAudit(d, { ...scope(), before: null, limit: 200 }));
    const acts = rows.filter(({ patientName }) => patientName === 'Ana Duarte').map(({ act }) => act);
    expect(acts).toEqual(expect.arrayContaining(['patient.export_own', 'record.download']));
  });

  it('of the whole record is an admin’s, with a reason', async () => {
    const ada = await login(world.cast.admin.userId);
    const asked = { patientId: world.cast.ana.patientId, password: PASSWORD };
    await expect(ada.caller.records.export({ ...asked, reason: 'short' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const { path } = await ada.caller.records.export({ ...asked, reason: 'Asked for by the insurer' });
    const files = unzipSync(new Uint8Array(await (await download(path, ada.cookie)).arrayBuffer()));
    expect(strFromU8(files['record.json'] ?? new Uint8Array())).toContain('"reader": "clinic"');
  });

  it.each(['', 'x', '../../etc/passwd', 'x'.repeat(43)])('is not there at %j', async (token) => {
    const ana = await login(world.cast.ana.userId ?? '');
    expect((await download(`/${encodeURIComponent(token)}`, ana.cookie)).status).toBe(404);
  });

  it('is over after five minutes', async () => {
    const ana = await login(world.cast.ana.userId ?? '');
    const old = createCaller({
      app: test.app,
      actor: await actorOfRequest(test.app, cookieReader(ana.cookie)),
      clock: () => Date.now() - 6 * MINUTE_MS,
      sameOrigin: true,
      network: '192.0.2.1',
      requestId: 'a-test',
    });
    const { path } = await old.account.exportOwn({ password: PASSWORD });
    expect((await download(path, ana.cookie)).status).toBe(404);
  });
});
