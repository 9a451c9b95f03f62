import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawingAddenda, type LateOperation } from './addenda';
import type { Author, Operation } from './operation';
import { applyOperations, emptyAnnotations, visibleMarks } from './state';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const clinician: Author = { authorId: 'anna', role: 'clinician' };
const patient: Author = { authorId: 'ada', role: 'patient' };
const observer: Author = { authorId: 'eve', role: 'observer' };
const [A, B, C] = [id(1), id(2), id(3)];
let count = 100;

const by = (author: Author, op: Operation, receivedAt = 7): LateOperation => ({
  author,
  envelope: { v: 1, opId: id(count++), lamport: 1, tMs: 0, op },
  receivedAt,
});
const commit = (author: Author, markId: string, receivedAt?: number) => {
  const mark = { kind: 'point' as const, markId, anchor: { kind: 'live' as const }, aspect: 1, side: null };
  return by(author, { kind: 'commit', mark: { ...mark, point: { x: 0.5, y: 0.5 } } }, receivedAt);
};
const remove = (author: Author, markIds: string[], receivedAt?: number) =>
  by(author, { kind: 'remove', markIds }, receivedAt);
const record = (...operations: LateOperation[]) => visibleMarks(applyOperations(emptyAnnotations, operations));
const removed = (addenda: ReturnType<typeof drawingAddenda>) =>
  addenda.removals.map(({ entry, author, receivedAt }) => [entry.mark.markId, author.authorId, receivedAt]);

describe('what arrives after the record was closed', () => {
  it('is listed with when it arrived, and takes nothing from the record', () => {
    const visible = record(commit(clinician, A), commit(patient, B));
    const addenda = drawingAddenda(visible, [commit(patient, C, 40), remove(clinician, [A], 50)]);
    expect(addenda.marks).toMatchObject([{ entry: { mark: { markId: C } }, receivedAt: 40, removed: false }]);
    expect(removed(addenda)).toEqual([[A, 'anna', 50]]);
  });

  it('is a removal only of whom may remove, and of a mark that is there; the first one counts', () => {
    const visible = record(commit(clinician, A), commit(patient, B));
    const late = [remove(patient, [A, C], 30), remove(observer, [B], 31), remove(patient, [B], 32)];
    expect(removed(drawingAddenda(visible, [...late, remove(clinician, [B], 33)]))).toEqual([[B, 'ada', 32]]);
  });

  it('that was taken away again stays in the list, and says so', () => {
    const addenda = drawingAddenda([], [remove(patient, [A], 20), commit(patient, A, 30)]);
    expect(addenda.marks).toMatchObject([{ receivedAt: 30, removed: true }]);
    expect(removed(addenda)).toEqual([[A, 'ada', 20]]);
  });

  it('cannot claim the id of a mark of the record', () => {
    const visible = record(commit(patient, A));
    expect(drawingAddenda(visible, [commit(clinician, A)]).marks).toEqual([]);
  });

  it('is never lost: every mark that came late is in the list, whatever came with it', () => {
    const markId = fc.constantFrom(A, B, C);
    const author = fc.constantFrom(clinician, patient);
    const operation = fc.oneof(
      fc.tuple(author, markId).map(([who, mark]) => commit(who, mark)),
      fc.tuple(author, fc.uniqueArray(markId, { minLength: 1 })).map(([who, marks]) => remove(who, marks)),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 8 }), (late) => {
        const committed = new Set(
          late.flatMap(({ envelope: { op } }) => (op.kind === 'commit' ? [op.mark.markId] : [])),
        );
        const listed = new Set(drawingAddenda([], late).marks.map(({ entry }) => entry.mark.markId));
        expect(listed).toEqual(committed);
      }),
    );
  });
});
