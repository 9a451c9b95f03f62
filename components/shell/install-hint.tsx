'use client';

import { Share } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { deviceOf } from '#client/people/device-of';

const DISMISSED = 'regrasp.install-hint';

/** What browsers that can install a page hand out when they may be asked. */
type Installable = Event & { prompt(): Promise<unknown> };

function wasDismissed(): boolean {
  try {
    return localStorage.getItem(DISMISSED) !== null;
  } catch {
    return true;
  }
}

function dismiss(): void {
  try {
    localStorage.setItem(DISMISSED, '1');
  } catch {
    // It is said again with the next page.
  }
}

/** On the home screen it opens like any other app, and keeps what is not sent for longer. Said once, until it is dismissed. */
export function InstallHint() {
  const t = useTranslations('installHint');
  const [way, setWay] = useState<Installable | 'by hand' | null>(null);
  useEffect(() => {
    const isInstalled = matchMedia('(display-mode: standalone)').matches;
    if (isInstalled || wasDismissed()) return;
    const { system } = deviceOf(navigator.userAgent);
    if (system === 'iphone' || system === 'ipad') setWay('by hand');
    const onReady = (event: Event) => {
      event.preventDefault();
      setWay(event as Installable);
    };
    window.addEventListener('beforeinstallprompt', onReady);
    return () => window.removeEventListener('beforeinstallprompt', onReady);
  }, []);
  if (way === null) return null;
  const close = () => {
    dismiss();
    setWay(null);
  };
  return (
    <section className="card mt-6 grid gap-3 p-4" aria-labelledby="install-hint">
      <h2 id="install-hint" className="section-title">
        {t('title')}
      </h2>
      <p>{t('lead')}</p>
      {way === 'by hand' ? (
        <p className="flex items-center gap-2">
          <Share size={20} aria-hidden="true" className="shrink-0" /> {t('byHand')}
        </p>
      ) : (
        <button type="button" className="btn quiet min-h-12" onClick={() => void way.prompt().then(close, close)}>
          {t('install')}
        </button>
      )}
      <button type="button" className="btn plain min-h-12" onClick={close}>
        {t('notNow')}
      </button>
    </section>
  );
}
