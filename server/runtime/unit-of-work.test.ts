import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { encode } from 'next-auth/jwt';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Body, Db } from '#db/body';
import { makeClip } from '#db/factories/check-ins';
import { withoutTable } from '#db/factories/missing-table';
import { makeSession } from '#db/factories/people';
import { ACCESS_WINDOW_MS, listAudit } from '#db/queries/clinic/audit';
import { listReadings } from '#db/queries/clinic/readings';
import { listPrograms } from '#db/queries/program/programs';
import { createProgram } from '#server/acts/program/programs';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { sessionCookieName } from '#server/auth/options';
import { serveMedia } from '#server/media/serve';
import { diskStorage } from '#server/media/storage';
import { createCaller } from '#server/routers/app';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { runAsServer, type UnitOfWork } from './unit-of-work';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});
afterEach(() => {
  vi.useRealTimers();
});

const patient = () => ({ patientId: cast.ana.patientId });
const scope = () => ({ clinicId: cast.clinicId, ...patient() });
const titles = async () => (await test.app.database.read((d) => listPrograms(d, scope()))).map((one) => one.title);
const acts = async () =>
  (await test.app.database.read((d) => listAudit(d, { clinicId: cast.clinicId, before: null, limit: 500 }))).length;
const reads = () =>
  test.app.database.read((d) =>
    listReadings(d, { clinicId: cast.clinicId, own: null, filter: {}, after: null, limit: 500 }),
  );

async function signIn(userId: string | null): Promise<{ token: string; cookie: string }> {
  const token = newToken();
  const login = { userId: userId ?? '', clinicId: null, tokenHash: hashToken(token), kind: 'own_device' as const };
  await test.app.database.write((d) => makeSession(d, { ...login, at: test.clock.nowMs }));
  const jwt = await encode({ token: { sid: token }, secret: test.app.env.REGRASP_SECRET });
  return { token, cookie: `${sessionCookieName(test.app.env.REGRASP_URL)}=${jwt}` };
}

describe('an act and its audit row', () => {
  it('are written in one transaction: a failure after the audit row leaves neither', async () => {
    const before = { titles: await titles(), acts: await acts() };
    let transactions = 0;
    let written = -1;
    const { database } = test.app;
    const dyingDatabase = {
      ...database,
      write: <T>(body: (d: Db) => Body<T>) =>
        database.write(function* (d) {
          transactions += 1;
          yield* body(d);
          written = (yield* listAudit(d, { clinicId: cast.clinicId, before: null, limit: 500 })).length;
          throw new Error('it ends before the commit');
        }),
    };
    const actor = await gate(test.app, (await signIn(cast.mira.userId)).token, test.clock.nowMs);
    const app = { ...test.app, database: dyingDatabase };
    const dying = createCaller({
      app,
      actor,
      clock: () => test.clock.nowMs,
      sameOrigin: true,
      network: '192.0.2.1',
      requestId: 'a-test',
    });
    await expect(dying.programs.create({ ...patient(), title: 'Never' })).rejects.toThrow();
    expect(written).toBe(before.acts + 1);
    expect(transactions).toBe(1);
    expect({ titles: await titles(), acts: await acts() }).toEqual(before);
  });

  it('stand or fall together: where no audit row can be written, nothing is', async () => {
    const before = await titles();
    const mira = await test.as(cast.mira.userId);
    const { url } = test.app.database;
    await withoutTable(url, 'audit_events', async () => {
      await expect(mira.programs.create({ ...patient(), title: 'Never' })).rejects.toThrow();
    });
    expect(await titles()).toEqual(before);
    await mira.programs.create({ ...patient(), title: 'Afterwards' });
    expect(await titles()).toHaveLength(before.length + 1);
  });
});

