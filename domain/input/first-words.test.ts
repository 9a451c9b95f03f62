import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstWords } from './first-words';

const WORD = 'slowly ';

describe('the first words of a text', () => {
  it.each([
    ['', ''],
    ['  Slow on the way in.\n\nCount two. ', 'Slow on the way in. Count two.'],
    [WORD.repeat(20), `${WORD.repeat(11).trim()}…`],
    ['x'.repeat(81), `${'x'.repeat(79)}…`],
    [`${'x'.repeat(79)} y`, `${'x'.repeat(79)}…`],
    ['👋'.repeat(100), `${'👋'.repeat(79)}…`],
  ])('%j: %j', (text, words) => {
    expect(firstWords(text)).toBe(words);
  });

  it('are one line, never longer than allowed, and the beginning of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const words = firstWords(text);
        expect([...words].length).toBeLessThanOrEqual(80);
        expect(words).not.toMatch(/[\r\n]/u);
        expect(text.trim().replace(/\s+/gu, ' ').startsWith(words.replace(/…$/u, ''))).toBe(true);
      }),
    );
  });
});
