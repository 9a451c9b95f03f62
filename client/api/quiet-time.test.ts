import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { QuietTime } from './quiet-time';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Whether what waits for the end goes on now. */
async function goesOn(quiet: QuietTime): Promise<() => Promise<boolean>> {
  let isOver = false;
  void quiet.over().then(() => {
    isOver = true;
  });
  return async () => {
    await vi.advanceTimersByTimeAsync(0);
    return isOver;
  };
}

it('holds nothing up before it begins', async () => {
  const over = await goesOn(new QuietTime());
  expect(await over()).toBe(true);
});

it('holds up until it ends', async () => {
  const quiet = new QuietTime();
  quiet.begin(3000);
  const over = await goesOn(quiet);
  await vi.advanceTimersByTimeAsync(2000);
  expect(await over()).toBe(false);
  quiet.end();
  expect(await over()).toBe(true);
  expect(quiet.isOn).toBe(false);
});

it('ends by itself at the latest', async () => {
  const quiet = new QuietTime();
  quiet.begin(3000);
  const over = await goesOn(quiet);
  await vi.advanceTimersByTimeAsync(2999);
  expect(await over()).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await over()).toBe(true);
});

it('ends sooner when what was waited for is there, and begins nothing then', async () => {
  const quiet = new QuietTime();
  quiet.endIn(600);
  expect(quiet.isOn).toBe(false);
  quiet.begin(3000);
  quiet.endIn(600);
  const over = await goesOn(quiet);
  await vi.advanceTimersByTimeAsync(600);
  expect(await over()).toBe(true);
});
