import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { type MadeProgram, makeProgram } from '#db/factories/program';
import { readRecordRows } from '#db/queries/people/erasures';
import { findLog, findPractice } from '#db/queries/practice/logs';
import { findSymptomCheck } from '#db/queries/practice/symptom-checks';
import { seedLibrary } from '#db/seed/library';
import { type Log, logFromPrescription, type Practice } from '#domain/practice/log';
import type { SaySymptoms } from '#domain/practice/symptom-check';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';

const test = openTestApp();
const YEAR_MS = 365 * DAY_MS;
let cast: Cast;
let program: MadeProgram;

beforeAll(async () => {
  cast = await makeCast(test.app);
  program = await test.app.database.write(function* (d) {
    yield* seedLibrary(d, { nowMs: test.clock.nowMs });
    const { patientId, episodeId } = cast.ana;
    const spec = { clinicId: cast.clinicId, patientId, episodeId, publishedBy: cast.mira.userId };
    const exercises = [{ slug: 'tendon-glides' }];
    return yield* makeProgram(d, { ...spec, exercises, at: test.clock.nowMs, on: '2026-11-20' });
  });
});

const ana = () => test.as(cast.ana.userId);
const mira = () => test.as(cast.mira.userId);
const now = () => test.clock.nowMs;
const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });

function aLog(over: Partial<Log> = {}): Log {
  const prescription = program.prescriptions[0];
  if (!prescription) throw new Error('the program has its exercise');
  const { id, lineageId, dose } = prescription;
  const made = logFromPrescription({
    id: uuidv7(),
    practiceId: null,
    prescription: { id, lineageId, programVersionId: program.versionId, dose },
    performedAt: now(),
    performedTimeZone: 'Europe/London',
    source: 'quick',
  });
  return { ...made, ...over };
}

function aSitting(over: Partial<Practice> = {}): Practice {
  const [startedAt, endedAt] = [now() - 10 * MINUTE_MS, now()];
  const answers = { painBefore: null, painAfter: null, effort: null, slot: null, device: null };
  return { id: uuidv7(), localOn: '2026-11-24', startedAt, endedAt, ...answers, ...over };
}

type Sent = Parameters<Awaited<ReturnType<typeof ana>>['logs']['record']>[0];
async function record(log: Log, more: Partial<Sent> = {}) {
  await (await ana()).logs.record({ opId: uuidv7(), practice: null, logs: [log], ...more });
  const row = await test.app.database.read((d) => findLog(d, { ...scope(), logId: log.id }));
  if (!row) throw new Error('it was stored');
  return row;
}

async function sit(practice: Practice, log: Partial<Log> = {}, more: Partial<Sent> = {}) {
  await record(aLog({ practiceId: practice.id, performedAt: practice.endedAt ?? practice.startedAt, ...log }), {
    practice,
    ...more,
  });
  const row = await test.app.database.read((d) => findPractice(d, { ...scope(), practiceId: practice.id }));
  if (!row) throw new Error('it was stored');
  return row;
}

const openFlags = async () => (await mira()).flags.open({ patientId: cast.ana.patientId });

