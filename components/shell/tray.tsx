'use client';

import { CloudAlert } from 'lucide-react';
import { useFormatter } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { BUILD } from '#client/api/build';
import { discardRefused, type Refused, refusedOf } from '#client/check-in/refused';
import type { Outbox, OutboxItem } from '#client/device/outbox';
import { useNotSent } from '#client/device/queue/use-not-sent';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { readDay } from '#client/practice/day-store';
import { useNameOf } from '#client/program/use-name-of';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { useReasonWords } from '#components/form/field';
import { dayPackSchema, type PackPrescription } from '#domain/practice/day-pack';

/** What could not be stored at the clinic: what it is, since when, why, and what one can do about it. */
export function Tray({ outbox, onClose }: { outbox: Outbox; onClose(): void }) {
  const t = useTranslations('refused');
  const dialog = useRef<HTMLDialogElement>(null);
  const items = useNotSent(outbox);
  const prescriptions = usePrescriptions(items[0]?.userId ?? null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      className="grid max-h-[94dvh] w-full max-w-[560px] content-start gap-4 overflow-y-auto"
      aria-labelledby="not-sent"
      onClose={onClose}
    >
      <h2 id="not-sent" className="section-title flex items-center gap-2">
        <CloudAlert aria-hidden="true" /> {t('title')}
      </h2>
      <p>{items.length > 0 ? t('lead') : t('none')}</p>
      <ul className="grid gap-3" aria-labelledby="not-sent">
        {items.map((item) => (
          <TrayItem key={item.id} item={item} outbox={outbox} prescriptions={prescriptions} />
        ))}
      </ul>
      <button type="button" className="btn quiet xl" onClick={() => dialog.current?.close()}>
        {t('close')}
      </button>
    </dialog>
  );
}

/** What this device knows of the person's exercises: enough to name them. */
function usePrescriptions(userId: string | null): readonly PackPrescription[] {
  const [known, setKnown] = useState<readonly PackPrescription[]>([]);
  useEffect(() => {
    if (userId === null) return;
    let current = true;
    readDay(userId).then(
      (stored) => {
        const parsed = dayPackSchema.safeParse(stored);
        if (current && parsed.success) setKnown(parsed.data.prescriptions);
      },
      // Then each is called what it is, without its name.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [userId]);
  return known;
}

/** In words: the exercises that it is about, or the kind of thing that it is. */
function useWhat(): (refused: Refused, prescriptions: readonly PackPrescription[]) => string {
  const t = useTranslations('refused.what');
  const format = useFormatter();
  const nameOf = useNameOf();
  return ({ what, lineageIds }, prescriptions) => {
    const names = prescriptions.filter(({ lineageId }) => lineageIds.includes(lineageId)).map(nameOf);
    return names.length > 0 ? `${t(what)}: ${format.list(names)}` : t(what);
  };
}

type TrayItemProps = { item: OutboxItem; outbox: Outbox; prescriptions: readonly PackPrescription[] };

function TrayItem({ item, outbox, prescriptions }: TrayItemProps) {
  const t = useTranslations('refused');
  const whenOf = useWhen(null);
  const whatOf = useWhat();
  const why = useReasonWords();
  const refused = refusedOf(item);
  if (!refused) return null;
  const what = whatOf(refused, prescriptions);
  const when = whenOf(refused.at, 'full');
  return (
    <li className="card grid gap-2 p-4">
      <strong>{what}</strong>
      <span className="muted">{t('since', { when })}</span>
      <p>{why(refused.reason)}</p>
      <div className="grid gap-2 sm:grid-cols-2">
        <button
          type="button"
          className="btn primary min-h-12"
          aria-label={t('retryNamed', { what, when })}
          onClick={() => void outbox.retry(item.id)}
        >
          {t('retry')}
        </button>
        <button
          type="button"
          className="btn quiet min-h-12"
          aria-label={t('laterNamed', { what, when })}
          onClick={() => void outbox.setAside(item.id)}
        >
          {t('later')}
        </button>
      </div>
      <Report item={item} />
      <ConfirmedDelete
        label={t('delete')}
        named={t('deleteNamed', { what, when })}
        question={t('deleteAsk')}
        onDelete={() => void discardRefused(outbox, item.userId, item.id)}
      />
    </li>
  );
}

/** Nothing of what was said: what whoever runs the server needs to find out why it was not taken. */
function reportOf({ id, kind, parked, tries, createdAt }: OutboxItem): string {
  return [
    `kind ${kind}`,
    `id ${id}`,
    `reason ${parked}`,
    `tries ${tries}`,
    `since ${new Date(createdAt).toISOString()}`,
    `build ${BUILD || '-'}`,
    `browser ${navigator.userAgent}`,
  ].join('\n');
}

function Report({ item }: { item: OutboxItem }) {
  const t = useTranslations('refused.report');
  const [isCopied, setCopied] = useState(false);
  const text = reportOf(item);
  return (
    <details>
      <summary className="min-h-12 cursor-pointer content-center">{t('title')}</summary>
      <div className="grid gap-2">
        <p className="muted">{t('lead')}</p>
        <pre className="overflow-x-auto rounded-m bg-sunken p-3 text-[0.875rem] whitespace-pre-wrap select-all">
          {text}
        </pre>
        <button
          type="button"
          className="btn quiet min-h-12"
          onClick={() =>
            navigator.clipboard.writeText(text).then(
              () => setCopied(true),
              // A browser that gives no way to copy still shows it, to be chosen by hand.
              () => setCopied(false),
            )
          }
        >
          {t('copy')}
        </button>
        <p role="status" className="muted empty:hidden">
          {isCopied ? t('copied') : ''}
        </p>
      </div>
    </details>
  );
}
