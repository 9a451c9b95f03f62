import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { initialsOf } from './initials';

afterEach(() => void vi.unstubAllGlobals());

const NAMES: [string, string][] = [
  ['Ana Duarte', 'AD'],
  ['Ana Maria Ruiz Duarte', 'AD'],
  ['Suharto', 'S'],
  ['Dr. Priya Nair', 'DN'],
  ['', ''],
  [' \n', ''],
  ['\u{20bb7}野 太郎', '\u{20bb7}太'],
  ['😀 Star', '😀S'],
  ['E\u0301lodie Martin', 'E\u0301M'],
  ['दिव्या नायर', 'दिना'],
];

it.each(NAMES)('%s: %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

it('keeps a family together', () => {
  expect(initialsOf('👩‍👧 Home')).toBe('👩‍👧H');
});

it('are whole letters where the browser cannot tell graphemes', () => {
  vi.stubGlobal('Intl', {});
  expect(['\u{20bb7}野 太郎', '😀 Star', 'E\u0301lodie Martin'].map(initialsOf)).toEqual([
    '\u{20bb7}太',
    '😀S',
    'E\u0301M',
  ]);
});

it('never cut a character in two', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 5 })), (words) => {
      expect(initialsOf(words.join(' '))).not.toMatch(/\p{Surrogate}/u);
    }),
  );
});
