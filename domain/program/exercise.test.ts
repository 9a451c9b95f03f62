import { describe, expect, it } from 'vitest';
import { EXERCISE_CATEGORIES, type Exercise, exerciseSchema, libraryFileSchema } from './exercise';

const TEXT = {
  name: 'Fist',
  purpose: 'This moves you.',
  steps: ['Close.', 'Open.'],
  cues: ['Slowly.'],
  precautions: [],
};
const TAG = {
  code: 'wrist_bends',
  labelPatient: 'Keep it back.',
  labelClinical: 'Wrist flexes',
  severity: 'mild',
} as const;
const EXERCISE: Exercise = {
  slug: 'full-fist',
  category: 'range_of_motion',
  muscleGroup: ['flexors'],
  gripType: null,
  objectSize: null,
  equipment: ['table'],
  defaultDose: {
    sets: 1,
    repsMin: 10,
    repsMax: 10,
    holdSeconds: 3,
    restSeconds: 0,
    tempo: { closeSeconds: 2, holdSeconds: 3, openSeconds: 2 },
    load: { kind: 'none', brand: null, level: null, kgf: null, percent: null },
    effortTarget: null,
    painLimit: null,
    schedule: { v: 1, kind: 'per_day', times: 3, days: null },
  },
  progressionVariable: 'reps',
  precautions: ['tendon_repair'],
  camera: 'yes',
  errorTags: [TAG],
  texts: { en: TEXT },
  pose: [{ mcp: 0, pip: 0, dip: 0, wrist: null, thumb: 'away', prop: null }],
};

describe('exerciseSchema', () => {
  it.each<[string, Record<string, unknown>, boolean]>([
    ['as it stands', {}, true],
    ['a second language', { texts: { en: TEXT, 'pt-BR': TEXT } }, true],
    ['no English', { texts: { de: TEXT } }, false],
    ['a broken second language', { texts: { en: TEXT, de: { name: 'Faust' } } }, false],
    ['a word more', { video: 'x' }, false],
    ['a slug with a capital', { slug: 'Full-fist' }, false],
    ['a slug with an end dash', { slug: 'full-fist-' }, false],
    ['another category', { category: 'strength' }, false],
    ['equipment twice', { equipment: ['table', 'table'] }, false],
    ['a muscle group twice', { muscleGroup: ['flexors', 'flexors'] }, false],
    ['a precaution twice', { precautions: ['tendon_repair', 'tendon_repair'] }, false],
    ['a tag twice', { errorTags: [TAG, TAG] }, false],
    ['two tags', { errorTags: [TAG, { ...TAG, code: 'thumb_inside' }] }, true],
    ['a tag without words', { errorTags: [{ ...TAG, labelPatient: '' }] }, false],
    ['a tag with another severity', { errorTags: [{ ...TAG, severity: 'severe' }] }, false],
    ['no drawing', { pose: [] }, false],
    ['six drawings', { pose: Array(6).fill(EXERCISE.pose[0]) }, true],
    ['seven drawings', { pose: Array(7).fill(EXERCISE.pose[0]) }, false],
    ['one step', { texts: { en: { ...TEXT, steps: ['Close.'] } } }, false],
    ['nine steps', { texts: { en: { ...TEXT, steps: Array(9).fill('Close.') } } }, false],
    ['no cue', { texts: { en: { ...TEXT, cues: [] } } }, false],
    ['a step of 161', { texts: { en: { ...TEXT, steps: ['Close.', 'a'.repeat(161)] } } }, false],
    ['a step of two lines', { texts: { en: { ...TEXT, steps: ['Close.', 'Open\nit.'] } } }, false],
    ['a name with a space at the end', { texts: { en: { ...TEXT, name: 'Fist ' } } }, false],
    ['a step with NUL', { texts: { en: { ...TEXT, steps: ['Close.', 'O\0pen.'] } } }, false],
    ['a name of 60', { texts: { en: { ...TEXT, name: 'a'.repeat(60) } } }, true],
    ['a name of 61', { texts: { en: { ...TEXT, name: 'a'.repeat(61) } } }, false],
    ['a name of two letters', { texts: { en: { ...TEXT, name: 'Go' } } }, true],
    ['a purpose of 161', { texts: { en: { ...TEXT, purpose: 'a'.repeat(161) } } }, false],
    ['six cues', { texts: { en: { ...TEXT, cues: Array(6).fill('Slow.') } } }, false],
    ['six precautions', { texts: { en: { ...TEXT, precautions: Array(6).fill('Stop.') } } }, false],
    ['a slug with digits of 60', { slug: `9-${'a'.repeat(58)}` }, true],
    ['a slug of 61', { slug: 'a'.repeat(61) }, false],
    ['a slug that ends in 9', { slug: 'level-9' }, true],
    ['a code with digits', { errorTags: [{ ...TAG, code: '9_level_9' }] }, true],
    ['a code of 61', { errorTags: [{ ...TAG, code: 'a'.repeat(61) }] }, false],
    ['a label of 121', { errorTags: [{ ...TAG, labelPatient: 'a'.repeat(121) }] }, false],
    ['a clinical label of 121', { errorTags: [{ ...TAG, labelClinical: 'a'.repeat(121) }] }, false],
    ['nine tags', { errorTags: Array.from({ length: 9 }, (_, i) => ({ ...TAG, code: `c${i}` })) }, false],
    ['a broken dose', { defaultDose: { ...EXERCISE.defaultDose, sets: 0 } }, false],
    ['a camera that may', { camera: 'maybe' }, false],
  ])('%s: %s', (_, change, valid) => {
    expect(exerciseSchema.safeParse({ ...EXERCISE, ...change }).success).toBe(valid);
  });

  it.each(EXERCISE_CATEGORIES)('knows %s', (category) => {
    expect(exerciseSchema.safeParse({ ...EXERCISE, category }).success).toBe(true);
  });
});

describe('libraryFileSchema', () => {
  const other = { ...EXERCISE, slug: 'half-fist' };
  it.each<[string, unknown[], boolean]>([
    ['two of one category', [EXERCISE, other], true],
    ['one', [EXERCISE], true],
    ['none', [], false],
    ['one slug twice', [EXERCISE, EXERCISE], false],
    ['two categories', [EXERCISE, { ...other, category: 'putty' }], false],
  ])('%s: %s', (_, file, valid) => {
    expect(libraryFileSchema.safeParse(file).success).toBe(valid);
  });
});
