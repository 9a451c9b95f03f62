'use client';

import { CloudAlert } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import type { Refused } from '#client/check-in/refused';
import { useRefused } from '#client/check-in/use-refused';
import type { Day } from '#client/practice/day-pack';
import { useNameOf } from '#client/program/use-name-of';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { useReasonWords } from '#components/form/field';

/** What could not be stored at the clinic, why, and what one can do about it; nothing where all goes well. */
export function RefusedItems({ userId, day }: { userId: string; day: Day }) {
  const t = useTranslations('refused');
  const { items, retry, discard } = useRefused(userId);
  if (items.length === 0) return null;
  return (
    <section className="grid gap-3" aria-labelledby="refused">
      <h2 id="refused" className="section-title flex items-center gap-2">
        <CloudAlert aria-hidden="true" /> {t('title')}
      </h2>
      <p>{t('lead')}</p>
      <ul className="grid gap-3" aria-labelledby="refused">
        {items.map((item) => (
          <RefusedCard
            key={item.id}
            item={item}
            day={day}
            onRetry={() => retry(item.id)}
            onDelete={() => discard(item.id)}
          />
        ))}
      </ul>
    </section>
  );
}

type RefusedCardProps = { item: Refused; day: Day; onRetry(): void; onDelete(): void };

function RefusedCard({ item, day, onRetry, onDelete }: RefusedCardProps) {
  const t = useTranslations('refused');
  const format = useFormatter();
  const nameOf = useNameOf();
  const why = useReasonWords();
  const { prescriptions, patient } = day.pack;
  const names = item.lineageIds.flatMap((lineageId) => {
    const found = prescriptions.find((one) => one.lineageId === lineageId);
    return found ? [nameOf(found)] : [];
  });
  const what = names.length > 0 ? format.list(names) : t(`what.${item.what}`);
  const when = format.dateTime(item.at, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: patient.timeZone,
  });
  return (
    <li className="card grid gap-2 p-4">
      <strong>{what}</strong>
      <span className="muted">{when}</span>
      <p>{why(item.reason)}</p>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-label={t('retryNamed', { what, when })}
        onClick={onRetry}
      >
        {t('retry')}
      </button>
      <ConfirmedDelete
        label={t('delete')}
        named={t('deleteNamed', { what, when })}
        question={t('deleteAsk')}
        onDelete={onDelete}
      />
    </li>
  );
}
