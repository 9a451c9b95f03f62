import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Mark } from './mark';
import type { Author, Operation, OperationEnvelope } from './operation';
import {
  type AuthoredOperation,
  applyOperation,
  applyOperations,
  emptyAnnotations,
  frameMarks,
  LIVE_FADE_MS,
  nextLamport,
  stageMarks,
  visibleMarks,
} from './state';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const clinician: Author = { authorId: 'anna', role: 'clinician' };
const colleague: Author = { authorId: 'ben', role: 'clinician' };
const patient: Author = { authorId: 'ada', role: 'patient' };
const otherPatient: Author = { authorId: 'zoe', role: 'patient' };
const observer: Author = { authorId: 'eve', role: 'observer' };
const [A, B, C, STILL, OTHER_STILL] = [id(1), id(2), id(3), id(20), id(21)];

type Change = { anchor?: Mark['anchor']; x?: number; replaces?: string };
const mark = (markId: string, { anchor = { kind: 'live' }, x = 0.5, replaces }: Change = {}): Mark => ({
  kind: 'point',
  markId,
  anchor,
  aspect: 1,
  side: 'right',
  point: { x, y: 0.5 },
  ...(replaces ? { replaces } : {}),
});
let opCount = 1000;
const by = (author: Author, op: Operation, lamport = 1, opId = id(opCount++)): AuthoredOperation => ({
  author,
  envelope: { v: 1, opId, lamport, tMs: 0, op },
});
const commit = (author: Author, markId: string, change: Change = {}, lamport = 1, opId?: string) =>
  by(author, { kind: 'commit', mark: mark(markId, change) }, lamport, opId);
const remove = (author: Author, ...markIds: string[]) => by(author, { kind: 'remove', markIds });
const stage = (author: Author, stillId: string | null, lamport: number, opId?: string) =>
  by(author, { kind: 'stage', stillId }, lamport, opId);
const stateOf = (...operations: AuthoredOperation[]) => applyOperations(emptyAnnotations, operations);
const shown = (...operations: AuthoredOperation[]) => visibleMarks(stateOf(...operations)).map((e) => e.mark.markId);
/** The same answer for an order and its reverse. */
const shownEitherWay = (...operations: AuthoredOperation[]) => {
  const forwards = shown(...operations);
  expect(shown(...operations.reverse())).toEqual(forwards);
  return forwards;
};

describe('committed minus removed', () => {
  it('shows what was committed, with its author', () => {
    const [entry] = visibleMarks(stateOf(commit(patient, A, {}, 3, id(7))));
    expect(entry).toEqual({ mark: mark(A), author: patient, lamport: 3, opId: id(7), tMs: 0 });
  });

  it('lets a remove win in any order', () => {
    expect(shownEitherWay(commit(patient, A), remove(patient, A), commit(patient, B))).toEqual([B]);
  });

  it('removes several at once', () => {
    expect(shown(commit(patient, A), commit(patient, B), remove(clinician, A, B))).toEqual([]);
  });

  it('lets clinicians remove any mark', () => {
    expect(shownEitherWay(commit(patient, A), commit(colleague, B), remove(clinician, A, B))).toEqual([]);
  });

  it('keeps a clinician’s mark that a patient removed, whichever came first', () => {
    expect(shownEitherWay(commit(clinician, A), remove(patient, A))).toEqual([A]);
  });

  it('keeps a patient’s mark that another patient removed, and lets its owner remove it after that', () => {
    expect(shownEitherWay(commit(patient, A), remove(otherPatient, A))).toEqual([A]);
    expect(shownEitherWay(commit(patient, A), remove(otherPatient, A), remove(patient, A))).toEqual([]);
  });

  it('reaches the own marks of a remove that also names others’', () => {
    expect(shownEitherWay(commit(patient, A), commit(clinician, B), remove(patient, A, B))).toEqual([B]);
  });

  it('drops what the role may not do', () => {
    const refused = [commit(observer, A), remove(observer, B), stage(patient, STILL, 9), stage(observer, STILL, 9)];
    expect(stateOf(...refused)).toEqual(emptyAnnotations);
    expect(shown(commit(patient, A, { anchor: { kind: 'frames', from: 0, to: 1 } }))).toEqual([]);
  });

  it('draws in one order everywhere: clock, author, operation', () => {
    const first = commit(clinician, C, {}, 1, id(90));
    const second = commit(colleague, B, {}, 1, id(80));
    const third = commit(colleague, A, {}, 1, id(81));
    const last = commit(clinician, id(4), {}, 2, id(70));
    expect(shownEitherWay(last, third, first, second)).toEqual([C, B, A, id(4)]);
  });

  it('leaves the state it was given as it was', () => {
    const before = stateOf(commit(clinician, A), remove(patient, B), stage(clinician, STILL, 1));
    const copy = structuredClone(before);
    applyOperations(before, [commit(clinician, B), remove(otherPatient, B), remove(clinician, A)]);
    expect(before).toEqual(copy);
  });
});