describe('what a phone with a wrong clock reports', () => {
  it.each([
    ['six minutes ahead', 6 * MINUTE_MS],
    ['a year ahead', YEAR_MS],
    ['twenty years behind', -20 * YEAR_MS],
  ])('%s arrives, is triaged at once, carries both times, and is marked for the clinician', async (_, offMs) => {
    const said = now() + offMs;
    const log = aLog({ performedAt: said, saidAt: said, pain: 9 });
    expect(await record(log)).toMatchObject({
      performedAt: now(),
      devicePerformedAt: said,
      saidAt: now(),
      deviceSaidAt: said,
      localOn: localDay(now(), 'Europe/London'),
    });
    const flag = (await openFlags()).find((one) => one.sourceId === log.id);
    expect(flag).toMatchObject({ severity: 'urgent', saidAt: now(), deviceSaidAt: said });
    const shown = await (await mira()).logs.ofPatient({ patientId: cast.ana.patientId });
    expect(shown.logs.find((one) => one.id === log.id)).toMatchObject({ devicePerformedAt: said });
    await (await ana()).logs.remove({ opId: uuidv7(), logId: log.id, reason: 'other', saidAt: said });
  });

  it('stands with both times in a copy of the record', async () => {
    const said = now() + YEAR_MS;
    const { id } = await record(aLog({ performedAt: said }));
    const tables = await test.app.database.read((d) => readRecordRows(d, scope(), 'patient'));
    const [row] = Object.values(tables).flatMap((rows) => rows.filter((one) => 'id' in one && one.id === id));
    expect(row).toMatchObject({ performedAt: now(), devicePerformedAt: said });
  });

  it('at zero arrives too', async () => {
    const row = await sit(aSitting({ localOn: '1970-01-01', startedAt: 0, endedAt: 10 * MINUTE_MS }));
    expect(row).toMatchObject({
      localOn: '2026-11-24',
      startedAt: now() - 10 * MINUTE_MS,
      endedAt: now(),
      deviceStartedAt: 0,
      deviceEndedAt: 10 * MINUTE_MS,
    });
  });

  it('whose end lies before its start arrives with its duration unknown', async () => {
    const row = await sit(aSitting({ startedAt: now() - MINUTE_MS, endedAt: now() - 3 * MINUTE_MS }));
    expect(row).toMatchObject({
      startedAt: now() - 3 * MINUTE_MS,
      endedAt: null,
      deviceStartedAt: now() - MINUTE_MS,
      deviceEndedAt: now() - 3 * MINUTE_MS,
    });
  });

  it('whose clock was set right in the middle has an unknown duration, not one of a year', async () => {
    const row = await sit(aSitting({ startedAt: now() - 50 * DAY_MS }));
    expect(row).toMatchObject({ startedAt: now(), endedAt: null });
  });

  it('is of the day on which it was done where the device knew how wrong it is, days later too', async () => {
    const clock = { offsetMs: -YEAR_MS, isMeasured: true };
    const doneAt = now() - 2 * DAY_MS;
    const row = await record(aLog({ performedAt: doneAt }), { clock });
    expect(row).toMatchObject({ performedAt: doneAt, devicePerformedAt: doneAt + YEAR_MS, localOn: '2026-11-22' });
  });

  it('is put right by what the request says of the device’s clock where it knew nothing', async () => {
    const caller = await test.as(cast.ana.userId, { sendingOffsetMs: -HOUR_MS });
    const log = aLog({ performedAt: now() - 2 * HOUR_MS + HOUR_MS });
    await caller.logs.record({ opId: uuidv7(), practice: null, logs: [log] });
    const row = await test.app.database.read((d) => findLog(d, { ...scope(), logId: log.id }));
    expect(row).toMatchObject({ performedAt: now() - 2 * HOUR_MS, devicePerformedAt: now() - HOUR_MS });
  });

  it('corrected later keeps the time that was put right', async () => {
    const clock = { offsetMs: -HOUR_MS, isMeasured: true };
    const first = aLog({ performedAt: now() - MINUTE_MS, saidAt: now() - MINUTE_MS, pain: 2 });
    const stored = await record(first, { clock });
    const fix = { id: uuidv7(), supersedesId: first.id, correctionReason: 'mistyped', pain: 3 };
    // By the phone, which knows its own entry, and by a page that read it from the server.
    const again = await record({ ...first, ...fix, saidAt: now() }, { clock });
    expect(again).toMatchObject({ performedAt: stored.performedAt, devicePerformedAt: stored.devicePerformedAt });
    const more = { ...fix, id: uuidv7(), supersedesId: again.id, saidAt: now() };
    expect(await record({ ...first, performedAt: again.performedAt, ...more })).toMatchObject({
      performedAt: stored.performedAt,
      devicePerformedAt: stored.devicePerformedAt,
    });
  });
});

describe('what hurts, from a phone with a wrong clock', () => {
  const check = (over: Partial<SaySymptoms> = {}): SaySymptoms => ({
    opId: uuidv7(),
    checkId: uuidv7(),
    occasion: 'it_hurts',
    place: 'today',
    subjectId: null,
    lineageId: null,
    saidAt: now(),
    pain: null,
    redFlags: null,
    shown: null,
    ...over,
  });
  const find = (checkId: string) => test.app.database.read((d) => findSymptomCheck(d, { ...scope(), checkId }));
  const stopsOf = async (checkId: string) =>
    (await openFlags()).find((flag) => flag.sourceId === checkId)?.stops.map(({ liftedFor }) => liftedFor);

  it.each([0, Date.UTC(2031, 4, 3), -62_135_596_800_000])(
    'is flagged at once, whatever it says: %i',
    async (saidAt) => {
      const said = check({ saidAt });
      await (await ana()).symptoms.say(said);
      expect(await find(said.checkId)).toMatchObject({ saidAt: now(), deviceSaidAt: saidAt });
      expect(await stopsOf(said.checkId)).toEqual([null]);
    },
  );

  it('taken back within minutes by the same clock frees, after an hour of that clock it does not', async () => {
    for (const [afterMs, liftedFor] of [
      [5 * MINUTE_MS, 'slip'],
      [HOUR_MS, null],
    ] as const) {
      const said = check({ saidAt: now() + YEAR_MS });
      await (await ana()).symptoms.say(said);
      const saidAt = now() + YEAR_MS + afterMs;
      const change = { kind: 'slip' as const, pain: 1, shown: null };
      await (await ana()).symptoms.amend({ opId: uuidv7(), checkId: said.checkId, saidAt, change });
      expect(await stopsOf(said.checkId)).toEqual([liftedFor]);
    }
  });

  it('a check-in with a red flag is in the queue, promised from its receipt', async () => {
    const submittedAt = now() + 6 * MINUTE_MS;
    const checkInId = uuidv7();
    const answers = { v: 2 as const, pain: 2, redFlags: ['infection' as const] };
    const sent = { opId: uuidv7(), checkInId, lineageId: null, question: '', answers, clips: [], submittedAt };
    expect(await (await ana()).checkIns.submit(sent)).toMatchObject({ zone: 'urgent' });
    expect((await openFlags()).some((flag) => flag.sourceId === checkInId)).toBe(true);
    const list = await (await mira()).checkIns.ofPatient({ patientId: cast.ana.patientId });
    expect(list.find((one) => one.id === checkInId)).toMatchObject({
      submittedAt: now(),
      deviceSubmittedAt: submittedAt,
    });
  });

  it('is refused where it is no time at all', async () => {
    for (const saidAt of [Number.NaN, 1.5, 9e15])
      await expect((await ana()).symptoms.say(check({ saidAt }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  });
});
