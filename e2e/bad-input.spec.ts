import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessToken } from 'livekit-server-sdk';
import { v7 as uuidv7 } from 'uuid';
import { makeInDatabase } from '../db/factories/database';
import { listClinicPatients } from '../db/factories/reads';
import { findMediaById, insertMedia } from '../db/queries/check-in/media';
import { insertInvite } from '../db/queries/people/invites';
import { findConsent } from '../db/queries/people/patients';
import { findUserByEmail } from '../db/queries/people/users';
import { findVisit, listVisitEvents } from '../db/queries/visit/visits';
import { HOUR_MS } from '../domain/time/duration';
import { hashToken, newToken } from '../server/auth/gate';
import { Doors, reasonOf, resultOf, sha256 } from './doors';
import { expect, type Pair, test } from './fixtures';
import type { TestServer } from './server';

const MB = 1024 * 1024;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };
const password = 'four calm words here';

/** A clip of Ana's whose bytes the server expects. */
async function expectedClip(server: TestServer, { clinicId, ana }: Pair, bytes: number): Promise<string> {
  const scope = { clinicId, patientId: ana.patientId };
  return await makeInDatabase(server.databaseUrl, (made) =>
    made.write(function* (d) {
      const consent = yield* findConsent(d, { ...scope, kind: 'clips' });
      const id = uuidv7();
      const owner = { ...scope, ownerUserId: ana.userId ?? '', consentId: consent?.id ?? null };
      yield* insertMedia(d, { id, ...owner, kind: 'clip', state: 'pending', bytes, createdAt: Date.now() });
      return id;
    }),
  );
}

const mediaRow = (server: TestServer, mediaId: string) =>
  makeInDatabase(server.databaseUrl, (made) => made.read((d) => findMediaById(d, { mediaId })));

/** The secret name of a visit's room, and what is noted of the visit. */
const visitOf = (server: TestServer, scope: { clinicId: string; patientId: string; visitId: string }) =>
  makeInDatabase(server.databaseUrl, (made) =>
    made.read(function* (d) {
      const roomName = (yield* findVisit(d, scope))?.roomName ?? '';
      return { roomName, events: yield* listVisitEvents(d, scope) };
    }),
  );

/** A check-in with one clip of these bytes, as the patient's device sends it. */
function checkInOf(bytes: Buffer) {
  const mediaId = uuidv7();
  return {
    opId: uuidv7(),
    checkInId: uuidv7(),
    lineageId: null,
    question: 'Is my thumb in the way?',
    answers: { v: 1, pain: 2, redFlags: [] },
    clips: [{ mediaId, bytes: bytes.length, sha256: sha256(bytes) }],
    submittedAt: Date.now(),
  };
}

test('11 MB arrive whole or are refused at every door, never half', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await Doors.of(server, pair.ana.userId);
  const bytes = randomBytes(11 * MB);
  const mediaId = await expectedClip(server, pair, bytes.length);
  expect(resultOf(await ana.upload(mediaId, bytes))).toMatchObject({ state: 'received' });
  const { storageKey = '' } = (await mediaRow(server, mediaId)) ?? {};
  expect(sha256(readFileSync(join(server.folder, 'media', storageKey ?? '')))).toBe(sha256(bytes));

  const other = await expectedClip(server, pair, bytes.length);
  const withBody = {
    'Upload-Length': String(bytes.length),
    'Upload-Metadata': `mediaId ${Buffer.from(other).toString('base64')}`,
    'Content-Type': 'application/offset+octet-stream',
  };
  expect((await ana.tus('POST', '', withBody, new Uint8Array(bytes))).status).toBe(201);
  const arrived = await ana.tus('HEAD', `/${other}`);
  expect(arrived.headers.get('upload-offset')).toBe(String(bytes.length));
  expect(resultOf(await ana.mutate('media.finish', { mediaId: other, sha256: sha256(bytes) }))).toMatchObject({
    state: 'received',
  });

  const text = 'x'.repeat(11 * MB);
  const question = { ...checkInOf(bytes), question: text };
  expect((await ana.mutate('checkIns.submit', question)).status).toBe(413);
  const named = { method: 'POST', headers: { ...json, authorization: 'x' }, body: JSON.stringify({ event: text }) };
  expect((await ana.ask('/api/livekit/webhook', named)).status).toBe(413);
  for (const action of ['callback/credentials', 'signout'])
    expect((await ana.ask(`/api/auth/${action}`, { method: 'POST', headers: form, body: text })).status).toBe(413);
  for (const action of ['_log', 'session', 'signin/credentials', 'nothing'])
    expect((await ana.ask(`/api/auth/${action}`, { method: 'POST', headers: form, body: text })).status).toBe(404);
  for (const path of ['/api/health', `/api/media/${mediaId}`])
    expect((await ana.ask(path, { method: 'POST', headers: json, body: text })).status).toBe(405);
});

