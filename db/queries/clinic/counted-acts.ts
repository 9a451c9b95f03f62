import 'server-only';
import { lte } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { increment } from '#db/columns';
import { countedActs } from '#db/schema/audit';

type CountedRow = typeof countedActs.$inferSelect;

/** Counts one act under its key; returns how many there are in its window now. */
export function* countAct(d: Db, row: Omit<CountedRow, 'count'>): Body<number> {
  const [counted] = yield* q(
    d
      .insert(countedActs)
      .values({ ...row, count: 1 })
      .onConflictDoUpdate({ target: countedActs.key, set: { count: increment(countedActs.count) } })
      .returning({ count: countedActs.count }),
  );
  return counted?.count ?? 1;
}

/** Takes out what was counted in windows that are over. */
export function* takeEndedCounts(d: Db, { nowMs }: { nowMs: number }): Body<CountedRow[]> {
  return yield* q(d.delete(countedActs).where(lte(countedActs.endsAt, nowMs)).returning());
}
