import { describe, expect, it } from 'vitest';
import { OneAtATime } from './one-at-a-time';

function made() {
  const clock = { nowMs: 1000 };
  const gate = new OneAtATime(() => clock.nowMs);
  const started: { end(): void; refuse(): void }[] = [];
  const press = (leaves = false) =>
    gate.run(
      () =>
        new Promise<void>((resolve, reject) => {
          started.push({ end: resolve, refuse: () => reject(new Error('refused')) });
        }),
      { leaves },
    );
  const settle = async (how: 'end' | 'refuse') => {
    started.at(-1)?.[how]();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { clock, press, settle, started };
}

describe('one act at a time', () => {
  it('turns away what comes while the act runs, however long that is', () => {
    const { clock, press, started } = made();
    press();
    clock.nowMs += 60_000;
    press();
    expect(started).toHaveLength(1);
  });

  it('turns away the second half of a double click also when the first was answered at once', async () => {
    const { clock, press, settle, started } = made();
    press();
    await settle('end');
    clock.nowMs += 499;
    press();
    expect(started).toHaveLength(1);
    clock.nowMs += 1;
    press();
    expect(started).toHaveLength(2);
  });

  it('that leads away is not let through again, unless it was refused', async () => {
    const { clock, press, settle, started } = made();
    press(true);
    await settle('refuse');
    clock.nowMs += 1000;
    press(true);
    expect(started).toHaveLength(2);
    await settle('end');
    clock.nowMs += 1000;
    press(true);
    expect(started).toHaveLength(2);
  });
});
