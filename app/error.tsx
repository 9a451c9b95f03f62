'use client';

import { useTranslations } from '#client/device/words/translations';

/** The whole page is asked for again: what failed to load once is remembered as failed by what is on it. */
export default function ErrorPage() {
  const t = useTranslations('error');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-4 px-4">
      <h1 className="page-title">{t('title')}</h1>
      <p>{t('lead')}</p>
      <button type="button" className="btn primary w-fit" onClick={() => window.location.reload()}>
        {t('again')}
      </button>
    </main>
  );
}
