import { useEffect } from 'react';

const CACHE = 'regrasp-frames';

/** Keeps the frames of Today, of these practices and of the recorder on this device, so that they open without a line. */
export function useOfflineFrames(lineageIds: readonly string[] | null): void {
  const wanted = lineageIds?.join(' ') ?? null;
  useEffect(() => {
    if (wanted === null || !('serviceWorker' in navigator)) return;
    const practices = wanted === '' ? [] : wanted.split(' ').map((lineageId) => `/practice/${lineageId}`);
    const paths = ['/today', '/check-ins/new', ...practices];
    navigator.serviceWorker
      .register('/sw.js')
      .then(() => navigator.serviceWorker.ready)
      .then((registration) => registration.active?.postMessage({ kind: 'keep', paths }))
      // A browser that forbids it still works while there is a line.
      .catch(() => undefined);
  }, [wanted]);
}

/** The next person at this device gets frames of their own. */
export async function dropOfflineFrames(): Promise<void> {
  if ('caches' in window) await caches.delete(CACHE).catch(() => undefined);
}
