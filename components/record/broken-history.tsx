import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import type { SignedBreak } from '#domain/record/breaks';
import type { RestrictionLimit } from '#domain/record/restriction';
import type { LocalDay } from '#domain/time/local-day';
import { useRestrictionWords } from './restriction-words';

type BrokenProps = {
  version: { number: number; restrictionReason: string | null; restrictionsBroken: SignedBreak[] | null };
  restrictions: readonly { id: string; limit: RestrictionLimit; untilOn: LocalDay | null }[];
  nameOf(lineageId: string): string;
  today: LocalDay;
};

/** What a version breaks, and why; where that was signed for with an earlier version, in which. */
export function BrokenHistory({ version, restrictions, nameOf, today }: BrokenProps) {
  const t = useTranslations('restrictions');
  const format = useFormatter();
  const wordsOf = useRestrictionWords();
  const broken = version.restrictionsBroken ?? [];
  return restrictions.flatMap((one) => {
    const own = broken.filter(({ restrictionId }) => restrictionId === one.id);
    const words = wordsOf(one, today);
    return [...new Set(own.map(({ signedIn }) => signedIn))].map((signedIn) => {
      const names = format.list(own.filter((each) => each.signedIn === signedIn).map((each) => nameOf(each.lineageId)));
      const isHere = signedIn === version.number && version.restrictionReason !== null;
      return (
        <span key={`${one.id} ${signedIn}`} className="small block wrap-anywhere">
          {isHere
            ? t('brokenOver', { words, names, reason: version.restrictionReason ?? '' })
            : t('brokenSince', { words, names, number: signedIn })}
        </span>
      );
    });
  });
}
