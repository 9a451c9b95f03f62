import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import { useRestrictionWords } from './restriction-words';
import type { Pinned } from './use-pinned';

/** What the hand must not do, one chip each: on every screen on which somebody decides. */
export function PinnedRestrictions({ pinned }: { pinned: Pinned | undefined }) {
  const t = useTranslations('restrictions');
  const wordsOf = useRestrictionWords();
  if (!pinned || pinned.restrictions.length === 0) return null;
  return (
    <ul className="contents" aria-label={t('pinned')}>
      {pinned.restrictions.map((one) => (
        <li key={one.id} className="chip min-h-8 border-care font-bold whitespace-normal wrap-anywhere">
          <TriangleAlert className="shrink-0 text-care" size={18} aria-hidden="true" />
          {wordsOf(one, pinned.day)}
        </li>
      ))}
    </ul>
  );
}
