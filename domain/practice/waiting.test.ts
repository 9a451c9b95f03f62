import { describe, expect, it } from 'vitest';
import { isWaiting, restrictionsOn } from './waiting';

const one = {
  id: 'a',
  side: 'right' as const,
  limit: { v: 1 as const, kind: 'load' as const, maxKgf: null },
  untilOn: '2026-12-01',
};

describe('an exercise that breaks a restriction', () => {
  it.each([
    ['waits while it holds', ['a'], '2026-11-30', true],
    ['goes on from the day on which it holds no more, without a line', ['a'], '2026-12-01', false],
    ['goes on where it breaks another, which was lifted', ['b'], '2026-11-30', false],
    ['goes on where it breaks nothing', [], '2026-11-30', false],
  ])('%s', (_, waitsFor, day, waits) => {
    expect(isWaiting({ waitsFor }, restrictionsOn([one], day))).toBe(waits);
  });
});
