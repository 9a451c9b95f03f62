import { v7 as uuidv7 } from 'uuid';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { breakStore, isFull, mendStores } from '../queue/testing';
import { seals } from '../seal';
import { readText, textsByOwner } from './kept';
import { localNames, onLocal, openLocal, readLocal, writeLocal } from './local';

afterEach(mendStores);

const stored = (userId: string, name: string) =>
  vi.waitFor(async () => {
    const value = await readText(userId, `local ${name}`);
    expect(value).not.toBeNull();
    return value;
  });

describe('what a page puts down on its device', () => {
  it('is read at once, of one person alone, and there with the next page', async () => {
    const [mine, other] = [uuidv7(), uuidv7()];
    await openLocal(mine);
    writeLocal('counted.fist', { reps: 3 });
    expect(readLocal('counted.fist')).toEqual({ reps: 3 });
    await stored(mine, 'counted.fist');
    await openLocal(other);
    expect([readLocal('counted.fist'), localNames()]).toEqual([null, []]);
    await openLocal(mine);
    expect([readLocal('counted.fist'), localNames()]).toEqual([{ reps: 3 }, ['counted.fist']]);
    writeLocal('counted.fist', null);
    expect(localNames()).toEqual([]);
    await vi.waitFor(async () => expect((await textsByOwner()).get(mine)).toBeUndefined());
  });

  it('goes through their seal', async () => {
    const before = seals.of;
    const sealed: string[] = [];
    seals.of = (userId) => ({
      seal: async (piece) => {
        sealed.push(userId);
        return piece;
      },
      open: async (piece) => piece,
    });
    const mine = uuidv7();
    await openLocal(mine);
    writeLocal('counted.fist', { reps: 3 });
    await stored(mine, 'counted.fist');
    seals.of = before;
    expect(sealed).toEqual([mine]);
  });

  it('is heard of in another tab of the same person', async () => {
    const mine = uuidv7();
    await openLocal(mine);
    const heard = vi.fn();
    const stop = onLocal(heard);
    const tab = new BroadcastChannel(`regrasp.local.${mine}`);
    tab.postMessage('counted.fist');
    await vi.waitFor(() => expect(heard).toHaveBeenCalled());
    stop();
    tab.close();
  });

  it('stays on its page where the device has no room', async () => {
    await openLocal(uuidv7());
    breakStore('put', isFull);
    writeLocal('counted.fist', { reps: 4 });
    expect(readLocal('counted.fist')).toEqual({ reps: 4 });
  });
});
