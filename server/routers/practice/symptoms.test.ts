import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { seedLibrary } from '#db/seed/library';
import type { DayPack } from '#domain/practice/day-pack';
import { type Log, logFromPrescription, type Practice } from '#domain/practice/log';
import { heldStops } from '#domain/practice/said';
import type { AmendSymptoms, SaySymptoms } from '#domain/practice/symptom-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let made: MadeProgram;

beforeAll(() => test.app.database.write((d) => seedLibrary(d, { nowMs: test.clock.nowMs })));
beforeEach(async () => {
  cast = await makeCast(test.app);
  made = await test.app.database.write((d) =>
    makeProgram(d, {
      clinicId: cast.clinicId,
      patientId: cast.ana.patientId,
      episodeId: cast.ana.episodeId,
      publishedBy: cast.mira.userId,
      exercises: [{ slug: 'tendon-glides' }, { slug: 'full-fist-and-open' }],
      at: test.clock.nowMs - DAY_MS,
      on: '2026-11-20',
    }),
  );
});

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const flags = async () => (await mira()).flags.open({ patientId: cast.ana.patientId });

async function pack(): Promise<DayPack> {
  const answer = await (await ana()).practice.dayPack({ revision: null });
  if (answer.unchanged) throw new Error('the first pack is sent');
  return answer.pack;
}

const NOTHING = { said: [], amended: [], painsBefore: [], mornings: [] };
/** What a phone that knows only what the clinic knows holds back. */
const held = async () => heldStops(await pack(), NOTHING).map(({ lineageId, severity }) => ({ lineageId, severity }));

function exercise(n = 0) {
  const one = made.prescriptions[n];
  if (!one) throw new Error('the program has its exercises');
  return one;
}

function aCheck(over: Partial<SaySymptoms> = {}): SaySymptoms {
  return {
    opId: uuidv7(),
    checkId: uuidv7(),
    occasion: 'it_hurts',
    place: 'player',
    subjectId: null,
    lineageId: exercise().lineageId,
    saidAt: test.clock.nowMs,
    pain: null,
    redFlags: null,
    shown: null,
    ...over,
  };
}

const say = async (over: Partial<SaySymptoms> = {}) => {
  const check = aCheck(over);
  await (await ana()).symptoms.say(check);
  return check;
};
const sayInTheMorning = (pain: number | null) => say({ occasion: 'morning', place: 'today', lineageId: null, pain });

const amend = async (checkId: string, change: AmendSymptoms['change'], saidAt = test.clock.nowMs) =>
  (await ana()).symptoms.amend({ opId: uuidv7(), checkId, saidAt, change });
const slip = (pain: number | null = null) => ({ kind: 'slip' as const, pain, shown: null });

type Around = { painBefore?: number | null; painAfter?: number | null };

function aSitting(pain: number | null, { painBefore = null, painAfter = null }: Around = {}, more: Partial<Log> = {}) {
  const performedAt = test.clock.nowMs - MINUTE_MS;
  const practiceId = uuidv7();
  const log = logFromPrescription({
    id: uuidv7(),
    practiceId,
    prescription: { ...exercise(), programVersionId: made.versionId },
    performedAt,
    performedTimeZone: 'Europe/London',
    source: 'quick',
  });
  const localOn = localDay(performedAt, 'Europe/London');
  const times = { localOn, startedAt: performedAt - MINUTE_MS, endedAt: performedAt };
  const practice: Practice = {
    id: practiceId,
    ...times,
    slot: null,
    painBefore,
    painAfter,
    effort: null,
    device: null,
  };
  return { practice, log: { ...log, pain, ...more } };
}

async function record(pain: number | null, around: Around = {}, more: Partial<Log> = {}) {
  const { practice, log } = aSitting(pain, around, more);
  const answer = await (await ana()).logs.record({ opId: uuidv7(), practice, logs: [log] });
  return { ...answer, log, practice };
}

async function correct(log: Log, pain: number, saidAt: number) {
  test.clock.nowMs = saidAt;
  const instead = { ...log, id: uuidv7(), pain, saidAt, supersedesId: log.id, correctionReason: 'slip' };
  await (await ana()).logs.record({ opId: uuidv7(), practice: null, logs: [instead] });
}

