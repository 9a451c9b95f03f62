import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { makeSession } from '#db/factories/people';
import { hashToken, newToken } from '#server/auth/gate';
import { sessionCookieName } from '#server/auth/options';
import { serveMedia } from '#server/media/serve';
import { diskStorage } from '#server/media/storage';
import { handleUpload } from '#server/media/uploads';
import { httpDoors } from '../../lint/house.mjs';
import { ACTORS, type ActorName, World } from './access-world';
import { openTestApp } from './application';

const test = openTestApp();
let world: World;
beforeAll(async () => {
  world = await World.make(test);
});

/** Written down apart from `domain/people/access.ts`, as in the matrix. */
const ANA_AND_HER_TEAM = ['clinician', 'cover', 'patient', 'caregiver'] as const;

/** Every file that answers HTTP by itself, with what decides there who may. */
const DOORS: Record<string, { policy: string; decides: RegExp }> = {
  'app/api/auth/[...nextauth]/route.ts': {
    policy: 'anyone may sign in, out and ask for the session; no other action is there',
    decides: /if \(!isAuthAction\(.+\)\) return new Response\('not_found'/,
  },
  'app/api/calendar/[token]/route.ts': {
    policy: 'who has the link of an account, as long as that is one: see calendar-feed.test.ts',
    decides: /await serveFeed\(getProcess\(\)/,
  },
  'app/api/export/[token]/route.ts': {
    policy: 'a ticket of this login, once: see export.test.ts',
    decides: /await serveExport\(/,
  },
  'app/api/health/route.ts': { policy: 'anyone; it says no more than what is degraded', decides: /await health\(/ },
  'app/api/livekit/webhook/route.ts': {
    policy: 'who signs the body with the media server’s key',
    decides: /WebhookReceiver\(.+\)\.receive\(body, authorization\)/,
  },
  'app/api/trpc/[trpc]/route.ts': {
    policy: 'a row per procedure in access-matrix.test.ts',
    decides: /answerProcedures\(getProcess\(\), request\)/,
  },
  'app/api/unsubscribe/[token]/route.ts': {
    policy: 'who has the link of an e-mail, signed by us: it turns e-mails of a kind off, by POST alone',
    decides: /export async function POST[\s\S]+await unsubscribe\(getProcess\(\)/,
  },
  'app/api/uploads/[[...slug]]/route.ts': { policy: 'whose upload it is', decides: /return handleUpload\(/ },
  'pages/api/media/[id].ts': { policy: 'media.read of its patient', decides: /await serveMedia\(/ },
};

describe('every HTTP door', () => {
  let http: Server;
  const cookies = new Map<ActorName, string>();

  beforeAll(async () => {
    http = createServer((request, response) => {
      serveMedia(test.app, request, request.url?.slice(1), response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    for (const actor of ACTORS) {
      const userId = world.users[actor];
      if (userId === null) continue;
      const token = newToken();
      const login = { userId, clinicId: null, tokenHash: hashToken(token), kind: 'own_device' as const };
      await test.app.database.write((d) => makeSession(d, { ...login, at: Date.now() }));
      const jwt = await encode({ token: { sid: token }, secret: test.app.env.REGRASP_SECRET });
      cookies.set(actor, `${sessionCookieName(test.app.env.REGRASP_URL)}=${jwt}`);
    }
  });
  afterAll(() => http.close());

  it('has its policy on this list, and what decides it in its file', () => {
    expect(httpDoors('.')).toEqual(Object.keys(DOORS));
    for (const [file, { policy, decides }] of Object.entries(DOORS)) {
      expect(policy).not.toBe('');
      expect(readFileSync(file, 'utf8'), `${file}: ${policy}`).toMatch(decides);
    }
  });

  async function answers(ask: (headers: Record<string, string>) => Promise<Response>) {
    const found: Partial<Record<ActorName, number>> = {};
    for (const actor of ACTORS) {
      const cookie = cookies.get(actor);
      found[actor] = (await ask(cookie ? { cookie } : {})).status;
    }
    return found;
  }

  const statuses = (may: readonly ActorName[], yes: number) =>
    Object.fromEntries(ACTORS.map((actor) => [actor, may.includes(actor) ? yes : actor === 'nobody' ? 401 : 404]));

  it('of media opens to Ana, her team, her caregiver, and in an emergency', async () => {
    const { port } = http.address() as AddressInfo;
    const { MEDIA_DIR } = test.app.env;
    const file = join(MEDIA_DIR, 'made');
    writeFileSync(file, 'bytes');
    const storageKey = await diskStorage(MEDIA_DIR).put(file);
    const owner = { clinicId: world.cast.clinicId, ...world.patient, ownerUserId: world.users.patient ?? '' };
    const mediaId = await test.app.database.write((d) => makeClip(d, { ...owner, at: 0, storageKey }));
    const url = `http://127.0.0.1:${port}/${mediaId}`;
    expect(await answers((headers) => fetch(url, { headers }))).toEqual(
      statuses([...ANA_AND_HER_TEAM, 'emergency'], 200),
    );
  });

  it('of uploads opens to whose upload it is', async () => {
    const origin = 'http://127.0.0.1:3000';
    const mediaId = world.fixed.media.pendingId;
    const metadata = `mediaId ${Buffer.from(mediaId).toString('base64')}`;
    const own = { 'Tus-Resumable': '1.0.0', Origin: origin, 'Upload-Length': '1000', 'Upload-Metadata': metadata };
    const url = `${origin}/api/uploads`;
    const create = (headers: Record<string, string>) =>
      handleUpload(test.app, new Request(url, { method: 'POST', headers: { ...own, ...headers } }));
    expect(await answers(create)).toEqual(statuses(['patient'], 201));
    const look = (headers: Record<string, string>) =>
      handleUpload(test.app, new Request(`${url}/${mediaId}`, { method: 'HEAD', headers: { ...own, ...headers } }));
    expect(await answers(look)).toEqual(statuses(['patient'], 200));
  });
});
