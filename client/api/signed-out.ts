import { Observable } from './observable';

/** The login ended while the page stayed open. */
export const signedOut = new Observable(false);

/**
 * What requests say of the person before the screen: nothing, until a page whose login needs it begins to
 * (`client/people/use-idle.ts`). `inVisit`: in use without a touch, while one's own line is up.
 */
export const pageUse = { headers: (): Record<string, string> => ({}), inVisit: false };

export const watchedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status === 401) signedOut.set(true);
  else if (response.ok) signedOut.set(false);
  return response;
};
