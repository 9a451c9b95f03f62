'use client';

import { Share } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { dismissInstalling, type Installable } from '#client/shell/use-installable';

/** On the home screen it opens like any other app, and keeps what is not sent for longer. Said once, until it is dismissed. */
export function InstallHint({ way }: { way: Installable }) {
  const t = useTranslations('installHint');
  const [isClosed, setClosed] = useState(false);
  if (isClosed) return null;
  const close = () => {
    dismissInstalling();
    setClosed(true);
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
