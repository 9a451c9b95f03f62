import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextRevision } from './revision';

const isSame = (a: string, b: string) => a === b;

describe('the revision of a text that is kept while it is written', () => {
  it('goes up by one with each change, and not with a save that is sent twice', () => {
    expect(nextRevision({ value: '', revision: 0 }, { value: 'a', revision: 0 }, isSame)).toBe(1);
    expect(nextRevision({ value: 'a', revision: 1 }, { value: 'a', revision: 0 }, isSame)).toBe(1);
  });

  it('refuses what was written over another state', () => {
    const save = () => nextRevision({ value: 'theirs', revision: 2 }, { value: 'mine', revision: 1 }, isSame);
    expect(save).toThrow(expect.objectContaining({ code: 'CONFLICT', reason: 'text_elsewhere' }));
  });

  it('takes what a page of an earlier build writes', () => {
    expect(nextRevision({ value: 'a', revision: 4 }, { value: 'b', revision: undefined }, isSame)).toBe(5);
  });

  it('never lets one of two windows write over what it has not seen', () => {
    const saves = fc.array(fc.record({ window: fc.constantFrom(0, 1), text: fc.string({ maxLength: 2 }) }));
    fc.assert(
      fc.property(saves, (turns) => {
        let stored = { value: '', revision: 0 };
        const seen = [stored, stored];
        for (const { window, text } of turns) {
          const base = seen[window] ?? stored;
          try {
            const revision = nextRevision(stored, { value: text, revision: base.revision }, isSame);
            // What is written over was seen by who writes, or is the same.
            expect(base.revision === stored.revision || text === stored.value).toBe(true);
            stored = { value: text, revision };
          } catch {
            expect(base.revision).not.toBe(stored.revision);
          }
          seen[window] = stored;
        }
      }),
    );
  });
});
