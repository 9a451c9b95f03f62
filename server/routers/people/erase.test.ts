import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeClip } from '#db/factories/check-ins';
import { rowsWith } from '#db/factories/dump';
import { makePatient, makeStaff } from '#db/factories/people';
import { makeProgram } from '#db/factories/program';
import { sqliteFile } from '#db/open';
import { findMediaById } from '#db/queries/check-in/media';
import { findClinic, updateClinic } from '#db/queries/clinic/clinics';
import { deleteRecordRows, insertErasure, listErased } from '#db/queries/people/erasures';
import { insertHold } from '#db/queries/people/records';
import { insertMembership } from '#db/queries/people/staff';
import { setPasswordHash } from '#db/queries/people/users';
import { enqueueJob } from '#db/queries/runtime/jobs';
import { DEFAULT_KEEPING } from '#domain/clinic/keeping';
import { DEFAULT_CLINIC_SETTINGS } from '#domain/clinic/settings';
import { logFromPrescription } from '#domain/practice/log';
import { sealAuditTrail, verifyAuditChain } from '#server/acts/clinic/seal-audit';
import { hashPassword } from '#server/auth/password';
import { finishErasures } from '#server/media/erase';
import { spoolFile } from '#server/media/uploads';
import { World } from '#server/testing/access-world';
import { openTestApp } from '#server/testing/application';

const WORD = 'Zanzibarquince';
const PASSWORD = 'a long enough password';
const REASON = 'Asked for in writing on 12 November';

const test = openTestApp();
let world: World;
let secondAdmin: string;

beforeAll(async () => {
  world = await World.make(test);
  const { clinicId, admin } = world.cast;
  const passwordHash = await hashPassword(PASSWORD);
  secondAdmin = await test.app.database.write(function* (d) {
    yield* setPasswordHash(d, { userId: admin.userId, passwordHash });
    return (yield* makeStaff(d, { clinicId, name: 'Bert Koenig', role: 'admin', passwordHash })).userId;
  });
});

const admin = () => test.as(world.cast.admin.userId);

/** The clinic's keeping term, in years. */
async function keepRecords(recordYears: number): Promise<void> {
  await test.app.database.write(function* (d) {
    const clinic = yield* findClinic(d, world.cast);
    if (!clinic) throw new Error('the cast has a clinic');
    const { name, phone, emergencyNumber } = clinic;
    const settings = { ...DEFAULT_CLINIC_SETTINGS, keeping: { ...DEFAULT_KEEPING, recordYears } };
    yield* updateClinic(d, { clinicId: world.cast.clinicId, name, phone, emergencyNumber, settings });
  });
}

type Made = { patientId: string; userId: string; name: string };

