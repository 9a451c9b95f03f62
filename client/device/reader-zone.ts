import { useSyncExternalStore } from 'react';

const never = () => () => undefined;
/** The time zone of this device; only in a browser, where it is the reader's. */
export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

/** The time zone of this device; null while the server draws the page, which cannot know it. */
export function useReaderZone(): string | null {
  return useSyncExternalStore(never, browserZone, unknown);
}
