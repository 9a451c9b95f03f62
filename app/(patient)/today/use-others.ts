'use client';

import { useTranslations } from '#client/device/words/translations';

/** What was logged and is not "done", in words: it is neither hidden nor counted as more than it was. */
export function useOthers(): (counts: { partly: number; skipped: number }) => string[] {
  const t = useTranslations('today');
  return ({ partly, skipped }) => [
    ...(partly > 0 ? [t('countPartly', { count: partly })] : []),
    ...(skipped > 0 ? [t('countSkipped', { count: skipped })] : []),
  ];
}
