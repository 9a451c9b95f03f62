import type { CalendarVisit } from './calendar';
import type { Audience, Group } from './kinds';

/** One message on its way. It carries no news: only for whom it is, of which kinds, and what stands in a calendar. */
export type Outgoing = {
  /** Names it, the same where it is repeated. */
  readonly messageToken: string;
  readonly to: string;
  readonly locale: string;
  readonly userId: string;
  readonly audience: Audience;
  readonly isUrgent: boolean;
  readonly groups: readonly Group[];
  /** What an e-mail brings to its reader's calendar. `isAll`: there is nothing to be read in the app. */
  readonly calendar?: { readonly visits: readonly CalendarVisit[]; readonly isAll: boolean };
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
