'use client';

import { useMutation } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { AnswerGrid } from '#components/form/answer-grid';
import { Problem } from '#components/form/field';

type StopOnPainProps = {
  patientId: string;
  /** The measure or the assessment in which it hurts. */
  subjectId: string | null;
  /** Which test it is, for who cannot see where the button stands. */
  name: string;
  /** Of the fields of this test, so that two of them on one page are two. */
  field: string;
  isStopped: boolean;
  /** At the press, before anything is said: what was typed by then was typed before. */
  onAsked?(): void;
  onStopped(): void;
};

/** "Stop on unusual pain": asks the number, says it to the record as all pain is said, and the test is stopped. */
export function StopOnPain({ patientId, subjectId, name, field, isStopped, onAsked, onStopped }: StopOnPainProps) {
  const t = useTranslations('measures.enter');
  const trpc = useTRPC();
  const [isAsked, setAsked] = useState(false);
  const [pain, setPain] = useState<number | null | undefined>(undefined);
  const ids = useRef({ opId: uuidv7(), checkId: uuidv7() });
  const say = useMutation(
    trpc.record.sayPain.mutationOptions({
      onSuccess: () => {
        setAsked(false);
        onStopped();
      },
    }),
  );
  if (isStopped)
    return (
      <p role="status" className="state stop whitespace-normal">
        {t('painSaid')}
      </p>
    );
  if (!isAsked)
    return (
      <button
        type="button"
        className="btn quiet min-h-12 w-fit"
        aria-label={t('hurtsOf', { cell: name })}
        onClick={() => {
          onAsked?.();
          setAsked(true);
        }}
      >
        <OctagonX aria-hidden="true" size={19} className="text-stop" /> {t('hurts')}
      </button>
    );
  return (
    <div className="grid max-w-md gap-3">
      <AnswerGrid
        legend={t('painNow', { cell: name })}
        name={`pain ${field}`}
        low={t('painLow')}
        high={t('painHigh')}
        value={pain}
        onChange={setPain}
      />
      <Problem reason={say.error ? problemOf(say.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn stop min-h-12"
          aria-disabled={pain === undefined}
          aria-busy={say.isPending}
          onClick={() => {
            if (pain === undefined || say.isPending) return;
            say.mutate({ ...ids.current, patientId, subjectId, saidAt: deviceNow(), clock: deviceClock(), pain });
          }}
        >
          {t('painSave')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => setAsked(false)}>
          {t('painBack')}
        </button>
      </div>
    </div>
  );
}