describe('one judgement', () => {
  it('takes the usual pain of strictly before the sitting: 1 before and 4 after is amber here and on the phone', async () => {
    const { zones } = await record(4, { painBefore: 1 });
    expect(zones).toEqual(['amber']);
    expect(await flags()).toEqual([]);
    expect((await pack()).painsBefore.map(({ painBefore }) => painBefore)).toEqual([1]);
  });

  it('takes what was said before other sittings, not before this one', async () => {
    await record(1, { painBefore: 1 });
    test.clock.nowMs += DAY_MS;
    const { zones } = await record(4, { painBefore: 4 });
    expect(zones).toEqual(['red']);
    expect(await flags()).toContainEqual(expect.objectContaining({ rule: 'red_rise', kind: 'pain', pain: 4 }));
  });

  it('raises what the phone showed where that is worse, and keeps what it showed', async () => {
    await record(2, {}, { shown: { zone: 'red', policyVersion: 1 }, saidAt: test.clock.nowMs });
    expect(await flags()).toMatchObject([{ severity: 'red', rule: 'shown_on_device', pain: 2 }]);
    expect(await held()).toEqual([{ lineageId: exercise().lineageId, severity: 'red' }]);
  });

  it('keeps its own where the phone showed less', async () => {
    await record(7, {}, { shown: { zone: 'green', policyVersion: 1 }, saidAt: test.clock.nowMs });
    expect(await flags()).toMatchObject([{ severity: 'red', rule: 'red_from' }]);
  });

  it('counts one pain that a phone sent twice once, and a correction leaves nothing of it behind', async () => {
    const { log } = await record(7, { painAfter: 7 });
    expect(await flags()).toHaveLength(1);
    await correct(log, 4, test.clock.nowMs + HOUR_MS);
    const { rows } = await (await mira()).caseload.mine({ search: '' });
    expect(rows.find((row) => row.patientId === cast.ana.patientId)).toMatchObject({ worstPain7Days: 4 });
  });

  it('judges pain before practice, too', async () => {
    await record(null, { painBefore: 8 });
    expect(await flags()).toMatchObject([{ severity: 'urgent', kind: 'pain_before', pain: 8 }]);
    expect(await held()).toEqual([{ lineageId: null, severity: 'urgent' }]);
  });
});

describe('a stop', () => {
  it('of red pain is of the exercise, of urgent pain and red flags of everything', async () => {
    await record(7);
    expect(await held()).toEqual([{ lineageId: exercise().lineageId, severity: 'red' }]);
    await say({ occasion: 'red_flags', place: 'today', lineageId: null, redFlags: ['infection'] });
    expect(await held()).toContainEqual({ lineageId: null, severity: 'urgent' });
    expect(await flags()).toContainEqual(expect.objectContaining({ kind: 'infection', redFlags: ['infection'] }));
  });

  it('of red pain ends by a later morning that is not amber; no answer, an amber one and the same day hold it', async () => {
    await record(7);
    await sayInTheMorning(1);
    expect(await held()).toHaveLength(1);
    test.clock.nowMs += DAY_MS;
    await sayInTheMorning(null);
    expect(await held()).toHaveLength(1);
    await sayInTheMorning(4);
    test.clock.nowMs += HOUR_MS;
    await sayInTheMorning(1);
    expect(await held()).toHaveLength(1);
    test.clock.nowMs += DAY_MS;
    await sayInTheMorning(1);
    expect(await held()).toEqual([]);
  });

  it('of urgent pain outlasts every morning', async () => {
    await record(9);
    for (let day = 0; day < 3; day++) {
      test.clock.nowMs += DAY_MS;
      await sayInTheMorning(0);
    }
    expect(await held()).toEqual([{ lineageId: null, severity: 'urgent' }]);
  });

  it('that arrives after the morning that ended it holds nothing', async () => {
    const { practice, log } = aSitting(7);
    test.clock.nowMs += DAY_MS;
    await sayInTheMorning(1);
    await (await ana()).logs.record({ opId: uuidv7(), practice, logs: [log] });
    expect(await flags()).toHaveLength(1);
    expect(await held()).toEqual([]);
  });

  it('is lifted where the log was a slip said within ten minutes; its flag keeps both numbers', async () => {
    const { log } = await record(9, {}, { saidAt: test.clock.nowMs });
    expect(await held()).toHaveLength(1);
    const saidAt = test.clock.nowMs + 10 * MINUTE_MS;
    await correct(log, 2, saidAt);
    expect(await held()).toEqual([]);
    expect(await flags()).toMatchObject([{ severity: 'urgent', pain: 9, correctedPain: 2, takenBackAt: saidAt }]);
  });

  it('stays where it is taken back later', async () => {
    const { log } = await record(9, {}, { saidAt: test.clock.nowMs });
    await correct(log, 2, test.clock.nowMs + 10 * MINUTE_MS + 1);
    expect(await held()).toEqual([{ lineageId: null, severity: 'urgent' }]);
    expect(await flags()).toMatchObject([{ pain: 9, correctedPain: 2 }]);
  });
});

