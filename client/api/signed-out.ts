import { noteBuild } from './build';
import { hearServerTime } from './device-clock';
import { Observable } from './observable';

/** The login ended while the page stayed open. */
export const signedOut = new Observable(false);

/**
 * What requests say of the person before the screen: nothing, until a page whose login needs it begins to
 * (`client/people/use-idle.ts`). `inVisit`: in use without a touch, while one's own line is up.
 */
export const pageUse = { headers: (): Record<string, string> => ({}), inVisit: false };

/** What answered was not the API: a page of a proxy, a body cut off before it was read. */
export class ForeignAnswer extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`an answer of ${status} that is not of the API`);
    this.name = 'ForeignAnswer';
    this.status = status;
  }
}

export const watchedFetch: typeof fetch = async (input, init) => {
  const sentMs = Date.now();
  const response = await fetch(input, init);
  hearServerTime(response, sentMs);
  noteBuild(response);
  if (response.status === 401) signedOut.set(true);
  else if (response.ok) signedOut.set(false);
  if (!response.headers.get('content-type')?.includes('json')) throw new ForeignAnswer(response.status);
  return response;
};