describe('a mark is immutable', () => {
  const winner = (...operations: AuthoredOperation[]) => {
    const [forwards] = visibleMarks(stateOf(...operations));
    const [backwards] = visibleMarks(stateOf(...operations.reverse()));
    expect(backwards).toEqual(forwards);
    return forwards;
  };

  it('the earlier clock keeps the id', () => {
    expect(winner(commit(clinician, A, { x: 0.1 }, 1), commit(colleague, A, { x: 0.9 }, 2))?.author).toBe(clinician);
    expect(winner(commit(clinician, A, { x: 0.1 }, 2), commit(colleague, A, { x: 0.9 }, 1))?.author).toBe(colleague);
  });

  it('at the same clock the lower author id keeps it', () => {
    expect(winner(commit(colleague, A, {}, 1, id(1)), commit(clinician, A, {}, 1, id(2)))?.author).toBe(clinician);
  });

  it('of one author the lower operation id keeps it', () => {
    expect(winner(commit(clinician, A, { x: 0.9 }, 1, id(8)), commit(clinician, A, { x: 0.1 }, 1, id(9)))?.opId).toBe(
      id(8),
    );
  });

  it('a patient cannot take a clinician’s mark over by an early clock', () => {
    const taken = winner(commit(clinician, A, { x: 0.1 }, 5), commit(patient, A, { x: 0.9 }, 0));
    expect(taken?.author).toBe(clinician);
    expect(taken?.mark).toEqual(mark(A, { x: 0.1 }));
  });

  it('one operation id with two contents has one winner', () => {
    winner(commit(clinician, A, { x: 0.9 }, 1, id(8)), commit(clinician, A, { x: 0.1 }, 1, id(8)));
  });

  it('an operation that borrows another’s id suppresses nothing', () => {
    expect(shownEitherWay(commit(patient, A, {}, 1, id(8)), commit(clinician, B, {}, 1, id(8))).sort()).toEqual([A, B]);
  });
});

describe('replacing', () => {
  it('hides the old mark in any order', () => {
    expect(shownEitherWay(commit(patient, A), commit(patient, B, { replaces: A }, 2))).toEqual([B]);
    expect(shownEitherWay(commit(patient, A), commit(clinician, B, { replaces: A }, 2))).toEqual([B]);
  });

  it('does not hide a mark that the author may not remove', () => {
    expect(shownEitherWay(commit(clinician, A), commit(patient, B, { replaces: A }, 2))).toEqual([A, B]);
    expect(shownEitherWay(commit(otherPatient, A), commit(patient, B, { replaces: A }, 2))).toEqual([A, B]);
  });

  it('does not bring the old mark back when the new one is removed', () => {
    expect(shownEitherWay(commit(clinician, A), commit(clinician, B, { replaces: A }), remove(clinician, B))).toEqual(
      [],
    );
  });

  it('hides a whole chain but its end', () => {
    const chain = [
      commit(clinician, A),
      commit(clinician, B, { replaces: A }, 2),
      commit(clinician, C, { replaces: B }, 3),
    ];
    expect(shownEitherWay(...chain)).toEqual([C]);
  });

  it('of an unknown mark shows the new one', () => {
    expect(shown(commit(patient, B, { replaces: A }))).toEqual([B]);
  });
});