describe('"It hurts"', () => {
  it('is red without a number, can be said again the same day, and sent again is the same', async () => {
    const first = await say();
    await (await ana()).symptoms.say(first);
    await say();
    const hurts = { kind: 'it_hurts', severity: 'red', rule: 'it_hurts', sourceKind: 'symptom_check', pain: null };
    expect(await flags()).toMatchObject([hurts, hurts]);
  });

  it('with its number is no second flag, and is made worse by it, never milder', async () => {
    const mild = await say();
    await amend(mild.checkId, { kind: 'pain', pain: 2, shown: null });
    expect(await flags()).toMatchObject([{ severity: 'red', pain: 2 }]);
    const bad = await say({ lineageId: exercise(1).lineageId });
    await amend(bad.checkId, { kind: 'pain', pain: 9, shown: null });
    expect(await flags()).toHaveLength(2);
    expect(await flags()).toContainEqual(expect.objectContaining({ severity: 'urgent', pain: 9, rule: 'urgent_from' }));
    expect(await held()).toContainEqual({ lineageId: null, severity: 'urgent' });
    await expect(amend(bad.checkId, { kind: 'pain', pain: 1, shown: null })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });

  it('whose flag was closed before its number came raises one more', async () => {
    const { checkId } = await say();
    const [flag] = await flags();
    const closed = { patientId: cast.ana.patientId, flagId: flag?.id ?? '', resolution: 'Rang' };
    await (await mira()).flags.resolve(closed);
    await amend(checkId, { kind: 'pain', pain: 9, shown: null });
    expect(await flags()).toMatchObject([{ severity: 'urgent', pain: 9, kind: 'pain_after' }]);
  });

  it('that was a slip frees what it stopped; the flag stays open and says so', async () => {
    const { checkId } = await say();
    await amend(checkId, slip());
    expect(await held()).toEqual([]);
    expect(await flags()).toMatchObject([{ kind: 'it_hurts', takenBackAt: test.clock.nowMs }]);
    await expect(amend(checkId, slip())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('said while a log is made is one flag with it, and a correction of the log is kept with that flag', async () => {
    const { practice, log } = aSitting(7, {}, { saidAt: test.clock.nowMs, state: 'partial', reason: 'pain' });
    const { checkId } = await say({ subjectId: log.id });
    await amend(checkId, { kind: 'pain', pain: 7, shown: null });
    await (await ana()).logs.record({ opId: uuidv7(), practice, logs: [log] });
    expect(await flags()).toHaveLength(1);
    await correct(log, 3, test.clock.nowMs + MINUTE_MS);
    expect(await flags()).toMatchObject([{ pain: 7, correctedPain: 3 }]);
    expect(await held()).toEqual([]);
  });

  it('is taken at its time however late it comes, and never of the future', async () => {
    const early = await say({ saidAt: test.clock.nowMs - 3 * DAY_MS });
    const ahead = await say({ saidAt: test.clock.nowMs + 3 * HOUR_MS });
    const at = new Map((await flags()).map((flag) => [flag.sourceId, flag.saidAt]));
    expect(at.get(early.checkId)).toBe(test.clock.nowMs - 3 * DAY_MS);
    expect(at.get(ahead.checkId)).toBe(test.clock.nowMs);
  });

  it('is nobody else’s to say, to amend, or to say of an exercise that is not the patient’s', async () => {
    const { checkId } = await say();
    for (const userId of [cast.mira.userId, cast.colleague.userId, cast.outsider.userId]) {
      const caller = await test.as(userId);
      await expect(caller.symptoms.say(aCheck())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const other = await test.as(cast.other.userId);
    const change = { opId: uuidv7(), checkId, saidAt: test.clock.nowMs, change: slip() };
    await expect(other.symptoms.amend(change)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(other.symptoms.say(aCheck())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(other.symptoms.say(aCheck({ checkId, lineageId: null }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect((await test.as(null)).symptoms.say(aCheck())).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
    expect(await flags()).toHaveLength(1);
  });
});

describe('red-flag answers', () => {
  it('said at the tick are not flagged again by the check-in that holds them; taken back, they are', async () => {
    const checkInId = uuidv7();
    const { checkId } = await say({
      occasion: 'red_flags',
      place: 'check_in',
      subjectId: checkInId,
      redFlags: ['colour_or_cold'],
    });
    const submit = async (id: string) =>
      (await ana()).checkIns.submit({
        opId: uuidv7(),
        checkInId: id,
        lineageId: null,
        question: '',
        answers: { v: 2, pain: 1, redFlags: ['colour_or_cold'] },
        clips: [],
        submittedAt: test.clock.nowMs,
      });
    expect(await submit(checkInId)).toMatchObject({ zone: 'urgent' });
    expect(await flags()).toHaveLength(1);
    await amend(checkId, slip());
    await submit(uuidv7());
    expect(await flags()).toHaveLength(2);
  });

  it('"None of these" is an answer and raises nothing', async () => {
    await say({ occasion: 'red_flags', place: 'log', redFlags: [] });
    expect(await flags()).toEqual([]);
  });

  it('are kept as they were said, several with one flag', async () => {
    await say({ occasion: 'red_flags', place: 'today', lineageId: null, redFlags: ['emergency_signs', 'hot_joint'] });
    expect(await flags()).toMatchObject([{ severity: 'urgent', redFlags: ['emergency_signs', 'hot_joint'] }]);
  });
});
