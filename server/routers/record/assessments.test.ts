import { v7 as uuidv7 } from 'uuid';
import { beforeEach, describe, expect, it } from 'vitest';
import { q } from '#db/body';
import { assessmentEntries, assessments } from '#db/schema/measures';
import { type CellEntry, cellKey } from '#domain/record/assessment';
import { DAY_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { aGrip, aJoint } from '#server/testing/measure-rows';

const test = openTestApp();
let cast: Cast;
const now = () => test.clock.nowMs;
const today = () => localDay(now(), 'Europe/London');
const caller = () => test.as(cast.mira.userId);
const patientId = () => cast.ana.patientId;

beforeEach(async () => {
  cast = await makeCast(test.app);
});

function begin(change: object = {}) {
  return {
    ...{ assessmentId: uuidv7(), patientId: patientId(), episodeId: cast.ana.episodeId },
    ...{ template: 'first' as const, condition: 'fracture' as const, localOn: today(), timeZone: 'Europe/London' },
    ...change,
  };
}

const entryOf = (measure: ReturnType<typeof aGrip>, change: Partial<CellEntry> = {}): CellEntry => {
  const { id: _id, trials, value, choice, note, stoppedFor, ...of } = measure;
  return {
    of,
    trials,
    value: trials === null ? value : null,
    choice,
    note,
    stoppedFor,
    overrideReason: null,
    ...change,
  };
};

const write = (assessmentId: string, entry: CellEntry, change: object = {}) => ({
  ...{ entryId: uuidv7(), assessmentId, patientId: patientId(), cell: cellKey(entry.of), entry, saidAt: now() },
  ...change,
});

const sign = (assessmentId: string, seenEntries: number, change: object = {}) => ({
  ...{ opId: uuidv7(), assessmentId, patientId: patientId(), seenEntries, note: '', nextDueOn: null },
  ...change,
});

const read = async (assessmentId: string) => await (await caller()).assessments.get({ assessmentId });

async function started() {
  const input = begin();
  await (await caller()).assessments.start(input);
  return input.assessmentId;
}

describe('an assessment', () => {
  it('is one, however many begin it: the second is led to the first', async () => {
    const [one, two] = [begin(), begin()];
    const [mira, other] = [await caller(), await test.as(cast.mira.userId)];
    const ends = await Promise.all([mira.assessments.start(one), other.assessments.start(two)]);
    expect(new Set(ends.map(({ assessmentId }) => assessmentId)).size).toBe(1);
    expect(ends.filter(({ joined }) => joined)).toHaveLength(1);
  });

  it('keeps each cell as it was said last, whoever said it, and says what somebody else wrote', async () => {
    const assessmentId = await started();
    const mira = await caller();
    const first = write(assessmentId, entryOf(aJoint(34)));
    await mira.assessments.write(first);
    await mira.assessments.write(first);
    // Arrives later, and was said before.
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(31)), { saidAt: now() - 60_000 }));
    const { cells, entries } = await read(assessmentId);
    expect(entries).toBe(2);
    expect(cells).toMatchObject([{ entry: { value: 34 }, byName: 'Mira Solberg', other: null }]);
  });

  it('signed, becomes measures; what stayed open becomes none', async () => {
    const assessmentId = await started();
    const mira = await caller();
    const grip = write(assessmentId, entryOf(aGrip(), { trials: [6.6, 7, null] }));
    await mira.assessments.write(grip);
    const open = entryOf(aGrip({ side: 'right' }), { trials: [null, null, null] });
    await mira.assessments.write(write(assessmentId, open));
    const back = entryOf(aJoint(50));
    await mira.assessments.write(write(assessmentId, back));
    await mira.assessments.write(write(assessmentId, back, { entry: null, saidAt: now() + 1 }));
    const nextDueOn = localDay(now() + 28 * DAY_MS, 'Europe/London');
    expect(await mira.assessments.sign(sign(assessmentId, 4, { nextDueOn }))).toEqual({ signed: true, measures: 1 });
    const { measures } = await mira.record.measures({ patientId: patientId() });
    expect(measures).toMatchObject([{ id: grip.entryId, assessmentId, trials: [6.6, 7], value: 6.8 }]);
    await expect(mira.assessments.write(write(assessmentId, back))).rejects.toMatchObject({
      message: 'assessment_done',
    });
  });

  it('is not signed over what somebody wrote and the signer has not seen', async () => {
    const assessmentId = await started();
    const mira = await caller();
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(34))));
    const seen = (await read(assessmentId)).entries;
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(31)), { saidAt: now() + 1 }));
    await expect(mira.assessments.sign(sign(assessmentId, seen))).rejects.toMatchObject({
      message: 'changed_meanwhile',
    });
  });

  it('is not signed empty, nor with a next day that is not later', async () => {
    const assessmentId = await started();
    const mira = await caller();
    await expect(mira.assessments.sign(sign(assessmentId, 0))).rejects.toMatchObject({ message: 'assessment_empty' });
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(34))));
    const now0 = sign(assessmentId, 1, { nextDueOn: today() });
    await expect(mira.assessments.sign(now0)).rejects.toMatchObject({ message: 'due_before' });
  });

  it('of a paper form is of the day that stands on it', async () => {
    const localOn = localDay(now() - 40 * DAY_MS, 'Europe/London');
    const input = begin({ localOn });
    const mira = await caller();
    await mira.assessments.start(input);
    await mira.assessments.write(write(input.assessmentId, entryOf(aJoint(34))));
    await mira.assessments.sign(sign(input.assessmentId, 1));
    const { measures } = await mira.record.measures({ patientId: patientId() });
    expect(measures.map(({ measuredAt }) => localDay(measuredAt, 'Europe/London'))).toEqual([localOn]);
  });

  it('refuses what can be no measure, a cell that is another, and a day to come', async () => {
    const assessmentId = await started();
    const mira = await caller();
    const bad = entryOf(aGrip(), { trials: [-3] });
    await expect(mira.assessments.write(write(assessmentId, bad))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    const other = write(assessmentId, entryOf(aJoint(3)), { cell: 'grip|left|||||' });
    await expect(mira.assessments.write(other)).rejects.toMatchObject({ message: 'other_cell' });
    const ahead = begin({ localOn: localDay(now() + 3 * DAY_MS, 'Europe/London') });
    await expect(mira.assessments.start(ahead)).rejects.toMatchObject({ message: 'in_the_future' });
  });

  it('in which a test ended for pain is signed: the stop of that pain does not forbid what it ended', async () => {
    const assessmentId = await started();
    const mira = await caller();
    const before = entryOf(aGrip({ side: 'right' }), { trials: [6, null, null] });
    await mira.assessments.write(write(assessmentId, before));
    test.clock.nowMs += 1000;
    const pain = { opId: uuidv7(), checkId: uuidv7(), patientId: patientId(), subjectId: assessmentId, pain: 8 };
    expect(await mira.record.sayPain({ ...pain, saidAt: now() })).toMatchObject({ zone: 'urgent' });
    test.clock.nowMs += 1000;
    const stopped = { ...before, stoppedFor: 'pain' as const };
    await mira.assessments.write(write(assessmentId, stopped));
    const after = write(assessmentId, entryOf(aGrip({ side: 'left' }), { trials: [30, null, null] }));
    await mira.assessments.write(after);
    // What is tested after it, without a word why, is not signed.
    await expect(mira.assessments.sign(sign(assessmentId, 3))).rejects.toMatchObject({ message: 'measure_forbidden' });
    await mira.assessments.write({ ...after, entryId: uuidv7(), entry: null, saidAt: now() + 1 });
    expect(await mira.assessments.sign(sign(assessmentId, 4))).toMatchObject({ measures: 1 });
  });

  it('begun by mistake is thrown away and asks nothing more; what was typed stays on record', async () => {
    const assessmentId = await started();
    const mira = await caller();
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(34))));
    await mira.assessments.discard({ patientId: patientId(), assessmentId });
    expect(await mira.assessments.ofPatient({ patientId: patientId() })).toEqual([]);
    const kept = await test.app.database.read((d) => q(d.select().from(assessmentEntries)));
    expect(kept.some((row) => row.assessmentId === assessmentId)).toBe(true);
  });

  it('signed, stays as it was signed', async () => {
    const assessmentId = await started();
    const mira = await caller();
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(34))));
    await mira.assessments.sign(sign(assessmentId, 1));
    const change = test.app.database.write((d) => q(d.update(assessments).set({ note: 'Another' })));
    await expect(change).rejects.toThrow();
  });
});

describe('the next assessment', () => {
  it('stands in the caseload three days before it is due, and no more once it was made', async () => {
    const mira = await caller();
    const due = async () => {
      const { rows } = await mira.caseload.mine({ search: '' });
      return rows.find((row) => row.patientId === patientId())?.reasons.find(({ rule }) => rule === 'reassessment_due');
    };
    const assessmentId = await started();
    await mira.assessments.write(write(assessmentId, entryOf(aJoint(34))));
    const nextDueOn = localDay(now() + 2 * DAY_MS, 'Europe/London');
    await mira.assessments.sign(sign(assessmentId, 1, { nextDueOn }));
    expect(await due()).toMatchObject({ values: { days: 2, when: 'soon' }, urgency: 'due' });
    const again = begin({ template: 're_assessment' });
    await mira.assessments.start(again);
    const { before } = await read(again.assessmentId);
    expect(before).toMatchObject([{ kind: 'joint', joint: 'pip' }]);
    await mira.assessments.write(write(again.assessmentId, entryOf(aJoint(44))));
    await mira.assessments.sign(sign(again.assessmentId, 1));
    expect(await due()).toBeUndefined();
  });
});