/** A patient whom Mira treats, with an account of their own. */
async function someone(name: string): Promise<Made> {
  const { clinicId, mira } = world.cast;
  const passwordHash = await hashPassword(PASSWORD);
  const login = { email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`, passwordHash };
  const made = await test.app.database.write((d) => makePatient(d, { clinicId, name, lead: mira, login }));
  return { patientId: made.patientId, userId: made.userId ?? '', name };
}

const erase = async ({ patientId, name }: Made, over: Record<string, string> = {}) =>
  (await admin()).records.erase({ patientId, reason: REASON, confirm: name, password: PASSWORD, ...over });

/** Plants the word wherever a person can write about a patient. */
async function plant(): Promise<{ patientId: string; keys: string[] }> {
  const { cast } = world;
  const { patientId, userId } = cast.ana;
  const mira = await test.as(cast.mira.userId);
  const ana = await test.as(userId);
  const room = await world.visit();
  const { checkInId } = await world.claimed('clinician');
  await mira.patients.edit({
    ...{ patientId, name: `Ana ${WORD}`, operatesWith: 'left', timeZone: 'Europe/London', phone: null },
    emergencyContact: WORD,
  });
  const about = { condition: WORD, side: 'right' as const, injuryOn: null, surgeryOn: null, precautions: WORD };
  await mira.patients.editEpisode({ patientId, episodeId: cast.ana.episodeId, ...about });
  const performed = { performedAt: test.clock.nowMs, performedTimeZone: 'Europe/London', source: 'quick' as const };
  const { prescription } = world.fixed;
  const log = { ...logFromPrescription({ id: uuidv7(), practiceId: null, prescription, ...performed }), comment: WORD };
  await ana.logs.record({ opId: uuidv7(), practice: null, logs: [log] });
  const thread = { episodeId: cast.ana.episodeId };
  const written = { ...thread, body: WORD, about: null, writtenAt: test.clock.nowMs };
  await ana.messages.send({ messageId: uuidv7(), ...written });
  await mira.messages.note({ noteId: uuidv7(), ...thread, body: WORD });
  await ana.checkIns.submit({
    ...{ opId: uuidv7(), checkInId: uuidv7(), lineageId: prescription.lineageId, question: WORD },
    ...{ answers: { v: 1, pain: 3, redFlags: [] }, clips: [], submittedAt: test.clock.nowMs },
  });
  await mira.notes.save({ visitId: room.visitId, body: WORD });
  await mira.notes.sign({ visitId: room.visitId });
  await mira.visitRecord.saveSummary({ visitId: room.visitId, summary: WORD });
  await mira.flags.resolve({ patientId, flagId: await world.flag(), resolution: WORD });
  const remove = { v: 1 as const, opId: uuidv7(), lamport: 1, tMs: test.clock.nowMs };
  const markIds = [uuidv7()];
  await mira.annotations.append({ visitId: room.visitId, envelope: { ...remove, op: { kind: 'remove', markIds } } });
  await mira.visits.end({ visitId: room.visitId });
  await mira.visitRecord.saveSummary({ visitId: room.visitId, summary: `${WORD}, added later` });
  expect((await rowsWith(test.app.database.url, checkInId)).length).toBeGreaterThan(0);
  await mira.patients.get({ patientId });
  await Promise.allSettled(test.app.pending);
  return { patientId, keys: await plantFiles(patientId, userId ?? '') };
}

/** Stored, set aside, half uploaded, and in a copy made before a migration. */
async function plantFiles(patientId: string, ownerUserId: string): Promise<string[]> {
  const { app } = test;
  const { clinicId } = world.cast;
  const file = join(app.env.MEDIA_DIR, 'in');
  writeFileSync(file, WORD);
  const keys = [await app.storage.put(file), await app.storage.put(file)];
  const spec = { clinicId, patientId, ownerUserId, at: test.clock.nowMs };
  const pending = await app.database.write(function* (d) {
    yield* makeClip(d, { ...spec, storageKey: keys[0] ?? '' });
    yield* makeClip(d, { ...spec, storageKey: keys[1] ?? '' });
    const id = yield* makeClip(d, { ...spec, state: 'pending', storageKey: null });
    const job = { id: uuidv7(), kind: 'normalise', dedupeKey: `normalise:${id}`, payload: { mediaId: id } };
    yield* enqueueJob(d, { ...job, nowMs: test.clock.nowMs });
    return id;
  });
  await app.storage.setAside(keys[1] ?? '', test.clock.nowMs);
  mkdirSync(dirname(spoolFile(app, pending)), { recursive: true });
  writeFileSync(spoolFile(app, pending), WORD);
  if (app.database.engine === 'sqlite')
    writeFileSync(`${sqliteFile(app.database.url)}.before-0007_x-20261129T000000000Z`, WORD);
  rmSync(file);
  return keys;
}

/** Every file of the media folder and of the database's in which the word stands. */
function filesWith(word: string): string[] {
  const { app } = test;
  const folders = [app.env.MEDIA_DIR];
  if (app.database.engine === 'sqlite') folders.push(dirname(sqliteFile(app.database.url)));
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => readFileSync(path).includes(word)),
  );
}

/** All that a colleague's patient has, as the colleague sees it. */
async function othersRecord() {
  const caller = await test.as(world.cast.colleague.userId);
  const { patientId } = world.cast.other;
  return [await caller.patients.get({ patientId }), await caller.checkIns.ofPatient({ patientId })];
}

describe('a record that is erased after its keeping term', () => {
  it('leaves no trace in the database, its log, copies, media and uploads; others’ records and the audit chain stand', async () => {
    await keepRecords(0);
    const { patientId } = await plant();
    expect((await rowsWith(test.app.database.url, WORD)).length).toBeGreaterThanOrEqual(7);
    expect(filesWith(WORD).length).toBeGreaterThanOrEqual(3);
    const before = await othersRecord();
    await erase({ patientId, userId: '', name: `Ana ${WORD}` });
    await finishErasures(test.app);
    expect(await rowsWith(test.app.database.url, WORD)).toEqual([]);
    expect(filesWith(WORD)).toEqual([]);
    expect(await othersRecord()).toEqual(before);
    const left = await rowsWith(test.app.database.url, patientId);
    expect(new Set(left.map((row) => row.split(' ')[0]?.replace('public.', '')))).toEqual(
      new Set(['audit_events', 'access_events', 'erasures']),
    );
    await sealAuditTrail(test.app, test.clock.nowMs + 60_000);
    expect(await verifyAuditChain(test.app, world.cast.clinicId)).toMatchObject({ broken: null });
    const rows = await (await admin()).audit.changes({});
    expect(rows.find(({ act }) => act === 'record.erase')).toMatchObject({ act: 'record.erase', patientName: null });
  });

  it('goes on being removed by the sweep where the process died in between', async () => {
    await keepRecords(0);
    const one = await someone('Half Done');
    const [key = ''] = await plantFiles(one.patientId, one.userId);
    const { removeSetAside } = test.app.storage;
    const failing = {
      ...test.app,
      storage: { ...test.app.storage, removeSetAside: () => Promise.reject(new Error('cut')) },
    };
    await erase(one);
    await Promise.allSettled(test.app.pending);
    await test.app.database.write((d) =>
      insertErasure(d, {
        ...{ id: uuidv7(), clinicId: world.cast.clinicId, patientId: uuidv7(), state: 'done', reason: REASON },
        ...{ askedAt: 1, erasedAt: 1, objects: { keys: [key], uploads: [], copies: true } },
      }),
    );
    await expect(finishErasures(failing)).rejects.toThrow('cut');
    expect(removeSetAside).toBe(test.app.storage.removeSetAside);
    await finishErasures(test.app);
    const erased = await test.app.database.read((d) => listErased(d));
    expect(erased.every(({ objects }) => objects.keys.length === 0 && !objects.copies)).toBe(true);
    expect(await test.app.storage.size(key)).toBeNull();
  });

  it('is refused on a hold, with a wrong password, another name or too short a reason, and nothing is changed', async () => {
    await keepRecords(0);
    const one = await someone('Stays Here');
    await expect(erase(one, { password: 'not the password' })).rejects.toMatchObject({ message: 'wrong_password' });
    await expect(erase(one, { confirm: 'Stays There' })).rejects.toMatchObject({ message: 'name_differs' });
    await expect(erase(one, { reason: 'because' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const { clinicId } = world.cast;
    const hold = { id: uuidv7(), clinicId, patientId: one.patientId, reason: 'A claim', setBy: secondAdmin, setAt: 1 };
    await test.app.database.write((d) => insertHold(d, hold));
    await expect(erase(one)).rejects.toMatchObject({ message: 'record_on_hold' });
    const shown = await (await test.as(world.cast.mira.userId)).patients.get({ patientId: one.patientId });
    expect(shown.patient.name).toBe('Stays Here');
  });

  it('spares the account where it also works in the clinic', async () => {
    await keepRecords(0);
    const one = await someone('Works Here');
    const { clinicId } = world.cast;
    const worker = { id: uuidv7(), role: 'assistant' as const, discipline: 'OT' as const, fromAt: 1 };
    await test.app.database.write((d) => insertMembership(d, { ...worker, clinicId, userId: one.userId }));
    await erase(one);
    expect((await (await test.as(one.userId)).account.me()).name).toBe('Works Here');
  });

  it('is no way round the triggers: rows of a patient who is not being erased stay', async () => {
    const { clinicId, mira } = world.cast;
    const scope = await test.app.database.write(function* (d) {
      const { patientId, episodeId } = yield* makePatient(d, { clinicId, name: 'Not Erased', lead: mira });
      const spec = { clinicId, patientId, episodeId, publishedBy: mira.userId, at: test.clock.nowMs, on: '2026-11-20' };
      yield* makeProgram(d, { ...spec, exercises: [{ slug: 'tendon-glides' }] });
      return { clinicId, patientId };
    });
    const other = { id: uuidv7(), clinicId, patientId: uuidv7(), state: 'running' as const, reason: REASON };
    const objects = { keys: [], uploads: [], copies: false };
    const before = await rowsWith(test.app.database.url, scope.patientId);
    await expect(
      test.app.database.write(function* (d) {
        yield* insertErasure(d, { ...other, askedAt: 1, objects });
        yield* deleteRecordRows(d, scope, 'before the account');
      }),
    ).rejects.toThrow();
    expect(await rowsWith(test.app.database.url, scope.patientId)).toEqual(before);
  });
});

describe('a record that is erased within its keeping term', () => {
  it('is put away: nobody reaches it, it is on no list, and it is all there when two admins open it', async () => {
    await keepRecords(10);
    const one = await someone('Put Away');
    const { patientId } = one;
    const mira = async () => test.as(world.cast.mira.userId);
    const before = await (await mira()).patients.get({ patientId });
    expect(await erase(one)).toEqual({ done: 'locked' });
    await expect((await mira()).patients.get({ patientId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await mira()).patients.joinCareTeam({ patientId, reason: REASON })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const all = { search: '' };
    const lists = [await (await mira()).patients.roster(all), await (await mira()).caseload.mine(all)];
    expect(JSON.stringify(lists)).not.toContain(patientId);
    expect(await (await admin()).records.get({ patientId })).toMatchObject({ lock: { reason: REASON } });
    const bert = await test.as(secondAdmin);
    await expect(bert.records.open({ patientId })).rejects.toMatchObject({ message: 'nobody_asked' });
    await (await admin()).records.askToOpen({ patientId, reason: 'The insurer asks for it' });
    await expect((await admin()).records.open({ patientId })).rejects.toMatchObject({ message: 'needs_second_admin' });
    expect(await bert.records.open({ patientId })).toEqual({ opened: true });
    const after = await (await mira()).patients.get({ patientId });
    expect({ ...after.patient, loginEndedAt: null }).toEqual(before.patient);
    expect(after.careTeam).toEqual(before.careTeam);
    expect(after.patient.loginEndedAt).toBe(test.clock.nowMs);
  });

  it('is deleted later by the same act, when the term is over', async () => {
    await keepRecords(1);
    const one = await someone('Later On');
    expect(await erase(one)).toEqual({ done: 'locked' });
    const now = test.clock.nowMs;
    test.clock.nowMs += 367 * 86_400_000;
    try {
      expect(await erase(one)).toEqual({ done: 'erased' });
    } finally {
      test.clock.nowMs = now;
    }
    await expect((await admin()).records.get({ patientId: one.patientId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('takes nobody in from a check-in that waits: it is closed, its clip stays', async () => {
    await keepRecords(10);
    const { patientId, checkInId } = await world.stranger();
    await erase({ patientId, userId: '', name: 'Ines Prado' });
    await expect((await test.as(world.cast.mira.userId)).reviews.claim({ checkInId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const clips = await rowsWith(test.app.database.url, patientId);
    expect(clips.filter((row) => /^(public\.)?media /.test(row)).length).toBe(1);
    expect(await test.app.database.read((d) => findMediaById(d, { mediaId: uuidv7() }))).toBeUndefined();
  });
});
