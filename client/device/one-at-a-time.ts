import { useRef } from 'react';

/** Two clicks within this are one double click; systems allow up to half a second between them. */
const DOUBLE_CLICK_MS = 500;

/** Ignores what comes while an act runs, or as the second half of a double click; `leaves` = success ends the page. */
export class OneAtATime {
  readonly #nowMs: () => number;
  #startedAt = Number.NEGATIVE_INFINITY;
  #running = false;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  run(act: () => Promise<unknown>, { leaves = false } = {}): void {
    const now = this.#nowMs();
    if (this.#running || now - this.#startedAt < DOUBLE_CLICK_MS) return;
    this.#running = true;
    this.#startedAt = now;
    act().then(
      () => {
        this.#running = leaves;
      },
      () => {
        this.#running = false;
      },
    );
  }
}

type Mutation<V> = { mutateAsync(variables: V): Promise<unknown> };

/** A mutation's `mutate` that a double click starts once. State would be too late: both clicks see the same render. */
export function useOneAtATime<V>(mutation: Mutation<V>, options: { leaves?: boolean } = {}): (variables: V) => void {
  const gate = useRef<OneAtATime>(undefined);
  gate.current ??= new OneAtATime(() => performance.now());
  const { current } = gate;
  return (variables) => current.run(() => mutation.mutateAsync(variables), options);
}
