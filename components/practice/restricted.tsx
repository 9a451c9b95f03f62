'use client';

import { TriangleAlert } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import { usePlainRestriction } from '#components/record/restriction-words';
import type { PackRestriction } from '#domain/practice/day-pack';
import { restrictionsOn } from '#domain/practice/waiting';
import type { LocalDay } from '#domain/time/local-day';

type RestrictedProps = { restrictions: readonly PackRestriction[]; today: LocalDay };

/** What the hand must not do, in plain words and until when; nothing where nothing is restricted. */
export function Restricted({ restrictions, today }: RestrictedProps) {
  const t = useTranslations('limitPlain');
  const plain = usePlainRestriction(today);
  const standing = restrictionsOn(restrictions, today);
  if (standing.length === 0) return null;
  return (
    <section className="card grid gap-2 border-2 border-care p-4" aria-label={t('title')}>
      <h2 className="flex items-start gap-2 text-[1.25rem] font-extrabold">
        <TriangleAlert className="mt-0.5 shrink-0 text-care" aria-hidden="true" />
        {t('title')}
      </h2>
      <ul className="grid gap-2">
        {standing.map((one) => {
          const { words, until } = plain(one);
          return (
            <li key={one.id} className="wrap-anywhere">
              <strong className="block">{t('ofHand', { side: one.side, words })}</strong>
              <span className="muted block">{until}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
