import 'server-only';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';

/** Only what both dialects have: no `.get()`, `.run()`, `.execute()`, no nested transaction, no relational queries. */
export type Db = Pick<NodePgDatabase, 'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with'>;

/** One question to the database, or several that do not need each other's answers. */
export type Step = PromiseLike<unknown> | Together;

/** Questions of one transaction that are asked at once; answered by a list in their order. */
export type Together = { readonly together: readonly PromiseLike<unknown>[] };

/** Known by what it holds, not by a class: Next compiles this file several times, and each copy has classes of its own. */
export const isTogether = (step: Step): step is Together => 'together' in step;

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

type Answers<B extends readonly Body<unknown>[]> = { [K in keyof B]: B[K] extends Body<infer T> ? T : never };

const stepsOf = (step: Step) => (isTogether(step) ? step.together : [step]);

/**
 * Several bodies side by side, none of which needs what another finds: what they ask is asked at once, step by step. Saves
 * the ways to the database, which on PostgreSQL are most of a small question.
 */
export function* together<const B extends readonly Body<unknown>[]>(...bodies: B): Body<Answers<B>> {
  const answers: unknown[] = [];
  let open = bodies.map((body, place) => ({ body, place, next: body.next() }));
  for (;;) {
    for (const { place, next } of open) if (next.done) answers[place] = next.value;
    open = open.filter(({ next }) => !next.done);
    if (open.length === 0) return answers as Answers<B>;
    const asked = open.map(({ next }) => stepsOf(next.value as Step));
    const found = (yield { together: asked.flat() }) as unknown[];
    let from = 0;
    open = open.map(({ body, place, next }, n) => {
      const own = found.slice(from, from + (asked[n]?.length ?? 0));
      from += own.length;
      return { body, place, next: body.next(isTogether(next.value as Step) ? own : own[0]) };
    });
  }
}
