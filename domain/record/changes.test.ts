import { describe, expect, it } from 'vitest';
import { type ChangeContext, changeOf, detectableChangeFor } from './changes';
import type { MeasureKind, SeriesFields } from './measure';

const UNKNOWN: ChangeContext = { isAffected: null, isDominant: null, isSameExaminer: null };
const affected = { ...UNKNOWN, isAffected: true };
const other = { ...UNKNOWN, isAffected: false };

const of = (kind: MeasureKind, joint: SeriesFields['joint'] = null, motion: SeriesFields['motion'] = null) => ({
  kind,
  joint,
  motion,
});
const PIP = of('joint', 'pip', 'flexion');
const STRAIGHT = of('joint', 'pip', 'extension');
const WRIST = of('joint', 'wrist', 'extension');

describe('first against last', () => {
  type Case = [string, ReturnType<typeof of>, ChangeContext, number, number, string];
  it.each<Case>([
    // Goniometer: up to about 10°.
    ['PIP bends 14° more', PIP, affected, 60, 74, '14 better more_than_error 10'],
    ['PIP bends 10° more: not more than 10', PIP, affected, 60, 70, '10 better within_error 10'],
    ['PIP bends 12° less', PIP, affected, 60, 48, '-12 worse more_than_error 10'],
    ['PIP as before', PIP, affected, 60, 60, '0 same within_error 10'],
    ['PIP 25° short, now 12°', STRAIGHT, affected, 25, 12, '-13 better more_than_error 10'],
    ['PIP 3° short, now 5° past straight', STRAIGHT, affected, 3, -5, '-8 worse within_error 10'],
    ['a wrist comes up further', WRIST, affected, 40, 55, '15 better more_than_error 10'],
    ['sideways is neither', of('joint', 'pip', 'deviation'), affected, 5, 25, '20 more more_than_error 10'],
    ['total, house default', of('total_motion'), affected, 162, 198, '36 better more_than_error 20'],
    // Grip after a stroke: 2.9 kg affected, 4.7 kg other (Chen 2009).
    ['grip 4.6 to 6.9', of('grip'), affected, 4.6, 6.9, '2.3 better within_error 2.9'],
    ['grip 9.5 to 13.1', of('grip'), affected, 9.5, 13.1, '3.6 better more_than_error 2.9'],
    ['the same on the other hand', of('grip'), other, 9.5, 13.1, '3.6 better within_error 4.7'],
    ['on a hand of which nobody says it: the larger', of('grip'), UNKNOWN, 9.5, 13.1, '3.6 better within_error 4.7'],
    ['palmar pinch 2.0 to 3.3', of('pinch_palmar'), affected, 2, 3.3, '1.3 better more_than_error 1.2'],
    ['key pinch 4.2 to 5.6', of('pinch_key'), affected, 4.2, 5.6, '1.4 better within_error 1.4'],
    ['tip pinch: no figure was found', of('pinch_tip'), affected, 1, 5, '4 better unknown null'],
    // Nine-hole peg: 19.4 % dominant, 29.1 % other (Hervault 2017).
    [
      'pegs 32.5 to 25, dominant',
      of('nine_hole_peg'),
      { ...UNKNOWN, isDominant: true },
      32.5,
      25,
      '-7.5 better more_than_error 6.305',
    ],
    [
      'pegs 32.5 to 25, other',
      of('nine_hole_peg'),
      { ...UNKNOWN, isDominant: false },
      32.5,
      25,
      '-7.5 better within_error 9.458',
    ],
    ['pegs, nobody knows which', of('nine_hole_peg'), UNKNOWN, 32.5, 25, '-7.5 better within_error 9.458'],
    ['blocks 40 to 46 (stroke)', of('box_and_block'), affected, 40, 46, '6 better more_than_error 5.5'],
    ['blocks 40 to 46, other hand', of('box_and_block'), other, 40, 46, '6 better within_error 7.8'],
    // Figure of eight: 1.3 cm by one person, 1.6 by two.
    [
      '1.5 cm less, one examiner',
      of('figure_of_eight'),
      { ...UNKNOWN, isSameExaminer: true },
      44.5,
      43,
      '-1.5 better more_than_error 1.3',
    ],
    [
      '1.5 cm less, two',
      of('figure_of_eight'),
      { ...UNKNOWN, isSameExaminer: false },
      44.5,
      43,
      '-1.5 better within_error 1.6',
    ],
    [
      '1.5 cm more swelling',
      of('figure_of_eight'),
      { ...UNKNOWN, isSameExaminer: true },
      43,
      44.5,
      '1.5 worse more_than_error 1.3',
    ],
    ['round a joint: no figure', of('circumference'), UNKNOWN, 7, 6.6, '-0.4 better unknown null'],
    ['pain 5 to 3: two points count', of('pain_worst'), UNKNOWN, 5, 3, '-2 better more_than_error 2'],
    ['pain 5 to 4', of('pain_worst'), UNKNOWN, 5, 4, '-1 better within_error 2'],
    ['pain 3 to 6', of('pain_worst'), UNKNOWN, 3, 6, '3 worse more_than_error 2'],
    ['Kapandji 5 to 6', of('kapandji'), UNKNOWN, 5, 6, '1 better more_than_error 1'],
    ['fingertip 3.2 to 1.8 cm', of('fingertip_to_palm'), UNKNOWN, 3.2, 1.8, '-1.4 better unknown null'],
  ])('%s', (_, fields, context, first, last, expected) => {
    const change = changeOf(fields, { first, last }, detectableChangeFor(fields, context));
    expect(`${change.difference} ${change.way} ${change.than} ${change.error}`).toBe(expected);
  });
});

it('never uses what matters to people as the error of measuring', () => {
  expect(detectableChangeFor({ kind: 'grip' }, affected)).toMatchObject({ what: 'detectable', population: 'stroke' });
});
