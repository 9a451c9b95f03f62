'use client';

import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

type ClipConsentProps = {
  /** How long the clinic keeps clips; null = as long as the record. */
  keptDays: number | null;
  beside: ReactNode;
  onFilm(): void;
  onWithoutClip(): void;
  onClose(): void;
};

/** Said before anything is filmed: a clip needs an agreement, and the answers can go without one. */
export function ClipConsent({ keptDays, beside, onFilm, onWithoutClip, onClose }: ClipConsentProps) {
  const t = useTranslations('checkIns.clipConsent');
  const c = useTranslations('consent');
  const trpc = useTRPC();
  const agree = useMutation(trpc.patients.changeConsent.mutationOptions({ onSuccess: onFilm }));
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 className="page-title">{t('title')}</h1>
      <p>{c('kindLead.clips', { days: keptDays ?? 0 })}</p>
      <Problem reason={agree.error ? problemOf(agree.error).reason : null} />
      <button
        type="button"
        className="btn primary xl"
        aria-busy={agree.isPending}
        onClick={() => {
          if (!agree.isPending) agree.mutate({ kinds: ['clips'], given: true });
        }}
      >
        {t(agree.isPending ? 'agreeing' : 'agree')}
      </button>
      {agree.error ? (
        // Without a line nothing can be agreed to; the clip waits on this phone, and so does the question.
        <button type="button" className="btn quiet xl" onClick={onFilm}>
          {t('filmFirst')}
        </button>
      ) : null}
      <button type="button" className="btn quiet xl" onClick={onWithoutClip}>
        {t('withoutClip')}
      </button>
      <button type="button" className="btn plain" onClick={onClose}>
        {t('close')}
      </button>
      {beside}
    </div>
  );
}
