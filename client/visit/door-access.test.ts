import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DoorAccess, type DoorGrant } from './door-access';

const GOOD_FOR_MS = 300_000;
let asked = 0;
let answer: () => Promise<DoorGrant | null>;
const prepared: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
  prepared.length = 0;
  answer = async () => ({ url: 'ws://room', token: `token ${asked}`, goodForMs: GOOD_FOR_MS });
});
afterEach(() => vi.useRealTimers());

const door = () =>
  new DoorAccess({
    ask: () => {
      asked += 1;
      return answer();
    },
    prepare: ({ token }) => prepared.push(token),
    now: () => performance.now(),
  });

describe('access at the door', () => {
  it('is held without what says for how long, and given out once', async () => {
    const access = door();
    access.stand();
    await vi.advanceTimersByTimeAsync(0);
    expect(prepared).toEqual(['token 1']);
    expect(access.take()).toEqual({ url: 'ws://room', token: 'token 1' });
    expect(access.take()).toBeNull();
  });

  it('is renewed while one stands there, however long, and not after', async () => {
    const access = door();
    const go = access.stand();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(access.take()).not.toBeNull();
    const before = asked;
    go();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(asked).toBe(before);
  });

  it('that is nearly over is not begun with: a page that slept asks as before', async () => {
    const access = door();
    access.stand()();
    await vi.advanceTimersByTimeAsync(0);
    const stays = door();
    stays.stand();
    await vi.advanceTimersByTimeAsync(0);
    vi.spyOn(performance, 'now').mockReturnValue(performance.now() + GOOD_FOR_MS - 10_000);
    expect([access.take(), stays.take()]).toEqual([null, null]);
  });

  it.each([
    ['is refused', async () => Promise.reject(new Error('away'))],
    ['is for others', async () => null],
  ])('that %s is asked for again, and nothing is held', async (_, how) => {
    answer = how;
    const access = door();
    access.stand();
    await vi.advanceTimersByTimeAsync(0);
    expect(access.take()).toBeNull();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked).toBe(2);
  });
});
