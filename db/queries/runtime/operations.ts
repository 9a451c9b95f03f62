import 'server-only';
import { eq } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { operations } from '#db/schema/operations';

type OperationRow = typeof operations.$inferSelect;

export function* findOperation(d: Db, { opId }: { opId: string }): Body<OperationRow | undefined> {
  return yield* first(d.select().from(operations).where(eq(operations.opId, opId)));
}

export function* insertOperation(d: Db, row: OperationRow): Body<void> {
  yield* q(d.insert(operations).values(row));
}
