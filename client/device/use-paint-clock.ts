'use client';

import { useEffect, useState } from 'react';

/** The time of the latest painted frame while `active`, so that fading and counting move; still otherwise. */
export function usePaintClock(active: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    let frame = 0;
    const tick = () => {
      setNowMs(Date.now());
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [active]);
  return nowMs;
}
