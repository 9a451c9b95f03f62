import { Observable } from './observable';

/** The login ended while the page stayed open. */
export const signedOut = new Observable(false);

export const watchedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status === 401) signedOut.set(true);
  else if (response.ok) signedOut.set(false);
  return response;
};