describe('the stage', () => {
  const staged = (...operations: AuthoredOperation[]) => {
    const forwards = stateOf(...operations).stage;
    expect(stateOf(...operations.reverse()).stage).toEqual(forwards);
    return forwards?.stillId;
  };

  it('is empty before the first operation', () => {
    expect(emptyAnnotations.stage).toBeNull();
  });

  it('takes the later clock, also back to the live picture', () => {
    expect(staged(stage(clinician, STILL, 1), stage(colleague, OTHER_STILL, 2))).toBe(OTHER_STILL);
    expect(staged(stage(clinician, STILL, 1), stage(clinician, null, 2))).toBeNull();
  });

  it('at the same clock takes the higher author, then the higher operation, then one content', () => {
    expect(staged(stage(clinician, STILL, 1), stage(colleague, OTHER_STILL, 1))).toBe(OTHER_STILL);
    expect(staged(stage(clinician, STILL, 1, id(8)), stage(clinician, OTHER_STILL, 1, id(7)))).toBe(STILL);
    expect(staged(stage(clinician, STILL, 1, id(8)), stage(clinician, null, 1, id(8)))).toBe(STILL);
  });

  it('shows the patient’s camera unless a clinician showed another one', () => {
    const shows = (who: 'clinician' | undefined, lamport: number) =>
      by(clinician, { kind: 'stage', stillId: null, ...(who ? { shows: who } : {}) }, lamport);
    expect(stateOf(shows(undefined, 1)).stage?.shows).toBe('patient');
    expect(stateOf(shows(undefined, 1), shows('clinician', 2)).stage?.shows).toBe('clinician');
    expect(stateOf(shows('clinician', 2), shows(undefined, 3)).stage?.shows).toBe('patient');
  });

  it('its clock runs ahead of every clinician’s operation and not of a patient’s', () => {
    expect(nextLamport(emptyAnnotations)).toBe(1);
    expect(nextLamport(stateOf(commit(clinician, A, {}, 41), commit(colleague, B, {}, 7)))).toBe(42);
    expect(nextLamport(stateOf(commit(clinician, A, {}, 3), commit(patient, B, {}, Number.MAX_SAFE_INTEGER)))).toBe(4);
    expect(nextLamport(stateOf(stage(clinician, null, Number.MAX_SAFE_INTEGER)))).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('what is seen once somebody has acted on a clinician’s mark and a patient’s', () => {
  const before = [commit(clinician, A), commit(patient, B)];
  it.each([
    ['patient removes the own', remove(patient, B), [A]],
    ['patient removes a clinician’s', remove(patient, A), [A, B]],
    ['patient removes both', remove(patient, A, B), [A]],
    ['patient removes an unknown one', remove(patient, C), [A, B]],
    ['clinician removes both', remove(clinician, A, B), []],
    ['patient commits anew', commit(patient, C), [A, B, C]],
    ['patient repeats the own', commit(patient, B), [A, B]],
    ['patient takes a clinician’s id', commit(patient, A, {}, 2), [A, B]],
    ['clinician takes a patient’s id', commit(clinician, B, {}, 2), [A, B]],
    ['patient replaces the own', commit(patient, C, { replaces: B }), [A, C]],
    ['patient replaces a clinician’s', commit(patient, C, { replaces: A }), [A, B, C]],
    ['clinician replaces a patient’s', commit(clinician, C, { replaces: B }), [A, C]],
    ['patient sets the stage', stage(patient, STILL, 1), [A, B]],
    ['clinician sets the stage', stage(clinician, STILL, 1), [A, B]],
    ['observer commits', commit(observer, C), [A, B]],
  ])('%s', (_, operation, seen) => {
    const after = stateOf(...before, operation);
    const marks = visibleMarks(after);
    expect(marks.map((entry) => entry.mark.markId).sort()).toEqual(seen);
    // A clinician's mark stays the clinician's, whoever takes its id.
    expect(marks.find((entry) => entry.mark.markId === A)?.author ?? clinician).toBe(clinician);
    const maySetStage = operation.author.role === 'clinician' && operation.envelope.op.kind === 'stage';
    expect(after.stage?.stillId ?? null).toBe(maySetStage ? STILL : null);
  });
});

describe('what is drawn', () => {
  const state = stateOf(
    commit(clinician, A, { anchor: { kind: 'live' } }),
    commit(clinician, B, { anchor: { kind: 'still', stillId: STILL } }),
    commit(clinician, C, { anchor: { kind: 'frames', from: 10, to: 20 } }),
  );
  const live = (nowMs: number, receivedMs: number | null, fadeMs?: number) =>
    stageMarks(state, { stillId: null, nowMs, fadeMs, receivedAtMs: () => receivedMs }).map((e) => e.mark.markId);
  const onStill = (stillId: string) => stageMarks(state, { stillId, nowMs: 0, receivedAtMs: () => 0 });

  it('live marks fade 4 s after receipt', () => {
    expect(LIVE_FADE_MS).toBe(4000);
    expect(live(1000, 1000)).toEqual([A]);
    expect(live(4999, 1000)).toEqual([A]);
    expect(live(5000, 1000)).toEqual([]);
    expect(live(1500, 1000, 500)).toEqual([]);
  });

  it('a restored snapshot never replays faded ink', () => {
    expect(live(1000, null)).toEqual([]);
  });

  it('a still shows its own marks only, and they never fade', () => {
    expect(onStill(STILL).map((e) => e.mark.markId)).toEqual([B]);
    expect(onStill(OTHER_STILL)).toEqual([]);
  });

  it('a frame shows the ranges that hold it, both ends included', () => {
    const at = (frame: number) =>
      frameMarks(visibleMarks(state), frame, { mediaId: id(30), isFirst: true }).map((e) => e.mark.markId);
    expect([9, 10, 15, 20, 21].map(at)).toEqual([[], [C], [C], [C], []]);
  });

  it('a copy that shows two frames as one shows the marks of both', () => {
    const at = (frame: number) =>
      frameMarks(visibleMarks(state), frame, { mediaId: id(30), isFirst: true }, 2).map((e) => e.mark.markId);
    expect([8, 9, 10, 20, 21].map(at)).toEqual([[], [C], [C], [C], []]);
  });

  it('a clip shows its own marks; those that name none belong to the first', () => {
    const onSecond = commit(clinician, A, { anchor: { kind: 'frames', from: 10, to: 20, mediaId: id(31) } });
    const both = applyOperations(state, [remove(clinician, A), onSecond]);
    const named = commit(clinician, id(5), { anchor: { kind: 'frames', from: 10, to: 20, mediaId: id(31) } });
    const of = (mediaId: string, isFirst: boolean) =>
      frameMarks(visibleMarks(applyOperations(both, [named])), 15, { mediaId, isFirst }).map((e) => e.mark.markId);
    expect(of(id(30), true)).toEqual([C]);
    expect(of(id(31), false)).toEqual([id(5)]);
    expect(of(id(32), false)).toEqual([]);
  });

  it('removed marks are drawn nowhere', () => {
    const cleared = applyOperations(state, [remove(clinician, A, B, C)]);
    expect(stageMarks(cleared, { stillId: null, nowMs: 0, receivedAtMs: () => 0 })).toEqual([]);
    expect(stageMarks(cleared, { stillId: STILL, nowMs: 0, receivedAtMs: () => 0 })).toEqual([]);
    expect(frameMarks(visibleMarks(cleared), 15, { mediaId: id(30), isFirst: true })).toEqual([]);
  });
});

describe('convergence', () => {
  const markIds = fc.constantFrom(A, B, C, id(4), id(5));
  const operation: fc.Arbitrary<Operation> = fc.oneof(
    fc.record({
      kind: fc.constant('commit' as const),
      mark: fc
        .record({ markId: markIds, x: fc.constantFrom(0, 0.5, 1), replaces: fc.option(markIds, { nil: undefined }) })
        .filter(({ markId, replaces }) => markId !== replaces)
        .map(({ markId, ...change }) => mark(markId, change)),
    }),
    fc.record({ kind: fc.constant('remove' as const), markIds: fc.array(markIds, { minLength: 1, maxLength: 3 }) }),
    fc.record(
      {
        kind: fc.constant('stage' as const),
        stillId: fc.constantFrom(null, STILL, OTHER_STILL),
        shows: fc.constantFrom('patient' as const, 'clinician' as const),
      },
      { requiredKeys: ['kind', 'stillId'] },
    ),
  );
  // Few ids and clocks, so that they collide.
  const envelope: fc.Arbitrary<OperationEnvelope> = fc.record({
    v: fc.constant(1 as const),
    opId: fc.integer({ min: 100, max: 110 }).map(id),
    lamport: fc.integer({ min: 0, max: 3 }),
    tMs: fc.constant(0),
    op: operation,
  });
  const authored = fc.record({
    author: fc.constantFrom(clinician, colleague, patient, otherPatient, observer),
    envelope,
  });
  const history = fc.array(authored, { maxLength: 30 });
  const runs = { numRuns: 300 };

  it('any order gives the same state', () => {
    const permuted = history.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(permuted, ([all, shuffled]) => {
        expect(stateOf(...shuffled)).toEqual(stateOf(...all));
        expect(visibleMarks(stateOf(...shuffled))).toEqual(visibleMarks(stateOf(...all)));
      }),
      runs,
    );
  });

  it('applying twice changes nothing', () => {
    fc.assert(
      fc.property(history, (all) => {
        expect(applyOperations(stateOf(...all), all)).toEqual(stateOf(...all));
      }),
      runs,
    );
  });

  it('one by one is the same as all at once, however they are grouped', () => {
    fc.assert(
      fc.property(history, fc.nat(30), (all, cut) => {
        const single = all.reduce((s, { author, envelope: e }) => applyOperation(s, author, e), emptyAnnotations);
        expect(single).toEqual(stateOf(...all));
        expect(applyOperations(stateOf(...all.slice(0, cut)), all.slice(cut))).toEqual(single);
      }),
      runs,
    );
  });

  it('two sides agree after loss, repetition, disorder and a rejoin from the stored operations', () => {
    const line = history.chain((stored) =>
      fc.record({
        stored: fc.constant(stored),
        // What each side heard live: a part, in another order, some of it twice.
        heard: fc.tuple(fc.shuffledSubarray([...stored, ...stored]), fc.shuffledSubarray([...stored, ...stored])),
        rejoinFrom: fc.nat(stored.length),
      }),
    );
    fc.assert(
      fc.property(line, ({ stored, heard: [mine, theirs], rejoinFrom }) => {
        const stayed = applyOperations(stateOf(...mine), stored);
        const rejoined = applyOperations(stateOf(...stored.slice(0, rejoinFrom), ...theirs), stored.slice(rejoinFrom));
        expect(rejoined).toEqual(stayed);
        expect(visibleMarks(rejoined)).toEqual(visibleMarks(stateOf(...stored)));
      }),
      runs,
    );
  });
});
