import { useSyncExternalStore } from 'react';

const never = () => () => undefined;
const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const unknown = () => null;

/** The time zone of this device; null while the server draws the page, which cannot know it. */
export function useReaderZone(): string | null {
  return useSyncExternalStore(never, here, unknown);
}
