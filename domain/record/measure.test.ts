import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue';
import { manualMotionsOf, stored, valueOfTrials } from './measure';
import { type MeasureInput, measureInputSchema, problemsOf } from './measure-input';

const ID = '01a2b3c4-d5e6-4f70-8a9b-0c1d2e3f4a5b';

const NOTHING: Omit<MeasureInput, 'kind' | 'method'> = {
  id: ID,
  side: null,
  digit: null,
  joint: null,
  motion: null,
  activity: null,
  site: null,
  device: null,
  posture: null,
  handle: null,
  statistic: null,
  trials: null,
  value: null,
  choice: null,
  note: null,
  stoppedFor: null,
};

const grip = (change: Partial<MeasureInput> = {}): MeasureInput => ({
  ...NOTHING,
  kind: 'grip',
  side: 'left',
  method: 'dynamometer',
  device: 'Jamar 2',
  posture: 'asht',
  handle: 2,
  statistic: 'mean',
  trials: [6.6, 7, 7.1],
  value: 6.9,
  ...change,
});
const joint = (change: Partial<MeasureInput> = {}): MeasureInput => ({
  ...NOTHING,
  kind: 'joint',
  side: 'left',
  digit: 'index',
  joint: 'pip',
  motion: 'flexion',
  activity: 'active',
  method: 'goniometer',
  value: 74,
  ...change,
});
const two = (change: Partial<MeasureInput> = {}): MeasureInput => ({
  ...NOTHING,
  kind: 'two_point_static',
  side: 'right',
  digit: 'index',
  site: 'tip_radial',
  method: 'disk',
  value: 6,
  ...change,
});
const pain = (change: Partial<MeasureInput> = {}): MeasureInput => ({
  ...NOTHING,
  kind: 'pain_now',
  method: 'said',
  value: 3,
  ...change,
});
const tremor = (change: Partial<MeasureInput> = {}): MeasureInput => ({
  ...NOTHING,
  kind: 'tremor',
  side: 'right',
  site: 'held_out',
  method: 'observed',
  choice: 'slight',
  ...change,
});

type Code = ReturnType<typeof problemsOf>[number]['code'];

