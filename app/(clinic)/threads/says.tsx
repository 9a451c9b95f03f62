'use client';

import { TriangleAlert } from 'lucide-react';
import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';

/** Words that alarm, as they were found: what they mean is for whoever reads the message. */
export function Says({ words }: { words: readonly string[] }) {
  const t = useTranslations('threads');
  const format = useFormatter();
  if (words.length === 0) return null;
  return (
    <span className="state care wrap-anywhere">
      <TriangleAlert size={18} aria-hidden="true" className="shrink-0" /> {t('says', { words: format.list(words) })}
    </span>
  );
}
