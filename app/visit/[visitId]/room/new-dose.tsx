'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useSay } from '#client/device/say';
import { doseSentence } from '#domain/program/dose-words';
import type { RecordedRoom } from './props';

type Prescribed = NonNullable<RecordedRoom['record']>['prescribed'];

/** What was prescribed while this page was open, until it is put away. */
function useNewDoses(prescribed: Prescribed | null) {
  const before = useRef<ReadonlySet<number> | null>(null);
  const [news, setNews] = useState<Prescribed>([]);
  useEffect(() => {
    if (!prescribed) return;
    const known = before.current;
    before.current = new Set(prescribed.map(({ number }) => number));
    // What stood there when the page was opened is no news.
    const added = known ? prescribed.filter(({ number }) => !known.has(number)) : [];
    if (added.length > 0) setNews(added);
  }, [prescribed]);
  return { news, putAway: () => setNews([]) };
}

/** Says a new dose to the patient at the moment it is published. */
export function NewDoseSaid({ record }: Pick<RecordedRoom, 'record'>) {
  const t = useTranslations('visit');
  const n = useTranslations('today');
  const say = useSay();
  const { news, putAway } = useNewDoses(record?.prescribed ?? null);
  return (
    <div role="status" className="basis-full empty:hidden">
      {news.length === 0 ? null : (
        <div className="grid gap-1 py-2">
          <strong>{t('newDose')}</strong>
          {news.flatMap(({ changes }) =>
            changes.map(({ name, side, after }) => (
              <span key={`${name} ${side}`}>
                {t('newDoseOf', { exercise: n('named', { exercise: name, side }), dose: say(doseSentence(after)) })}
              </span>
            )),
          )}
          <button type="button" className="btn quiet min-h-12 w-fit" onClick={putAway}>
            {t('newDoseSeen')}
          </button>
        </div>
      )}
    </div>
  );
}
