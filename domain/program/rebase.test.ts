import { describe, expect, it } from 'vitest';
import type { PrescriptionInput } from './draft';
import { rebased } from './rebase';

const dose: PrescriptionInput['dose'] = {
  sets: 2,
  repsMin: 10,
  repsMax: 10,
  holdSeconds: 3,
  restSeconds: 30,
  tempo: { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 },
  load: { kind: 'none', brand: null, level: null, kgf: null, percent: null },
  effortTarget: null,
  painLimit: null,
  schedule: { v: 1, kind: 'per_day', times: 3, days: null },
};

function line(lineageId: string, over: Partial<PrescriptionInput> = {}): PrescriptionInput {
  const rest = { notePatient: null, fromOn: null, untilOn: null, overrideReason: null };
  return {
    lineageId,
    exerciseVersionId: `exercise of ${lineageId}`,
    side: 'right',
    digits: [],
    dose,
    ...rest,
    ...over,
  };
}
const longer = { dose: { ...dose, holdSeconds: 9 } };
const slower = { dose: { ...dose, restSeconds: 60 } };

const both = { dose: { ...dose, holdSeconds: 9, restSeconds: 60 } };
const reps = (repsMin: number, repsMax: number) => ({ dose: { ...dose, repsMin, repsMax } });

describe('changes put on a newer version', () => {
  it('follow it where nothing was changed, and stay where something was', () => {
    const base = [line('fist'), line('glide'), line('pinch')];
    const mine = [line('pinch'), line('fist', slower), line('glide')];
    const theirs = [line('fist', longer), line('glide', longer), line('pinch')];
    expect(rebased(base, mine, theirs)).toEqual([line('pinch'), line('fist', both), line('glide', longer)]);
  });

  it('drop what they removed untouched, keep what was changed, and leave out what was removed here', () => {
    const base = [line('fist'), line('glide'), line('pinch')];
    const mine = [line('fist'), line('glide', slower)];
    expect(rebased(base, mine, [line('pinch', longer)])).toEqual([line('glide', slower)]);
  });

  it('keep what either side added', () => {
    expect(rebased([line('fist')], [line('fist'), line('mine')], [line('fist'), line('theirs')])).toEqual([
      line('fist'),
      line('mine'),
      line('theirs'),
    ]);
  });

  it('stay where both changed the same value, and never turn repetitions round', () => {
    const theirs = [line('fist', { ...longer, notePatient: 'Slowly' })];
    expect(rebased([line('fist')], [line('fist', slower)], theirs)).toEqual([
      line('fist', { ...both, notePatient: 'Slowly' }),
    ]);
    const [base, mine] = [[line('fist', reps(8, 10))], [line('fist', reps(10, 10))]];
    expect(rebased(base, mine, [line('fist', reps(6, 8))])).toEqual([line('fist', reps(10, 10))]);
  });

  it('are not changes when only the order of stored keys differs', () => {
    const { openSeconds, holdSeconds, closeSeconds } = dose.tempo;
    const reordered = line('fist', { dose: { ...dose, tempo: { openSeconds, holdSeconds, closeSeconds } } });
    expect(rebased([line('fist')], [reordered], [line('fist', longer)])).toEqual([line('fist', longer)]);
  });
});
