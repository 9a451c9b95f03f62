import 'server-only';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** Only what both dialects have: no `.get()`, `.run()`, `.execute()`, no nested transaction, no relational queries. */
export type Db = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with'>;

export type Step = PromiseLike<unknown>;

/** A transaction body: every database step is yielded, so nothing else can be awaited while a lock is held. */
export type Body<T> = Generator<Step, T, unknown>;

/** One database step inside a body: `const rows = yield* q(d.select()…)`. */
export function* q<T>(query: PromiseLike<T>): Generator<Step, T, unknown> {
  return (yield query) as T;
}

/** The first row of a step, or undefined. */
export function* first<T>(query: PromiseLike<T[]>): Generator<Step, T | undefined, unknown> {
  const [row] = yield* q(query);
  return row;
}
