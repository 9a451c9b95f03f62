'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { OneAtATime } from '#client/device/one-at-a-time';
import type { Outbox } from '#client/device/outbox';
import type { Counted } from '#client/practice/counted';
import type { Day } from '#client/practice/day-pack';
import { type Answers, type Recorded, recordLog } from '#client/practice/record-log';
import { AnswerGrid } from '#components/form/answer-grid';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { Log, SkipReason } from '#domain/practice/log';
import { AfterLog } from './after-log';
import { type Details, LogDetails } from './log-details';

type LogSheetProps = {
  day: Pick<Day, 'pack' | 'history'>;
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

type Missing = 'choosePain' | 'chooseReason';

/** Three taps: "Done as prescribed" opened it, then pain, then Save. Details fold out. */
export function LogSheet({
  day,
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
  const [missing, setMissing] = useState<readonly Missing[]>([]);
  const [recorded, setRecorded] = useState<Recorded | null>(null);
  const [notKept, setNotKept] = useState(false);
  const saving = useRef<OneAtATime>(undefined);
  saving.current ??= new OneAtATime(() => performance.now());
  useEffect(() => sheet.current?.showModal(), []);

  function save() {
    const gaps: Missing[] = [];
    if (pain === undefined) gaps.push('choosePain');
    if (details.state !== 'done' && details.reason === null) gaps.push('chooseReason');
    setMissing(gaps);
    if (outbox && pain !== undefined && gaps.length === 0)
      saving.current?.run(() => record(outbox, pain), { leaves: true });
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
    const said = recordLog(queue, day, performed, answers);
    // What it means is said whatever becomes of the device's store.
    if (said.answer.act !== 'go_on') setRecorded(said);
    try {
      await said.stored;
    } catch (problem) {
      setNotKept(true);
      throw problem;
    }
    onSaved?.();
    if (said.answer.act === 'go_on') onClose();
  }

  return (
    <dialog
      ref={sheet}
      onClose={onClose}
      className="grid max-h-[94dvh] w-full gap-5 overflow-y-auto"
      aria-label={t('title', { name: prescription.text.name })}
    >
      <h2 className="text-[1.5rem] font-extrabold">{t('title', { name: prescription.text.name })}</h2>
      {recorded ? (
        <AfterLog day={day} prescription={prescription} recorded={recorded} onClose={onClose} />
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
          <div className="sticky bottom-0 grid gap-2 bg-surface pt-2">
            {missing.length > 0 ? (
              <div role="alert" className="problem">
                {missing.map((gap) => (
                  <p key={gap}>{t(gap)}</p>
                ))}
              </div>
            ) : null}
            <Problem reason={notKept ? 'device_full' : null} />
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
