import { eq } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { insertBarrier } from '#db/queries/contact/barriers';
import { insertMessage, insertThreadNote } from '#db/queries/contact/messages';
import { openThread } from '#db/queries/contact/threads';
import { insertLog, retireLog } from '#db/queries/practice/logs';
import { logFromPrescription } from '#domain/practice/log';
import { type Body, type Db, q } from './body';
import { makeClinic, makePatient, makeStaff } from './factories/people';
import { makeNextVersion, makeProgram } from './factories/program';
import { copyTemplate } from './factories/test-database';
import { type Database, openDatabase } from './open';
import { exerciseTexts, exerciseVersions } from './schema/exercises';
import { logSets, logs } from './schema/logs';
import { barriers, messages, threadNotes } from './schema/messages';
import { prescriptions, programVersions } from './schema/programs';
import { seedLibrary } from './seed/library';

const AT = Date.UTC(2026, 10, 24, 9);
const state: { database?: Database; drop?: () => Promise<void> } = {};
const ids = {
  logId: uuidv7(),
  first: '',
  second: '',
  prescription: '',
  exerciseVersion: '',
  message: uuidv7(),
  barrier: uuidv7(),
  note: uuidv7(),
};

const write = <T>(body: (d: Db) => Body<T>) => {
  if (!state.database) throw new Error('the database is open');
  return state.database.write(body);
};

function* makeRecord(d: Db): Body<void> {
  yield* seedLibrary(d, { nowMs: AT });
  const clinicId = yield* makeClinic(d);
  const mira = yield* makeStaff(d, { clinicId, name: 'Mira Solberg' });
  const { patientId, episodeId, userId } = yield* makePatient(d, { clinicId, name: 'Ana Duarte', lead: mira });
  const exercises = [{ slug: 'tendon-glides' }];
  const spec = { clinicId, patientId, episodeId, publishedBy: mira.userId, exercises, at: AT, on: '2026-11-24' };
  const one = yield* makeProgram(d, spec);
  const two = yield* makeNextVersion(d, { ...spec, before: one, number: 2, reason: 'More' });
  const [prescription] = two.prescriptions;
  if (!prescription) throw new Error('the version has its exercise');
  Object.assign(ids, { first: one.versionId, second: two.versionId, prescription: prescription.id });
  const { sets, ...row } = logFromPrescription({
    id: ids.logId,
    practiceId: null,
    prescription,
    performedAt: AT,
    performedTimeZone: 'Europe/London',
    source: 'quick',
  });
  const owner = {
    clinicId,
    patientId,
    enteredBy: userId ?? '',
    localOn: '2026-11-24',
    receivedAt: AT,
    isCurrent: true,
  };
  yield* insertLog(
    d,
    { ...row, ...owner },
    sets.map((set, index) => ({ ...set, setNumber: index + 1 })),
  );
  const [version] = yield* q(d.select({ id: exerciseVersions.id }).from(exerciseVersions).limit(1));
  ids.exerciseVersion = version?.id ?? '';
  const thread = { clinicId, patientId, episodeId };
  yield* openThread(d, { ...thread, nowMs: AT });
  const by = { authorId: mira.userId, body: 'Go on' };
  const message = { number: 1, ...by, authorRole: 'team' as const, writtenAt: AT, receivedAt: AT };
  yield* insertMessage(d, { id: ids.message, ...thread, ...message });
  yield* insertThreadNote(d, { id: ids.note, ...thread, kind: 'note', ...by, at: AT });
  const hard = { code: 'no_time', words: 'No time', suggestion: 'Later', outcome: 'helps' as const };
  const said = { clinicId, patientId, episodeId, saidBy: by.authorId, saidAt: AT, receivedAt: AT };
  yield* insertBarrier(d, { id: ids.barrier, ...hard, ...said });
}

beforeAll(async () => {
  const { url, drop } = await copyTemplate(inject('template'));
  Object.assign(state, { database: openDatabase(url), drop });
  await write(makeRecord);
});
afterAll(async () => {
  await state.database?.close();
  await state.drop?.();
});

const refused: [string, (d: Db) => PromiseLike<unknown>][] = [
  [
    'the reason of a published version',
    (d) => d.update(programVersions).set({ reason: 'x' }).where(eq(programVersions.id, ids.second)),
  ],
  [
    'the number of a superseded version',
    (d) => d.update(programVersions).set({ number: 9 }).where(eq(programVersions.id, ids.first)),
  ],
  [
    'the way back to published',
    (d) => d.update(programVersions).set({ state: 'published' }).where(eq(programVersions.id, ids.first)),
  ],
  [
    'the way back to draft',
    (d) => d.update(programVersions).set({ state: 'draft' }).where(eq(programVersions.id, ids.second)),
  ],
  ['the removal of a version', (d) => d.delete(programVersions).where(eq(programVersions.id, ids.first))],
  [
    'the dose of a prescription',
    (d) => d.update(prescriptions).set({ sets: 9 }).where(eq(prescriptions.id, ids.prescription)),
  ],
  ['the removal of a prescription', (d) => d.delete(prescriptions).where(eq(prescriptions.id, ids.prescription))],
  ['the pain of a log', (d) => d.update(logs).set({ pain: 1 }).where(eq(logs.id, ids.logId))],
  ['the version of a log', (d) => d.update(logs).set({ programVersionId: ids.first }).where(eq(logs.id, ids.logId))],
  ['the removal of a log', (d) => d.delete(logs).where(eq(logs.id, ids.logId))],
  ['the repetitions of a set', (d) => d.update(logSets).set({ reps: 1 }).where(eq(logSets.logId, ids.logId))],
  ['the removal of a set', (d) => d.delete(logSets).where(eq(logSets.logId, ids.logId))],
  ['the words of a message', (d) => d.update(messages).set({ body: 'x' }).where(eq(messages.id, ids.message))],
  ['the removal of a message', (d) => d.delete(messages).where(eq(messages.id, ids.message))],
  ['what was hard at home', (d) => d.update(barriers).set({ outcome: 'asks' }).where(eq(barriers.id, ids.barrier))],
  ['the removal of what was hard', (d) => d.delete(barriers).where(eq(barriers.id, ids.barrier))],
  ['a note of the team', (d) => d.update(threadNotes).set({ body: 'x' }).where(eq(threadNotes.id, ids.note))],
  ['the removal of a note', (d) => d.delete(threadNotes).where(eq(threadNotes.id, ids.note))],
  [
    'an exercise version',
    (d) => d.update(exerciseVersions).set({ camera: 'no' }).where(eq(exerciseVersions.id, ids.exerciseVersion)),
  ],
  [
    'the words of an exercise',
    (d) => d.update(exerciseTexts).set({ name: 'x' }).where(eq(exerciseTexts.exerciseVersionId, ids.exerciseVersion)),
  ],
];

describe('the database itself', () => {
  it.each(refused)('refuses %s', async (_what, change) => {
    await expect(
      write(function* (d) {
        yield* q(change(d));
      }),
    ).rejects.toSatisfy((error: Error) => /is refused/.test(`${error.message} ${String(error.cause)}`));
  });

  it('lets a log lose its place, once', async () => {
    expect(await write((d) => retireLog(d, { logId: ids.logId }))).toBe(true);
    expect(await write((d) => retireLog(d, { logId: ids.logId }))).toBe(false);
  });
});
