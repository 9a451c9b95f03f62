import { describe, expect, it } from 'vitest';
import { LastUse } from './last-use';

const MINUTE = 60_000;

function browser() {
  const at = { steady: 1000, wall: 1_700_000_000_000 };
  const use = new LastUse({ steady: () => at.steady, wall: () => at.wall });
  const pass = (ms: number) => {
    at.steady += ms;
    at.wall += ms;
  };
  return { at, use, pass };
}

describe('the last use of a browser', () => {
  it('is told once, as a span', () => {
    const { use, pass } = browser();
    expect(use.takeUnsaid()).toBeNull();
    use.note('here');
    pass(4000);
    expect(use.takeUnsaid()).toBe(4000);
    expect(use.takeUnsaid()).toBeNull();
    expect(use.agoMs()).toBe(4000);
  });

  it('is told again where it did not arrive', () => {
    const { use, pass } = browser();
    use.note('here');
    use.takeUnsaid();
    use.unsay();
    pass(1000);
    expect(use.takeUnsaid()).toBe(1000);
  });

  it('in another tab counts here too, and is told there', () => {
    const { use, pass } = browser();
    pass(10 * MINUTE);
    use.note('elsewhere');
    expect([use.agoMs(), use.takeUnsaid()]).toEqual([0, null]);
  });

  it('is long ago after a sleep in which one of the clocks stood still', () => {
    const { at, use } = browser();
    at.wall += 60 * MINUTE;
    expect(use.agoMs()).toBe(60 * MINUTE);
  });

  it('is never in the future, wherever the clock is set', () => {
    const { at, use, pass } = browser();
    at.wall -= 24 * 60 * MINUTE;
    pass(2 * MINUTE);
    expect(use.agoMs()).toBe(2 * MINUTE);
  });

  it('is what the server says', () => {
    const { use, pass } = browser();
    pass(13 * MINUTE);
    use.adopt(5 * MINUTE);
    expect(use.agoMs()).toBe(5 * MINUTE);
  });
});
