import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { makeStaff } from '#db/factories/people';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { insertEmergency } from '#db/queries/people/emergency';
import { insertFlag } from '#db/queries/practice/flags';
import { listHeldStops } from '#db/queries/practice/stops';
import { seedLibrary } from '#db/seed/library';
import { logFromPrescription, type Practice } from '#domain/practice/log';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
let cast: Cast;
let program: MadeProgram;

beforeEach(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const { clinicId, ana, mira } = cast;
    const whose = { clinicId, patientId: ana.patientId, episodeId: ana.episodeId, publishedBy: mira.userId };
    const exercises = [{ slug: 'tendon-glides' }];
    return yield* makeProgram(d, { ...whose, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
});

const ana = () => ({ patientId: cast.ana.patientId });
const mira = () => test.as(cast.mira.userId);
const caution = async () => (await mira()).flags.caution(ana());
const held = () =>
  test.app.database.read((d) => listHeldStops(d, { clinicId: cast.clinicId, patientId: cast.ana.patientId }));

async function anaSays(said: Partial<SaySymptoms>) {
  const check: SaySymptoms = {
    ...{ opId: uuidv7(), checkId: uuidv7(), occasion: 'it_hurts', place: 'today', subjectId: null, lineageId: null },
    ...{ saidAt: test.clock.nowMs, pain: null, redFlags: null, shown: null },
    ...said,
  };
  await (await test.as(cast.ana.userId)).symptoms.say(check);
  return check;
}

/** A sitting whose pain is said once, as the log sheet sends it: with the sitting and with its only log. */
async function anaPractises(pain: number) {
  const log = { ...aLog(pain), practiceId: uuidv7() };
  const { performedAt, performedTimeZone } = log;
  const startedAt = performedAt - MINUTE_MS;
  const practice: Practice = {
    ...{ id: log.practiceId, startedAt, endedAt: performedAt, localOn: localDay(startedAt, performedTimeZone) },
    ...{ slot: null, painBefore: null, painAfter: pain, effort: null, device: null },
  };
  await (await test.as(cast.ana.userId)).logs.record({ opId: uuidv7(), practice, logs: [log] });
  return { log };
}

function aLog(pain: number) {
  const [prescription] = program.prescriptions;
  if (!prescription) throw new Error('the program has its exercise');
  const performed = { performedAt: test.clock.nowMs - MINUTE_MS, performedTimeZone: 'Europe/London' };
  const dated = { id: uuidv7(), practiceId: null, ...performed, source: 'quick' as const };
  const made = logFromPrescription({
    ...dated,
    prescription: { ...prescription, programVersionId: program.versionId },
  });
  return { ...made, pain };
}

async function anaLogs(pain: number) {
  const log = aLog(pain);
  await (await test.as(cast.ana.userId)).logs.record({ opId: uuidv7(), practice: null, logs: [log] });
  return log;
}

async function theFlag() {
  const [flag] = await (await mira()).flags.open(ana());
  if (!flag) throw new Error('a flag is open');
  return flag;
}

/** Somebody of the clinic who broke the glass. */
async function inEmergency() {
  const { membershipId, userId } = await test.app.database.write(function* (d) {
    const staff = yield* makeStaff(d, { clinicId: cast.clinicId, name: 'Ivo Petrov' });
    const hour = { reason: 'Rings', fromAt: test.clock.nowMs - 1, toAt: test.clock.nowMs + HOUR_MS };
    yield* insertEmergency(d, {
      id: uuidv7(),
      clinicId: cast.clinicId,
      ...ana(),
      ...hour,
      membershipId: staff.membershipId,
    });
    return staff;
  });
  expect(membershipId).not.toBe('');
  return test.as(userId);
}

describe('the caseload', () => {
  const row = async () => {
    const { rows } = await (await mira()).caseload.mine({ search: '' });
    return rows.find(({ patientId }) => patientId === cast.ana.patientId);
  };

  it('says which flag it is', async () => {
    await anaSays({ redFlags: ['hot_joint', 'colour_or_cold'] });
    expect((await row())?.reasons[0]).toMatchObject({
      ...{ rule: 'urgent_flag', key: 'attention.flag.red_flags', sign: 'colour_or_cold' },
      values: { more: 1, back: 'no' },
    });
  });

  it('knows no pain that was corrected, and the flag keeps both numbers', async () => {
    const { log } = await anaPractises(7);
    expect(await row()).toMatchObject({ worstPain7Days: 7, reasons: [{ rule: 'red_flag' }, { rule: 'pain_red' }] });
    const corrected = { ...log, id: uuidv7(), supersedesId: log.id, pain: 4, correctionReason: 'A slip' };
    await (await test.as(cast.ana.userId)).logs.record({ opId: uuidv7(), practice: null, logs: [corrected] });
    const after = await row();
    expect(after?.worstPain7Days).toBe(4);
    expect(after?.pain.at(-1)).toBe(4);
    expect(after?.reasons).toMatchObject([
      { rule: 'red_flag', key: 'attention.flag.pain', values: { pain: 7, back: 'corrected', corrected: 4 } },
      { rule: 'pain_amber', values: { pain: 4 } },
    ]);
    const [trend] = await (await mira()).logs.trends({ ...ana(), days: 7 });
    expect(trend).toMatchObject({ lineageId: log.lineageId, pain: [{ value: 4 }] });
  });
});

describe('an open flag', () => {
  it('says the answer, its exercise, what it stopped, and keeps both numbers', async () => {
    const log = await anaLogs(7);
    expect(await theFlag()).toMatchObject({
      ...{ pain: 7, sourceKind: 'log', sourceId: log.id, saidIn: null },
      exercise: { name: 'Tendon glides', side: 'right' },
      stops: [{ severity: 'red', lineageId: log.lineageId, exercise: { name: 'Tendon glides' }, liftedAt: null }],
      ...{ correctedPain: null, notes: [] },
    });
    const corrected = { ...log, id: uuidv7(), supersedesId: log.id, pain: 4, correctionReason: 'A slip' };
    await (await test.as(cast.ana.userId)).logs.record({ opId: uuidv7(), practice: null, logs: [corrected] });
    expect(await theFlag()).toMatchObject({
      ...{ pain: 7, correctedPain: 4 },
      stops: [{ liftedFor: 'slip' }],
    });
  });

  it('says where “It hurts” was said, and that everything is stopped by a red-flag answer', async () => {
    const visitId = uuidv7();
    await anaSays({ place: 'player', subjectId: visitId, redFlags: ['colour_or_cold'] });
    expect(await theFlag()).toMatchObject({
      ...{ severity: 'urgent', redFlags: ['colour_or_cold'], exercise: null },
      saidIn: { place: 'player', subjectId: visitId },
      stops: [{ severity: 'urgent', lineageId: null, exercise: null }],
    });
  });

  it('stays open with what was done about it', async () => {
    await anaSays({});
    const { id: flagId } = await theFlag();
    await (await mira()).flags.note({ ...ana(), flagId, text: ' Rang, no answer ' });
    test.clock.nowMs += MINUTE_MS;
    await (await mira()).flags.note({ ...ana(), flagId, text: 'Rang again' });
    const by = { byName: 'Mira Solberg' };
    expect(await theFlag()).toMatchObject({
      id: flagId,
      notes: [
        { text: 'Rang, no answer', ...by },
        { text: 'Rang again', ...by },
      ],
    });
    const empty = (await mira()).flags.note({ ...ana(), flagId, text: '  ' });
    await expect(empty).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });

  it('of an earlier release has no answer, and is there all the same', async () => {
    const flag = {
      kind: 'colour_or_cold',
      severity: 'urgent' as const,
      rule: 'red_flag',
      policyVersion: 1,
      raisedAt: 1,
    };
    const source = { sourceKind: 'check_in' as const, sourceId: uuidv7() };
    await test.app.database.write((d) =>
      insertFlag(d, { id: uuidv7(), clinicId: cast.clinicId, ...ana(), ...flag, ...source }),
    );
    expect(await theFlag()).toMatchObject({ redFlags: null, pain: null, saidAt: null, stops: [], notes: [] });
  });
});

describe('closing a flag', () => {
  it('lets practice go on only where that is said', async () => {
    await anaLogs(9);
    const { id: flagId } = await theFlag();
    const done = { ...ana(), flagId, resolution: 'Rang: it was the splint' };
    await (await mira()).flags.resolve({ ...done, practice: 'goes_on' });
    expect([await held(), (await caution()).held]).toEqual([[], []]);
    await expect((await mira()).flags.resolve(done)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([['stays_stopped' as const], [undefined]])('leaves it stopped otherwise (%s)', async (practice) => {
    await anaLogs(9);
    const { id: flagId } = await theFlag();
    await (await mira()).flags.resolve({ ...ana(), flagId, resolution: 'Sees the surgeon today', practice });
    expect(await held()).toHaveLength(1);
    expect((await caution()).held).toMatchObject([
      {
        ...{ lineageId: null, severity: 'urgent' },
        flag: { pain: 9, resolution: 'Sees the surgeon today', closedByName: 'Mira Solberg' },
      },
    ]);
  });

  it('frees what this flag stopped and nothing else', async () => {
    await anaSays({ redFlags: ['infection'] });
    const { id: first } = await theFlag();
    test.clock.nowMs += MINUTE_MS;
    await anaSays({ redFlags: ['hot_joint'] });
    await (await mira()).flags.resolve({ ...ana(), flagId: first, resolution: 'x', practice: 'goes_on' });
    const { id: second } = await theFlag();
    expect((await held()).map((stop) => stop.flagId)).toEqual([second]);
  });
});

describe('what stays stopped', () => {
  async function stayedStopped() {
    await anaSays({ redFlags: ['infection'] });
    const { id: flagId } = await theFlag();
    await (await mira()).flags.resolve({ ...ana(), flagId, resolution: 'x', practice: 'stays_stopped' });
    const [stop] = (await caution()).held;
    if (!stop) throw new Error('it stays stopped');
    return { stopId: stop.id, flagId };
  }

  it('goes on when the team says so and why', async () => {
    const { stopId } = await stayedStopped();
    const lift = { ...ana(), stopId, reason: 'The wound is dry' };
    await expect((await mira()).flags.liftStop({ ...lift, reason: ' ' })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    await (await mira()).flags.liftStop(lift);
    expect([await held(), (await caution()).held]).toEqual([[], []]);
    await expect((await mira()).flags.liftStop(lift)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('has to have its flag answered first', async () => {
    await anaSays({ redFlags: ['infection'] });
    const [stop] = await held();
    const lift = (await mira()).flags.liftStop({ ...ana(), stopId: stop?.id ?? '', reason: 'x' });
    await expect(lift).rejects.toMatchObject({ code: 'CONFLICT', message: 'flag_open' });
    expect(await held()).toHaveLength(1);
  });

  it('stays so by somebody who broke the glass: they note and close', async () => {
    await anaSays({ redFlags: ['infection'] });
    const flagId = (await theFlag()).id;
    const ivo = await inEmergency();
    expect((await ivo.flags.caution(ana())).may).toEqual({ note: true, take: true, resolve: true, lift: false });
    await ivo.flags.note({ ...ana(), flagId, text: 'Rang' });
    const done = { ...ana(), flagId, resolution: 'Sent to A&E' };
    await expect(ivo.flags.resolve({ ...done, practice: 'goes_on' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await ivo.flags.resolve({ ...done, practice: 'stays_stopped' });
    const [stop] = await held();
    const lift = ivo.flags.liftStop({ ...ana(), stopId: stop?.id ?? '', reason: 'x' });
    await expect(lift).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await held()).toHaveLength(1);
  });
});

describe('beside the flags', () => {
  it('stand the number, the precautions of what is open, and what one may do', async () => {
    const { episodes } = await (await mira()).patients.get(ana());
    const [episode] = episodes;
    if (!episode) throw new Error('Ana has a hand problem');
    const { side, injuryOn, surgeryOn, conditionText: condition } = episode;
    const change = { condition, side, injuryOn, surgeryOn, precautions: 'No resistance before 8 January' };
    await (await mira()).patients.editEpisode({ ...ana(), episodeId: episode.id, ...change });
    expect(await caution()).toMatchObject({
      name: 'Ana Duarte',
      may: { note: true, take: true, resolve: true, lift: true },
      precautions: [{ id: episode.id, text: 'No resistance before 8 January' }],
      held: [],
    });
  });

  it('nothing is for strangers, nor for the patient', async () => {
    await anaSays({ redFlags: ['infection'] });
    const [flag, [stop]] = [await theFlag(), await held()];
    const strangers = [cast.colleague, cast.admin, cast.outsider, cast.other, cast.ana];
    for (const { userId } of strangers) {
      const stranger = await test.as(userId);
      for (const asked of [
        () => stranger.flags.open(ana()),
        () => stranger.flags.caution(ana()),
        () => stranger.flags.note({ ...ana(), flagId: flag.id, text: 'x' }),
        () => stranger.flags.resolve({ ...ana(), flagId: flag.id, resolution: 'x', practice: 'goes_on' }),
        () => stranger.flags.liftStop({ ...ana(), stopId: stop?.id ?? '', reason: 'x' }),
      ])
        await expect(asked()).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    const colleague = await test.as(cast.colleague.userId);
    const other = { patientId: cast.other.patientId };
    // With the right to another patient and the ids of Ana's.
    await expect(colleague.flags.note({ ...other, flagId: flag.id, text: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const lift = colleague.flags.liftStop({ ...other, stopId: stop?.id ?? '', reason: 'x' });
    await expect(lift).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect([(await theFlag()).notes, await held()]).toMatchObject([[], [{ liftedAt: null }]]);
  });
});