describe('a measure as it is entered', () => {
  it.each<[string, MeasureInput, Code | null]>([
    ['grip, three trials and their mean', grip(), null],
    ['grip, the maximum of them', grip({ statistic: 'max', value: 7.1 }), null],
    ['grip, one trial', grip({ trials: [6.6], value: 6.6 }), null],
    ['grip from a letter, no trials', grip({ method: 'stated', trials: null, statistic: null, value: 4.6 }), null],
    [
      'grip, best of six (Southampton)',
      grip({ posture: 'southampton', statistic: 'max', trials: [5, 6, 7, 6, 5, 4], value: 7 }),
      null,
    ],
    ['grip of nothing: a hand that cannot squeeze', grip({ trials: [0, 0, 0], value: 0 }), null],
    ['grip, negative', grip({ trials: [-1], value: -1 }), 'out_of_bounds'],
    ['grip, 1e9', grip({ trials: [1e9], value: 1e9 }), 'out_of_bounds'],
    [
      'grip, one trial of three impossible',
      grip({ trials: [6, 7, 600], statistic: 'mean', value: stored(613 / 3) }),
      'out_of_bounds',
    ],
    ['grip, a mean that is none', grip({ value: 7.5 }), 'value_not_of_trials'],
    ['grip, the mean said to be the maximum', grip({ statistic: 'max', value: 6.9 }), 'value_not_of_trials'],
    ['grip, trials without what was made of them', grip({ statistic: null }), 'statistic_missing'],
    ['grip without a hand', grip({ side: null }), 'field_missing'],
    ['grip of a finger', grip({ digit: 'index' }), 'field_not_of_kind'],
    ['grip with a goniometer', grip({ method: 'goniometer' }), 'method_not_of_kind'],
    ['grip drawn on a clip', grip({ method: 'clip' }), 'method_not_of_kind'],
    ['grip as a word', grip({ trials: null, statistic: null, value: null, choice: 'strong' }), 'choice_unknown'],
    ['grip, number and word', grip({ choice: 'strong' }), 'value_or_choice'],
    ['grip, neither', grip({ value: null, trials: null, statistic: null }), 'value_or_choice'],
    ['index PIP bends 74°', joint(), null],
    ['index PIP, 12° short of straight', joint({ motion: 'extension', value: 12 }), null],
    ['index PIP, 5° past straight', joint({ motion: 'extension', value: -5 }), null],
    ['thumb IP', joint({ digit: 'thumb', joint: 'thumb_ip' }), null],
    ['wrist, no digit', joint({ digit: null, joint: 'wrist', motion: 'ulnar_deviation', value: 30 }), null],
    ['forearm turns', joint({ digit: null, joint: 'forearm', motion: 'supination', value: 80 }), null],
    ['the thumb has no PIP', joint({ digit: 'thumb' }), 'no_such_joint'],
    ['an index finger has no thumb IP', joint({ joint: 'thumb_ip' }), 'no_such_joint'],
    ['a wrist of the index finger', joint({ joint: 'wrist' }), 'no_such_joint'],
    ['PIP of no finger', joint({ digit: null }), 'no_such_joint'],
    ['PIP does not turn', joint({ motion: 'supination' }), 'no_such_joint'],
    ['DIP does not spread', joint({ joint: 'dip', motion: 'abduction' }), 'no_such_joint'],
    ['forearm does not bend', joint({ digit: null, joint: 'forearm' }), 'no_such_joint'],
    ['joint without its motion', joint({ motion: null }), 'field_missing'],
    ['joint, nobody said who moves it', joint({ activity: null }), 'field_missing'],
    ['joint, 181°', joint({ value: 181 }), 'out_of_bounds'],
    ['joint, 91° past straight', joint({ motion: 'extension', value: -91 }), 'out_of_bounds'],
    ['joint from a still is a mark', joint({ method: 'still' }), 'method_not_of_kind'],
    ['joint with trials', joint({ statistic: 'mean', trials: [74], value: 74 }), 'trials_not_of_kind'],
    ['joint with a handle', joint({ handle: 2 }), 'field_not_of_kind'],
    ['two points 6 mm apart on half a fingertip', two(), null],
    ['two points, not told apart', two({ value: null, choice: 'not_felt' }), null],
    ['two points nowhere', two({ site: null, digit: null }), 'field_missing'],
    ['two points on the nose', two({ site: 'nose' }), 'site_unknown'],
    ['a fingertip of no finger', two({ digit: null }), 'digit_of_site'],
    ['a palm of the index finger', two({ site: 'palm_radial' }), 'digit_of_site'],
    ['two points 0 mm apart', two({ value: 0 }), 'out_of_bounds'],
    ['filament 3.61', two({ kind: 'monofilament', method: 'filament', value: null, choice: 'f361' }), null],
    ['filament as a number', two({ kind: 'monofilament', method: 'filament', value: 3.61 }), 'field_not_of_kind'],
    ['textures, 8 of 10 right', two({ kind: 'texture', method: 'count', site: null, digit: null, value: 80 }), null],
    [
      'textures, 110 %',
      two({ kind: 'texture', method: 'count', site: null, digit: null, value: 110 }),
      'out_of_bounds',
    ],
    ['pain 3 of the hand as a whole', pain(), null],
    ['pain 11', pain({ value: 11 }), 'out_of_bounds'],
    ['pain 3.5', pain({ value: 3.5 }), 'whole_number'],
    ['pain as a word', pain({ value: null, choice: 'bad' }), 'choice_unknown'],
    ['tremor, held out, slight', tremor(), null],
    ['tremor, nobody said when', tremor({ site: null }), 'field_missing'],
    ['tremor while asleep', tremor({ site: 'asleep' }), 'site_unknown'],
    ['tremor as a number', tremor({ choice: null, value: 5 }), 'field_not_of_kind'],
    ['tremor, not answered', tremor({ choice: null }), 'value_or_choice'],
    [
      'ring finger follows the others',
      tremor({ kind: 'finger_independence', digit: 'ring', site: null, choice: 'follows' }),
      null,
    ],
    ['buttons with some help', tremor({ kind: 'assistance', side: null, site: 'button', choice: 'some_help' }), null],
    [
      'thumb to palm is Kapandji, not this',
      { ...pain(), kind: 'fingertip_to_palm', method: 'tape', side: 'left', digit: 'thumb' },
      'no_such_joint',
    ],
    ['Kapandji 7', { ...pain({ value: 7 }), kind: 'kapandji', method: 'observed', side: 'left' }, null],
    ['Kapandji 7.5', { ...pain({ value: 7.5 }), kind: 'kapandji', method: 'observed', side: 'left' }, 'whole_number'],
    ['61 blocks in a minute', { ...pain({ value: 61 }), kind: 'box_and_block', method: 'count', side: 'left' }, null],
    [
      'nine pegs in no time',
      { ...pain({ value: 0 }), kind: 'nine_hole_peg', method: 'timer', side: 'left' },
      'out_of_bounds',
    ],
  ])('%s', (_, measure, code) => {
    const codes = problemsOf(measure).map((problem) => problem.code);
    if (code === null) expect(codes).toEqual([]);
    else expect(codes).toContain(code);
    expect(measureInputSchema.safeParse(measure).success).toBe(code === null);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, '12', undefined])('refuses %s as a number', (value) => {
    expect(measureInputSchema.safeParse({ ...pain(), value }).success).toBe(false);
  });

  it('refuses more trials than six, and none in a list', () => {
    expect(measureInputSchema.safeParse(grip({ trials: [7, 7, 7, 7, 7, 7, 7], value: 7 })).success).toBe(false);
    expect(measureInputSchema.safeParse(grip({ trials: [], value: 7 })).success).toBe(false);
  });

  it('says what is wrong with which field', () => {
    const refused = measureInputSchema.safeParse(grip({ trials: [-1], value: -1 }));
    expect(refused.error?.issues.map(({ path, message }) => [path.join('.'), message])).toContainEqual([
      'trials',
      'out_of_bounds',
    ]);
  });
});

