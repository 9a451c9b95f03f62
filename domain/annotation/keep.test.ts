import { describe, expect, it } from 'vitest';
import { KEEP_WITHIN_MS, keptMarks, lastLiveMarks } from './keep';
import type { Mark } from './mark';
import type { Author } from './operation';
import { applyOperations, emptyAnnotations, visibleMarks } from './state';

const id = (n: number) => `0192f0c0-0000-7000-8000-00000000000${n}`;
const clinician: Author = { authorId: id(1), role: 'clinician' };
const patient: Author = { authorId: id(2), role: 'patient' };
const STILL = id(9);

function commit(author: Author, markId: string, over: Partial<Pick<Mark, 'anchor' | 'lineageId'>> = {}) {
  const points: [{ x: number; y: number }, { x: number; y: number }] = [
    { x: 0.1, y: 0.2 },
    { x: 0.3, y: 0.4 },
  ];
  const mark: Mark = { kind: 'arrow', markId, anchor: { kind: 'live' }, aspect: 4 / 3, side: 'right', points, ...over };
  return {
    author,
    envelope: { v: 1 as const, opId: markId, lamport: 1, tMs: 1000, op: { kind: 'commit' as const, mark } },
  };
}
const state = applyOperations(emptyAnnotations, [
  commit(clinician, id(3), { lineageId: id(8) }),
  commit(patient, id(4)),
  commit(clinician, id(5), { anchor: { kind: 'still', stillId: STILL } }),
]);

describe('the last live marks', () => {
  const at = (nowMs: number, receivedMs: number | null = 1000) =>
    lastLiveMarks(state, { nowMs, receivedAtMs: () => receivedMs }).map(({ mark }) => mark.markId);

  it('are the live ones of both sides, also when they have faded, for ten seconds', () => {
    expect(KEEP_WITHIN_MS).toBe(10_000);
    expect(at(1000)).toEqual([id(3), id(4)]);
    expect(at(10_999)).toEqual([id(3), id(4)]);
    expect(at(11_000)).toEqual([]);
  });

  it('are never those of a restored record', () => {
    expect(at(1000, null)).toEqual([]);
  });
});

describe('kept marks', () => {
  const markIds = [id(3), id(4), id(5), id(7)];
  const keep = (authorId: string) => keptMarks(state, { markIds, authorId, stillId: STILL, newId: () => id(6) });

  it('are the author’s own live ones, on the still, with all that they said', () => {
    const live = state.commits.get(id(3))?.mark;
    expect(keep(clinician.authorId)).toEqual([
      { ...live, markId: id(6), anchor: { kind: 'still', stillId: STILL }, replaces: id(3) },
    ]);
    expect(keep(patient.authorId)).toMatchObject([{ replaces: id(4) }]);
    expect(keep(id(7))).toEqual([]);
  });

  it('stand in the record in the place of the live ones', () => {
    const [mark] = keep(clinician.authorId);
    if (!mark) throw new Error('one is kept');
    const op = { kind: 'commit' as const, mark };
    const kept = { author: clinician, envelope: { v: 1 as const, opId: id(6), lamport: 2, tMs: 2000, op } };
    const shown = visibleMarks(applyOperations(state, [kept])).map((entry) => entry.mark.markId);
    expect(shown.toSorted()).toEqual([id(4), id(5), id(6)]);
  });
});
