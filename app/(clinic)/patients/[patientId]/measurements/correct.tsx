'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { useEntryProblem } from '#client/record/use-entry-problem';
import type { MeasureWords } from '#client/record/use-measure-words';
import { Problem, SelectField, TextField } from '#components/form/field';
import { specOf } from '#domain/record/catalogue';
import { type EntryProblem, readCell } from '#domain/record/entry';
import { DRAWN_METHODS } from '#domain/record/measure';
import { fieldsOf } from '#domain/record/series';
import { forceFrom } from '#domain/record/units';
import type { Measure, Reader } from './reader';

type CorrectProps = { measure: Measure; reader: Reader; words: MeasureWords; onClose(): void };

const isDrawn = ({ method, mark }: Measure) => mark !== null && DRAWN_METHODS.some((drawn) => drawn === method);

/** Stable, so that React calls it once: when the form comes. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector<HTMLElement>('input, select')?.focus();

/** What should stand instead of a value, and why; what stands now goes on being read beside it. */
export function CorrectMeasure({ measure, reader, words, onClose }: CorrectProps) {
  const t = useTranslations('measures.correct');
  const p = useTranslations('measures.problem');
  const problemWords = useEntryProblem(reader.unit);
  const when = useWhen(null);
  const correction = useCorrection(reader.patient.id, onClose);
  const [texts, setTexts] = useState(() => textsOf(measure, reader));
  const [choice, setChoice] = useState(measure.choice);
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<EntryProblem | 'reason' | null>(null);
  const name = words.name(measure);
  const date = when(measure.measuredAt, 'date');
  const isWord = measure.choice !== null;

  function submit(isTakenAway: boolean) {
    const said = reason.trim();
    const cell = { key: '', of: fieldsOf(measure) };
    const given = { id: uuidv7(), unit: reader.unit };
    const typed = { texts: isWord ? [] : texts, choice: isWord ? choice : null, stoppedFor: measure.stoppedFor };
    // A drawn angle is typed as one that is measured by hand.
    const of = isDrawn(measure) ? { ...cell, of: { ...cell.of, method: 'goniometer' as const } } : cell;
    const read = readCell(of, typed, given);
    const problem = isTakenAway
      ? null
      : read.state === 'wrong'
        ? read.code
        : read.state === 'empty'
          ? 'not_a_number'
          : null;
    setWrong(problem ?? (said === '' ? 'reason' : null));
    if (problem || said === '') return;
    const made = read.state === 'measured' && !isTakenAway ? { ...read.measure, note: measure.note } : null;
    correction.save(measure, made, said);
  }
  return (
    <form
      ref={focusFirst}
      className="measure-form grid max-w-xl gap-3 py-2"
      aria-label={t('title', { name, date })}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(false);
      }}
    >
      <p>{t('was', { value: words.value(measure, measure) })}</p>
      {isDrawn(measure) ? <p className="small muted">{t('drawn')}</p> : null}
      {isWord ? (
        <SelectField label={t('now')} value={choice ?? ''} onChange={({ target }) => setChoice(target.value)}>
          {specOf(measure.kind).choices.map((one) => (
            <option key={one} value={one}>
              {words.choice(measure.kind, one)}
            </option>
          ))}
        </SelectField>
      ) : (
        <Numbers
          texts={texts}
          problem={wrong && wrong !== 'reason' ? problemWords(measure, wrong) : null}
          onChange={setTexts}
        />
      )}
      <TextField
        label={t('why')}
        hint={t('whyHint')}
        maxLength={300}
        value={reason}
        problem={wrong === 'reason' ? p('reason') : null}
        onChange={({ target }) => setReason(target.value)}
      />
      <Problem reason={correction.problem} />
      <div className="flex flex-wrap gap-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={correction.isPending}>
          {correction.isPending ? t('saving') : t('save')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={onClose}>
          {t('cancel')}
        </button>
        <button type="button" className="btn plain min-h-12" title={t('voidHint')} onClick={() => submit(true)}>
          {t('void')}
        </button>
      </div>
    </form>
  );
}

/** A value in the field as it would be typed; of what is to be straight a lag has no sign and what is past it a plus. */
function textsOf(measure: Measure, { unit }: Reader): string[] {
  const plain = (value: number) =>
    String(specOf(measure.kind).unit === 'kgf' ? Math.round(forceFrom(value, unit) * 10) / 10 : value);
  if (measure.trials) return measure.trials.map(plain);
  if (measure.value === null) return [''];
  const isPast = measure.motion === 'extension' && measure.joint !== 'wrist' && measure.value < 0;
  return [isPast ? `+${-measure.value}` : plain(measure.value)];
}

function Numbers(props: { texts: string[]; problem: string | null; onChange(texts: string[]): void }) {
  const t = useTranslations('measures');
  const { texts, problem, onChange } = props;
  return (
    <div className="grid grid-cols-[repeat(auto-fit,minmax(7rem,1fr))] gap-3">
      {texts.map((text, index) => (
        <TextField
          // biome-ignore lint/suspicious/noArrayIndexKey: trials have no name but their number
          key={index}
          label={texts.length > 1 ? t('enter.trial', { number: index + 1 }) : t('correct.now')}
          inputMode="decimal"
          autoComplete="off"
          maxLength={12}
          value={text}
          problem={index === 0 ? problem : null}
          onChange={({ target }) => onChange(texts.map((one, at) => (at === index ? target.value : one)))}
        />
      ))}
    </div>
  );
}

/** One correction, sent once however often it is pressed. */
function useCorrection(patientId: string, onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const opId = useRef(uuidv7());
  const done = {
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: trpc.record.measures.queryKey({ patientId }) });
      onDone();
    },
    // Refused is not done: what is sent next is another correction.
    onError: () => {
      opId.current = uuidv7();
    },
  };
  const entered = useMutation(trpc.record.correctMeasure.mutationOptions(done));
  const drawn = useMutation(trpc.record.correctAngle.mutationOptions(done));
  const error = entered.error ?? drawn.error;
  return {
    isPending: entered.isPending || drawn.isPending,
    problem: error ? problemOf(error).reason : null,
    save(measure: Measure, made: Parameters<typeof entered.mutate>[0]['measure'], reason: string) {
      if (entered.isPending || drawn.isPending) return;
      const { mark } = measure;
      if (mark !== null && isDrawn(measure)) {
        const degrees = made?.value ?? null;
        const replacesId = measure.earlier.length === 0 ? null : measure.id;
        drawn.mutate({ opId: opId.current, patientId, measureId: uuidv7(), ...mark, replacesId, degrees, reason });
      } else entered.mutate({ opId: opId.current, patientId, measureId: measure.id, measure: made, reason });
    },
  };
}
