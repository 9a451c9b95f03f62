import 'server-only';
import { and, eq, lt, or } from 'drizzle-orm';
import { type Body, type Db, q } from '#db/body';
import { leases } from '#db/schema/jobs';

/** Takes or renews a named lease; false where another holder has it. */
export function* takeLease(
  d: Db,
  { name, holder, nowMs, untilAt }: { name: string; holder: string; nowMs: number; untilAt: number },
): Body<boolean> {
  yield* q(d.insert(leases).values({ name, holder, untilAt: 0 }).onConflictDoNothing());
  const taken = yield* q(
    d
      .update(leases)
      .set({ holder, untilAt })
      .where(and(eq(leases.name, name), or(eq(leases.holder, holder), lt(leases.untilAt, nowMs))))
      .returning({ name: leases.name }),
  );
  return taken.length === 1;
}