describe('what the server does by itself', () => {
  const create = (title: string) =>
    function* (d: Db, work: UnitOfWork): Body<void> {
      yield* createProgram(d, work, { scope: scope(), title });
    };
  const source = () => ({ act: 'server.try', clinicId: cast.clinicId, nowMs: test.clock.nowMs });

  it('is the same act as a person’s, with an audit row by nobody, and told after the commit', async () => {
    const heard: string[] = [];
    const stop = test.app.live.subscribe(({ event }) => heard.push(event.topic));
    await runAsServer(test.app, source(), create('By the server'));
    await vi.waitFor(() => expect(heard).toEqual(['program']));
    stop();
    expect(await titles()).toContain('By the server');
    const [row] = await test.app.database.read((d) => listAudit(d, { ...scope(), before: null, limit: 1 }));
    expect(row).toMatchObject({ act: 'server.try', actorName: null, outcome: 'done' });
  });

  it('leaves no audit row where it follows up what a person did, or where no clinic was named', async () => {
    const before = await acts();
    await runAsServer(test.app, { ...source(), act: null }, create('Followed up'));
    await runAsServer(test.app, { act: 'server.try', nowMs: test.clock.nowMs }, function* (): Body<void> {});
    expect(await acts()).toBe(before);
    expect(await titles()).toContain('Followed up');
  });

  it('cannot prove a relation, says so, and writes nothing', async () => {
    const before = { titles: await titles(), acts: await acts() };
    const asks = runAsServer(test.app, source(), function* (d, work) {
      yield* create('Never')(d, work);
      return yield* work.patient(cast.ana.patientId);
    });
    await expect(asks).rejects.toThrow('server.try has no actor');
    expect({ titles: await titles(), acts: await acts() }).toEqual(before);
  });
});

describe('who read whose record', () => {
  /** The start of a window that nothing has been read in yet. */
  function freshWindow(): number {
    const start = test.clock.nowMs - (test.clock.nowMs % ACCESS_WINDOW_MS) + ACCESS_WINDOW_MS;
    test.clock.nowMs = start;
    return start;
  }
  const counted = async (since: number) => {
    await Promise.all(test.app.pending);
    return (await reads())
      .filter((row) => row.at >= since)
      .map((row) => `${row.actorName} ${row.what} ${row.patientName}`)
      .toSorted();
  };

  it('is one row per reader, patient and policy in five minutes', async () => {
    const start = freshWindow();
    const mira = await test.as(cast.mira.userId);
    for (let n = 0; n < 5; n++) await mira.patients.get(patient());
    test.clock.nowMs = start + ACCESS_WINDOW_MS - 1;
    await mira.patients.get(patient());
    expect(await counted(start)).toEqual(['Mira Solberg patient.read Ana Duarte']);
    await mira.logs.ofPatient(patient());
    await (await test.as(cast.ana.userId)).logs.ofPatient(patient());
    const colleague = await test.as(cast.colleague.userId);
    await colleague.patients.get({ patientId: cast.other.patientId });
    await expect(colleague.patients.get(patient())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await mira.patients.roster({ search: '' });
    expect(await counted(start)).toEqual([
      'Ana Duarte log.read Ana Duarte',
      'Jonas Weber patient.read Henry Boateng',
      'Mira Solberg log.read Ana Duarte',
      'Mira Solberg patient.read Ana Duarte',
    ]);
    test.clock.nowMs = start + ACCESS_WINDOW_MS;
    await mira.patients.get(patient());
    expect(await counted(start)).toHaveLength(5);
  });

  it('is one row for a clip that was fetched in many parts, and none for who got nothing', async () => {
    const start = freshWindow();
    vi.useFakeTimers({ toFake: ['Date'], now: start });
    const folder = test.app.env.MEDIA_DIR;
    const file = join(folder, 'in');
    writeFileSync(file, 'x'.repeat(100));
    const storageKey = await diskStorage(folder).put(file);
    const owner = { ...scope(), ownerUserId: cast.ana.userId ?? '' };
    const mediaId = await test.app.database.write((d) => makeClip(d, { ...owner, at: start, storageKey, bytes: 100 }));
    const http: Server = createServer((request, response) => {
      serveMedia(test.app, request, request.url?.slice(1), response).catch(() => response.destroy());
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const get = async (userId: string | null, range: string) => {
      const { cookie } = await signIn(userId);
      const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/${mediaId}`;
      return (await fetch(url, { headers: { cookie, range } })).status;
    };
    try {
      for (let n = 0; n < 4; n++) expect(await get(cast.mira.userId, `bytes=${n * 10}-${n * 10 + 9}`)).toBe(206);
      expect(await get(cast.ana.userId, 'bytes=0-9')).toBe(206);
      expect(await get(cast.colleague.userId, 'bytes=0-9')).toBe(404);
      const once = ['Ana Duarte media.read Ana Duarte', 'Mira Solberg media.read Ana Duarte'];
      expect(await counted(start)).toEqual(once);
      vi.setSystemTime(start + ACCESS_WINDOW_MS);
      expect(await get(cast.mira.userId, 'bytes=0-9')).toBe(206);
      expect(await counted(start)).toEqual([...once, 'Mira Solberg media.read Ana Duarte']);
    } finally {
      http.close();
    }
  });
});
