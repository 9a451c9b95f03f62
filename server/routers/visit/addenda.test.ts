import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { listMarks } from '#db/factories/reads';
import { stroke } from '#db/factories/strokes';
import { findVisitSurface } from '#db/queries/annotation/surfaces';
import { insertConsent } from '#db/queries/people/patients';
import { listOpenFlags } from '#db/queries/practice/flags';
import type { OperationEnvelope } from '#domain/annotation/operation';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import type { Cue } from '#domain/visit/cue';
import { rebuildMarks } from '#server/acts/annotation/projection';
import { readExport } from '#server/acts/people/export';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;
let visitId: string;
/** A mark of Mira's, drawn and stored in the visit. */
let own: string;
let openedAt: number;

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);
const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });

/** A visit of half an hour that Mira has ended. */
beforeEach(async () => {
  cast = await makeCast(test.app);
  const asked = { patientId: cast.ana.patientId, startsAt: null, durationMinutes: 30, kind: 'review' as const };
  ({ visitId } = await book(await mira(), asked));
  const said = { visitId, locationText: 'At home', presentOthers: null };
  await (await mira()).visits.join(said);
  const { participantId } = await (await ana()).visits.join(said);
  await (await mira()).visits.admit({ visitId, participantId });
  openedAt = test.clock.nowMs;
  own = await drawn(mira);
  test.clock.nowMs += 30 * MINUTE_MS;
  await (await mira()).visits.end({ visitId });
});

const send = async (who: typeof mira, envelope: OperationEnvelope) =>
  (await who()).annotations.append({ visitId, envelope });

/** Drawn in the first minute, by the device's clock. */
async function drawn(who: typeof mira, tMs = openedAt + 1000): Promise<string> {
  const markId = uuidv7();
  await send(who, stroke(markId, tMs));
  return markId;
}

function remove(...markIds: string[]): OperationEnvelope {
  return { v: 1, opId: uuidv7(), lamport: 9, tMs: openedAt + 2000, op: { kind: 'remove', markIds } };
}

async function sign() {
  await (await mira()).notes.save({ visitId, body: 'Seen.' });
  await (await mira()).notes.sign({ visitId });
}

async function drawing() {
  const { marks, addenda } = await (await ana()).annotations.drawing({ visitId });
  return {
    marks: marks.map(({ mark }) => mark.markId),
    late: addenda.marks.map(({ entry }) => entry.mark.markId),
    removals: addenda.removals.map(({ entry }) => entry.mark.markId),
  };
}

async function rows() {
  return await test.app.database.read(function* (d) {
    const surface = yield* findVisitSurface(d, { ...scope(), visitId });
    return { surfaceId: surface?.id ?? '', marks: yield* listMarks(d, { surfaceId: surface?.id ?? '' }) };
  });
}

/** A hold of 60 seconds, ten times, from the first minute on. */
function aHold(): Cue {
  const pattern = { v: 1 as const, kind: 'hold' as const, holdSeconds: 60, restSeconds: 10, repetitions: 10 };
  return { cueId: uuidv7(), pattern, startsAtMs: openedAt, stoppedAtMs: null, lineageId: null };
}

describe('what was done in a visit and arrives within a day of its end', () => {
  it('belongs to its record', async () => {
    test.clock.nowMs += 23 * HOUR_MS;
    const late = await drawn(ana);
    expect(await drawing()).toEqual({ marks: [own, late], late: [], removals: [] });
    await send(mira, remove(own));
    expect(await drawing()).toEqual({ marks: [late], late: [], removals: [] });
    const { cueId } = aHold();
    await (await ana()).cues.start({ visitId, cue: { ...aHold(), cueId } });
    await (await ana()).cues.stop({ visitId, cueId, stoppedAtMs: openedAt + 90_000 });
    const record = await (await mira()).visitRecord.get({ visitId });
    expect(record.cues).toMatchObject([{ cueId, stoppedAtMs: openedAt + 90_000, result: { fullHolds: 1 } }]);
    expect(record.addenda).toEqual({ stills: [], cues: [], hurts: [], others: [] });
  });

  it('puts right a count that the end of the visit had settled, once', async () => {
    const cue = aHold();
    await (await ana()).cues.start({ visitId, cue });
    const first = { visitId, cueId: cue.cueId, stoppedAtMs: openedAt + 90_000 };
    expect((await (await ana()).cues.stop(first)).result.fullHolds).toBe(1);
    const again = await (await mira()).cues.stop({ ...first, stoppedAtMs: openedAt + 500_000 });
    expect(again.result.fullHolds).toBe(1);
  });

  it('is an addendum where it was done at another time, by a clock that is not minutes but hours off', async () => {
    const [late, soon] = [await drawn(ana, openedAt - 3 * HOUR_MS), await drawn(ana, openedAt - 5 * MINUTE_MS)];
    expect(await drawing()).toMatchObject({ marks: expect.arrayContaining([own, soon]), late: [late] });
  });
});

