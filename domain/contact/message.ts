import type { Audience, Group } from './kinds';

/** One message on its way. It carries no news: only for whom it is, and of which kinds. */
export type Outgoing = {
  /** Names it, the same where it is repeated. */
  readonly messageToken: string;
  readonly to: string;
  readonly locale: string;
  readonly userId: string;
  readonly audience: Audience;
  readonly isUrgent: boolean;
  readonly groups: readonly Group[];
};

/**
 * What became of a message. `refused`: certainly not taken, and may be later. `dead`: there is no such address. `unsure`:
 * it was handed over and nobody answered. `code` is ours, never an address nor what a server said.
 */
export type Outcome =
  | { kind: 'sent' }
  | { kind: 'refused'; code: string; isServerDown: boolean }
  | { kind: 'dead'; code: string }
  | { kind: 'unsure'; code: string };
