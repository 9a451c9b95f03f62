import { describe, expect, it } from 'vitest';
import type { Dose } from './dose';
import { doseSentence, loadSentence } from './dose-words';
import type { Load } from './load';

type SpokenDose = Pick<Dose, 'sets' | 'repsMin' | 'repsMax' | 'holdSeconds'>;

const TEN: SpokenDose = { sets: 2, repsMin: 10, repsMax: 10, holdSeconds: 5 };
const NO_LOAD: Load = { kind: 'none', brand: null, level: null, kgf: null, percent: null };

describe('doseSentence', () => {
  it.each<[Partial<SpokenDose>, string, Record<string, number>]>([
    [{ holdSeconds: 0 }, 'dose.setsReps', { sets: 2, reps: 10 }],
    [{ holdSeconds: 1 }, 'dose.setsRepsHold', { sets: 2, reps: 10, holdSeconds: 1 }],
    [{ holdSeconds: 59 }, 'dose.setsRepsHold', { sets: 2, reps: 10, holdSeconds: 59 }],
    [{ holdSeconds: 60 }, 'dose.setsRepsMinutes', { sets: 2, reps: 10, minutes: 1 }],
    [{ holdSeconds: 90 }, 'dose.setsRepsHold', { sets: 2, reps: 10, holdSeconds: 90 }],
    [{ holdSeconds: 600, repsMin: 1, repsMax: 1 }, 'dose.setsMinutes', { sets: 2, minutes: 10 }],
    [{ repsMin: 8, holdSeconds: 0 }, 'dose.setsRange', { sets: 2, repsMin: 8, repsMax: 10 }],
    [{ repsMin: 8 }, 'dose.setsRangeHold', { sets: 2, repsMin: 8, repsMax: 10, holdSeconds: 5 }],
    [
      { repsMin: 1, repsMax: 2, holdSeconds: 120 },
      'dose.setsRangeMinutes',
      { sets: 2, repsMin: 1, repsMax: 2, minutes: 2 },
    ],
  ])('%j reads %s', (change, key, values) => {
    expect(doseSentence({ ...TEN, ...change })).toEqual({ key, values });
  });
});

describe('loadSentence', () => {
  it.each<[Partial<Load>, string, Record<string, number | string>]>([
    [{}, 'dose.load.none', {}],
    [{ kind: 'putty' }, 'dose.load.putty', {}],
    [{ kind: 'putty', level: 2 }, 'dose.load.puttyLevel', { level: 2 }],
    [{ kind: 'putty', level: 2, brand: 'A' }, 'dose.load.puttyBrandLevel', { brand: 'A', level: 2 }],
    [{ kind: 'weight', kgf: 0.5, level: 1 }, 'dose.load.weightKgf', { kgf: 0.5 }],
    [{ kind: 'weight', level: 3 }, 'dose.load.weightLevel', { level: 3 }],
    [{ kind: 'putty', brand: 'A', level: 2, kgf: 1.5 }, 'dose.load.puttyBrandLevel', { brand: 'A', level: 2 }],
    [{ kind: 'band', level: 2, kgf: 1.5 }, 'dose.load.bandLevel', { level: 2 }],
    [{ kind: 'putty', brand: 'A' }, 'dose.load.puttyBrand', { brand: 'A' }],
    [{ kind: 'gripper', kgf: 5 }, 'dose.load.gripperKgf', { kgf: 5 }],
    [{ kind: 'gripper', brand: 'A', kgf: 5 }, 'dose.load.gripperBrandKgf', { brand: 'A', kgf: 5 }],
    [{ kind: 'effort' }, 'dose.load.effort', {}],
    [{ kind: 'effort', percent: 30 }, 'dose.load.effortPercent', { percent: 30 }],
  ])('%j reads %s', (change, key, values) => {
    expect(loadSentence({ ...NO_LOAD, ...change })).toEqual({ key, values });
  });
});
