import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeProgram } from '#db/factories/program';
import { findUser } from '#db/queries/people/users';
import { findLog } from '#db/queries/practice/logs';
import { seedLibrary } from '#db/seed/library';
import { type Log, logFromPrescription, type RemovalReason } from '#domain/practice/log';
import { MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { readExport } from '#server/acts/people/export';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let made: Awaited<ReturnType<typeof aProgram>>;

async function aProgram() {
  const { patientId, episodeId } = cast.ana;
  const spec = { clinicId: cast.clinicId, patientId, episodeId, publishedBy: cast.mira.userId };
  const exercises = [{ slug: 'tendon-glides' }];
  return await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    return yield* makeProgram(d, { ...spec, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
}

beforeEach(async () => {
  cast = await makeCast(test.app);
  made = await aProgram();
});

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const patient = () => ({ patientId: cast.ana.patientId });

/** One exercise in a sitting of its own, as the phone sends it. */
async function logged(over: Partial<Log> = {}, painBefore: number | null = null) {
  const [prescription] = made.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const practiceId = uuidv7();
  const performedAt = over.performedAt ?? test.clock.nowMs - MINUTE_MS;
  const log = logFromPrescription({
    ...{ id: uuidv7(), practiceId, prescription },
    ...{ performedAt, performedTimeZone: 'Europe/London', source: 'player' },
  });
  const practice = {
    ...{ id: practiceId, localOn: localDay(performedAt, 'Europe/London'), slot: 1 },
    ...{ startedAt: performedAt - MINUTE_MS, endedAt: performedAt, painBefore },
    ...{ painAfter: null, effort: null, device: null },
  };
  const sent = { ...log, saidAt: performedAt, ...over };
  await (await ana()).logs.record({ opId: uuidv7(), practice, logs: [sent] });
  return sent;
}

const remove = async (logId: string, reason: RemovalReason = 'not_done', opId = uuidv7()) =>
  (await ana()).logs.remove({ opId, logId, reason, saidAt: test.clock.nowMs });
const history = async () => (await mira()).logs.ofPatient(patient());
const pack = async () => {
  const answer = await (await ana()).practice.dayPack({ revision: null });
  if (answer.unchanged) throw new Error('a pack was asked for anew');
  return answer.pack;
};

describe('a log made by mistake', () => {
  it('counts nowhere once it is removed: not on the day, in charts, in the usual pain, on the caseload', async () => {
    const kept = await logged({ pain: 2, performedAt: test.clock.nowMs - 30 * MINUTE_MS }, 1);
    const log = await logged({ pain: 5 }, 3);
    expect((await pack()).baselinePain).toBe(1);
    expect((await pack()).painsBefore).toHaveLength(2);
    await remove(log.id);
    const after = await pack();
    expect(after.logs.map(({ id }) => id)).toEqual([kept.id]);
    expect(after.painsBefore.map(({ painBefore }) => painBefore)).toEqual([1]);
    const [trend] = await (await mira()).logs.trends({ ...patient(), days: 30 });
    expect(trend?.pain.map(({ value }) => value)).toEqual([2]);
    const { rows } = await (await mira()).caseload.mine({ search: 'Ana' });
    expect(rows[0]).toMatchObject({ worstPain7Days: 2 });
    expect(rows[0]?.reasons.some(({ rule }) => rule === 'pain_amber')).toBe(false);
  });

  it('stays in the record with why, who and when, for patient and clinician alike', async () => {
    const log = await logged({ pain: 2 });
    await remove(log.id, 'twice');
    const scope = { clinicId: cast.clinicId, ...patient() };
    for (const reader of ['patient', 'clinic'] as const) {
      const { tables } = await test.app.database.read((d) => readExport(d, scope, reader));
      expect(tables.logRemovals).toMatchObject([{ logId: log.id, reason: 'twice' }]);
      expect(tables.logs).toMatchObject([{ id: log.id, isCurrent: false }]);
    }
    const row = await test.app.database.read((d) =>
      findLog(d, { clinicId: cast.clinicId, ...patient(), logId: log.id }),
    );
    expect(row).toMatchObject({ isCurrent: false, pain: 2, state: 'done' });
    const name = (await test.app.database.read((d) => findUser(d, { userId: cast.ana.userId ?? '' })))?.name;
    for (const reader of [await mira(), await ana()]) {
      const { logs, removed } = await reader.logs.ofPatient(patient());
      expect(logs).toEqual([]);
      expect(removed).toMatchObject([
        { id: log.id, reason: 'twice', pain: 2, removedAt: test.clock.nowMs, removedByName: name },
      ]);
    }
    const events = await (await test.as(cast.admin.userId)).audit.changes({});
    expect(events.filter(({ act }) => act === 'log.remove')).toMatchObject([{ outcome: 'done' }]);
  });

  it('keeps the flag that it raised, with the answer, and what that stopped', async () => {
    const log = await logged({ pain: 7 });
    await remove(log.id, 'wrong_exercise');
    const flags = await (await mira()).flags.open(patient());
    expect(flags).toMatchObject([{ sourceId: log.id, pain: 7, removed: { reason: 'wrong_exercise' } }]);
    expect(flags[0]?.stops).toMatchObject([{ liftedAt: null }]);
  });

  it('leaves what the team wrote about its flag out of the patient’s own copy', async () => {
    await logged({ pain: 7 });
    const [flag] = await (await mira()).flags.open(patient());
    await (await mira()).flags.resolve({
      ...patient(),
      flagId: flag?.id ?? '',
      resolution: 'Rang',
      practice: 'stays_stopped',
    });
    const scope = { clinicId: cast.clinicId, ...patient() };
    const own = await test.app.database.read((d) => readExport(d, scope, 'patient'));
    expect(own.tables.flags?.map((row) => [row.pain, 'resolution' in row])).toEqual([[7, false]]);
    const whole = await test.app.database.read((d) => readExport(d, scope, 'clinic'));
    expect(whole.tables.flags).toMatchObject([{ pain: 7, resolution: 'Rang' }]);
  });

  it('is removed once, however often the device says so, and by two devices at once', async () => {
    const log = await logged();
    const opId = uuidv7();
    const answers = await Promise.all([remove(log.id, 'twice', opId), remove(log.id, 'twice', opId)]);
    expect(answers).toEqual([{ removed: true }, { removed: true }]);
    await expect(Promise.all([remove(log.id, 'other'), remove(log.id, 'not_done')])).resolves.toHaveLength(2);
    expect((await history()).removed).toMatchObject([{ reason: 'twice' }]);
    await expect(remove(log.id, 'other', opId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('that was corrected meanwhile is a conflict, and a correction of what was removed is one', async () => {
    const log = await logged({ pain: 2 });
    const correction = { ...log, id: uuidv7(), pain: 3, supersedesId: log.id, correctionReason: 'mistyped' };
    const correct = async (next: Log) => (await ana()).logs.record({ opId: uuidv7(), practice: null, logs: [next] });
    await correct(correction);
    await expect(remove(log.id)).rejects.toMatchObject({ code: 'CONFLICT', message: 'changed_meanwhile' });
    await remove(correction.id);
    await expect(correct({ ...correction, id: uuidv7(), supersedesId: correction.id })).rejects.toMatchObject({
      message: 'changed_meanwhile',
    });
    expect((await pack()).painsBefore).toEqual([]);
  });

  it('is not there for anybody else, and no reason is made up', async () => {
    const log = await logged();
    const other = await test.as(cast.other.userId);
    const asked = { opId: uuidv7(), logId: log.id, reason: 'twice' as const, saidAt: test.clock.nowMs };
    await expect(other.logs.remove(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await mira()).logs.remove(asked)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await ana()).logs.remove({ ...asked, reason: 'because' as 'twice' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await expect(remove(uuidv7())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await history()).logs.map(({ id }) => id)).toEqual([log.id]);
  });

  it('from a phone whose clock runs ahead is removed at the time at which that arrived', async () => {
    const log = await logged();
    const saidAt = test.clock.nowMs + 60 * MINUTE_MS;
    await (await ana()).logs.remove({ opId: uuidv7(), logId: log.id, reason: 'other', saidAt });
    expect((await history()).removed).toMatchObject([{ removedAt: test.clock.nowMs }]);
  });
});
