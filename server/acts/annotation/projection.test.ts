import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { listMarks } from '#db/factories/reads';
import { forgetProjection, makeOperations, stroke } from '#db/factories/strokes';
import { type Tally, tallied, wholeReads } from '#db/factories/tally';
import { insertSurface } from '#db/queries/annotation/surfaces';
import type { Author, Operation } from '#domain/annotation/operation';
import { type AuthoredOperation, applyOperations, emptyAnnotations, visibleMarks } from '#domain/annotation/state';
import { type Cast, makeCast, openTestApp } from '#server/testing/application';
import { appendOperation } from './operations';
import { rebuildMarks } from './projection';

const test = openTestApp();
let cast: Cast;

beforeAll(async () => {
  cast = await makeCast(test.app);
});

const clinician: Author = { authorId: 'anna', role: 'clinician' };
const colleague: Author = { authorId: 'ben', role: 'clinician' };
const patient: Author = { authorId: 'ada', role: 'patient' };
const otherPatient: Author = { authorId: 'zoe', role: 'patient' };

async function makeSurface(): Promise<string> {
  const id = uuidv7();
  const { clinicId, ana } = cast;
  await test.app.database.write((d) => insertSurface(d, { id, clinicId, patientId: ana.patientId, kind: 'clip' }));
  return id;
}

const work = () => ({ nowMs: test.clock.nowMs }) as Parameters<typeof appendOperation>[1];

type How = { tally?: Tally; late?: boolean };

function append(surfaceId: string, { author, envelope }: AuthoredOperation, how: How = {}) {
  const { tally = { statements: [], rows: 0 }, late = false } = how;
  const { authorId, role } = author;
  const operation = { authorId, role, envelope, addendumAt: late ? test.clock.nowMs : null };
  return test.app.database.write((d) => {
    Object.assign(tally, { statements: [], rows: 0 });
    return tallied(appendOperation(d, work(), { surfaceId, ...operation }), tally);
  });
}

/** What the rows say: mark id to whose commit keeps it and whether it is gone. */
async function projected(surfaceId: string) {
  const rows = await test.app.database.read((d) => listMarks(d, { surfaceId }));
  return new Map(rows.map(({ markId, opId, authorId, removed }) => [markId, { opId, authorId, removed }]));
}

function reduced(operations: readonly AuthoredOperation[]) {
  const state = applyOperations(emptyAnnotations, operations);
  const visible = new Set(visibleMarks(state).map(({ mark }) => mark.markId));
  return new Map(
    [...state.commits].map(([markId, { opId, author }]) => [
      markId,
      { opId, authorId: author.authorId, removed: !visible.has(markId) },
    ]),
  );
}

const MARKS = Array.from({ length: 4 }, () => uuidv7());
const markIdArb = fc.constantFrom(...MARKS);
const point = { kind: 'point' as const, anchor: { kind: 'live' as const }, aspect: 1, side: null };

function pointOp(markId: string, replaces?: string): Operation {
  const mark = { ...point, markId, point: { x: 0.5, y: 0.5 } };
  return { kind: 'commit', mark: replaces ? { ...mark, replaces } : mark };
}

const commitArb = fc
  .record({ markId: markIdArb, replaces: fc.option(markIdArb, { nil: undefined }) })
  // Its schema refuses a mark in its own place.
  .map(({ markId, replaces }) => pointOp(markId, replaces === markId ? undefined : replaces));
const removeArb = fc
  .uniqueArray(markIdArb, { minLength: 1, maxLength: 2 })
  .map((markIds): Operation => ({ kind: 'remove', markIds }));
const stepArb = fc.record({
  author: fc.constantFrom(clinician, colleague, patient, otherPatient),
  lamport: fc.constantFrom(0, 1, 2, Number.MAX_SAFE_INTEGER),
  op: fc.oneof({ weight: 3, arbitrary: commitArb }, { weight: 1, arbitrary: removeArb }),
  isRepeated: fc.boolean(),
  // Came after the record was closed: no mark is changed by it.
  isLate: fc.nat(4).map((n) => n === 0),
});
type Step = { author: Author; lamport: number; op: Operation };

const asOperation = ({ author, lamport, op }: Step): AuthoredOperation => ({
  author,
  envelope: { v: 1, opId: uuidv7(), lamport, tMs: 0, op },
});

