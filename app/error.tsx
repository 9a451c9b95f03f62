'use client';

import { useTranslations } from 'next-intl';

export default function ErrorPage({ reset }: { error: Error; reset: () => void }) {
  const t = useTranslations('error');
  return (
    <main data-density="patient" className="mx-auto grid min-h-dvh max-w-[560px] content-center gap-4 px-4">
      <h1 className="page-title">{t('title')}</h1>
      <p>{t('lead')}</p>
      <button type="button" className="btn primary w-fit" onClick={reset}>
        {t('again')}
      </button>
    </main>
  );
}