describe('the catalogue', () => {
  it('says of every number what is possible, and of every word which there are', () => {
    for (const spec of CATALOGUE) {
      expect(spec.unit === null ? spec.choices.length > 1 : spec.bounds, spec.kind).toBeTruthy();
      expect(spec.methods.length, spec.kind).toBeGreaterThan(0);
    }
  });
  it('names a source for every change, and none that was only recalled as verified', () => {
    for (const { kind, changes } of CATALOGUE)
      for (const { source, verified } of changes) expect(verified, kind).toBe(source !== 'house_default');
  });
  it('has motions for every joint that is measured by hand', () => {
    expect(manualMotionsOf('wrist')).toContain('radial_deviation');
    expect(manualMotionsOf('thumb_cmc')).toContain('palmar_abduction');
  });
});

describe('the value of trials', () => {
  const trials = fc.array(fc.double({ min: 0, max: 150, noNaN: true }), { minLength: 1, maxLength: 6 });
  it('lies among them, the mean never above the maximum', () => {
    fc.assert(
      fc.property(trials, (all) => {
        const [mean, max] = [valueOfTrials(all, 'mean') ?? -1, valueOfTrials(all, 'max') ?? -1];
        expect(mean).toBeGreaterThanOrEqual(Math.min(...all) - 0.001);
        expect(mean).toBeLessThanOrEqual(max + 0.001);
      }),
    );
  });
  it('is accepted with them, whatever they are', () => {
    fc.assert(
      fc.property(trials, fc.constantFrom('mean' as const, 'max' as const), (all, statistic) => {
        const value = valueOfTrials(all, statistic);
        expect(problemsOf(grip({ trials: all, statistic, value }))).toEqual([]);
      }),
    );
  });
  it('is nothing of none', () => {
    expect(valueOfTrials([], 'mean')).toBeNull();
  });
});
