import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { mendStores } from '#client/device/queue/testing';
import { openLocal } from '#client/device/saved/local';
import { type Counted, forgetCounted, keepCounted, listCounted, readCounted } from './counted';

const AT = Date.UTC(2026, 10, 24, 9);

/** As a browser has it: what is stored are its keys. */
class Stored {
  getItem(key: string): string | null {
    return Object.hasOwn(this, key) ? String(Reflect.get(this, key)) : null;
  }
  setItem(key: string, value: string): void {
    Reflect.set(this, key, value);
  }
  removeItem(key: string): void {
    Reflect.deleteProperty(this, key);
  }
}

beforeEach(async () => {
  vi.stubGlobal('localStorage', new Stored());
  vi.stubGlobal('sessionStorage', new Stored());
  await openLocal(uuidv7());
});
afterEach(() => {
  vi.unstubAllGlobals();
  mendStores();
});

const counted = (startedAt: number): Counted => ({
  ...{ v: 1, lineageId: uuidv7(), startedAt, endedAt: startedAt + 1000, painBefore: null, slot: 1, hurts: false },
  sets: [{ reps: 3, holdSeconds: null, countedBy: 'tempo', autoReps: 3 }],
});

it('keeps what was counted of each exercise until it is forgotten, the earliest first', () => {
  const [late, early] = [counted(AT + 60_000), counted(AT)];
  keepCounted(late);
  keepCounted(early);
  localStorage.setItem('regrasp.theme', 'dark');
  expect(listCounted()).toEqual([early, late]);
  keepCounted({ ...late, hurts: true });
  expect(readCounted(late.lineageId)).toMatchObject({ hurts: true });
  forgetCounted(late.lineageId);
  expect(listCounted()).toEqual([early]);
});

it('takes what cannot be read for nothing, and fails on no device', () => {
  localStorage.setItem('regrasp.counted.x', '{"v":1,');
  localStorage.setItem('regrasp.counted.y', '{"v":9}');
  expect(listCounted()).toEqual([]);
  vi.stubGlobal('localStorage', undefined);
  expect(listCounted()).toEqual([]);
  expect(() => keepCounted(counted(AT))).not.toThrow();
  expect(() => forgetCounted('x')).not.toThrow();
});
