'use client';

import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';

const IdleWatch = lazy(() => import('./idle-watch'));

/** What watches is loaded after the page is there: nobody is idle in its first seconds, and a visit has other things to load. */
const LATER_MS = 10_000;

/**
 * Takes the record from the screen when a login has ended, for want of use or by any other way: a panel to sign in over
 * nothing. The same person finds the page again with what was typed on it; another one begins at the first page.
 */
export function IdleGuard({ userId, children }: { userId: string; children: ReactNode }) {
  const [isEnded, setEnded] = useState(false);
  const [isWatched, setWatched] = useState(false);
  const [touched] = useState(() => new WeakSet<EventTarget>());
  useEffect(() => {
    const timer = setTimeout(() => setWatched(true), LATER_MS);
    const onInput = ({ target, isTrusted }: Event) => {
      if (!isTrusted || !target) return;
      touched.add(target);
      setWatched(true);
    };
    for (const name of ['input', 'change']) document.addEventListener(name, onInput, true);
    return () => {
      clearTimeout(timer);
      for (const name of ['input', 'change']) document.removeEventListener(name, onInput, true);
    };
  }, [touched]);
  return (
    <>
      {isEnded ? null : children}
      {isWatched ? (
        <Suspense fallback={null}>
          <IdleWatch userId={userId} touched={touched} onEnded={setEnded} />
        </Suspense>
      ) : null}
    </>
  );
}
