import { deviceStore } from '#client/device/store';

const STORE = 'packs';

const openPacks = deviceStore('regrasp-day', (db) => {
  db.createObjectStore(STORE);
});

export async function readDay(userId: string): Promise<unknown> {
  return await (await openPacks()).get(STORE, userId);
}

export async function keepDay(userId: string, pack: unknown): Promise<void> {
  await (await openPacks()).put(STORE, pack, userId);
}

/** Names, doses and logs leave the device with the login; what waits to be sent stays in its own store. */
export async function forgetDays(): Promise<void> {
  await (await openPacks()).clear(STORE);
}
