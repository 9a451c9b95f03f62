import { MINUTE_MS } from '#domain/time/duration';

const SECOND_MS = 1000;

/**
 * How tries at a secret are slowed down. The first `free` of them cost nothing; each further one waits twice as long
 * after the last as the one before, from `firstMs` up to `capMs`. One try is forgotten every `forgetMs`. There is no
 * count at which somebody is shut out: that would be a way to shut out somebody else.
 */
export type Budget = {
  readonly free: number;
  readonly firstMs: number;
  readonly capMs: number;
  readonly forgetMs: number;
};

/** What is known of the tries so far. `lastAt` is epoch ms. */
export type Tries = { readonly count: number; readonly lastAt: number };

/** No wait is longer than a minute, which is what the screens say. */
const LONGEST_MS = MINUTE_MS;

/**
 * OWASP's advice for credential stuffing and spraying: by account, by device and by network. A browser in which an
 * account has signed in before has a budget of its own (a device cookie), which nobody elsewhere can use up.
 */
export const BUDGETS = {
  /** One account from one browser that knows it. */
  knownDevice: { free: 10, firstMs: SECOND_MS, capMs: LONGEST_MS, forgetMs: MINUTE_MS },
  /** One account from one network. */
  accountAtNetwork: { free: 5, firstMs: SECOND_MS, capMs: LONGEST_MS, forgetMs: 2 * MINUTE_MS },
  /** One account from anywhere: many networks at once. */
  account: { free: 20, firstMs: SECOND_MS, capMs: 20 * SECOND_MS, forgetMs: 2 * MINUTE_MS },
  /** Any accounts from one network, such as a clinic's: spraying is slow, a morning's typing mistakes are free. */
  network: { free: 60, firstMs: SECOND_MS, capMs: 10 * SECOND_MS, forgetMs: MINUTE_MS },
  /** One link, by whoever holds it. */
  link: { free: 10, firstMs: SECOND_MS, capMs: LONGEST_MS, forgetMs: 5 * MINUTE_MS },
  /** Links to calendars that are none, from one network: programs go on asking for one that was ended. */
  calendar: { free: 60, firstMs: SECOND_MS, capMs: 10 * SECOND_MS, forgetMs: MINUTE_MS },
  /** The own password asked again. */
  ownPassword: { free: 5, firstMs: SECOND_MS, capMs: LONGEST_MS, forgetMs: 5 * MINUTE_MS },
  /** Links that one person makes for others. */
  makeLink: { free: 5, firstMs: 10 * SECOND_MS, capMs: LONGEST_MS, forgetMs: 10 * MINUTE_MS },
} as const satisfies Record<string, Budget>;

/** How many tries still count at this instant. A clock that went back forgets nothing. */
export function countNow({ forgetMs }: Budget, tries: Tries | undefined, nowMs: number): number {
  if (!tries) return 0;
  return Math.max(0, tries.count - Math.floor(Math.max(0, nowMs - tries.lastAt) / forgetMs));
}

/** Milliseconds until the next try is let through; never more than `capMs`. */
export function waitMs(budget: Budget, tries: Tries | undefined, nowMs: number): number {
  const over = countNow(budget, tries, nowMs) - budget.free;
  if (!tries || over < 0) return 0;
  const pauseMs = Math.min(budget.capMs, budget.firstMs * 2 ** Math.min(over, 30));
  return Math.min(pauseMs, Math.max(0, tries.lastAt + pauseMs - nowMs));
}
