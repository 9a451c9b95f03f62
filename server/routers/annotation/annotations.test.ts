import { v7 as uuidv7 } from 'uuid';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listMarks } from '#db/factories/reads';
import { makeOperations, stroke } from '#db/factories/strokes';
import { findVisitSurface } from '#db/queries/annotation/surfaces';
import { type AngleMark, type AngleMeasurement, angleMeasurementSchema, type Mark } from '#domain/annotation/mark';
import type { Operation, OperationEnvelope } from '#domain/annotation/operation';
import { SNAPSHOT_MAX } from '#server/acts/annotation/operations';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { book } from '#server/testing/booking';

const test = openTestApp();
let cast: Cast;
let visitId: string;

const mira = () => test.as(cast.mira.userId);
const ana = () => test.as(cast.ana.userId);

beforeAll(async () => {
  cast = await makeCast(test.app);
});

/** An open visit with both admitted. */
beforeEach(async () => {
  const clinician = await mira();
  const { patientId } = cast.ana;
  ({ visitId } = await book(clinician, { patientId, startsAt: null, durationMinutes: 30, kind: 'review' }));
  await clinician.visits.join({ visitId, locationText: null, presentOthers: null });
  const answers = { visitId, locationText: 'At home', presentOthers: 'Nobody' };
  const { participantId } = await (await ana()).visits.join(answers);
  await clinician.visits.admit({ visitId, participantId });
});

function envelope(op: Operation, over: Partial<OperationEnvelope> = {}): OperationEnvelope {
  return { v: 1, opId: uuidv7(), lamport: 1, tMs: test.clock.nowMs, op, ...over };
}

function arrow(markId: string, replaces?: string): Operation {
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.2, y: 0.2 },
    { x: 0.5, y: 0.5 },
  ];
  const mark: Mark = { kind: 'arrow', markId, anchor: { kind: 'live' }, aspect: 16 / 9, side: null, points, replaces };
  return { kind: 'commit', mark };
}

type Who = typeof mira;

async function append(who: Who, op: Operation, over?: Partial<OperationEnvelope>): Promise<number> {
  const { revision } = await (await who()).annotations.append({ visitId, envelope: envelope(op, over) });
  return revision;
}

/** The table of marks, as reports read it: mark id to what stands in its row. */
async function marks() {
  const scope = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
  const rows = await test.app.database.read(function* (d) {
    const surface = yield* findVisitSurface(d, { ...scope, visitId });
    return surface ? yield* listMarks(d, { surfaceId: surface.id }) : [];
  });
  return new Map(rows.map((row) => [row.markId, row]));
}

