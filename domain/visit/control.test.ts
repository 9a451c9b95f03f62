import { describe, expect, it } from 'vitest';
import { CONTROL_BYTES_MAX, decodeControl, encodeControl, mayControl, type VisitControl } from './control';
import type { Cue } from './cue';

const ID = '0192f0c0-0000-7000-8000-000000000001';
const cue: Cue = {
  cueId: ID,
  pattern: { v: 1, kind: 'hold', holdSeconds: 8, restSeconds: 4, repetitions: 10 },
  startsAtMs: 1_790_000_000_000,
  stoppedAtMs: null,
  lineageId: null,
};
const freeze: VisitControl = { v: 1, kind: 'freeze', stillId: ID };
const start: VisitControl = { v: 1, kind: 'cue', cue };
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));

describe('a control message', () => {
  it.each([freeze, start])('is read as it was written: $kind', (message) => {
    expect(decodeControl(encodeControl(message))).toEqual(message);
  });

  it.each([
    ['no JSON', new Uint8Array([0x7b, 0xff])],
    ['another kind', bytes({ ...freeze, kind: 'reboot' })],
    ['another version', bytes({ ...freeze, v: 2 })],
    ['a still without an id', bytes({ v: 1, kind: 'freeze', stillId: 'x' })],
    ['a cue without a pattern', bytes({ v: 1, kind: 'cue', cue: { ...cue, pattern: null } })],
    ['null', bytes(null)],
  ])('is dropped when it is %s', (_, message) => {
    expect(decodeControl(message)).toBeNull();
  });

  it('is dropped when it is too large, however well formed', () => {
    const padded = bytes({ ...freeze, padding: 'x'.repeat(CONTROL_BYTES_MAX) });
    expect(decodeControl(padded)).toBeNull();
    expect(decodeControl(bytes({ ...freeze, padding: 'x' }))).toEqual(freeze);
  });
});

describe('who may send it', () => {
  it.each([
    ['clinician', freeze, true],
    ['clinician', start, true],
    ['patient', freeze, false],
    ['patient', start, true],
    ['observer', freeze, false],
    ['observer', start, false],
  ] as const)('%s, %o', (role, message, may) => {
    expect(mayControl(role, message)).toBe(may);
  });
});
