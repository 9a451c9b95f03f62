import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeProgram, makeNextVersion, makeProgram } from '#db/factories/program';
import { findLog, findPractice } from '#db/queries/practice/logs';
import { seedLibrary } from '#db/seed/library';
import { type Log, logFromPrescription, type Practice } from '#domain/practice/log';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

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

function otherProgram() {
  const { patientId, episodeId } = cast.other;
  const spec = { clinicId: cast.clinicId, patientId, episodeId, publishedBy: cast.colleague.userId };
  const exercises = [{ slug: 'tendon-glides' }];
  return test.app.database.write((d) => makeProgram(d, { ...spec, exercises, at: test.clock.nowMs, on: '2026-11-20' }));
}

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
const flags = async () => (await test.as(cast.mira.userId)).flags.open({ patientId: cast.ana.patientId });
const history = async () =>
  (await (await test.as(cast.mira.userId)).logs.ofPatient({ patientId: cast.ana.patientId })).logs;

describe('a log', () => {
  it('keeps its time and its version however late it arrives', async () => {
    const performedAt = test.clock.nowMs - 3 * DAY_MS;
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

  it('from the future is of now', async () => {
    const log = aLog(second, { performedAt: test.clock.nowMs + 6 * MINUTE_MS });
    await record(log);
    expect((await history()).find((one) => one.id === log.id)?.performedAt).toBe(test.clock.nowMs);
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
    const kept = await test.app.database.read((d) =>
      findLog(d, { clinicId: cast.clinicId, patientId: cast.ana.patientId, logId: log.id }),
    );
    expect(kept).toMatchObject({ pain: 2, isCurrent: false, correctionReason: null });
    const ids = (await history()).map((one) => one.id);
    expect(ids).toContain(correction.id);
    const shown = (await history()).find((one) => one.id === correction.id);
    expect(shown).toMatchObject({ correctionReason: 'Mistyped', dose: { painLimit: 4 } });
    expect(ids).not.toContain(log.id);
    await expect(record({ ...correction, id: uuidv7() })).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('under an id that is taken is a conflict, under the id of somebody else not found', async () => {
    const log = aLog(second);
    await record(log);
    await expect(record({ ...log, pain: 1 })).rejects.toMatchObject({ code: 'CONFLICT', message: 'operation_differs' });
    const other = await test.as(cast.other.userId);
    const theirs = await otherProgram();
    const stolen = { ...aLog(theirs), id: log.id };
    await expect(other.logs.record({ opId: uuidv7(), practice: null, logs: [stolen] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await history()).filter((one) => one.id === log.id)).toMatchObject([{ pain: null }]);
  });

  it('arriving twice at once is one log with one answer', async () => {
    const log = aLog(second, { pain: 7 });
    const opId = uuidv7();
    const answers = await Promise.all([record(log, opId), record(log, opId), record(log, opId)]);
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect((await history()).filter((one) => one.id === log.id)).toHaveLength(1);
    expect((await flags()).filter((flag) => flag.sourceId === log.id)).toHaveLength(1);
  });

  it('stores all of an operation or nothing', async () => {
    const good = aLog(second);
    const bad = aLog(second, { prescriptionId: uuidv7() });
    const ana = await test.as(cast.ana.userId);
    await expect(ana.logs.record({ opId: uuidv7(), practice: null, logs: [good, bad] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect((await history()).some((one) => one.id === good.id)).toBe(false);
  });

  it('says its version and its lineage as they stand, or is not found', async () => {
    for (const over of [{ programVersionId: first.versionId }, { lineageId: uuidv7() }]) {
      await expect(record(aLog(second, over))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
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

describe('a sitting', () => {
  const sitting = (over: Partial<Practice> = {}): Practice => ({
    id: uuidv7(),
    localOn: '2026-11-24',
    slot: 1,
    startedAt: test.clock.nowMs - 120_000,
    endedAt: test.clock.nowMs - 60_000,
    painBefore: null,
    painAfter: null,
    effort: null,
    device: null,
    ...over,
  });
  const send = async (practice: Practice, logs: Log[]) =>
    (await test.as(cast.ana.userId)).logs.record({ opId: uuidv7(), practice, logs });

  it('gives one flag for one answer, whether said once or per exercise', async () => {
    const whole = sitting({ painAfter: 7 });
    expect((await send(whole, [aLog(second, { practiceId: whole.id })])).zones).toEqual(['none', 'red']);
    expect((await flags()).filter((flag) => flag.sourceId === whole.id)).toHaveLength(1);
    const each = sitting({ painAfter: 7 });
    const log = aLog(second, { practiceId: each.id, pain: 7 });
    expect((await send(each, [log])).zones).toEqual(['red']);
    expect((await flags()).filter((flag) => [each.id, log.id].includes(flag.sourceId))).toHaveLength(1);
  });

  it('is held to the strictest limit of what was done in it, not of what was left out', async () => {
    const done = sitting({ painAfter: 5 });
    expect((await send(done, [aLog(second, { practiceId: done.id })])).zones).toEqual(['none', 'red']);
    const skipped = sitting({ painAfter: 5 });
    const log = aLog(second, { practiceId: skipped.id, state: 'skipped', reason: 'tired', sets: [] });
    expect((await send(skipped, [log])).zones).toEqual(['none', 'amber']);
  });

  it('takes later logs under the same id, and is not found under somebody else’s', async () => {
    const practice = sitting();
    await send(practice, [aLog(second, { practiceId: practice.id })]);
    await send(practice, [aLog(second, { practiceId: practice.id })]);
    const theirs = await otherProgram();
    const other = await test.as(cast.other.userId);
    const inIt = aLog(theirs, { practiceId: practice.id });
    for (const [sent, log] of [
      [practice, inIt],
      [null, inIt],
      [practice, aLog(theirs)],
    ] as const) {
      await expect(other.logs.record({ opId: uuidv7(), practice: sent, logs: [log] })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
    }
  });

  it('from the future ends now', async () => {
    const practice = sitting({ endedAt: test.clock.nowMs + 6 * MINUTE_MS });
    await send(practice, [aLog(second, { practiceId: practice.id })]);
    const found = { clinicId: cast.clinicId, patientId: cast.ana.patientId, practiceId: practice.id };
    const stored = await test.app.database.read((d) => findPractice(d, found));
    expect(stored?.endedAt).toBe(test.clock.nowMs);
  });

  it('measures a rise against the pain that is usual for this person', async () => {
    const other = await test.as(cast.other.userId);
    const theirs = await otherProgram();
    const at = (pain: number) => aLog(theirs, { pain });
    const one = (logs: Log[]) => other.logs.record({ opId: uuidv7(), practice: sitting({ painBefore: 0 }), logs });
    expect((await one([at(2)])).zones).toEqual(['green']);
    expect((await one([at(3)])).zones).toEqual(['red']);
    const colleague = await test.as(cast.colleague.userId);
    expect(await colleague.flags.open({ patientId: cast.other.patientId })).toMatchObject([{ rule: 'red_rise' }]);
  });
});

describe('amber pain', () => {
  async function someone() {
    const one = await makeCast(test.app);
    const { clinicId, mira, ana } = one;
    const spec = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
    const exercises = [{ slug: 'tendon-glides' }];
    const program = await test.app.database.write((d) =>
      makeProgram(d, { ...spec, exercises, at: test.clock.nowMs, on: '2026-11-20' }),
    );
    /** A sitting so many hours ago, with the pain before it and the pain of its exercise. */
    const practise = async (hoursAgo: number, painBefore: number | null, pain: number) => {
      const at = test.clock.nowMs - hoursAgo * (DAY_MS / 24);
      const practice: Practice = {
        id: uuidv7(),
        localOn: localDay(at, 'Europe/London'),
        slot: null,
        startedAt: at,
        endedAt: at,
        painBefore,
        painAfter: null,
        effort: null,
        device: null,
      };
      const logs = [aLog(program, { practiceId: practice.id, performedAt: at, pain })];
      await (await test.as(ana.userId)).logs.record({ opId: uuidv7(), practice, logs });
      return practice.id;
    };
    const open = async () => (await test.as(mira.userId)).flags.open({ patientId: ana.patientId });
    return { practise, open };
  }

  it('that is still there before the first practice of the next day makes one amber flag', async () => {
    const { practise, open } = await someone();
    await practise(26, 3, 5);
    expect(await open()).toEqual([]);
    const morning = await practise(2, 4, 3);
    await practise(1, 4, 3);
    expect(await open()).toMatchObject([{ severity: 'amber', rule: 'not_settled', sourceId: morning }]);
  });

  it.each([
    ['had settled', 26, 5, 3],
    ['was not asked about', 26, 5, null],
    ['was green the day before', 26, 3, 4],
    ['was two days ago', 50, 5, 4],
  ])('that %s makes none', async (_what, hoursAgo, pain, painBefore) => {
    const { practise, open } = await someone();
    await practise(hoursAgo, 3, pain);
    await practise(2, painBefore, 3);
    expect(await open()).toEqual([]);
  });
});

describe('a correction', () => {
  const correct = (log: Log, over: Partial<Log>) => {
    const correction = { ...log, id: uuidv7(), supersedesId: log.id, correctionReason: 'Mistyped', ...over };
    return { correction, sent: record(correction) };
  };

  it('with the same pain raises nothing again; with worse pain it does', async () => {
    const log = aLog(second, { pain: 7 });
    await record(log);
    const before = (await flags()).length;
    const same = correct(log, { comment: 'After gardening' });
    expect((await same.sent).zones).toEqual(['red']);
    expect(await flags()).toHaveLength(before);
    expect((await correct(same.correction, { pain: 9 }).sent).zones).toEqual(['urgent']);
    expect(await flags()).toHaveLength(before + 1);
  });

  it('of two at once, one is kept and the other hears of it', async () => {
    const log = aLog(second, { pain: 1 });
    await record(log);
    const results = await Promise.allSettled([correct(log, { pain: 2 }).sent, correct(log, { pain: 3 }).sent]);
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const refusal = results.find((result) => result.status === 'rejected');
    expect(refusal?.reason).toMatchObject({ code: 'CONFLICT', message: 'changed_meanwhile' });
  });

  it('is of one’s own log and of the same lineage', async () => {
    const log = aLog(second);
    await record(log);
    const theirs = await otherProgram();
    const stolen = aLog(theirs, { supersedesId: log.id, correctionReason: 'x' });
    const other = await test.as(cast.other.userId);
    await expect(other.logs.record({ opId: uuidv7(), practice: null, logs: [stolen] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(correct(log, { supersedesId: uuidv7() }).sent).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the history', () => {
  it('comes in pages that meet', async () => {
    const other = await test.as(cast.other.userId);
    const theirs = await otherProgram();
    const performedAt = test.clock.nowMs - 86_400_000;
    const sent = Array.from({ length: 60 }, (_, n) => aLog(theirs, { performedAt: performedAt - Math.floor(n / 7) }));
    for (const part of [0, 20, 40])
      await other.logs.record({ opId: uuidv7(), practice: null, logs: sent.slice(part, part + 20) });
    const of = { patientId: cast.other.patientId };
    const seen: string[] = [];
    let cursor: Awaited<ReturnType<typeof other.logs.ofPatient>>['nextCursor'] | undefined;
    do {
      const page = await other.logs.ofPatient({ ...of, cursor });
      seen.push(...page.logs.map((one) => one.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(seen.length);
    expect(sent.every((one) => seen.includes(one.id))).toBe(true);
  });

  it('and the flags are not there for strangers, and nobody writes signed out', async () => {
    const { patientId } = cast.ana;
    const log = { opId: uuidv7(), practice: null, logs: [aLog(second)] };
    const resolve = { patientId, flagId: (await flags())[0]?.id ?? '', resolution: 'x' };
    for (const userId of [
      cast.colleague.userId,
      cast.outsider.userId,
      cast.other.userId,
      cast.outsiderPatient.userId,
      cast.admin.userId,
    ]) {
      const stranger = await test.as(userId);
      for (const call of [
        () => stranger.logs.ofPatient({ patientId }),
        () => stranger.logs.trends({ patientId, days: 7 }),
        () => stranger.logs.record(log),
        () => stranger.flags.open({ patientId }),
        () => stranger.flags.resolve(resolve),
      ])
        await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const ana = await test.as(cast.ana.userId);
    await expect(ana.flags.resolve(resolve)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const mira = await test.as(cast.mira.userId);
    await expect(mira.logs.record(log)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const nobody = await test.as(null);
    await expect(nobody.logs.record(log)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    await expect(nobody.flags.resolve(resolve)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect((await flags()).some((flag) => flag.id === resolve.flagId)).toBe(true);
  });
});

describe('a flag', () => {
  it('is closed once, with what was done about it in words', async () => {
    await record(aLog(second, { pain: 8 }));
    const mira = await test.as(cast.mira.userId);
    const flag = (await flags())[0];
    const resolve = { patientId: cast.ana.patientId, flagId: flag?.id ?? '' };
    await expect(mira.flags.resolve({ ...resolve, resolution: '  ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await mira.flags.resolve({ ...resolve, resolution: 'Rang Ana' });
    await expect(mira.flags.resolve({ ...resolve, resolution: 'Again' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
