import 'server-only';
import { randomUUID } from 'node:crypto';
import { takeLease } from '#db/queries/runtime/leases';
import { StoreRefusal } from '#db/refusal';
import { MINUTE_MS } from '#domain/time/duration';
import type { AppProcess } from '#server/runtime/process';

const LEASE_MS = 2 * MINUTE_MS;
const RENEW_MS = MINUTE_MS / 2;

/** One backup of a store at a time. A process that died holds its turn for two minutes more. */
export async function holdTurn<T>(app: AppProcess, clock: () => number, work: () => Promise<T>): Promise<T> {
  const holder = randomUUID();
  const take = (untilAt: number) =>
    app.database.write((d) => takeLease(d, { name: 'backup', holder, nowMs: clock(), untilAt }));
  if (!(await take(clock() + LEASE_MS)))
    throw new StoreRefusal(
      'A backup of this store is being made, or was broken off just now. Try again in two minutes.',
    );
  const timer = setInterval(() => void take(clock() + LEASE_MS).catch(() => undefined), RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    await take(0);
  }
}
