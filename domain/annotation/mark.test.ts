import { describe, expect, it } from 'vitest';
import { anchorSchema, digitsOf, isMeasurement, type Joint, markPoints, markSchema, pointSchema } from './mark';
import { authorRoleSchema, envelopeSchema, operationSchema } from './operation';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const p = (x: number, y: number) => ({ x, y });
const base = { markId: id(1), anchor: { kind: 'live' }, aspect: 16 / 9, side: 'right' };
const two = [p(0, 0), p(1, 1)];
const three = [p(0, 0), p(0.5, 0.5), p(1, 0)];
const measurement = {
  joint: 'pip',
  digit: 'index',
  side: 'right',
  motion: 'flexion',
  activity: 'active',
  view: 'radial',
};
const angle = { ...base, kind: 'angle', points: three, measurement };
const text = { ...base, kind: 'text', point: p(0.5, 0.5), text: 'Bend here' };
const isMark = (value: unknown) => markSchema.safeParse(value).success;
const pen = (count: number) => ({ ...base, kind: 'pen', points: Array.from({ length: count }, () => p(0.5, 0.5)) });

describe('a mark', () => {
  it.each([
    ['pen', pen(2)],
    ['pen of 512 points', pen(512)],
    ['arrow', { ...base, kind: 'arrow', points: two }],
    ['line', { ...base, kind: 'line', points: two }],
    ['ellipse', { ...base, kind: 'ellipse', points: two }],
    ['angle without a measurement', { ...angle, measurement: undefined }],
    ['angle with a measurement', angle],
    ['point', { ...base, kind: 'point', point: p(0, 1) }],
    ['text', text],
    ['text of one character', { ...text, text: '!' }],
    ['text of 200 characters', { ...text, text: 'x'.repeat(200) }],
    ['error tag', { ...base, kind: 'error_tag', code: 'wrist_flexed' }],
    ['error tag at a place', { ...base, kind: 'error_tag', code: 'wrist_flexed', point: p(0.2, 0.3) }],
    ['the shortest code', { ...base, kind: 'error_tag', code: '9' }],
    ['the longest code', { ...base, kind: 'error_tag', code: 'x'.repeat(64) }],
    ['the tallest picture', { ...text, aspect: 0.1 }],
    ['the widest picture', { ...text, aspect: 10 }],
    ['on a still', { ...text, anchor: { kind: 'still', stillId: id(2) } }],
    ['on one frame', { ...text, anchor: { kind: 'frames', from: 7, to: 7 } }],
    ['without a side', { ...text, side: null }],
    ['in place of another', { ...text, replaces: id(2), lineageId: id(3) }],
  ])('accepts %s', (_, mark) => {
    expect(isMark(mark)).toBe(true);
  });

  it.each([
    ['a pen of one point', pen(1)],
    ['a pen of 513 points', pen(513)],
    ['a line of three points', { ...base, kind: 'line', points: three }],
    ['an arrow of one point', { ...base, kind: 'arrow', points: [p(0, 0)] }],
    ['an ellipse of three points', { ...base, kind: 'ellipse', points: three }],
    ['an angle of two points', { ...angle, points: two }],
    ['an angle of four points', { ...angle, points: [...three, p(0, 1)] }],
    ['a point without a place', { ...base, kind: 'point' }],
    ['an empty text', { ...text, text: '' }],
    ['a blank text', { ...text, text: ' \n ' }],
    ['a text of 201 characters', { ...text, text: 'x'.repeat(201) }],
    ['a text with NUL', { ...text, text: 'a\u0000b' }],
    ['a text with half a surrogate pair', { ...text, text: 'a\ud83d' }],
    ['a text without a place', { ...base, kind: 'text', text: 'here' }],
    ['an error tag with a sentence', { ...base, kind: 'error_tag', code: 'Wrist too low' }],
    ['an error tag without a code', { ...base, kind: 'error_tag', code: '' }],
    ['an error tag of 65 characters', { ...base, kind: 'error_tag', code: 'x'.repeat(65) }],
    ['an unknown kind', { ...base, kind: 'stamp', point: p(0, 0) }],
    ['an id that is no UUID', { ...text, markId: 'mark-1' }],
    ['an id in capitals', { ...text, markId: 'ABCDEF00-0000-7000-8000-000000000001' }],
    ['a missing side', { ...text, side: undefined }],
    ['both sides', { ...text, side: 'both' }],
    ['aspect 0', { ...text, aspect: 0 }],
    ['a negative aspect', { ...text, aspect: -1 }],
    ['an unbounded aspect', { ...text, aspect: 11 }],
    ['aspect NaN', { ...text, aspect: Number.NaN }],
    ['a mark in place of itself', { ...text, replaces: base.markId }],
  ])('refuses %s', (_, mark) => {
    expect(isMark(mark)).toBe(false);
  });

  it.each([
    ['inside', 0.5, true],
    ['on the left edge', 0, true],
    ['on the right edge', 1, true],
    ['left of the picture', -0.0001, false],
    ['right of the picture', 1.0001, false],
    ['at NaN', Number.NaN, false],
    ['at infinity', Number.POSITIVE_INFINITY, false],
  ])('knows a coordinate %s', (_, value, accepted) => {
    expect(pointSchema.safeParse(p(value, 0.5)).success).toBe(accepted);
    expect(pointSchema.safeParse(p(0.5, value)).success).toBe(accepted);
  });

  it.each([
    ['in order', 2, 5, true],
    ['of one frame', 0, 0, true],
    ['backwards', 5, 2, false],
    ['of half frames', 0.5, 2, false],
    ['before the clip', -1, 2, false],
    ['without end', 0, 2_147_483_648, false],
  ])('knows a frame range %s', (_, from, to, accepted) => {
    expect(anchorSchema.safeParse({ kind: 'frames', from, to }).success).toBe(accepted);
  });

  it('lists its points in order, and none for an error tag without a place', () => {
    expect(markPoints(markSchema.parse(angle))).toEqual(three);
    expect(markPoints(markSchema.parse(text))).toEqual([p(0.5, 0.5)]);
    expect(markPoints(markSchema.parse({ ...base, kind: 'error_tag', code: 'slow' }))).toEqual([]);
  });
});

