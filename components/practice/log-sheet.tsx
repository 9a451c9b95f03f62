'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import type { Outbox } from '#client/device/outbox';
import type { Counted } from '#client/practice/counted';
import { type Answers, recordLog } from '#client/practice/record-log';
import { AnswerGrid } from '#components/form/answer-grid';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import type { DayPack, PackPrescription } from '#domain/practice/day-pack';
import type { Log, SkipReason } from '#domain/practice/log';
import type { PainAnswer } from '#domain/practice/pain-policy';
import { type Details, LogDetails } from './log-details';
import { PainWords } from './pain-words';

type LogSheetProps = {
  pack: DayPack;
  prescription: PackPrescription;
  slot: number | null;
  source: Log['source'];
  /** What the player counted, to be corrected here; null = as prescribed. */
  counted?: Counted | null;
  firstState?: Log['state'];
  firstReason?: SkipReason | null;
  onSaved?(): void;
  onDelete?(): void;
  onClose(): void;
};

/** Three taps: "Done as prescribed" opened it, then pain, then Save. Details fold out. */
export function LogSheet({
  pack,
  prescription,
  slot,
  source,
  counted = null,
  firstState = 'done',
  firstReason = null,
  onSaved,
  onDelete,
  onClose,
}: LogSheetProps) {
  const t = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const sheet = useRef<HTMLDialogElement>(null);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [details, setDetails] = useState<Details>({
    state: firstState,
    reason: firstReason,
    effort: undefined,
    comment: '',
    sets: counted?.sets ?? null,
  });
  const [missing, setMissing] = useState<'choosePain' | 'chooseReason' | null>(null);
  const [answer, setAnswer] = useState<PainAnswer | null>(null);
  const saving = useRef<OneAtATime>(undefined);
  saving.current ??= new OneAtATime(() => performance.now());
  useEffect(() => sheet.current?.showModal(), []);

  function save() {
    if (pain === undefined) return setMissing('choosePain');
    if (details.state !== 'done' && details.reason === null) return setMissing('chooseReason');
    if (outbox) saving.current?.run(() => record(outbox, pain), { leaves: true });
  }
  async function record(queue: Outbox, pain: number | null) {
    const now = Date.now();
    const performed = {
      prescription,
      slot,
      source,
      startedAt: counted?.startedAt ?? now,
      endedAt: counted?.endedAt ?? now,
      painBefore: counted?.painBefore ?? null,
    };
    const answers: Answers = { ...details, effort: details.effort ?? null, pain };
    const said = await recordLog(queue, pack, performed, answers);
    onSaved?.();
    if (said.act === 'go_on') onClose();
    else setAnswer(said);
  }

  return (
    <dialog
      ref={sheet}
      onClose={onClose}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={t('title', { name: prescription.text.name })}
    >
      <h2 className="text-[1.5rem] font-extrabold">{t('title', { name: prescription.text.name })}</h2>
      {answer ? (
        <PainWords answer={answer} clinic={pack.clinic} onClose={onClose} />
      ) : (
        <>
          <AnswerGrid
            legend={t('pain')}
            name="pain"
            low={t('painLow')}
            high={t('painHigh')}
            value={pain}
            onChange={setPain}
          />
          <LogDetails
            dose={prescription.dose}
            details={details}
            onChange={setDetails}
            open={firstState !== 'done' || counted !== null}
          />
          {missing ? (
            <p role="alert" className="problem">
              {t(missing)}
            </p>
          ) : null}
          <div className="sticky bottom-0 grid gap-2 bg-surface pt-2">
            <button type="button" className="btn primary xl" onClick={save}>
              {t('save')}
            </button>
            <button type="button" className="btn plain" onClick={onClose}>
              {t('cancel')}
            </button>
          </div>
          {onDelete ? (
            <ConfirmedDelete label={t('deleteCounts')} question={t('deleteCountsAsk')} onDelete={onDelete} />
          ) : null}
        </>
      )}
    </dialog>
  );
}
