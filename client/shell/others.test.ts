import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import 'fake-indexeddb/auto';
import { writeStored } from '#client/check-in/draft-store';
import { seals } from '#client/device/seal';
import type { Counted } from '#client/practice/counted';
import { forgetDays, keepDay } from '#client/practice/day-store';
import { deleteUnsentOf, keepForOwners, tidyForOwner } from './others';

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

const AT = Date.UTC(2026, 10, 24, 9);
const counted = (patientId?: string): Counted => ({
  ...{
    v: 1,
    lineageId: uuidv7(),
    startedAt: AT,
    endedAt: AT + 1000,
    painBefore: null,
    slot: 1,
    hurts: false,
    patientId,
  },
  sets: [{ reps: 3, holdSeconds: null, countedBy: 'tempo', autoReps: 3 }],
});
const keyOf = ({ lineageId }: Counted) => `regrasp.counted.${lineageId}`;
const putOlder = (one: Counted) => localStorage.setItem(keyOf(one), JSON.stringify(one));

let userId = '';
beforeEach(async () => {
  userId = uuidv7();
  vi.stubGlobal('localStorage', new Stored());
  vi.stubGlobal('sessionStorage', new Stored());
  vi.stubGlobal('window', {});
  await forgetDays();
  // What other tests left on this device.
  await deleteUnsentOf((await tidyForOwner(userId))?.owners ?? []);
});
afterEach(() => vi.unstubAllGlobals());

it('a check-in of another that is shut to whoever signed in is asked about, and goes when it is to go', async () => {
  const another = uuidv7();
  const before = seals.of;
  seals.of = () => ({
    seal: async (piece) => (typeof piece === 'string' ? (`shut ${piece}` as typeof piece) : piece),
    open: async (piece) => piece,
  });
  await writeStored(another, { pain: 3 });
  seals.of = before;
  expect(await tidyForOwner(userId)).toEqual({ owners: [another], entries: 1, clips: 0 });
  await deleteUnsentOf([another]);
  expect(await tidyForOwner(userId)).toBeNull();
});

describe('what earlier builds counted without a name', () => {
  it('is asked about where the day of who signed in does not tell that it is theirs', async () => {
    const [own, named, stray] = [counted(), counted(uuidv7()), counted()];
    for (const one of [own, named, stray]) putOlder(one);
    await keepDay(userId, { patientId: named.patientId, prescriptions: [{ lineageId: own.lineageId }] });
    expect(await tidyForOwner(userId, true)).toEqual({ owners: [keyOf(stray)], entries: 1, clips: 0 });
  });

  it('is asked about at once at a desk of the clinic, and at a patient’s when their day was read', async () => {
    putOlder(counted());
    expect(await tidyForOwner(userId, true)).toBeNull();
    expect(await tidyForOwner(userId)).toMatchObject({ entries: 1 });
  });

  it('stays where it is to be kept, and is not asked about again; else it goes', async () => {
    const [one, other] = [counted(), counted()];
    putOlder(one);
    keepForOwners((await tidyForOwner(userId))?.owners ?? []);
    expect(await tidyForOwner(userId)).toBeNull();
    expect(localStorage.getItem(keyOf(one))).not.toBeNull();
    putOlder(other);
    const found = await tidyForOwner(userId);
    expect(found?.owners).toEqual([keyOf(other)]);
    await deleteUnsentOf(found?.owners ?? []);
    expect(localStorage.getItem(keyOf(other))).toBeNull();
    expect(localStorage.getItem(keyOf(one))).not.toBeNull();
  });

  it('goes without a word where nobody can read it, and so a run in its tab', async () => {
    localStorage.setItem('regrasp.counted.x', '{"v":1,');
    sessionStorage.setItem('regrasp.practice', '{}');
    expect(await tidyForOwner(userId, true)).toBeNull();
    expect([localStorage.getItem('regrasp.counted.x'), sessionStorage.getItem('regrasp.practice')]).toEqual([
      null,
      null,
    ]);
  });
});
