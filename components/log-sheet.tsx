'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useHydratedOutbox } from '#client/device-outbox';
import { type Answers, recordLog } from '#client/record-log';
import { useSay } from '#client/say';
import type { DayPack, PackPrescription } from '#domain/day-pack';
import { type Log, type LogSet, SKIP_REASONS, type SkipReason } from '#domain/log';
import type { PainAnswer } from '#domain/pain-policy';
import { AnswerGrid } from './answer-grid';
import { Segments, SelectField, TextArea } from './field';
import { PainWords } from './pain-words';
import { Stepper } from './stepper';

type LogSheetProps = {
  pack: DayPack;
  prescription: PackPrescription;
  slot: number | null;
  source: Log['source'];
  /** What the player counted, to be corrected here; null = as prescribed. */
  counted?: { sets: LogSet[]; startedAt: number; endedAt: number; painBefore: number | null } | null;
  firstState?: Log['state'];
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
  onClose,
}: LogSheetProps) {
  const t = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const sheet = useRef<HTMLDialogElement>(null);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const [details, setDetails] = useState<Details>({
    state: firstState,
    reason: null,
    effort: undefined,
    comment: '',
    sets: counted?.sets ?? null,
  });
  const [missing, setMissing] = useState<'choosePain' | 'chooseReason' | null>(null);
  const [answer, setAnswer] = useState<PainAnswer | null>(null);
  useEffect(() => sheet.current?.showModal(), []);

  async function save() {
    if (pain === undefined) return setMissing('choosePain');
    if (details.state !== 'done' && details.reason === null) return setMissing('chooseReason');
    if (!outbox) return;
    const now = Date.now();
    const performance = {
      prescription,
      slot,
      source,
      startedAt: counted?.startedAt ?? now,
      endedAt: counted?.endedAt ?? now,
      painBefore: counted?.painBefore ?? null,
    };
    const answers: Answers = { ...details, effort: details.effort ?? null, pain };
    const said = await recordLog(outbox, pack, performance, answers);
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
            prescription={prescription}
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
            <button type="button" className="btn primary xl" onClick={() => void save()}>
              {t('save')}
            </button>
            <button type="button" className="btn plain" onClick={onClose}>
              {t('cancel')}
            </button>
          </div>
        </>
      )}
    </dialog>
  );
}

type Details = {
  state: Log['state'];
  reason: SkipReason | null;
  effort: number | null | undefined;
  comment: string;
  sets: LogSet[] | null;
};

function LogDetails({
  prescription,
  details,
  onChange,
  open,
}: {
  prescription: PackPrescription;
  details: Details;
  onChange(details: Details): void;
  open: boolean;
}) {
  const t = useTranslations('logSheet');
  const say = useSay();
  const { dose } = prescription;
  const reps = details.sets?.[0]?.reps ?? dose.repsMin;
  const setCount = details.sets?.length ?? dose.sets;
  const setsOf = (count: number, each: number): LogSet[] =>
    Array.from({ length: count }, (_, index) => {
      const before = details.sets?.[index];
      const countedBy = before?.countedBy ?? 'hand';
      return {
        reps: each,
        holdSeconds:
          before?.holdSeconds ?? (dose.holdSeconds === 0 ? null : Array.from({ length: each }, () => dose.holdSeconds)),
        countedBy,
        autoReps: before?.autoReps ?? null,
      };
    });
  return (
    <details open={open}>
      <summary className="btn plain w-fit cursor-pointer">{t('more')}</summary>
      <div className="mt-3 grid gap-4">
        <Segments
          legend={t('whatHappened')}
          name="state"
          value={details.state}
          choices={(['done', 'partial', 'skipped'] as const).map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(state) => onChange({ ...details, state })}
        />
        {details.state === 'done' ? null : (
          <SelectField
            label={t('reason')}
            value={details.reason ?? ''}
            onChange={(event) =>
              onChange({ ...details, reason: SKIP_REASONS.find((reason) => reason === event.target.value) ?? null })
            }
          >
            <option value="" />
            {SKIP_REASONS.map((reason) => (
              <option key={reason} value={reason}>
                {say({ key: `log.reason.${reason}` })}
              </option>
            ))}
          </SelectField>
        )}
        {details.state === 'skipped' ? null : (
          <div className="grid gap-4 sm:grid-cols-2">
            <Stepper
              label={t('sets')}
              value={setCount}
              min={1}
              max={20}
              onChange={(count) => onChange({ ...details, sets: setsOf(count, reps) })}
            />
            <Stepper
              label={t('reps')}
              value={reps}
              min={0}
              max={100}
              onChange={(each) => onChange({ ...details, sets: setsOf(setCount, each) })}
            />
          </div>
        )}
        <AnswerGrid
          legend={t('effort')}
          name="effort"
          low={t('effortLow')}
          high={t('effortHigh')}
          value={details.effort}
          onChange={(effort) => onChange({ ...details, effort })}
        />
        <TextArea
          label={t('comment')}
          maxLength={1000}
          value={details.comment}
          onChange={(event) => onChange({ ...details, comment: event.target.value })}
        />
      </div>
    </details>
  );
}