test('A wrong password, an unknown account and a malformed form say nothing and let nobody in', async ({
  people,
  server,
  announced,
}) => {
  announced.push(/401/);
  const nobody = await Doors.of(server, null);
  const csrf = await nobody.ask('/api/auth/csrf');
  const [{ csrfToken }, cookie] = [JSON.parse(csrf.text), csrf.headers.getSetCookie().join('; ')];
  const tryWith = (fields: Record<string, string>, headers: Record<string, string> = form) => {
    const body = new URLSearchParams({ csrfToken, json: 'true', callbackUrl: '/', ...fields }).toString();
    return nobody.ask('/api/auth/callback/credentials', { method: 'POST', headers: { ...headers, cookie }, body });
  };
  const wrong = await tryWith({ email: 'mira@larkfield.example', password: 'wrong' });
  const unknown = await tryWith({ email: 'nobody@larkfield.example', password: 'wrong' });
  expect([wrong.status, wrong.text]).toEqual([401, unknown.text]);
  const odd: Record<string, string>[] = [
    { email: 'a\u0000@b.example', password: 'x\u0000' },
    { email: 'x'.repeat(5000), password: 'y'.repeat(5000) },
    { email: 'mira@larkfield.example', password: 'x', callbackUrl: 'https://elsewhere.example\u0000' },
  ];
  for (const fields of odd) {
    const refused = await tryWith(fields);
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.status).toBeLessThan(500);
    expect(refused.headers.getSetCookie().join()).not.toContain('regrasp.session');
  }
  expect((await tryWith({ email: '{' }, json)).status).toBe(415);
  for (const path of ['error?error=%00', 'signin?callbackUrl=https://elsewhere.example', 'verify-request', 'providers'])
    expect((await nobody.ask(`/api/auth/${path}`)).status).toBe(404);

  const page = await people.page(null);
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill('mira@larkfield.example');
  await page.getByLabel('Password', { exact: true }).fill('not her password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('Email and password do not fit together.')).toBeVisible();
});

test('An expired, a foreign and a used invite open nothing', async ({ people, server }) => {
  const { clinicId, admin } = await people.pair();
  const nobody = await Doors.of(server, null);
  const invite = async (expiresAt: number) => {
    const token = newToken();
    await makeInDatabase(server.databaseUrl, (made) =>
      made.write((d) =>
        insertInvite(d, {
          id: uuidv7(),
          clinicId,
          tokenHash: hashToken(token),
          kind: 'staff',
          name: 'New Person',
          role: 'admin',
          discipline: 'OT',
          createdBy: admin.userId,
          createdAt: expiresAt - 7 * 24 * HOUR_MS,
          expiresAt,
        }),
      ),
    );
    return token;
  };
  let n = 0;
  const accept = async (token: string) => {
    const email = `${token.slice(0, 8).toLowerCase()}-${++n}@larkfield.example`;
    const answer = await nobody.mutate('invites.accept', { token, name: 'New Person', email, password });
    const account = await makeInDatabase(server.databaseUrl, (made) => made.read((d) => findUserByEmail(d, { email })));
    return { status: answer.status, reason: reasonOf(answer), hasAccount: account !== undefined };
  };
  const used = await invite(Date.now() + HOUR_MS);
  expect(await accept(used)).toMatchObject({ status: 200, hasAccount: true });
  // A token of the right shape that some other server made.
  const foreign = newToken();
  for (const token of [used, await invite(Date.now() - 1000), foreign]) {
    expect(await accept(token)).toEqual({ status: 404, reason: 'invite_gone', hasAccount: false });
    expect((await nobody.query('invites.show', { token })).status).toBe(404);
    const page = await nobody.ask(`/invite/${token}`);
    expect(page.text).toContain('This link does not work any more');
  }
});

