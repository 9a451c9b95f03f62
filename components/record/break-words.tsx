import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import type { Break } from '#domain/record/breaks';
import { useRestrictionWords } from './restriction-words';
import type { Pinned } from './use-pinned';

type Named = { lineageId: string; name: string };

/** "Putty squeeze and Open a jar (how much it asks is not known)". */
export function useBreakingNames(): (breaks: readonly Break[], of: readonly Named[]) => string {
  const t = useTranslations('restrictions');
  const format = useFormatter();
  return (breaks, of) =>
    format.list(
      breaks.map(({ lineageId, how }) => {
        const name = of.find((one) => one.lineageId === lineageId)?.name ?? '';
        return how === 'unknown' ? t('perhaps', { name }) : name;
      }),
    );
}

/** "No load above 1.5 kgf before 1 December: Putty squeeze." of each restriction that is broken. */
export function useBreaksWords(): (pinned: Pinned, breaks: readonly Break[], of: readonly Named[]) => string {
  const t = useTranslations('restrictions');
  const namesOf = useBreakingNames();
  const wordsOf = useRestrictionWords();
  return (pinned, breaks, of) =>
    pinned.restrictions
      .map((one) => ({ one, broken: breaks.filter(({ restrictionId }) => restrictionId === one.id) }))
      .filter(({ broken }) => broken.length > 0)
      .map(({ one, broken }) => t('breakOf', { words: wordsOf(one, pinned.day), names: namesOf(broken, of) }))
      .join(' ');
}
