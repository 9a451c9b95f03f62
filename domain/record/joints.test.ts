import { describe, expect, it } from 'vitest';
import type { Joint } from '#domain/annotation/mark';
import type { Digit } from '#domain/input/fields';
import {
  asshGrade,
  isStraightening,
  type JointReading,
  normalEndOf,
  straightFromTyped,
  straightness,
  strickland,
  totalMotion,
} from './joints';

/** Bends and what each lacks to straight: [flexion, extension] of MCP, PIP, DIP (of a thumb MCP, IP); null = not measured. */
type Read = readonly [number | null, number | null];

function readings(parts: readonly Read[], digit: Digit = 'index', activity: JointReading['activity'] = 'active') {
  const joints: Joint[] = digit === 'thumb' ? ['thumb_mcp', 'thumb_ip'] : ['mcp', 'pip', 'dip'];
  return parts.flatMap(([flexion, extension], index) => {
    const joint = joints[index] ?? 'dip';
    const of = (motion: 'flexion' | 'extension', degrees: number | null): JointReading[] =>
      degrees === null ? [] : [{ joint, digit, motion, activity, degrees, at: index, row: null }];
    return [...of('flexion', flexion), ...of('extension', extension)];
  });
}

const WHOLE: readonly Read[] = [
  [85, 0],
  [110, 0],
  [65, 0],
];

describe('total motion of a digit', () => {
  it.each<[string, readonly Read[], Digit, number | null, number | null]>([
    // American Society for Surgery of the Hand: 85 + 110 + 65 = 260.
    ['a whole finger', WHOLE, 'index', 260, 0],
    [
      '62, 74 and 38, PIP 12 short',
      [
        [62, 0],
        [74, 12],
        [38, 0],
      ],
      'index',
      162,
      12,
    ],
    [
      '84, 96 and 60, PIP 4 short',
      [
        [84, 0],
        [96, 4],
        [60, 0],
      ],
      'index',
      236,
      4,
    ],
    [
      'every joint short',
      [
        [70, 10],
        [60, 25],
        [30, 5],
      ],
      'ring',
      120,
      40,
    ],
    [
      'past straight adds nothing',
      [
        [85, -20],
        [110, 0],
        [65, -5],
      ],
      'little',
      260,
      0,
    ],
    [
      'a finger that does not move',
      [
        [30, 30],
        [45, 45],
        [10, 10],
      ],
      'middle',
      0,
      85,
    ],
    [
      'never below nothing, whatever was typed',
      [
        [0, 30],
        [0, 45],
        [0, 10],
      ],
      'middle',
      0,
      85,
    ],
    [
      'no DIP',
      [
        [85, 0],
        [110, 0],
      ],
      'index',
      null,
      null,
    ],
    [
      'nobody straightened the PIP',
      [
        [85, 0],
        [110, null],
        [65, 0],
      ],
      'index',
      null,
      null,
    ],
    [
      'nobody bent the MCP',
      [
        [null, 0],
        [110, 0],
        [65, 0],
      ],
      'index',
      null,
      null,
    ],
    [
      'a thumb: MCP and IP',
      [
        [55, 0],
        [80, 0],
      ],
      'thumb',
      135,
      0,
    ],
    ['a thumb without its IP', [[55, 0]], 'thumb', null, null],
    ['nothing', [], 'index', null, null],
  ])('%s', (_, parts, digit, degrees, deficit) => {
    const total = totalMotion(readings(parts, digit));
    expect(total?.degrees ?? null).toBe(degrees);
    expect(total?.deficitDegrees ?? null).toBe(deficit);
  });

  it('is active, passive or assisted as its readings are', () => {
    expect(totalMotion(readings(WHOLE))?.what).toBe('tam');
    expect(totalMotion(readings(WHOLE, 'index', 'passive'))?.what).toBe('tpm');
    expect(totalMotion(readings(WHOLE, 'index', 'assisted'))?.what).toBe('assisted');
  });
  it('takes the later of two readings of a joint', () => {
    const again = readings([[60, 0]]).map((reading) => ({ ...reading, at: 9 }));
    expect(totalMotion([...again, ...readings(WHOLE)])?.degrees).toBe(235);
  });
});

