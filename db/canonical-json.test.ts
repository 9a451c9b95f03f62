import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from './canonical-json';

const sha256 = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('hex');

describe('canonical JSON', () => {
  // Stored as `body_sha256`: a write that waited on a device over an upgrade of the server must still be known again.
  it.each([
    [
      'nested objects, null and a field that is not there',
      {
        opId: '019a',
        practice: null,
        logs: [
          {
            state: 'done',
            pain: 3,
            sets: [
              { reps: 10, holdSeconds: null },
              { holdSeconds: 2.5, reps: 8 },
            ],
            note: undefined,
          },
        ],
      },
      '0da418bad08ec2c0ebb8cb021413cbf8499cb06763c9c6bca8a0ac7d7dd1259e',
    ],
    [
      'text of every script, and odd numbers',
      {
        question: 'Is the wrist “straight”?\n— 手首 \u2028 é \ud83d\ude42 "quoted" \\ \u0007',
        answers: {
          redFlags: [],
          pain: 0,
          Zebra: true,
          apple: false,
          ä: 1,
          a: { z: [[], {}], b: [null, undefined, -0, 1e21, 0.1] },
        },
      },
      '379e932ee6ee0b34c23c4be671c32a2abc3d1dfa695f823b56f2cda4e4b5fc7e',
    ],
    ['an empty list', [], '4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945'],
    ['null', null, '74234e98afe7498fb5daf1f36ac2d78acc339464f950703b8c019892f982b90b'],
    ['text', 'x', 'ba2df4903a2c14e86dc3bcca58911b44ac1d2514b7227bf6eb08cfb978f55a1b'],
    [
      'keys by code unit',
      { b: 1, a: 2, B: 3, '': 4, 'a.b': 5, _: 6 },
      '0343908cd488393121764efd464fb8170e410f7906f74ad45c58a4e2c9c92609',
    ],
  ])('of %s keeps the hash that was stored before', (_what, value, hash) => {
    expect(sha256(value)).toBe(hash);
  });

  it('is the same text for every order of keys, and reads back as the same value', () => {
    const names = fc.string({ minLength: 1 }).filter((name) => name !== '__proto__');
    const record = fc.dictionary(names, fc.jsonValue(), { minKeys: 1, maxKeys: 40 });
    fc.assert(
      fc.property(record, (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed());
        expect(canonicalJson(turned)).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
