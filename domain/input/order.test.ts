import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstOf } from './order';

it('takes the first ones as putting all in order would', () => {
  const rows = fc.array(fc.record({ by: fc.integer({ min: 0, max: 5 }), id: fc.nat() }), { maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 45 }), (items, limit) => {
      // Of equal ones the earlier stays first, as a stable order has it.
      const inOrder = [...items].sort((a, b) => a.by - b.by).slice(0, limit);
      expect(firstOf(items, limit, (a, b) => a.by - b.by)).toEqual(inOrder);
    }),
  );
});
