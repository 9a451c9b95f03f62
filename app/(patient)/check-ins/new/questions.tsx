'use client';

import { useRef, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import type { CheckInDraft } from '#client/check-in/draft';
import type { DraftChange } from '#client/check-in/use-draft';
import type { Outbox } from '#client/device/outbox';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { redFlagAnswers } from '#client/practice/red-flag-answers';
import { meaningOf } from '#client/practice/say-symptoms';
import { useNameOf } from '#client/program/use-name-of';
import { AnswerGrid } from '#components/form/answer-grid';
import { Problem, SelectField, TextArea } from '#components/form/field';
import { RedFlagQuestions } from '#components/practice/red-flag-questions';
import { callFor, isStopAct } from '#domain/practice/pain-policy';

type CheckInQuestionsProps = {
  day: Day;
  outbox: Outbox;
  draft: CheckInDraft;
  isOnPageOnly: boolean;
  /** Each change is kept at once, so that nothing typed is lost. */
  onChange(change: DraftChange): void;
  onAnswered(): void;
};

export function CheckInQuestions(props: CheckInQuestionsProps) {
  const { day, outbox, draft, isOnPageOnly, onChange, onAnswered } = props;
  const t = useTranslations('checkIns');
  const s = useTranslations('logSheet');
  const nameOf = useNameOf();
  const { prescriptions, clinic } = day.pack;
  const { lineageId, pain, redFlags, question, said = {}, checkInId } = draft;
  const isPrescribed = prescriptions.some((one) => one.lineageId === lineageId);
  const grid = useRef<HTMLDivElement>(null);
  const [missing, setMissing] = useState(false);
  const about = isPrescribed ? lineageId : null;
  const flags = redFlagAnswers({
    outbox,
    day,
    where: { place: 'check_in', subjectId: checkInId, lineageId: about },
    state: { value: redFlags, said },
    onChange: ({ value, said }) => onChange({ redFlags: value, said }),
  });
  // With an emergency nothing else is asked: what was ticked goes, and nobody is led to a camera.
  const isEmergency = callFor(redFlags ?? []) === 'emergency';
  // What stops is told the clinic at once, and followed by no camera.
  const isStop = isStopAct(meaningOf(day, about, { pain: pain ?? null, redFlags }, deviceNow()).act);

  function submit() {
    if (pain === undefined && !isEmergency) {
      setMissing(true);
      grid.current?.querySelector('input')?.focus();
      return;
    }
    // An exercise that has left the program since is "something else".
    if (!isPrescribed && lineageId !== null) onChange({ lineageId: null });
    onAnswered();
  }

  return (
    <form
      className="grid grid-cols-1 gap-5 pt-1"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <h1 className="page-title">{t('new')}</h1>
      <SelectField
        label={t('about')}
        value={isPrescribed && lineageId !== null ? lineageId : ''}
        onChange={(event) => onChange({ lineageId: event.target.value || null })}
      >
        {prescriptions.map((one) => (
          <option key={one.lineageId} value={one.lineageId}>
            {nameOf(one)}
          </option>
        ))}
        <option value="">{t('general')}</option>
      </SelectField>
      <div ref={grid} className="grid gap-2">
        <AnswerGrid
          legend={t('pain')}
          name="pain"
          low={s('painLow')}
          high={s('painHigh')}
          value={pain}
          onChange={(value) => onChange({ pain: value })}
        />
        {missing && pain === undefined ? (
          <p role="alert" className="problem">
            {s('choosePain')}
          </p>
        ) : null}
      </div>
      <RedFlagQuestions
        value={flags.value}
        clinic={clinic}
        onTick={flags.tick}
        onUntick={flags.untick}
        onNone={flags.none}
      />
      <TextArea
        label={t('question')}
        hint={t('questionHint')}
        maxLength={1000}
        value={question}
        onChange={(event) => onChange({ question: event.target.value })}
      />
      <Problem reason={isOnPageOnly ? 'page_only' : null} />
      <button type="submit" className={`btn xl ${isEmergency ? 'quiet' : 'primary'}`}>
        {t(isStop ? 'sendAnswers' : 'next')}
      </button>
    </form>
  );
}
