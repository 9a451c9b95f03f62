import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutTable } from '#db/factories/missing-table';
import { insertAudit } from '#db/queries/clinic/audit';
import { insertBackup } from '#db/queries/runtime/store';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { sealAuditTrail } from '#server/acts/clinic/seal-audit';
import { openTestApp } from '#server/testing/application';
import { health } from './health';

const test = openTestApp();
/** Whether it says that the keys are wrong. */
let refuses = false;
/** Answers as a media server does, at its root and to its API. */
let mediaServer: Server;
let withMediaServer: Parameters<typeof health>[0];

beforeAll(async () => {
  mediaServer = createServer(({ url }, response) => {
    const isApi = url?.startsWith('/twirp');
    response.setHeader('Content-Type', isApi ? 'application/json' : 'text/plain').statusCode =
      isApi && refuses ? 401 : 200;
    response.end(isApi ? '{"rooms":[]}' : 'OK');
  });
  await new Promise<void>((resolve) => mediaServer.listen(0, '127.0.0.1', resolve));
  const { port } = mediaServer.address() as AddressInfo;
  withMediaServer = { ...test.app, env: { ...test.app.env, ...liveKitAt(port) } };
});
afterAll(() => mediaServer.close());

const liveKitAt = (port: number) => ({
  LIVEKIT_URL: `ws://127.0.0.1:${port}`,
  LIVEKIT_API_URL: `http://127.0.0.1:${port}`,
  LIVEKIT_API_KEY: 'test',
  LIVEKIT_API_SECRET: 'x'.repeat(32),
});
const now = () => test.clock.nowMs;
const READY = { ready: true, database: 'ok', degraded: [] };

function unsealed(at: number): Promise<void> {
  const act = { act: 'program.write', patientId: null, subjectId: null, outcome: 'done' as const };
  const row = { id: uuidv7(), clinicId: uuidv7(), actorId: null, sessionId: null, ...act, nowMs: at };
  return test.app.database.write((d) => insertAudit(d, row));
}

describe('health', () => {
  it('is ready, with nothing degraded, where all is there', async () => {
    expect(await health(withMediaServer, now())).toEqual(READY);
  });

  it('is degraded without its media server, or where that does not answer, and ready all the same', async () => {
    expect(await health(test.app, now())).toEqual({ ...READY, degraded: ['media_server'] });
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const app = { ...test.app, env: { ...test.app.env, ...liveKitAt(port) } };
    expect(await health(app, now())).toEqual({ ...READY, degraded: ['media_server'] });
  });

  it('is degraded where the media server refuses the keys', async () => {
    refuses = true;
    expect(await health(withMediaServer, now())).toEqual({ ...READY, degraded: ['media_server'] });
    refuses = false;
    expect(await health(withMediaServer, now())).toEqual(READY);
  });

  it('is not ready where the database can be read and not written', async () => {
    const { database } = test.app;
    const readOnly = { ...database, write: () => Promise.reject(new Error('disk is full')) };
    expect(await health({ ...withMediaServer, database: readOnly }, now())).toMatchObject({
      ready: false,
      database: 'down',
    });
  });

  it('is degraded where media cannot be written, and ready all the same', async () => {
    const file = join(test.app.env.MEDIA_DIR, 'a-file');
    writeFileSync(file, '');
    const app = { ...withMediaServer, env: { ...withMediaServer.env, MEDIA_DIR: file } };
    expect(await health(app, now())).toEqual({ ...READY, degraded: ['storage'] });
    rmSync(file);
    expect(await health(app, now())).toEqual(READY);
    expect(existsSync(file)).toBe(true);
  });

  it('is degraded while an audit row waits for its seal longer than a minute, and ready all the same', async () => {
    await unsealed(now());
    expect(await health(withMediaServer, now() + MINUTE_MS - 1)).toEqual(READY);
    expect(await health(withMediaServer, now() + MINUTE_MS)).toEqual({ ...READY, degraded: ['audit_seal'] });
    await sealAuditTrail(test.app, now());
    expect(await health(withMediaServer, now() + MINUTE_MS)).toEqual(READY);
  });

  it('is degraded when the last backup is too old, not where there was never one, and ready all the same', async () => {
    const made = { finishedAt: now(), expiresAt: now(), removedAt: null, folder: '/b', encrypted: true, seal: '' };
    const insert = (madeAt: number) =>
      test.app.database.write((d) => insertBackup(d, { id: uuidv7(), madeAt, ...made }));
    await insert(now() - 100 * HOUR_MS);
    expect(await health(withMediaServer, now())).toEqual({ ...READY, degraded: ['backup'] });
    await insert(now() - 48 * HOUR_MS);
    expect(await health(withMediaServer, now())).toEqual(READY);
    expect(await health(withMediaServer, now() + 1)).toEqual({ ...READY, degraded: ['backup'] });
    await insert(now());
    expect(await health(withMediaServer, now() + 1)).toEqual(READY);
  });

  it('names everything that is degraded at once', async () => {
    await unsealed(now());
    const file = join(test.app.env.MEDIA_DIR, 'another-file');
    writeFileSync(file, '');
    const app = { ...test.app, env: { ...test.app.env, MEDIA_DIR: file } };
    const degraded = ['media_server', 'storage', 'audit_seal'];
    expect(await health(app, now() + MINUTE_MS)).toEqual({ ...READY, degraded });
  });

  it('is not ready where the database does not answer', async () => {
    const down = await withoutTable(test.app.database.url, 'audit_events', () => health(withMediaServer, now()));
    expect(down).toEqual({ ready: false, database: 'down', degraded: [] });
  });
});
