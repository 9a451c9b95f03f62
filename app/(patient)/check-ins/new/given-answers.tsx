'use client';

import type { CheckInDraft } from '#client/check-in/draft';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useNameOf } from '#client/program/use-name-of';
import { SentAnswers } from '#components/check-in/sent-answers';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem } from '#components/form/field';
import type { PackPrescription } from '#domain/practice/day-pack';
import type { PainAnswer } from '#domain/practice/pain-policy';

type GivenAnswersProps = {
  draft: CheckInDraft;
  isOnPageOnly: boolean;
  prescription: PackPrescription | null;
  painAnswer: PainAnswer;
  onChange(): void;
  onStartOver(): void;
  /** Null where the page offers it by itself. */
  onWithoutClip: (() => void) | null;
};

/** The answers that the clip goes with. Those that went ahead stand as they are; others can be changed until "Send". */
export function GivenAnswers(props: GivenAnswersProps) {
  const { draft, isOnPageOnly, prescription, painAnswer, onChange, onStartOver, onWithoutClip } = props;
  const t = useTranslations('checkIns.given');
  const c = useTranslations('checkIns');
  const say = useSay();
  const nameOf = useNameOf();
  const isAhead = draft.ahead !== 'no';
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="given-answers">
      <h2 id="given-answers" className="section-title">
        {t('title')}
      </h2>
      <p>{prescription ? nameOf(prescription) : c('general')}</p>
      {draft.replaces ? <Replaces submittedAt={draft.replaces.submittedAt} /> : null}
      <SentAnswers pain={draft.pain ?? null} redFlags={draft.redFlags} question={draft.question} />
      {painAnswer.act === 'go_on' ? null : (
        <p className="font-bold">{say({ key: painAnswer.key, values: painAnswer.values })}</p>
      )}
      {isOnPageOnly ? <Problem reason="page_only" /> : <p className="muted">{t(isAhead ? 'ahead' : 'kept')}</p>}
      {isAhead ? (
        <ConfirmedDelete label={t('startOver')} question={t('startOverAsk')} onDelete={onStartOver} />
      ) : (
        <button type="button" className="btn quiet min-h-12" onClick={onChange}>
          {t('change')}
        </button>
      )}
      {draft.clipId === null && onWithoutClip ? (
        <button type="button" className="btn quiet min-h-12" onClick={onWithoutClip}>
          {t(isAhead ? 'noClip' : 'withoutClip')}
        </button>
      ) : null}
    </section>
  );
}

/** Which check-in this one answers: the clip was asked for once more. */
function Replaces({ submittedAt }: { submittedAt: number }) {
  const t = useTranslations('checkIns.given');
  const when = useWhen(null)(submittedAt, 'full');
  return <p>{t('replaces', { when })}</p>;
}
