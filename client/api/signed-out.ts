import { Observable } from './observable';

/** The server no longer knows who asks: the login has ended while the page stayed open. */
export const signedOut = new Observable(false);

/** As `fetch`, noticing on the way whether the login still counts. */
export const watchedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status === 401) signedOut.set(true);
  else if (response.ok) signedOut.set(false);
  return response;
};