describe('a measurement', () => {
  it.each(Object.keys(measurement))('is refused without its %s', (key) => {
    expect(isMark({ ...angle, measurement: { ...measurement, [key]: undefined } })).toBe(false);
  });

  it.each(
    Object.entries({
      motion: ['flexion', 'extension', 'deviation', 'abduction'],
      activity: ['active', 'passive', 'assisted'],
      view: ['radial', 'ulnar', 'dorsal', 'palmar'],
    }),
  )('has one word of those for %s', (key, words) => {
    const accepts = (word: string) => isMark({ ...angle, measurement: { ...measurement, [key]: word } });
    expect([...words, 'other'].map(accepts)).toEqual([...words.map(() => true), false]);
  });

  it('must be of the side that stands on the mark', () => {
    expect(isMark({ ...angle, side: 'left' })).toBe(false);
    expect(isMark({ ...angle, side: null })).toBe(false);
    expect(isMark({ ...angle, measurement: { ...measurement, side: 'left' } })).toBe(false);
  });

  it.each<[Joint, readonly (string | null)[]]>([
    ['mcp', ['index', 'middle', 'ring', 'little']],
    ['pip', ['index', 'middle', 'ring', 'little']],
    ['dip', ['index', 'middle', 'ring', 'little']],
    ['thumb_cmc', ['thumb']],
    ['thumb_mcp', ['thumb']],
    ['thumb_ip', ['thumb']],
    ['wrist', [null]],
    ['forearm', [null]],
  ])('of %s names the digit it belongs to', (joint, digits) => {
    expect(digitsOf(joint)).toEqual(digits);
    for (const digit of [null, 'thumb', 'index', 'middle', 'ring', 'little']) {
      const accepted = isMark({ ...angle, measurement: { ...measurement, joint, digit } });
      expect(accepted, `${joint} ${digit}`).toBe(digits.includes(digit));
    }
  });

  it('is an angle with all its words; everything else is a drawing', () => {
    expect(isMeasurement(markSchema.parse(angle))).toBe(true);
    expect(isMeasurement(markSchema.parse({ ...angle, measurement: undefined }))).toBe(false);
    expect(isMeasurement(markSchema.parse(text))).toBe(false);
  });
});

describe('an operation', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, n) => id(n));
  it.each([
    ['commit', { kind: 'commit', mark: text }, true],
    ['remove of one', { kind: 'remove', markIds: ids(1) }, true],
    ['remove of 256', { kind: 'remove', markIds: ids(256) }, true],
    ['remove of none', { kind: 'remove', markIds: [] }, false],
    ['remove of 257', { kind: 'remove', markIds: ids(257) }, false],
    ['stage of a still', { kind: 'stage', stillId: id(1) }, true],
    ['stage of the live picture', { kind: 'stage', stillId: null }, true],
    ['stage of nothing', { kind: 'stage' }, false],
    ['unknown kind', { kind: 'clear' }, false],
  ])('%s', (_, op, accepted) => {
    expect(operationSchema.safeParse(op).success).toBe(accepted);
  });

  const envelope = { v: 1, opId: id(9), lamport: 0, tMs: 0, op: { kind: 'stage', stillId: null } };
  it.each([
    ['version 1', {}, true],
    ['another version', { v: 2 }, false],
    ['a clock below 0', { lamport: -1 }, false],
    ['a broken clock', { lamport: 0.5 }, false],
    ['an endless clock', { lamport: 2 ** 53 }, false],
    ['a time below 0', { tMs: -1 }, false],
    ['an id that is no UUID', { opId: 'op-1' }, false],
  ])('its envelope with %s', (_, change, accepted) => {
    expect(envelopeSchema.safeParse({ ...envelope, ...change }).success).toBe(accepted);
  });

  it('has an author of a known role', () => {
    const roles = ['clinician', 'patient', 'observer', 'admin'];
    expect(roles.map((role) => authorRoleSchema.safeParse(role).success)).toEqual([true, true, true, false]);
  });

  it('never takes its author, role or surface from the payload', () => {
    const forged = { ...envelope, authorId: 'clinician', role: 'clinician', surfaceId: 'stage' };
    expect(envelopeSchema.parse(forged)).toEqual(envelope);
    const signed = { kind: 'commit', mark: { ...text, author: { authorId: 'clinician' } } };
    expect(operationSchema.parse(signed)).toEqual({ kind: 'commit', mark: text });
  });
});
