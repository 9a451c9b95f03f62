import { mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowsWith } from '#db/factories/dump';
import { makePatient, makeSession } from '#db/factories/people';
import { findRecord } from '#db/queries/people/records';
import type { PatientScope } from '#db/scope';
import { askToOpen, lockRecord, openRecord, repeatErasure } from '#server/acts/people/erase';
import { gate, hashToken, newToken } from '#server/auth/gate';
import { finishErasures } from '#server/media/erase';
import { parseEnv } from '#server/runtime/env';
import { type AppProcess, createProcess, stopProcess } from '#server/runtime/process';
import { runAsServer } from '#server/runtime/unit-of-work';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { BackupStage, backUp, restore, storeClip } from '#server/testing/backups';
import { catchUpAfterRestore } from './after-restore';

const LONG = { timeout: 30_000 };
const test = openTestApp();
const stage = new BackupStage();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});
afterAll(() => stage.drop());

const REASON = 'Asked for in writing';

async function someone(name: string): Promise<PatientScope> {
  const { clinicId, mira } = cast;
  const { patientId } = await test.app.database.write((d) => makePatient(d, { clinicId, name, lead: mira }));
  return { clinicId, patientId };
}

const asServer = { act: 'record.erase', nowMs: Date.now() };
const lock = (scope: PatientScope) =>
  runAsServer(test.app, { ...asServer, clinicId: scope.clinicId }, (d, work) =>
    lockRecord(d, work, { scope, reason: REASON, by: null }),
  );

async function erase(scope: PatientScope): Promise<void> {
  await runAsServer(test.app, { ...asServer, clinicId: scope.clinicId }, (d, work) =>
    repeatErasure(d, work, { scope, state: 'done', askedAt: 1 }),
  );
  await finishErasures(test.app);
}

/** The place that a backup was restored into, after its first start. */
async function restored(folder: string, over: { areErasuresLeftOut?: boolean } = {}): Promise<AppProcess> {
  const env = await stage.emptyPlace(test.app);
  await restore(env, folder, over);
  const { NODE_ENV, REGRASP_SECRET, DATABASE_URL, MEDIA_DIR } = env;
  const settings = { NODE_ENV, REGRASP_SECRET, DATABASE_URL, MEDIA_DIR, REGRASP_LOG: 'silent' };
  const app = createProcess(parseEnv(settings), process.cwd());
  await catchUpAfterRestore(app);
  return app;
}
const record = (app: AppProcess, scope: PatientScope) => app.database.read((d) => findRecord(d, scope));

it('after a restore everybody signs in anew: a login that was ended since is not good again', LONG, async () => {
  const folder = stage.newFolder();
  const token = newToken();
  const login = { userId: cast.mira.userId, clinicId: cast.clinicId, tokenHash: hashToken(token), at: Date.now() };
  await test.app.database.write((d) => makeSession(d, login));
  expect(await gate(test.app, token, Date.now())).not.toBeNull();
  await backUp(test.app, folder);
  const app = await restored(folder);
  expect(await gate(app, token, Date.now())).toBeNull();
  await stopProcess(app);
});

describe('a backup that is older than an erasure', LONG, () => {
  it('is restored without the person, by the list that lies beside it; nothing of a clip comes back', async () => {
    const folder = stage.newFolder();
    const { key } = await storeClip(test.app, cast);
    await backUp(test.app, folder);
    const scope = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
    await erase(scope);
    const app = await restored(folder);
    expect(await record(app, scope)).toBeUndefined();
    expect(await rowsWith(app.env.DATABASE_URL, 'Ana Duarte')).toEqual([]);
    expect(await app.storage.size(key)).toBeNull();
    expect(await record(app, { clinicId: cast.clinicId, patientId: cast.other.patientId })).toBeDefined();
    await stopProcess(app);
  });

  it('is restored with the record put away, unless it was opened again', async () => {
    const folder = stage.newFolder();
    const [away, opened] = [await someone('Put Away'), await someone('Opened Again')];
    await backUp(test.app, folder);
    await lock(away);
    await lock(opened);
    await backUp(test.app, folder);
    await runAsServer(test.app, { ...asServer, clinicId: cast.clinicId }, function* (d, work) {
      yield* askToOpen(d, work, { scope: opened, reason: REASON, by: cast.admin.userId });
      yield* openRecord(d, work, { scope: opened, by: null });
    });
    await backUp(test.app, folder);
    const app = await restored(folder);
    expect((await record(app, away))?.lockedAt).not.toBeNull();
    expect((await record(app, opened))?.lockedAt).toBeNull();
    await stopProcess(app);
  });

  it('is not restored by a list that somebody else wrote; left out by hand, the record comes back', async () => {
    const folder = stage.newFolder();
    const scope = await someone('Comes Back');
    await backUp(test.app, folder);
    await erase(scope);
    const list = join(folder, 'erasures.json');
    const other = cast.other.patientId;
    writeFileSync(list, readFileSync(list, 'utf8').replace(scope.patientId, other));
    await expect(restored(folder)).rejects.toThrow(/list of erased records .* was not made with the REGRASP_SECRET/);
    const app = await restored(folder, { areErasuresLeftOut: true });
    expect(await record(app, scope)).toBeDefined();
    expect(await record(app, { clinicId: cast.clinicId, patientId: other })).toBeDefined();
    await stopProcess(app);
  });

  it('is not restored as if nobody had been erased while its list is there and cannot be read', async () => {
    const folder = stage.newFolder();
    const scope = await someone('Unreadable List');
    await backUp(test.app, folder);
    await erase(scope);
    const list = join(folder, 'erasures.json');
    renameSync(list, `${list}.1`);
    mkdirSync(list);
    await expect(restored(folder)).rejects.toThrow(`${list} is there and cannot be read.`);
    rmdirSync(list);
    renameSync(`${list}.1`, list);
    const app = await restored(folder);
    expect(await record(app, scope)).toBeUndefined();
    await stopProcess(app);
  });

  it('keeps on its list what only the folder knows, after a restore that left it out', async () => {
    const folder = stage.newFolder();
    const scope = await someone('Only There');
    await backUp(test.app, folder);
    await erase(scope);
    const app = await restored(folder, { areErasuresLeftOut: true });
    await backUp(app, folder);
    expect(readFileSync(join(folder, 'erasures.json'), 'utf8')).toContain(scope.patientId);
    await stopProcess(app);
  });
});
