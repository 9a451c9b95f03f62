import { describe, expect, it } from 'vitest';
import { type AuthorRole, type Operation, operationSchema } from './operation';
import { mayDraw, mayOperate, mayRemove } from './rights';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const live = { kind: 'live' };
const still = { kind: 'still', stillId: id(2) };
const frames = { kind: 'frames', from: 0, to: 9 };
const base = { kind: 'angle', markId: id(1), aspect: 1, side: 'right' };
const points = [
  { x: 0, y: 0 },
  { x: 0.5, y: 0 },
  { x: 1, y: 0 },
];
const measurement = {
  joint: 'wrist',
  digit: null,
  side: 'right',
  motion: 'flexion',
  activity: 'active',
  view: 'radial',
};
const commit = (anchor: object, more: object = {}) =>
  operationSchema.parse({ kind: 'commit', mark: { ...base, points, anchor, ...more } });

const operations: Record<string, Operation> = {
  'commit on the live picture': commit(live),
  'commit on a still': commit(still),
  'commit on frames': commit(frames),
  'commit of a measurement': commit(still, { measurement }),
  remove: { kind: 'remove', markIds: [id(1)] },
  'stage of a still': { kind: 'stage', stillId: id(2) },
  'stage of the live picture': { kind: 'stage', stillId: null },
};
const allowed: Record<AuthorRole, readonly string[]> = {
  clinician: Object.keys(operations),
  patient: ['commit on the live picture', 'commit on a still', 'remove'],
  observer: [],
};

describe.each(Object.keys(allowed) as AuthorRole[])('a %s', (role) => {
  it.each(Object.entries(operations))('and %s', (name, op) => {
    expect(mayOperate(role, op)).toBe(allowed[role].includes(name));
  });
});

it('lets clinicians and patients draw, observers look', () => {
  expect((['clinician', 'patient', 'observer'] as const).map(mayDraw)).toEqual([true, true, false]);
});

describe('taking a mark away', () => {
  const of = (role: AuthorRole, authorId: string = role) => ({ authorId, role });
  it.each([
    ['a clinician, a patient’s', of('clinician'), of('patient'), true],
    ['a clinician, another clinician’s', of('clinician'), of('clinician', 'other'), true],
    ['a patient, the own', of('patient'), of('patient'), true],
    ['a patient, another patient’s', of('patient'), of('patient', 'other'), false],
    ['a patient, a clinician’s', of('patient'), of('clinician'), false],
    ['an observer, the own', of('observer'), of('observer'), false],
  ])('%s', (_, remover, owner, may) => {
    expect(mayRemove(remover, owner)).toBe(may);
  });
});
