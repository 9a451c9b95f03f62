'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useReaderZone } from '#client/device/reader-zone';
import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { MoreButton } from '#components/form/more-button';
import { localDay } from '#domain/time/local-day';
import { WISHES_MAX } from '#domain/visit/appointment';
import type { Wanted } from './wanted';

type FreeTimesProps = {
  wanted: Wanted;
  /** Several may be chosen, of which one is given. */
  isMany: boolean;
  chosen: readonly number[];
  onChoose(at: number, isOn: boolean): void;
};

/** Times at which both are free, day by day by the reader's clock: one to choose, or some that suit. */
export function FreeTimes({ wanted: { sequence: _, ...wanted }, isMany, chosen, onChoose }: FreeTimesProps) {
  const t = useTranslations('booking');
  const trpc = useTRPC();
  const zone = useReaderZone() ?? 'UTC';
  const pages = useInfiniteQuery(
    trpc.appointments.freeTimes.infiniteQueryOptions(wanted, { getNextPageParam: (last) => last.nextFromMs }),
  );
  const id = useId();
  const starts = pages.data?.pages.flatMap((page) => page.starts) ?? [];
  const days = new Map<string, number[]>();
  for (const at of starts) days.set(localDay(at, zone), [...(days.get(localDay(at, zone)) ?? []), at]);
  return (
    <section className="grid gap-4" aria-labelledby={id}>
      <div>
        <h2 id={id} className="section-title">
          {t(isMany ? 'timesMany' : 'times', { count: WISHES_MAX })}
        </h2>
        <p className="small muted">{t('inZone', { zone: zone.replaceAll('_', ' ') })}</p>
      </div>
      {pages.isPending ? <p role="status">{t('loading')}</p> : null}
      {pages.isSuccess && starts.length === 0 ? <p>{t(isMany ? 'noTimesAsk' : 'noTimes')}</p> : null}
      {[...days].map(([day, times]) => (
        <Day key={day} day={day} times={times} isMany={isMany} chosen={chosen} onChoose={onChoose} />
      ))}
      <MoreButton pages={pages} label={t('later')} />
    </section>
  );
}

type DayProps = Pick<FreeTimesProps, 'isMany' | 'chosen' | 'onChoose'> & { day: string; times: readonly number[] };

function Day({ day, times, isMany, chosen, onChoose }: DayProps) {
  const dayName = useDayName();
  const when = useWhen(null);
  return (
    <fieldset className="field">
      <legend className="label mb-1.5">
        {dayName(day, 'weekday')} {dayName(day)}
      </legend>
      <div className="grid grid-cols-3 gap-2 sm:grid-cols-5">
        {times.map((at) => (
          <label
            key={at}
            className="seg-choice overflow-hidden rounded-m border-[1.5px] border-control-line bg-surface"
          >
            <input
              type={isMany ? 'checkbox' : 'radio'}
              name="time"
              value={at}
              checked={chosen.includes(at)}
              onChange={({ target }) => onChoose(at, target.checked)}
            />
            <span className="tabular-nums">{when(at, 'time')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
