import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeProgram, makeNextVersion, makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import { type Log, logFromPrescription } from '#domain/log';
import { type Cast, makeCast, openTestApp } from '../testing';

const test = openTestApp();
let cast: Cast;
let first: MadeProgram;
let second: MadeProgram;

beforeAll(async () => {
  cast = await makeCast(test.app);
  [first, second] = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const spec = {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides', dose: { painLimit: 4 } }],
      at: test.clock.nowMs,
      on: '2026-11-20',
    };
    const one = yield* makeProgram(d, spec);
    const two = yield* makeNextVersion(d, { ...spec, before: one, number: 2, reason: 'More' });
    return [one, two] as const;
  });
});

function aLog(program: MadeProgram, over: Partial<Log> = {}): Log {
  const prescription = program.prescriptions[0];
  if (!prescription) throw new Error('the program has its exercise');
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId: null,
    prescription: {
      id: prescription.id,
      lineageId: prescription.lineageId,
      programVersionId: program.versionId,
      dose: prescription.dose,
    },
    performedAt: test.clock.nowMs - 60_000,
    performedTimeZone: 'Europe/London',
    source: 'quick',
  });
  return { ...made, ...over };
}

const record = async (log: Log, opId = uuidv7()) =>
  (await test.as(cast.ana.userId)).logs.record({ opId, practice: null, logs: [log] });
const history = async () =>
  (await (await test.as(cast.mira.userId)).logs.ofPatient({ patientId: cast.ana.patientId })).logs;

describe('a log', () => {
  it('keeps its time and its version however late it arrives', async () => {
    const performedAt = test.clock.nowMs - 3 * 24 * 60 * 60_000;
    const log = aLog(first, { performedAt });
    await record(log);
    const stored = (await history()).find((one) => one.id === log.id);
    expect(stored).toMatchObject({
      performedAt,
      receivedAt: test.clock.nowMs,
      versionNumber: 1,
      programVersionId: first.versionId,
    });
    expect(second.versionId).not.toBe(first.versionId);
  });

  it('is stored once under one operation id, and refused under the same id with another body', async () => {
    const log = aLog(second);
    const opId = uuidv7();
    const answer = await record(log, opId);
    expect(await record(log, opId)).toEqual(answer);
    expect((await history()).filter((one) => one.id === log.id)).toHaveLength(1);
    await expect(record(aLog(second), opId)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('under the operation id of somebody else is not found', async () => {
    const opId = uuidv7();
    await record(aLog(second), opId);
    const other = await test.as(cast.other.userId);
    await expect(other.logs.record({ opId, practice: null, logs: [aLog(second)] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('of a prescription that is not the patient’s is not found', async () => {
    const other = await test.as(cast.other.userId);
    await expect(other.logs.record({ opId: uuidv7(), practice: null, logs: [aLog(first)] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('from the future is refused', async () => {
    await expect(record(aLog(second, { performedAt: test.clock.nowMs + 6 * 60_000 }))).rejects.toMatchObject({
      message: 'performed_in_future',
    });
    await expect(record(aLog(second, { performedAt: test.clock.nowMs + 4 * 60_000 }))).resolves.toBeTruthy();
  });

  it('with red pain makes exactly one flag, by the rule that fired', async () => {
    const log = aLog(second, { pain: 7 });
    const opId = uuidv7();
    expect((await record(log, opId)).zones).toEqual(['red']);
    await record(log, opId);
    const mira = await test.as(cast.mira.userId);
    const flags = (await mira.flags.open({ patientId: cast.ana.patientId })).filter((flag) => flag.sourceId === log.id);
    expect(flags).toMatchObject([{ severity: 'red', rule: 'red_from', kind: 'pain' }]);
    const flagId = flags[0]?.id ?? '';
    await expect(
      (await test.as(cast.colleague.userId)).flags.resolve({ patientId: cast.ana.patientId, flagId, resolution: 'x' }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await mira.flags.resolve({ patientId: cast.ana.patientId, flagId, resolution: 'Rang Ana, putty paused' });
    expect((await mira.flags.open({ patientId: cast.ana.patientId })).some((flag) => flag.id === flagId)).toBe(false);
  });

  it('above the prescription’s own limit is red below the policy’s', async () => {
    expect((await record(aLog(second, { pain: 4 }))).zones).toEqual(['amber']);
    expect((await record(aLog(second, { pain: 5 }))).zones).toEqual(['red']);
  });

  it('is corrected by a new row; the old one stays and can be corrected once', async () => {
    const log = aLog(second, { pain: 2 });
    await record(log);
    const correction = { ...log, id: uuidv7(), pain: 3, supersedesId: log.id, correctionReason: 'Mistyped' };
    await record(correction);
    const ids = (await history()).map((one) => one.id);
    expect(ids).toContain(correction.id);
    expect(ids).not.toContain(log.id);
    await expect(record({ ...correction, id: uuidv7() })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('with NUL or an over-long comment is refused as a field, without its text in the answer', async () => {
    for (const comment of ['a\u0000b', 'x'.repeat(1001)]) {
      const refusal = await record(aLog(second, { comment })).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: 'BAD_REQUEST' });
    }
  });

  it('gives a trend per exercise across versions, for the patient and the clinician alike', async () => {
    const mira = await (await test.as(cast.mira.userId)).logs.trends({ patientId: cast.ana.patientId, days: 30 });
    const ana = await (await test.as(cast.ana.userId)).logs.trends({ patientId: null, days: 30 });
    expect(ana).toEqual(mira);
    expect(mira).toHaveLength(1);
    expect(mira[0]?.versions.map((version) => version.number)).toEqual([1, 2]);
    expect(new Set(mira[0]?.pain.map((point) => point.versionNumber))).toEqual(new Set([1, 2]));
    await expect(
      (await test.as(cast.outsider.userId)).logs.trends({ patientId: cast.ana.patientId, days: 30 }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the day pack', () => {
  it('carries the published version, and is not sent again unchanged', async () => {
    const ana = await test.as(cast.ana.userId);
    const answer = await ana.practice.dayPack({ revision: null });
    if (answer.unchanged) throw new Error('the first pack is sent');
    expect(answer.pack.prescriptions.map((one) => [one.id, one.versionNumber, one.text.name])).toEqual([
      [second.prescriptions[0]?.id, 2, 'Tendon glides'],
    ]);
    expect(answer.pack.logs.length).toBeGreaterThan(0);
    expect(await ana.practice.dayPack({ revision: answer.pack.revision })).toEqual({ unchanged: true });
    await expect((await test.as(cast.mira.userId)).practice.dayPack({ revision: null })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('the caseload', () => {
  it('names each reason, puts flags first and shows only one’s own patients', async () => {
    const rows = await (await test.as(cast.mira.userId)).caseload.mine();
    expect(rows.map((row) => row.name)).toEqual(['Ana Duarte']);
    expect(rows[0]?.reasons[0]?.rule).toBe('red_flag');
    expect(rows[0]?.week).toHaveLength(7);
    expect((await (await test.as(cast.colleague.userId)).caseload.mine()).map((row) => row.name)).toEqual([
      'Henry Boateng',
    ]);
    await expect((await test.as(cast.ana.userId)).caseload.mine()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
