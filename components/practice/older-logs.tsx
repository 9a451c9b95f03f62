'use client';

import { useTranslations } from '#client/device/words/translations';
import type { LogHistory } from '#client/practice/use-log-history';

export function OlderLogs({ history }: { history: LogHistory }) {
  const t = useTranslations('progress');
  if (!history.hasOlder) return null;
  return (
    <button
      type="button"
      className="btn quiet min-h-12"
      aria-busy={history.isLoadingOlder}
      onClick={() => history.isLoadingOlder || history.showOlder()}
    >
      {t('older')}
    </button>
  );
}
