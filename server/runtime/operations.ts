import 'server-only';
import { createHash } from 'node:crypto';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { findOperation, insertOperation } from '#db/queries/runtime/operations';
import { Failure, notFound } from '#domain/input/failure';

type Queued = { opId: string; userId: string; procedure: string; input: unknown; nowMs: number };

/**
 * Runs a queued write once. The same id with the same body answers as the first time; with another body it is a
 * CONFLICT; the id of somebody else does not exist.
 */
export function* once<T>(d: Db, { opId, userId, procedure, input, nowMs }: Queued, body: () => Body<T>): Body<T> {
  const bodySha256 = sha256(canonicalJson(input));
  const before = yield* findOperation(d, { opId });
  if (before) {
    if (before.userId !== userId) throw notFound();
    if (before.bodySha256 !== bodySha256 || before.procedure !== procedure)
      throw new Failure('CONFLICT', 'operation_differs');
    return before.result as T;
  }
  const result = yield* body();
  yield* insertOperation(d, { opId, userId, procedure, bodySha256, result: result ?? null, at: nowMs });
  return result;
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
