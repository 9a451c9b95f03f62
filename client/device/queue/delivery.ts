import type { OutboxItem } from './rows';

/**
 * `later`: there is no line, or the login has ended; nothing gets through. `failed`: the server, or what stands before it,
 * answered and took nothing.
 */
export type Delivery =
  | { outcome: 'sent' }
  | { outcome: 'later'; reason: string }
  | { outcome: 'failed'; reason: string }
  | { outcome: 'refused'; reason: string };

export type Sender = (item: Pick<OutboxItem, 'id' | 'kind' | 'input'>) => Promise<Delivery>;

/** This device could not keep it, and it was not sent either. `onPage`: it is tried again while the page is open. */
export class NotKept extends Error {
  readonly onPage: boolean;

  constructor(onPage: boolean) {
    super('the device could not keep it');
    this.name = 'NotKept';
    this.onPage = onPage;
  }
}
