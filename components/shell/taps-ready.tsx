'use client';

import { useEffect } from 'react';

declare global {
  interface Window {
    regraspReady?: () => void;
  }
}

/** The page's scripts are there: the last press that was kept (client/device/early-taps.ts) is clicked now. */
export function TapsReady() {
  useEffect(() => window.regraspReady?.(), []);
  return null;
}
