import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { q } from '#db/body';
import { listOpenFlags } from '#db/queries/practice/flags';
import { restrictions } from '#db/schema/measures';
import { DAY_MS } from '#domain/time/duration';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { aDrawnAngle, aGrip, aJoint, enteredNow } from '#server/testing/measure-rows';

const test = openTestApp();
let cast: Cast;
const mira = () => test.as(cast.mira.userId);
const ids = () => ({ patientId: cast.ana.patientId, episodeId: cast.ana.episodeId });
const scope = () => ({ clinicId: cast.clinicId, patientId: cast.ana.patientId });
const now = () => test.clock.nowMs;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const all = async () => (await (await mira()).record.measures({ patientId: cast.ana.patientId })).measures;
const byId = async (id: string) => (await all()).find((one) => one.id === id);

describe('what is measured', () => {
  it('keeps both hands as they were measured, once however often it is sent', async () => {
    const both = [aGrip(), aGrip({ side: 'right', trials: [31.8, 32.4, 31.2], value: 31.8 })];
    const sent = enteredNow(ids(), now(), both);
    const clinician = await mira();
    expect(await clinician.record.addMeasures(sent)).toEqual({ stored: 2 });
    expect(await clinician.record.addMeasures(sent)).toEqual({ stored: 2 });
    const [left, right] = [await byId(both[0]?.id ?? ''), await byId(both[1]?.id ?? '')];
    expect(left).toMatchObject({ side: 'left', trials: [19, 20, 21], value: 20, device: 'Jamar 2', earlier: [] });
    expect(right).toMatchObject({ side: 'right', trials: [31.8, 32.4, 31.2], byName: 'Mira Solberg', isVoid: false });
  });

  it.each([
    ['negative', { trials: [-1], value: -1 }],
    ['beyond any hand', { trials: [1e9], value: 1e9 }],
    ['a mean that is not of its trials', { trials: [10, 20], value: 20 }],
  ])('refuses a grip: %s', async (_, change) => {
    const clinician = await mira();
    await expect(clinician.record.addMeasures(enteredNow(ids(), now(), [aGrip(change)]))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('refuses a joint that does not exist, and a day that is still to come', async () => {
    const clinician = await mira();
    const dip = aJoint(40, { digit: 'thumb', joint: 'dip' });
    await expect(clinician.record.addMeasures(enteredNow(ids(), now(), [dip]))).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
    const tomorrow = { ...enteredNow(ids(), now(), [aJoint(40)]), measuredAt: now() + DAY_MS };
    await expect(clinician.record.addMeasures(tomorrow)).rejects.toMatchObject({ message: 'in_the_future' });
  });

  it('takes what stands in a letter by the day that is written there', async () => {
    const before = now() - 400 * DAY_MS;
    const stated = aGrip({ method: 'stated', device: null, trials: null, value: 4.6 });
    const clinician = await mira();
    await clinician.record.addMeasures({ ...enteredNow(ids(), now(), [stated]), measuredAt: before });
    expect(await byId(stated.id)).toMatchObject({ measuredAt: before, value: 4.6 });
  });

  it('is of a hand problem of this patient', async () => {
    const clinician = await mira();
    const elsewhere = { ...ids(), episodeId: uuidv7() };
    await expect(clinician.record.addMeasures(enteredNow(elsewhere, now(), [aGrip()]))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('a correction', () => {
  it('stands in the place of what was typed, which is still read with why', async () => {
    const [wrong, right] = [aJoint(74), aJoint(47)];
    const clinician = await mira();
    await clinician.record.addMeasures(enteredNow(ids(), now(), [wrong]));
    const { patientId } = ids();
    const correction = { opId: uuidv7(), patientId, measureId: wrong.id, measure: right, reason: 'Typed wrong' };
    await clinician.record.correctMeasure(correction);
    expect(await byId(wrong.id)).toBeUndefined();
    expect(await byId(right.id)).toMatchObject({ value: 47, earlier: [{ value: 74, reason: 'Typed wrong' }] });
    const again = { ...correction, opId: uuidv7(), measure: aJoint(48) };
    await expect(clinician.record.correctMeasure(again)).rejects.toMatchObject({ message: 'changed_meanwhile' });
  });

  it('of two at once one is kept, and the other is told', async () => {
    const wrong = aJoint(74);
    const clinician = await mira();
    await clinician.record.addMeasures(enteredNow(ids(), now(), [wrong]));
    const { patientId } = ids();
    const to = (degrees: number) =>
      clinician.record.correctMeasure({
        ...{ opId: uuidv7(), patientId, measureId: wrong.id, measure: aJoint(degrees), reason: 'Typed wrong' },
      });
    const ends = await Promise.allSettled([to(47), to(48)]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('takes away what was measured of somebody else', async () => {
    const wrong = aGrip();
    const clinician = await mira();
    await clinician.record.addMeasures(enteredNow(ids(), now(), [wrong]));
    const { patientId } = ids();
    const opId = uuidv7();
    await clinician.record.correctMeasure({
      opId,
      patientId,
      measureId: wrong.id,
      measure: null,
      reason: 'Other hand',
    });
    expect(await byId(opId)).toMatchObject({ isVoid: true, earlier: [{ value: 20, reason: 'Other hand' }] });
  });
});

describe('a drawn angle', () => {
  it('is in the series at once and leads back to its frame; its value is corrected beside it', async () => {
    const drawn = { ...scope(), authorId: cast.mira.userId, at: now(), value: 66 };
    const mark = await test.app.database.write((d) => aDrawnAngle(d, drawn));
    const clinician = await mira();
    expect(await byId(mark.markId)).toMatchObject({ kind: 'joint', method: 'clip', value: 66, mark, joint: 'pip' });
    const measureId = uuidv7();
    const { patientId } = ids();
    const reason = 'Point slipped';
    const correction = { opId: uuidv7(), patientId, measureId, ...mark, replacesId: null, degrees: 61, reason };
    await clinician.record.correctAngle(correction);
    expect(await byId(mark.markId)).toBeUndefined();
    expect(await byId(measureId)).toMatchObject({ value: 61, method: 'clip', mark, earlier: [{ value: 66 }] });
    // Corrected again it says what was on screen; what was not is refused.
    const again = { ...correction, opId: uuidv7(), measureId: uuidv7(), degrees: 59 };
    await expect(clinician.record.correctAngle(again)).rejects.toMatchObject({ message: 'changed_meanwhile' });
    await clinician.record.correctAngle({ ...again, opId: uuidv7(), replacesId: measureId });
    expect(await byId(again.measureId)).toMatchObject({ value: 59, earlier: [{ value: 61 }, { value: 66 }] });
  });

  it('of an answer that is still written is not shown to the patient', async () => {
    const drawn = { ...scope(), authorId: cast.mira.userId, at: now(), value: 50 };
    const ofVisit = await test.app.database.write((d) => aDrawnAngle(d, drawn));
    const ofDraft = await test.app.database.write((d) => aDrawnAngle(d, { ...drawn, mediaId: uuidv7() }));
    const own = await (await test.as(cast.ana.userId)).record.measures({ patientId: cast.ana.patientId });
    const shown = own.measures.map(({ id }) => id);
    expect(shown).toContain(ofVisit.markId);
    expect(shown).not.toContain(ofDraft.markId);
    expect((await all()).map(({ id }) => id)).toContain(ofDraft.markId);
  });
});

describe('a test that something forbids', () => {
  it('is not kept without a reason; with one the reason stands beside it', async () => {
    const { patientId, episodeId } = ids();
    const restriction = { id: uuidv7(), ...scope(), episodeId, kind: 'strength_test' as const, source: 'Letter' };
    const limit = { v: 1, kind: 'strength_test' } as const;
    const row = { ...restriction, limit, setBy: cast.mira.userId, setAt: now() };
    await test.app.database.write((d) => q(d.insert(restrictions).values(row)));
    const clinician = await mira();
    const facts = await clinician.record.testFacts({ patientId, episodeId: null });
    expect(facts.restrictions).toHaveLength(1);
    const grip = aGrip({ side: 'right' });
    const sent = enteredNow(ids(), now(), [grip, aJoint(50)]);
    await expect(clinician.record.addMeasures(sent)).rejects.toMatchObject({ message: 'measure_forbidden' });
    const reason = 'The surgeon agreed on the phone';
    await clinician.record.addMeasures({ ...sent, opId: uuidv7(), overrideReason: reason });
    expect(await byId(grip.id)).toMatchObject({ overrideReason: reason });
    // What nothing forbids carries no reason.
    expect((await all()).find(({ value }) => value === 50)?.overrideReason).toBeNull();
  });
});

describe('pain in a test', () => {
  it('goes the way of all pain: it stops, and the team is told', async () => {
    const { patientId } = cast.other;
    const clinician = await test.as(cast.colleague.userId);
    const said = { opId: uuidv7(), checkId: uuidv7(), patientId, subjectId: null, saidAt: now(), pain: 8 };
    expect(await clinician.record.sayPain(said)).toMatchObject({ zone: 'urgent' });
    const open = await test.app.database.read((d) =>
      listOpenFlags(d, { clinicId: cast.clinicId, patientId, limit: 10 }),
    );
    expect(open.some(({ pain, severity }) => pain === 8 && severity === 'urgent')).toBe(true);
    const facts = await clinician.record.testFacts({ patientId, episodeId: null });
    expect(facts.stops).toHaveLength(1);
  });
});
