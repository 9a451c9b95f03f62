import 'server-only';
import type { ChannelName } from '#db/queries/contact/deliveries';
import type { Contact } from '#db/queries/contact/person';
import type { Outcome, Outgoing } from '#domain/contact/message';

/** One way by which news leaves the app. Another way is another file of this folder and a line in `channels.ts`. */
export type Channel = {
  readonly name: ChannelName;
  /** Where it reaches somebody: nowhere, at one address, or on each of several devices. */
  addressesOf(contact: Contact): readonly string[];
  /**
   * Sends one message. Calls `handOver` before the first byte that may arrive, and sends nothing where that throws. Never
   * throws, and ends within forty seconds whatever the other side does.
   */
  send(outgoing: Outgoing, handOver: () => Promise<void>): Promise<Outcome>;
  /** Whether the other side answers and takes our keys, in a code; null = it does. */
  check(): Promise<string | null>;
  close(): void;
};

/** Longer than any message takes: what is claimed for so long belongs to a sender that is gone. */
export const LEASE_MS = 60_000;
