'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    regraspReady?: () => void;
  }
}

/**
 * The page's scripts are there: the last press that was kept (client/device/early-taps.ts) is clicked. In a turn of its
 * own: within React's commit what a press draws at once would be drawn later, and a field cannot take the focus yet.
 */
export function TapsReady() {
  useEffect(() => {
    const turn = setTimeout(() => window.regraspReady?.());
    return () => clearTimeout(turn);
  }, []);
  return null;
}
