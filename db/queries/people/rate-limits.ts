import 'server-only';
import { eq, lt } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { increment } from '#db/columns';
import { rateLimits } from '#db/schema/people';
import { DAY_MS } from '#domain/time/duration';

/** Counts one attempt under a hashed key and returns how many there are in the current window. */
export function* countAttempt(
  d: Db,
  { key, windowMs, nowMs }: { key: string; windowMs: number; nowMs: number },
): Body<number> {
  const windowStartsAt = nowMs - (nowMs % windowMs);
  yield* q(d.delete(rateLimits).where(lt(rateLimits.windowStartsAt, nowMs - DAY_MS)));
  const [row] = yield* q(
    d
      .insert(rateLimits)
      .values({ key, windowStartsAt, count: 1 })
      .onConflictDoUpdate({
        target: [rateLimits.key, rateLimits.windowStartsAt],
        set: { count: increment(rateLimits.count) },
      })
      .returning({ count: rateLimits.count }),
  );
  return row?.count ?? 1;
}

/** Forgets the attempts under a key: a right password clears the count. */
export function* clearAttempts(d: Db, { key }: { key: string }): Body<void> {
  yield* q(d.delete(rateLimits).where(eq(rateLimits.key, key)));
}