it('a mark that arrives after the end is told to open records, which do not listen to ink', async () => {
  const topics: string[] = [];
  const stop = test.app.live.subscribe(({ event }) => {
    if (event.id === visitId) topics.push(event.topic);
  });
  await drawn(ana);
  await expect.poll(() => topics).toEqual(['visit']);
  stop();
});

describe('what arrives when the note is signed, or more than a day after', () => {
  const closings: [string, () => Promise<unknown>][] = [
    ['when it is signed', sign],
    ['weeks later', async () => (test.clock.nowMs += 21 * DAY_MS)],
  ];

  it.each(closings)('%s takes no mark out of the record, and stands beside it', async (_, close) => {
    await close();
    const before = await rows();
    const late = await drawn(ana);
    const removal = remove(own);
    const { revision } = await send(mira, removal);
    expect(await send(mira, removal)).toEqual({ revision });
    await send(ana, remove(own));
    expect(await drawing()).toEqual({ marks: [own], late: [late], removals: [own] });
    expect(await rows()).toEqual(before);
    await test.app.database.write((d) => rebuildMarks(d, before));
    expect(await rows()).toEqual(before);
    const { operations, complete } = await (await ana()).annotations.since({ visitId, revision: 0 });
    expect([operations.length, complete]).toEqual([1, true]);
    const { addenda } = await (await ana()).annotations.drawing({ visitId });
    expect(addenda.removals).toMatchObject([{ author: { role: 'clinician' }, receivedAt: test.clock.nowMs }]);
  });

  it.each(closings)('%s counts, pictures and words are kept with when they came', async (_, close) => {
    const settled = aHold();
    await (await mira()).cues.start({ visitId, cue: settled });
    await close();
    const addedAt = test.clock.nowMs;
    const given = { ...scope(), givenBy: cast.ana.userId ?? '', textVersion: '2026-11', givenAt: openedAt };
    await test.app.database.write((d) => insertConsent(d, { id: uuidv7(), kind: 'stills', ...given }));
    const stillId = uuidv7();
    const still = { visitId, stillId, bytes: 1000, capturedAt: openedAt, source: 'patient_device' as const };
    await (await ana()).stills.add(still);
    const cue = aHold();
    const stop = { visitId, stoppedAtMs: openedAt + 90_000 };
    await (await ana()).cues.start({ visitId, cue });
    await (await ana()).cues.stop({ ...stop, cueId: cue.cueId });
    for (let n = 0; n < 2; n++) await (await ana()).cues.stop({ ...stop, cueId: settled.cueId });
    await (await mira()).visitRecord.saveSummary({ visitId, summary: 'Slower.' });
    const record = await (await ana()).visitRecord.get({ visitId });
    expect(record).toMatchObject({ summary: null, stills: [], saidItHurtsAt: [] });
    expect(record.cues).toMatchObject([{ cueId: settled.cueId, result: { fullHolds: 10 } }]);
    expect(record.addenda).toMatchObject({
      stills: [{ id: stillId, addendumAt: addedAt, addedByName: 'Ana Duarte' }],
      cues: [{ cueId: cue.cueId, addendumAt: addedAt, startedByName: 'Ana Duarte', result: { fullHolds: 1 } }],
      others: [
        { kind: 'cue_stop', byName: 'Ana Duarte', result: { fullHolds: 1 }, addedAt },
        { kind: 'summary', byName: 'Mira Solberg', text: 'Slower.', addedAt },
      ],
    });
  });

  it.each(closings)('%s “it hurts” raises a flag of its own, though the visit’s was closed', async (_, close) => {
    const say = async () => {
      const said = { visitId, opId: uuidv7(), saidAt: openedAt + 5000 };
      for (let n = 0; n < 2; n++) await (await ana()).visitRecord.sayItHurts(said);
    };
    const flags = () => test.app.database.read((d) => listOpenFlags(d, { ...scope(), limit: 20 }));
    await say();
    const [first] = await flags();
    await (await mira()).flags.resolve({ ...scope(), flagId: first?.id ?? '', resolution: 'Called.' });
    await close();
    await say();
    expect(await flags()).toMatchObject([{ kind: 'it_hurts', severity: 'red', sourceKind: 'symptom_check' }]);
    const record = await (await mira()).visitRecord.get({ visitId });
    expect(record.saidItHurtsAt).toEqual([openedAt + 5000]);
    expect(record.addenda.hurts).toMatchObject([{ at: openedAt + 5000, addedAt: test.clock.nowMs }]);
  });

  it('is in an export, marked as what it is', async () => {
    await sign();
    await drawn(ana);
    await (await mira()).visitRecord.saveSummary({ visitId, summary: 'Slower.' });
    const { tables } = await test.app.database.read((d) => readExport(d, scope(), 'patient'));
    expect(tables.annotationOps).toMatchObject([{ addendumAt: null }, { addendumAt: test.clock.nowMs }]);
    expect(tables.visitAddenda).toMatchObject([{ kind: 'summary', text: 'Slower.', addedAt: test.clock.nowMs }]);
  });
});
