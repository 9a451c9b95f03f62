import { createContext, useContext, useSyncExternalStore } from 'react';

const never = () => () => undefined;
/** The time zone of this device; only in a browser, where it is the reader's. */
export const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What this browser told with an earlier page (client/device/clock/tell-zone.ts); null where it never did. */
export const ToldZone = createContext<string | null>(null);

/** The time zone of this device; while the server draws the page, the one that it was told before, or null. */
export function useReaderZone(): string | null {
  const told = useContext(ToldZone);
  return useSyncExternalStore(never, browserZone, () => told);
}
