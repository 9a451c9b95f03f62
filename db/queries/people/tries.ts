import 'server-only';
import { eq, inArray, lt } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { tries } from '#db/schema/people';
import { type Budget, countNow, waitMs } from '#domain/people/tries';
import { DAY_MS } from '#domain/time/duration';

/** A budget under the hashed key of whom it belongs to. */
export type KeyedBudget = { readonly key: string; readonly budget: Budget };

function* findTries(d: Db, keys: readonly string[]): Body<Map<string, { count: number; lastAt: number }>> {
  // Bounded: the keys that are named: account, device, network.
  const rows = yield* q(
    d
      .select()
      .from(tries)
      .where(inArray(tries.key, [...keys])),
  );
  return new Map(rows.map(({ key, count, lastAt }) => [key, { count, lastAt }]));
}

/**
 * Takes one try out of every budget and returns 0; where one of them asks to wait, takes none and returns for how many
 * milliseconds. Counted before the try is made, so that a hundred at once are not all the first.
 */
export function* takeTry(d: Db, { budgets, nowMs }: { budgets: readonly KeyedBudget[]; nowMs: number }): Body<number> {
  const found = yield* findTries(
    d,
    budgets.map(({ key }) => key),
  );
  const wait = Math.max(0, ...budgets.map(({ key, budget }) => waitMs(budget, found.get(key), nowMs)));
  if (wait > 0) return wait;
  for (const { key, budget } of budgets) {
    const taken = { count: countNow(budget, found.get(key), nowMs) + 1, lastAt: nowMs };
    yield* q(
      d
        .insert(tries)
        .values({ key, ...taken })
        .onConflictDoUpdate({ target: tries.key, set: taken }),
    );
  }
  return 0;
}

/** Gives back the try that was taken: what went well is no try at guessing. */
export function* giveBackTry(
  d: Db,
  { budgets, nowMs }: { budgets: readonly KeyedBudget[]; nowMs: number },
): Body<void> {
  const found = yield* findTries(
    d,
    budgets.map(({ key }) => key),
  );
  for (const { key, budget } of budgets) {
    const count = Math.max(0, countNow(budget, found.get(key), nowMs) - 1);
    yield* q(d.update(tries).set({ count }).where(eq(tries.key, key)));
  }
}

/** Forgets what was tried under these keys. */
export function* forgetTries(d: Db, { keys }: { keys: readonly string[] }): Body<void> {
  yield* q(d.delete(tries).where(inArray(tries.key, [...keys])));
}

/** Removes rows that slow nobody down any more. */
export function* removeOldTries(d: Db, { nowMs }: { nowMs: number }): Body<void> {
  yield* q(d.delete(tries).where(lt(tries.lastAt, nowMs - DAY_MS)));
}