describe('drawing in a visit', () => {
  it('is stored in order, once, and read from a revision on', async () => {
    const first = envelope(arrow(uuidv7()));
    const caller = await mira();
    const { revision } = await caller.annotations.append({ visitId, envelope: first });
    expect(await caller.annotations.append({ visitId, envelope: first })).toEqual({ revision });
    const next = await append(ana, arrow(uuidv7()));
    expect(next).toBe(revision + 1);
    const all = await (await ana()).annotations.since({ visitId, revision: 0 });
    expect(all.operations.map(({ author }) => author.role)).toEqual(['clinician', 'patient']);
    expect(all).toMatchObject({ revision: next, complete: true });
    const rest = await caller.annotations.since({ visitId, revision });
    expect(rest.operations.map((one) => one.revision)).toEqual([next]);
  });

  it('refuses the same id with other content, and a patient who would set the stage', async () => {
    const opId = uuidv7();
    await append(mira, arrow(uuidv7()), { opId });
    await expect(append(mira, arrow(uuidv7()), { opId })).rejects.toMatchObject({ message: 'operation_differs' });
    await expect(append(ana, arrow(uuidv7()), { opId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(append(ana, { kind: 'stage', stillId: null })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  it('is not there for a colleague outside the care team, another clinic or another patient', async () => {
    const strangers = [cast.colleague, cast.outsider, cast.other, cast.outsiderPatient];
    for (const { userId } of strangers) {
      const stranger = () => test.as(userId);
      await expect(append(stranger, arrow(uuidv7()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
      const caller = await stranger();
      await expect(caller.annotations.since({ visitId, revision: 0 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(append(() => test.as(null), arrow(uuidv7()))).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  });

  it('waits for the admission', async () => {
    const clinician = await mira();
    const { patientId } = cast.ana;
    const other = await book(clinician, { patientId, startsAt: null, durationMinutes: 30, kind: 'review' });
    visitId = other.visitId;
    await clinician.visits.join({ visitId, locationText: null, presentOthers: null });
    await (await ana()).visits.join({ visitId, locationText: 'At home', presentOthers: 'Nobody' });
    await expect(append(ana, arrow(uuidv7()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a drawing of more operations than one answer holds', () => {
  it('is read whole: the last mark stands, and one that was removed late does not', async () => {
    const scope = { clinicId: cast.clinicId, patientId: cast.ana.patientId };
    const markIds = Array.from({ length: SNAPSHOT_MAX + 10 }, () => uuidv7());
    const [removed = '', last = ''] = [markIds[0], markIds.at(-1)];
    await test.app.database.write(function* (d) {
      const surface = yield* findVisitSurface(d, { ...scope, visitId });
      const envelopes = [
        ...markIds.map((markId, n) => stroke(markId, n)),
        envelope({ kind: 'remove', markIds: [removed] }),
      ];
      const author = { authorId: uuidv7(), role: 'clinician' as const };
      yield* makeOperations(d, { surfaceId: surface?.id ?? '', author, envelopes, at: 5 });
    });
    const page = await (await ana()).annotations.since({ visitId, revision: 0 });
    expect(page).toMatchObject({ revision: SNAPSHOT_MAX, complete: false });
    const rest = await (await ana()).annotations.since({ visitId, revision: page.revision });
    expect(rest).toMatchObject({ revision: markIds.length + 1, complete: true });
    const { marks } = await (await ana()).annotations.drawing({ visitId });
    expect(marks).toHaveLength(markIds.length - 1);
    const shown = new Set(marks.map(({ mark }) => mark.markId));
    expect([shown.has(last), shown.has(removed)]).toEqual([true, false]);
    for (const { userId } of [cast.colleague, cast.outsider, cast.other, cast.outsiderPatient])
      await expect((await test.as(userId)).annotations.drawing({ visitId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      });
  });
});

describe('the table of marks', () => {
  it('says what the reducer says: removed by a clinician, and by a patient only their own', async () => {
    const [theirs, own] = [uuidv7(), uuidv7()];
    await append(mira, arrow(theirs));
    await append(ana, arrow(own));
    await append(ana, { kind: 'remove', markIds: [theirs, own] });
    const rows = await marks();
    expect([rows.get(theirs)?.removed, rows.get(own)?.removed]).toEqual([false, true]);
    await append(mira, { kind: 'remove', markIds: [theirs] });
    expect((await marks()).get(theirs)?.removed).toBe(true);
  });

  it('and a replaced mark goes when its replacement comes, unless it was another’s to replace', async () => {
    const [theirs, old, next] = [uuidv7(), uuidv7(), uuidv7()];
    await append(mira, arrow(theirs));
    await append(ana, arrow(old));
    await append(ana, arrow(next, old));
    await append(ana, arrow(uuidv7(), theirs));
    const rows = await marks();
    expect([theirs, old, next].map((id) => rows.get(id)?.removed)).toEqual([false, true, false]);
  });

  it('also when the remove or the replacement is stored before its mark', async () => {
    const [removed, replaced, replacement] = [uuidv7(), uuidv7(), uuidv7()];
    await append(mira, { kind: 'remove', markIds: [removed] });
    await append(mira, arrow(removed));
    await append(mira, arrow(replacement, replaced));
    await append(mira, arrow(replaced));
    const rows = await marks();
    expect([removed, replaced, replacement].map((id) => rows.get(id)?.removed)).toEqual([true, true, false]);
  });

  it('and when a clinician claims a mark id after a patient', async () => {
    const markId = uuidv7();
    await append(ana, arrow(markId), { lamport: 1 });
    const before = (await marks()).get(markId)?.authorId;
    await append(mira, arrow(markId), { lamport: 9 });
    const after = (await marks()).get(markId)?.authorId;
    expect(after).toBeDefined();
    expect(after).not.toBe(before);
  });
});

describe('an angle that is measured', () => {
  /** Turned clockwise by so many degrees: of a right finger seen from its thumb side, the wrong way. */
  function angle(degrees: number, change: Partial<AngleMeasurement> = {}): Operation {
    const radians = (degrees * Math.PI) / 180;
    const distal = { x: 0.5 + 0.2 * Math.cos(radians), y: 0.5 + 0.2 * Math.sin(radians) };
    const bend = { joint: 'pip', digit: 'index', side: 'right', motion: 'flexion', activity: 'active', view: 'radial' };
    const measurement = angleMeasurementSchema.parse({ ...bend, ...change });
    const points: AngleMark['points'] = [{ x: 0.3, y: 0.5 }, { x: 0.5, y: 0.5 }, distal];
    const common = { markId: uuidv7(), anchor: { kind: 'live' as const }, aspect: 1, lineageId: LINEAGE };
    return { kind: 'commit', mark: { ...common, kind: 'angle', side: measurement.side, points, measurement } };
  }
  const LINEAGE = uuidv7();
  const measured = async (who: Who = mira, { patientId } = cast.ana) =>
    (await who()).annotations.measured({ patientId });

  it('is refused where its joint cannot stand so, until it is said to be so', async () => {
    const refused = { code: 'BAD_REQUEST', message: 'angle_doubtful' };
    await expect(append(mira, angle(74))).rejects.toMatchObject(refused);
    await expect(append(mira, angle(-136))).rejects.toMatchObject(refused);
    await append(mira, angle(-74));
    await append(mira, angle(74, { unusual: true }));
    const values = [...(await marks()).values()].map(({ valueDegrees }) => valueDegrees);
    expect(values.toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([-74, 74]);
  });

  it('is what the next one is prefilled from: newest first, in whatever visit, without what was taken away', async () => {
    const before = await measured();
    const gone = angle(-30, { joint: 'dip' });
    await append(mira, angle(-40, { digit: 'middle' }));
    test.clock.nowMs += 1000;
    await append(mira, angle(-50, { digit: 'ring', view: 'radial' }));
    await append(mira, gone);
    if (gone.kind === 'commit') await append(mira, { kind: 'remove', markIds: [gone.mark.markId] });
    const [last, first] = await measured();
    expect([last, first].map((one) => [one?.lineageId, one?.measurement.digit])).toEqual([
      [LINEAGE, 'ring'],
      [LINEAGE, 'middle'],
    ]);
    expect(await measured()).toHaveLength(before.length + 2);
  });

  it('is read by who treats, and by nobody else', async () => {
    for (const { userId } of [cast.colleague, cast.outsider, cast.other, cast.outsiderPatient])
      await expect(measured(() => test.as(userId))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(measured(ana)).rejects.toMatchObject({ code: expect.stringMatching(/FORBIDDEN|NOT_FOUND/) });
  });
});
