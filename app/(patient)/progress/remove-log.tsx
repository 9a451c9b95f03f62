'use client';

import { useRef, useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { removeLog } from '#client/practice/remove-log';
import type { HistoryLog } from '#client/practice/use-log-history';
import { REMOVAL_REASONS } from '#domain/practice/log';

/** The bar that follows Save says this one by itself. */
const CHOICES = REMOVAL_REASONS.filter((reason) => reason !== 'undone');
/** From here on pain may have raised a flag, or stopped something: it is said what becomes of that. */
const NOTED_FROM = 4;

type RemoveLogProps = { log: HistoryLog; onRemoved(): void; onKeep(): void };

/** The reason is chosen and says all: one press more, and the log counts nowhere. */
export function RemoveLog({ log, onRemoved, onKeep }: RemoveLogProps) {
  const t = useTranslations('progress');
  const outbox = useHydratedOutbox();
  const [reason, setReason] = useState<(typeof CHOICES)[number] | null>(null);
  const [problem, setProblem] = useState<'choose' | 'notKept' | null>(null);
  const removing = useRef<OneAtATime>(undefined);
  removing.current ??= new OneAtATime(() => performance.now());

  function remove() {
    if (reason === null) return setProblem('choose');
    if (!outbox) return;
    setProblem(null);
    removing.current?.run(() =>
      removeLog(outbox, log.id, reason).then(onRemoved, (error: unknown) => {
        setProblem('notKept');
        throw error;
      }),
    );
  }
  return (
    <div className="grid gap-4">
      <fieldset className="grid gap-2">
        <legend className="label mb-2">{t('removeWhy')}</legend>
        {CHOICES.map((choice) => (
          <label key={choice} className="card flex min-h-14 items-center gap-3 px-4">
            <input type="radio" name="removal" checked={reason === choice} onChange={() => setReason(choice)} />
            <span>{t(`removal.${choice}`)}</span>
          </label>
        ))}
      </fieldset>
      <p className="muted">{t('removeLead')}</p>
      {log.pain !== null && log.pain >= NOTED_FROM ? <p>{t('removePain')}</p> : null}
      {problem ? (
        <p role="alert" className="problem">
          {t(problem === 'choose' ? 'chooseRemoval' : 'notKept')}
        </p>
      ) : null}
      <button type="button" className="btn stop xl" onClick={remove}>
        {t('remove')}
      </button>
      <button type="button" className="btn plain" onClick={onKeep}>
        {t('keep')}
      </button>
    </div>
  );
}
