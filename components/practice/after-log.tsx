'use client';

import { useState } from 'react';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { type Recorded, takeBackPain } from '#client/practice/record-log';
import { NOT_ANSWERED, redFlagAnswers } from '#client/practice/red-flag-answers';
import { useDelivery } from '#client/practice/use-delivery';
import { AnswerGrid } from '#components/form/answer-grid';
import type { PackPrescription } from '#domain/practice/day-pack';
import { redFlagAnswer } from '#domain/practice/pain-policy';
import { PainWords } from './pain-words';
import { RedFlagQuestions } from './red-flag-questions';

type AfterLogProps = {
  day: Pick<Day, 'pack' | 'history'>;
  prescription: PackPrescription;
  recorded: Recorded;
  /** The pain was a slip: this stands in its place. */
  onInstead(instead: Recorded): void;
  onClose(): void;
};

/** After a painful log: what it means, whether it was a slip, and the red-flag questions. */
export function AfterLog({ day, prescription, recorded, onInstead, onClose }: AfterLogProps) {
  const t = useTranslations('stop');
  const s = useTranslations('logSheet');
  const outbox = useHydratedOutbox();
  const [last, setLast] = useState(recorded);
  const [isSlip, setIsSlip] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const delivery = useDelivery(outbox, last.opId, last.stored);
  const { lineageId } = prescription;
  const where = { place: 'log' as const, subjectId: recorded.log.id, lineageId };
  const [ticks, setTicks] = useState(NOT_ANSWERED);
  const redFlags = redFlagAnswers({ outbox, day, where, state: ticks, onChange: setTicks });
  const ticked = redFlags.value ?? [];

  function takeBack() {
    if (pain === undefined) return setIsMissing(true);
    if (!outbox) return;
    const instead = takeBackPain(outbox, day, last, { pain, prescriptionLimit: prescription.dose.painLimit });
    instead.stored.catch(() => undefined);
    setIsSlip(false);
    onInstead(instead);
    if (instead.answer.act === 'go_on' && ticked.length === 0) onClose();
    else setLast(instead);
  }

  if (isSlip)
    return (
      <div className="grid gap-4">
        <AnswerGrid legend={t('meant')} name="meant" low={t('low')} high={t('high')} value={pain} onChange={setPain} />
        <p className="muted">{t('bothStay')}</p>
        {isMissing && pain === undefined ? (
          <p role="alert" className="problem">
            {s('choosePain')}
          </p>
        ) : null}
        <button type="button" className="btn primary xl" onClick={takeBack}>
          {t('saveMeant')}
        </button>
        <button type="button" className="btn plain" onClick={() => setIsSlip(false)}>
          {t('notASlip')}
        </button>
      </div>
    );
  return (
    <PainWords
      // The words and the number under them are of the gravest that was said.
      answer={ticked.length > 0 ? redFlagAnswer(ticked) : last.answer}
      redFlags={ticked}
      clinic={day.pack.clinic}
      delivery={delivery}
      closeLabel={t('done')}
      onClose={onClose}
    >
      <div className="card p-4">
        <RedFlagQuestions
          value={redFlags.value}
          clinic={day.pack.clinic}
          onTick={redFlags.tick}
          onUntick={redFlags.untick}
          onNone={redFlags.none}
        />
      </div>
      <button type="button" className="btn quiet" onClick={() => setIsSlip(true)}>
        {t('slip')}
      </button>
    </PainWords>
  );
}
