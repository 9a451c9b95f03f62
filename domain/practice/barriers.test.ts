import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { BARRIER_CODES, barriersSchema, DEFAULT_BARRIERS, isKnownBarrier } from './barriers';

const own = { code: uuidv7(), words: 'No room for it', suggestion: 'A corner of the table is enough.' };
const list = (...items: unknown[]) => barriersSchema.safeParse({ version: 1, items });

describe('what is hard at home', () => {
  it('is by default what Regrasp has words for, each once', () => {
    expect(barriersSchema.parse(DEFAULT_BARRIERS)).toEqual(DEFAULT_BARRIERS);
    expect(DEFAULT_BARRIERS.items.map(({ code }) => code)).toEqual([...BARRIER_CODES]);
    expect([isKnownBarrier('no_time'), isKnownBarrier(own.code)]).toEqual([true, false]);
  });

  it('may be the clinic’s own, or none', () => {
    expect(list(own).success).toBe(true);
    expect(list().success).toBe(true);
  });

  it.each([
    ['of its own without words', { ...own, words: null }],
    ['of its own without a suggestion', { ...own, suggestion: null }],
    ['without a name', { ...own, code: 'mine' }],
    ['without a letter', { ...own, words: ' ' }],
    ['longer than a line', { ...own, words: 'x'.repeat(121) }],
  ])('is refused %s', (_, item) => {
    expect(list(item).success).toBe(false);
  });

  it('is refused twice', () => {
    expect(list(own, own).success).toBe(false);
    expect(list({ code: 'no_time', words: null, suggestion: null }, { ...own, code: 'no_time' }).success).toBe(false);
  });
});