test('NUL, half characters and far too long text are refused with 400 and stored nowhere', async ({
  people,
  server,
}) => {
  const pair = await people.pair();
  const [mira, ana] = [await Doors.of(server, pair.mira.userId), await Doors.of(server, pair.ana.userId)];
  const person = {
    name: 'Iris Mbeki',
    birthYear: 1980,
    dominantHand: 'right',
    operatesWith: 'left',
    timeZone: 'Africa/Johannesburg',
    phone: '+27 11 555 0100',
    emergencyContact: null,
    condition: 'Extensor tendon repair',
    side: 'right',
    injuryOn: null,
    surgeryOn: null,
    precautions: '',
  };
  const bytes = randomBytes(10);
  for (const bad of ['a\u0000b', 'a\ud800b', 'x'.repeat(100_000)]) {
    const tries = [
      await mira.mutate('patients.add', { ...person, name: bad }),
      await mira.mutate('patients.add', { ...person, precautions: bad }),
      await mira.mutate('patients.add', { ...person, timeZone: bad }),
      await ana.mutate('checkIns.submit', { ...checkInOf(bytes), question: bad }),
      await ana.mutate('checkIns.submit', { ...checkInOf(bytes), checkInId: bad }),
      await ana.query('checkIns.get', { checkInId: bad.slice(0, 4000) }),
    ];
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 400));
  }
  for (const body of ['{', '[]', 'null', '"x"', `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, '{"__proto__":{}}'])
    expect((await mira.ask('/api/trpc/patients.add', { method: 'POST', headers: json, body })).status).toBe(400);
  const { clinicId } = pair;
  const roster = await makeInDatabase(server.databaseUrl, (made) =>
    made.read((d) => listClinicPatients(d, { clinicId })),
  );
  expect(roster.map((one) => one.name)).toEqual(['Ana Duarte']);
  expect(resultOf(await ana.query('checkIns.mine', undefined))).toEqual([]);

  for (const path of ['/patients/%00', '/visit/%00', '/check-ins/%00', `/programs/${'x'.repeat(5000)}`])
    expect((await mira.ask(path)).status).toBeLessThan(500);
  for (const path of ['/api/media/%00', '/api/media/..%2f..%2fetc%2fpasswd', `/api/media/${'x'.repeat(5000)}`])
    expect((await mira.ask(path)).status).toBe(404);
  expect((await mira.ask('/patients/%ff')).status).toBe(400);
});

test('A text file with a video’s name and an empty clip are refused kindly', async ({ people, server }) => {
  const pair = await people.pair();
  const ana = await Doors.of(server, pair.ana.userId);
  const empty = await ana.mutate('checkIns.submit', checkInOf(Buffer.alloc(0)));
  expect([empty.status, reasonOf(empty)]).toEqual([400, 'bad_request']);

  const text = Buffer.from('#EXTM3U\nfile:///etc/passwd\n'.repeat(100));
  const page = await people.page(pair.ana.userId, { device: 'phone' });
  await page.goto('/check-ins/new');
  await page.getByRole('radio', { name: '2', exact: true }).check();
  await page.getByRole('button', { name: 'Go on to the camera' }).click();
  await page
    .getByLabel('Take a clip from this device')
    .setInputFiles({ name: 'hand.mp4', mimeType: 'video/mp4', buffer: text });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText('This file is no clip that can be played. Please film it again.')).toBeVisible({
    timeout: 30_000,
  });
  await expect(page.getByText('The clip could not be read')).toBeVisible();
  expect(JSON.parse((await ana.query('checkIns.mine', undefined)).text).result.data[0].media[0]).toMatchObject({
    state: 'failed',
    failure: 'not_a_video',
  });
});

test('An upload is nobody else’s', async ({ people, server }) => {
  const [ours, theirs] = [await people.pair(), await people.pair()];
  const ana = await Doors.of(server, ours.ana.userId);
  const bytes = randomBytes(1000);
  const input = checkInOf(bytes);
  expect((await ana.mutate('checkIns.submit', input)).status).toBe(200);
  const mediaId = input.clips[0]?.mediaId ?? '';
  expect((await ana.createUpload(mediaId, bytes.length)).status).toBe(201);
  for (const userId of [theirs.ana.userId, theirs.mira.userId, ours.mira.userId]) {
    const stranger = await Doors.of(server, userId);
    const tries = [
      await stranger.createUpload(mediaId, bytes.length),
      await stranger.tus('HEAD', `/${mediaId}`),
      await stranger.sendUpload(mediaId, bytes),
      await stranger.tus('DELETE', `/${mediaId}`),
      await stranger.mutate('media.finish', { mediaId, sha256: sha256(bytes) }),
      await stranger.ask(`/api/media/${mediaId}`),
    ];
    expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 404));
  }
  const claim = { ...checkInOf(bytes), clips: input.clips };
  expect((await (await Doors.of(server, theirs.ana.userId)).mutate('checkIns.submit', claim)).status).toBe(404);
  expect((await (await Doors.of(server, null)).sendUpload(mediaId, bytes)).status).toBe(401);
  expect((await ana.sendUpload(mediaId, bytes)).status).toBe(204);
  expect(resultOf(await ana.mutate('media.finish', { mediaId, sha256: sha256(bytes) }))).toMatchObject({
    state: 'received',
  });
});

test('A forged media-server event is refused and leaves no trace', async ({ people, server }) => {
  const pair = await people.pair();
  const mira = await Doors.of(server, pair.mira.userId);
  const scope = { clinicId: pair.clinicId, patientId: pair.ana.patientId };
  const plan = { patientId: scope.patientId, startsAt: null, kind: 'review', durationMinutes: 30 };
  const { visitId } = resultOf(await mira.mutate('visits.schedule', plan));
  await mira.mutate('visits.join', { visitId, locationText: null, presentOthers: null });
  const { roomName, events } = await visitOf(server, { ...scope, visitId });
  const event = { event: 'room_started', id: uuidv7(), room: { name: roomName }, createdAt: '1764000000' };
  const body = JSON.stringify(event);
  const { key, secret } = server.liveKit;
  const send = async (signer: { key: string; secret: string }, signed: string, sent = signed) => {
    const token = new AccessToken(signer.key, signer.secret, { identity: 'x' });
    token.sha256 = Buffer.from(sha256(Buffer.from(signed)), 'hex').toString('base64');
    const headers = { 'content-type': 'application/webhook+json', authorization: await token.toJwt() };
    return (await mira.ask('/api/livekit/webhook', { method: 'POST', headers, body: sent })).status;
  };
  expect(await send({ key, secret: 'another secret of at least 32 characters' }, body)).toBe(401);
  expect(await send({ key: 'other', secret }, body)).toBe(401);
  expect(await send({ key, secret }, '{}', body)).toBe(401);
  expect(await send({ key, secret }, '{"event":')).toBe(401);
  expect((await visitOf(server, { ...scope, visitId })).events).toEqual(events);
  // The same event, rightly signed, is taken: what was refused above was the signature.
  expect(await send({ key, secret }, body)).toBe(204);
  const noted = await visitOf(server, { ...scope, visitId });
  expect(noted.events.map((one) => one.webhookId)).toContain(event.id);
});
