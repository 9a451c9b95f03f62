import { describe, expect, it } from 'vitest';
import type { RestrictionLimit } from './restriction';
import { EMPTY_RESTRICTION, limitOf, type TypedRestriction, typedDegrees, typedOf } from './typed-restriction';

const typed = (more: Partial<TypedRestriction>) => limitOf({ ...EMPTY_RESTRICTION, ...more });
const PIP = { kind: 'motion', joint: 'pip', isUpTo: true, motion: 'extension' } as const;

describe('degrees of straight, as therapists write them', () => {
  it.each([
    ['12', 12],
    ['-12', 12],
    ['−12°', 12],
    ['+5', -5],
    ['0', 0],
    ['١٢', 12],
  ])('%s of a finger is stored as %i', (text, degrees) => {
    expect(typedDegrees(text, PIP)).toBe(degrees);
  });
  it.each([
    ['30', 30],
    ['+30', 30],
    ['-10', -10],
  ])('%s of a wrist is counted from neutral upwards: %i', (text, degrees) => {
    expect(typedDegrees(text, { joint: 'wrist', motion: 'extension' })).toBe(degrees);
  });
  it.each(['', 'a few', '12.5', '1e3', '12 kg', '--3'])('"%s" is no angle', (text) => {
    expect(typedDegrees(text, PIP)).toBeNaN();
  });
});

describe('a limit that is written', () => {
  it.each<[string, Partial<TypedRestriction>, unknown]>([
    ['no load', { kind: 'load' }, { limit: { v: 1, kind: 'load', maxKgf: null } }],
    ['1.5', { kind: 'load', isUpTo: true, kgf: '1.5' }, { limit: { v: 1, kind: 'load', maxKgf: 1.5 } }],
    ['1,5', { kind: 'load', isUpTo: true, kgf: '1,5' }, { limit: { v: 1, kind: 'load', maxKgf: 1.5 } }],
    ['nothing', { kind: 'load', isUpTo: true, kgf: '' }, { gap: 'maxKgf' }],
    ['nothing at all in kgf', { kind: 'load', isUpTo: true, kgf: '0' }, { gap: 'maxKgf' }],
    ['12 N', { kind: 'load', isUpTo: true, kgf: '12 N' }, { gap: 'maxKgf' }],
    ['a billion', { kind: 'load', isUpTo: true, kgf: '1000000000' }, { gap: 'maxKgf' }],
    ['below nothing', { kind: 'load', isUpTo: true, kgf: '-1' }, { gap: 'maxKgf' }],
    ['no angle', { ...PIP, degrees: '' }, { gap: 'maxDegrees' }],
    ['an angle no joint has', { ...PIP, degrees: '999' }, { gap: 'maxDegrees' }],
    ['30° short of straight', { ...PIP, degrees: '30' }, { limit: { joint: 'pip', maxDegrees: 30, digits: null } }],
    ['of two fingers', { ...PIP, degrees: '30', digits: ['index', 'ring'] }, { limit: { digits: ['index', 'ring'] } }],
    ['fingers of a wrist', { ...PIP, joint: 'wrist', degrees: '30', digits: ['index'] }, { limit: { digits: null } }],
    ['degrees of any motion', { ...PIP, motion: null, degrees: '30' }, { limit: { motion: null, maxDegrees: null } }],
    ['a motion that the joint has not', { ...PIP, motion: 'pronation', degrees: '30' }, { gap: 'maxDegrees' }],
    ['water', { kind: 'water' }, { limit: { v: 1, kind: 'water' } }],
    ['a splint without when', { kind: 'splint', when: '  ' }, { gap: 'when' }],
    ['other, in words', { kind: 'other', text: 'No gardening' }, { limit: { text: 'No gardening' } }],
    ['other, without', { kind: 'other' }, { gap: 'text' }],
  ])('%s', (_, more, expected) => {
    expect(typed(more)).toMatchObject(expected as object);
  });

  const motion = { v: 1, kind: 'motion', joint: 'pip', digits: ['index'], activity: 'passive' } as const;
  it.each<[RestrictionLimit]>([
    [{ v: 1, kind: 'load', maxKgf: null }],
    [{ v: 1, kind: 'load', maxKgf: 1.5 }],
    [{ ...motion, digits: ['index'], motion: 'extension', maxDegrees: 30 }],
    [{ ...motion, digits: ['index'], motion: 'extension', maxDegrees: -5 }],
    [{ ...motion, digits: null, motion: null, maxDegrees: null }],
    [{ ...motion, joint: 'wrist', digits: null, motion: 'extension', maxDegrees: -10 }],
    [{ v: 1, kind: 'splint', when: 'at night' }],
    [{ v: 1, kind: 'other', text: 'No gardening' }],
    [{ v: 1, kind: 'driving' }],
  ])('is the same after it was opened again: %o', (limit) => {
    expect(limitOf(typedOf(limit))).toEqual({ limit });
  });
});
