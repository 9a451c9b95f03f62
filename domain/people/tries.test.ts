import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUDGETS, type Budget, countNow, type Tries, waitMs } from './tries';

const budgets = fc.constantFrom(...Object.values<Budget>(BUDGETS));
const counts = fc.integer({ min: 0, max: 1_000_000 });
const instants = fc.integer({ min: 0, max: 2_000_000_000_000 });

/** Tries one after the other, each as soon as it is let through; the waits between them. */
function waitsOf(budget: Budget, count: number): number[] {
  let nowMs = 0;
  let tries: Tries | undefined;
  return Array.from({ length: count }, () => {
    const wait = waitMs(budget, tries, nowMs);
    nowMs += wait;
    tries = { count: countNow(budget, tries, nowMs) + 1, lastAt: nowMs };
    return wait;
  });
}

describe('tries at a secret', () => {
  it('cost nothing at first, then wait twice as long each time, up to the cap', () => {
    const budget = { free: 3, firstMs: 1000, capMs: 6000, forgetMs: 600_000 };
    expect(waitsOf(budget, 8)).toEqual([0, 0, 0, 1000, 2000, 4000, 6000, 6000]);
  });

  it('are forgotten one by one', () => {
    const budget = { free: 3, firstMs: 1000, capMs: 6000, forgetMs: 10_000 };
    const tries = { count: 5, lastAt: 0 };
    expect([9_999, 10_000, 29_999, 50_000, 900_000].map((at) => countNow(budget, tries, at))).toEqual([5, 4, 3, 0, 0]);
  });

  it('never wait longer than the cap, nor than the minute that the screens promise, whatever the clock does', () => {
    fc.assert(
      fc.property(budgets, counts, instants, instants, (budget, count, lastAt, nowMs) => {
        const wait = waitMs(budget, { count, lastAt }, nowMs);
        expect(wait).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(Math.min(budget.capMs, 60_000));
      }),
    );
  });

  it('are let through once the wait is over: nobody is shut out', () => {
    fc.assert(
      fc.property(budgets, counts, instants, (budget, count, lastAt) => {
        const tries = { count, lastAt };
        expect(waitMs(budget, tries, lastAt + waitMs(budget, tries, lastAt))).toBe(0);
      }),
    );
  });
});
