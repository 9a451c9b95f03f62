import { useEffect } from 'react';

/** As `public/sw.js` names it. */
const CACHE = 'regrasp-frames';

/** Keeps Today, these practices and the recorder on this device, so that they open without a line. */
export function useOfflinePages(lineageIds: readonly string[] | null): void {
  const wanted = lineageIds?.join(' ') ?? null;
  useEffect(() => {
    if (wanted === null || !('serviceWorker' in navigator)) return;
    const practices = wanted === '' ? [] : wanted.split(' ').map((lineageId) => `/practice/${lineageId}`);
    const paths = ['/today', '/check-ins/new', ...practices];
    navigator.serviceWorker
      .register('/sw.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => registration.active?.postMessage({ kind: 'keep', paths }))
      .catch(() => undefined);
  }, [wanted]);
}

/** At signing out: the next person at this device gets pages of their own. */
export async function dropOfflinePages(): Promise<void> {
  if ('caches' in window) await caches.delete(CACHE).catch(() => undefined);
}
