'use client';

import { useEffect, useRef, useState } from 'react';
import { useLoaded } from '#client/api/use-loaded';
import type { RecordedRoom } from './props';

type Prescribed = NonNullable<RecordedRoom['record']>['prescribed'];

/** Fetched when there is something to say. */
const loadWords = () => import('#components/program/new-dose-words').then((module) => module.NewDoseWords);

/** Versions are numbered within their program. */
const nameOf = ({ programTitle, number, publishedAt }: Prescribed[number]) =>
  `${programTitle} ${number} ${publishedAt}`;

/** What was prescribed while this page was open, until it is put away. */
function useNewDoses(prescribed: Prescribed | null) {
  const before = useRef<ReadonlySet<string> | null>(null);
  const [news, setNews] = useState<Prescribed>([]);
  useEffect(() => {
    if (!prescribed) return;
    const known = before.current;
    before.current = new Set(prescribed.map(nameOf));
    // What stood there when the page was opened is no news.
    const added = known ? prescribed.filter((one) => !known.has(nameOf(one))) : [];
    if (added.length > 0) setNews(added);
  }, [prescribed]);
  return { news, putAway: () => setNews([]) };
}

/** Says a new dose to the patient at the moment it is published. */
export function NewDoseSaid({ record }: Pick<RecordedRoom, 'record'>) {
  const { news, putAway } = useNewDoses(record?.prescribed ?? null);
  const Words = useLoaded(news.length > 0 ? loadWords : null);
  return (
    <div role="status" className="basis-full empty:hidden">
      {Words && news.length > 0 ? <Words news={news} onClose={putAway} /> : null}
    </div>
  );
}
