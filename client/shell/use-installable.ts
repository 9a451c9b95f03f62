import { useEffect, useState } from 'react';

const DISMISSED = 'regrasp.install-hint';

/** What browsers that can install a page hand out when they may be asked; some are told by hand. */
export type Installable = { prompt(): Promise<unknown> } | 'by hand';

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED) !== null;
  } catch {
    return true;
  }
}

export function dismissInstalling(): void {
  try {
    localStorage.setItem(DISMISSED, '1');
  } catch {
    // It is said again with the next page.
  }
}

/** How this page can be put on the home screen; null where it is there already, cannot be, or that was dismissed. */
export function useInstallable(): Installable | null {
  const [way, setWay] = useState<Installable | null>(null);
  useEffect(() => {
    if (matchMedia('(display-mode: standalone)').matches || wasDismissed()) return;
    if (/\b(iPhone|iPad)\b/.test(navigator.userAgent)) setWay('by hand');
    const onReady = (event: Event) => {
      event.preventDefault();
      setWay(event as unknown as Exclude<Installable, 'by hand'>);
    };
    window.addEventListener('beforeinstallprompt', onReady);
    return () => window.removeEventListener('beforeinstallprompt', onReady);
  }, []);
  return way;
}
