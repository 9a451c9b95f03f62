'use client';

import { usePathname } from 'next/navigation';
import { useEffect, useSyncExternalStore } from 'react';
import { newerBuild } from '#client/api/build';
import { renewFor, watchTyping } from '#client/shell/renew';

const LOOK_EVERY_MS = 10_000;

/** A page that is older than its server is made anew, where that takes nothing from anybody. */
export function RenewedPage() {
  const build = useSyncExternalStore(newerBuild.subscribe, newerBuild.snapshot, () => null);
  const path = usePathname();
  useEffect(watchTyping, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another chance
  useEffect(() => {
    if (build === null) return;
    const look = () => renewFor(build);
    look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [build, path]);
  return null;
}