describe('the projection of the operations', () => {
  it('is what the reducer says after every one of them, and the same when it is made anew', async () => {
    const property = fc.asyncProperty(fc.array(stepArb, { minLength: 2, maxLength: 12 }), async (steps) => {
      const surfaceId = await makeSurface();
      const stored: AuthoredOperation[] = [];
      for (const step of steps) {
        const operation = asOperation(step);
        if (!step.isLate) stored.push(operation);
        await append(surfaceId, operation, { late: step.isLate });
        if (step.isRepeated) await append(surfaceId, operation, { late: step.isLate });
        expect(await projected(surfaceId)).toEqual(reduced(stored));
      }
      const rows = await test.app.database.read((d) => listMarks(d, { surfaceId }));
      await test.app.database.write((d) => rebuildMarks(d, { surfaceId }));
      expect(await test.app.database.read((d) => listMarks(d, { surfaceId }))).toEqual(rows);
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('takes a replaced mark back when another commit takes its replacement’s id', async () => {
    const surfaceId = await makeSurface();
    const [old, next] = [uuidv7(), uuidv7()];
    const commit = (author: Author, markId: string, lamport: number, replaces?: string) =>
      append(surfaceId, asOperation({ author, lamport, op: pointOp(markId, replaces) }));
    await commit(patient, old, 1);
    await commit(patient, next, 5, old);
    expect((await projected(surfaceId)).get(old)?.removed).toBe(true);
    await commit(patient, next, 2);
    expect((await projected(surfaceId)).get(old)?.removed).toBe(false);
  });

  it.each(['before it', 'beside it'])('is made anew at the first operation after a release %s wrote', async (when) => {
    const surfaceId = await makeSurface();
    const [gone, ...rest] = [1, 2, 3].map(() => uuidv7());
    if (!gone) return;
    const remove: Operation = { kind: 'remove', markIds: [gone] };
    const envelopes = [
      asOperation({ author: clinician, lamport: 1, op: remove }).envelope,
      ...[gone, ...rest].map((markId, n) => stroke(markId, n)),
    ];
    await test.app.database.write(function* (d) {
      yield* makeOperations(d, { surfaceId, author: clinician, envelopes, at: 5 });
      if (when === 'before it') yield* forgetProjection(d, { surfaceId });
    });
    const last = { author: clinician, envelope: stroke(uuidv7(), 9) };
    await append(surfaceId, last);
    const stored = envelopes.map((envelope) => ({ author: clinician, envelope }));
    expect(await projected(surfaceId)).toEqual(reduced([...stored, last]));
    const next = { author: clinician, envelope: stroke(uuidv7(), 10) };
    await append(surfaceId, next);
    expect(await projected(surfaceId)).toEqual(reduced([...stored, last, next]));
  });
});

describe('one more operation', () => {
  const kinds: [string, (markIds: string[]) => Operation][] = [
    ['a stroke', () => pointOp(uuidv7())],
    ['a mark in the place of another', ([first]) => pointOp(uuidv7(), first)],
    ['a claim of an id that is taken', ([first]) => pointOp(first ?? '')],
    ['a remove', (markIds) => ({ kind: 'remove', markIds: markIds.slice(1, 4) })],
    ['a stage', () => ({ kind: 'stage', stillId: null })],
  ];

  it.each(kinds)('%s asks and reads as little on a large surface as on a small one', async (_, opOf) => {
    const cost = async (size: number) => {
      const surfaceId = await makeSurface();
      const markIds = Array.from({ length: size }, () => uuidv7());
      const envelopes = markIds.map((markId, n) => stroke(markId, n, 2));
      await test.app.database.write((d) => makeOperations(d, { surfaceId, author: patient, envelopes, at: 5 }));
      await append(surfaceId, { author: clinician, envelope: stroke(uuidv7(), 1) });
      const tally: Tally = { statements: [], rows: 0 };
      const step = { author: clinician, lamport: 1, op: opOf(markIds) };
      await append(surfaceId, asOperation(step), { tally });
      return tally;
    };
    const [small, large] = [await cost(5), await cost(2000)];
    expect(large.statements.map(({ sql }) => sql)).toEqual(small.statements.map(({ sql }) => sql));
    expect(large.rows).toBe(small.rows);
    expect(await wholeReads(test.app.database.url, large.statements)).toEqual([]);
  });
});
