'use client';

import { type ReactNode, useState } from 'react';
import { useLoaded } from '#client/api/use-loaded';

const load = () => import('./idle-guard').then(({ IdleGuard }) => IdleGuard);

/**
 * A page that leaves the screen when its login has ended. What watches it comes after the page itself, beside it, so that
 * nothing is drawn anew when it does.
 */
export function WatchedPage({ children }: { children: ReactNode }) {
  const Guard = useLoaded(load);
  const [ended, setEnded] = useState(false);
  return (
    <>
      {!ended && children}
      {Guard && <Guard onEnded={setEnded} />}
    </>
  );
}
