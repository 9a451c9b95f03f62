import { useEffect } from 'react';

/** As `public/sw.js` names it. */
const CACHE = 'regrasp-frames';

/** Whose pages they are. */
const OWNER = 'regrasp.pages-of';

let tidied: { userId: string; done: Promise<void> } | null = null;

async function dropWhereOthers(userId: string): Promise<void> {
  try {
    if (localStorage.getItem(OWNER) === userId) return;
    await dropOfflinePages();
    localStorage.setItem(OWNER, userId);
  } catch {
    // A browser that keeps nothing has no pages of others either.
  }
}

/** The pages carry the name of whoever they were made for: another person begins with none. Once for a page. */
export async function dropPagesOfOthers(userId: string): Promise<void> {
  if (tidied?.userId !== userId) tidied = { userId, done: dropWhereOthers(userId) };
  await tidied.done;
}

/** Registered once: the browser itself looks for a newer worker at each navigation, and without a line says nothing. */
async function registered(): Promise<void> {
  if (!(await navigator.serviceWorker.getRegistration('/'))) await navigator.serviceWorker.register('/sw.js');
}

/**
 * Keeps Today, these practices, the messages, how to reach the clinic and the recorder on this device, so that they open without a line; and the page that says
 * what the other tabs need.
 */
export function useOfflinePages(userId: string, lineageIds: readonly string[] | null): void {
  const wanted = lineageIds?.join(' ') ?? null;
  useEffect(() => {
    if (wanted === null || !('serviceWorker' in navigator)) return;
    const practices = wanted === '' ? [] : wanted.split(' ').map((lineageId) => `/practice/${lineageId}`);
    const paths = ['/today', '/away', '/messages', '/reach', '/check-ins/new', ...practices];
    const keep = () => {
      dropPagesOfOthers(userId)
        .then(registered)
        .then(() => navigator.serviceWorker.ready)
        .then((registration) => registration.active?.postMessage({ kind: 'keep', paths }))
        .catch(() => undefined);
    };
    keep();
    // A line that was lost meanwhile left pages out, or the worker itself.
    window.addEventListener('online', keep);
    return () => window.removeEventListener('online', keep);
  }, [userId, wanted]);
}

/** At signing out: the next person at this device gets pages of their own. */
export async function dropOfflinePages(): Promise<void> {
  if ('caches' in window) await caches.delete(CACHE).catch(() => undefined);
}