describe('the grade of a total (American Society for Surgery of the Hand)', () => {
  it.each<[string, Digit, number, number | null, string | null]>([
    ['as the other', 'index', 242, 242, 'excellent 100 other_hand'],
    ['more than the other', 'index', 250, 240, 'excellent 104 other_hand'],
    ['162 of 242', 'index', 162, 242, 'fair 67 other_hand'],
    ['76 %', 'ring', 76, 100, 'good 76 other_hand'],
    ['75 % is not above 75', 'ring', 75, 100, 'fair 75 other_hand'],
    ['50 % is not above 50', 'ring', 50, 100, 'poor 50 other_hand'],
    ['of 260 without another', 'index', 260, null, 'excellent 100 normal'],
    ['198 of 260', 'index', 198, null, 'good 76 normal'],
    ['another that does not move is none', 'index', 130, 0, 'poor 50 normal'],
    ['a thumb against the other', 'thumb', 120, 135, 'good 89 other_hand'],
    ['a thumb alone', 'thumb', 120, null, null],
  ])('%s', (_, digit, tam, other, expected) => {
    const graded = asshGrade(digit, tam, other);
    expect(graded ? `${graded.grade} ${graded.percent} ${graded.against}` : null).toBe(expected);
  });
});

describe('Strickland and Glogovac', () => {
  it.each<[string, readonly Read[], string | null]>([
    [
      '110 and 65 is all',
      [
        [null, null],
        [110, 0],
        [65, 0],
      ],
      '100 excellent',
    ],
    [
      '149 of 175',
      [
        [90, 0],
        [100, 0],
        [49, 0],
      ],
      '85 excellent',
    ],
    [
      '74 and 38, PIP 12 short',
      [
        [62, 0],
        [74, 12],
        [38, 0],
      ],
      '57 fair',
    ],
    [
      '123 of 175',
      [
        [0, 0],
        [90, 5],
        [38, 0],
      ],
      '70 good',
    ],
    [
      '87 of 175',
      [
        [0, 0],
        [60, 0],
        [27, 0],
      ],
      '50 fair',
    ],
    [
      '86 of 175',
      [
        [0, 0],
        [60, 0],
        [26, 0],
      ],
      '49 poor',
    ],
    [
      'the big knuckle does not count',
      [
        [0, 90],
        [110, 0],
        [65, 0],
      ],
      '100 excellent',
    ],
    [
      'no DIP',
      [
        [90, 0],
        [100, 0],
      ],
      null,
    ],
  ])('%s', (_, parts, expected) => {
    const graded = strickland(readings(parts));
    expect(graded ? `${graded.percent} ${graded.grade}` : null).toBe(expected);
  });
  it('is of active motion, and of no thumb', () => {
    expect(strickland(readings(WHOLE, 'index', 'passive'))).toBeNull();
    expect(
      strickland(
        readings(
          [
            [55, 0],
            [80, 0],
          ],
          'thumb',
        ),
      ),
    ).toBeNull();
  });
});

describe('what was typed for straight', () => {
  it.each<[string, number | null]>([
    ['12', 12],
    ['-12', 12],
    ['−12', 12],
    ['–12', 12],
    [' −12° ', 12],
    ['+5', -5],
    ['0', 0],
    ['-0', 0],
    ['+0', 0],
    ['', null],
    ['  ', null],
  ])('%j is stored as %s', (text, degrees) => {
    expect(straightFromTyped(text)).toBe(degrees);
  });
  it.each(['twelve', '12.5', '--12', '+-5', '1e3', '12 N', '1000'])('%j is no number of degrees', (text) => {
    expect(straightFromTyped(text)).toBeNaN();
  });
  it.each<[number, string]>([
    [12, 'short 12'],
    [-5, 'past 5'],
    [0, 'straight 0'],
    [0.4, 'straight 0'],
    [-0.4, 'straight 0'],
  ])('%f reads %s', (degrees, expected) => {
    const { stands, degrees: shown } = straightness(degrees);
    expect(`${stands} ${shown}`).toBe(expected);
  });
  it('is of fingers and thumb; a wrist comes up from neutral', () => {
    expect(isStraightening('pip', 'extension')).toBe(true);
    expect(isStraightening('thumb_ip', 'extension')).toBe(true);
    expect(isStraightening('wrist', 'extension')).toBe(false);
    expect(isStraightening('pip', 'flexion')).toBe(false);
  });
});

it.each<[Joint, Parameters<typeof normalEndOf>[1], number | null]>([
  ['mcp', 'flexion', 90],
  ['pip', 'flexion', 100],
  ['dip', 'flexion', 80],
  ['thumb_mcp', 'extension', -10],
  ['thumb_ip', 'flexion', 80],
  ['wrist', 'extension', 70],
  ['wrist', 'ulnar_deviation', 35],
  ['forearm', 'supination', 85],
  ['thumb_cmc', 'palmar_abduction', null],
])('%s %s usually ends at %s° (e-hand.com, nor002)', (joint, motion, degrees) => {
  expect(normalEndOf(joint, motion)).toBe(degrees);
});
