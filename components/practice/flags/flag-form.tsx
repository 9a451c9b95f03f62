'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, TextField } from '#components/form/field';
import type { PracticeAfter } from '#domain/practice/flag';
import type { Flag } from './flag-line';

export type May = Outputs['flags']['caution']['may'];

type FormProps = {
  flag: Flag;
  may: May;
  patientId: string;
  when: string;
  /** A colleague closed it while this was being written. */
  isGone: boolean;
  /** Whether there are words here that nobody has yet. */
  onTyped(isTyped: boolean): void;
};

/**
 * What was done: kept while the flag stays open, or closing it. Closing what stopped practice asks whether it may go on;
 * nothing is chosen beforehand.
 */
export function FlagForm({ flag, may, patientId, when, isGone, onTyped }: FormProps) {
  const t = useTranslations('flags');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [text, setText] = useState('');
  const [practice, setPractice] = useState<PracticeAfter | null>(null);
  const [missing, setMissing] = useState<'text' | 'practice' | null>(null);
  const readAgain = () => queryClient.invalidateQueries();
  const kept = () => {
    write('');
    return readAgain();
  };
  const note = useMutation(trpc.flags.note.mutationOptions({ onSuccess: kept }));
  const resolve = useMutation(trpc.flags.resolve.mutationOptions({ onSuccess: kept, onError: readAgain }));
  const [noteOnce, resolveOnce] = [useOneAtATime(note), useOneAtATime(resolve)];
  const holds = flag.stops.some(({ liftedAt }) => liftedAt === null);
  const asksPractice = holds && may.lift && !isGone;

  function write(words: string) {
    setText(words);
    setMissing(null);
    onTyped(words.trim() !== '');
  }
  function lacks(what: 'text' | 'practice') {
    setMissing(what);
    form.current?.querySelector<HTMLInputElement>(what === 'text' ? 'input' : 'input[type=radio]')?.focus();
  }
  function keep() {
    if (text.trim() === '') return lacks('text');
    noteOnce({ patientId, flagId: flag.id, text });
  }
  function close(event: FormEvent) {
    event.preventDefault();
    if (isGone) return keep();
    if (text.trim() === '') return lacks('text');
    if (asksPractice && practice === null) return lacks('practice');
    resolveOnce({ patientId, flagId: flag.id, resolution: text, practice: practice ?? 'stays_stopped' });
  }
  const problem = note.error ?? resolve.error;
  return (
    <form ref={form} className="grid gap-3" onSubmit={close}>
      {isGone ? <p className="problem">{t('closedMeanwhile')}</p> : null}
      <TextField
        label={t('done')}
        hint={t('doneHint')}
        maxLength={500}
        value={text}
        problem={missing === 'text' ? t('sayWhat') : null}
        onChange={(event) => write(event.target.value)}
      />
      {asksPractice ? (
        <div className="[&_.seg-choice>span]:min-h-12">
          <Segments
            legend={t('practice')}
            name={`practice-${flag.id}`}
            value={practice}
            choices={(['stays_stopped', 'goes_on'] as const).map((value) => ({ value, label: t(`after.${value}`) }))}
            onChange={(value) => {
              setPractice(value);
              setMissing(null);
            }}
          />
          {missing === 'practice' ? (
            <p role="alert" className="problem small mt-1.5">
              {t('choosePractice')}
            </p>
          ) : null}
        </div>
      ) : null}
      {holds && !may.lift ? <p className="muted">{t('teamLifts')}</p> : null}
      <Problem reason={problem ? problemOf(problem).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button type="button" className="btn quiet min-h-12" aria-busy={note.isPending} onClick={keep}>
          {isGone ? t('keepWords') : t('keepOpen')}
        </button>
        {isGone ? null : (
          <button
            type="submit"
            className="btn quiet min-h-12"
            aria-label={t('closeNamed', { when })}
            aria-busy={resolve.isPending}
          >
            {t('close')}
          </button>
        )}
      </div>
    </form>
  );
}
