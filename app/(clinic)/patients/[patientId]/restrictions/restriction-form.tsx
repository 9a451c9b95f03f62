'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useGaps } from '#client/device/use-gaps';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField, TextField } from '#components/form/field';
import { useLimitWords } from '#components/record/restriction-words';
import type { StandingRestriction } from '#components/record/use-pinned';
import { RESTRICTION_KINDS } from '#domain/record/restriction';
import { EMPTY_RESTRICTION, limitOf, typedOf } from '#domain/record/typed-restriction';
import { addDays, isLocalDay, type LocalDay } from '#domain/time/local-day';
import { LimitFields } from './limit-fields';

type FormProps = {
  patientId: string;
  /** The one that it is put in the place of; null = a further one. */
  replaces: StandingRestriction | null;
  /** The patient's local day. */
  today: LocalDay;
  onClose(how: 'kept' | 'saved'): void;
};

/** Stable, so that React calls it once: when the form takes the button's place. */
const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('select')?.focus();

function useSet({ patientId, replaces, onClose }: FormProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = async () => {
    await queryClient.invalidateQueries();
    onClose('saved');
  };
  const set = useMutation(trpc.restrictions.set.mutationOptions({ onSuccess }));
  const change = useMutation(trpc.restrictions.change.mutationOptions({ onSuccess }));
  const once = [useOneAtATime(set), useOneAtATime(change)] as const;
  // Made once: what is sent again after a lost answer is the same restriction.
  const [id] = useState(() => uuidv7());
  const { error, isPending } = replaces ? change : set;
  return {
    isPending,
    refusal: error ? problemOf(error).reason : null,
    send({ reason, ...one }: Omit<Parameters<(typeof once)[0]>[0], 'id' | 'patientId'> & { reason: string }) {
      if (replaces) once[1]({ ...one, id, patientId, replacesId: replaces.id, reason });
      else once[0]({ ...one, id, patientId });
    },
  };
}

/** What is limited, until when and who said so. What was understood stands beside it in words. */
export function RestrictionForm(props: FormProps) {
  const { replaces, today, onClose } = props;
  const t = useTranslations('restrictions');
  const gaps = useGaps();
  const { send, refusal, isPending } = useSet(props);
  const [typed, setTyped] = useState(replaces ? typedOf(replaces.limit) : EMPTY_RESTRICTION);
  const [untilOn, setUntilOn] = useState(replaces?.untilOn ?? '');
  const [source, setSource] = useState(replaces?.source ?? '');
  const [note, setNote] = useState(replaces?.note ?? '');
  const [reason, setReason] = useState('');
  const found = limitOf(typed);
  const words = useLimitWords();
  type Gap = 'maxKgf' | 'maxDegrees' | 'when' | 'text' | 'untilOn' | 'source' | 'reason';
  const problemIn = (field: Gap) => (gaps.has(field) ? t(`missing.${field}`) : null);

  function submit(form: HTMLFormElement) {
    const isDay = untilOn === '' || (isLocalDay(untilOn) && untilOn > today);
    const missing: (Gap | null)[] = [
      'gap' in found ? found.gap : null,
      isDay ? null : 'untilOn',
      source.trim() === '' ? 'source' : null,
      replaces && reason.trim() === '' ? 'reason' : null,
    ];
    const lacking = missing.filter((one) => one !== null);
    gaps.show(lacking, form);
    if ('gap' in found || lacking.length > 0) return;
    send({ limit: found.limit, untilOn: untilOn || null, source, note: note.trim() || null, reason });
  }

  return (
    <form
      ref={focusFirst}
      className="card grid grid-cols-1 gap-4 p-4 md:grid-cols-2"
      aria-label={t('add')}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit(event.currentTarget);
      }}
      onChange={gaps.mend}
    >
      <SelectField
        label={t('kindLegend')}
        value={typed.kind}
        onChange={({ target: { value } }) => {
          const kind = RESTRICTION_KINDS.find((one) => one === value) ?? 'other';
          setTyped({ ...typed, kind, isUpTo: false });
        }}
      >
        {RESTRICTION_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <LimitFields typed={typed} onChange={(more) => setTyped({ ...typed, ...more })} problemIn={problemIn} />
      <p role="status" className="font-bold md:col-span-2">
        {'limit' in found ? t('understood', { words: words(found.limit) }) : ''}
      </p>
      <TextField
        label={t('untilOn')}
        hint={t('untilOnHint')}
        name="untilOn"
        type="date"
        min={addDays(today, 1)}
        value={untilOn}
        problem={problemIn('untilOn')}
        onChange={(event) => setUntilOn(event.target.value)}
      />
      <TextField
        label={t('source')}
        hint={t('sourceHint')}
        name="source"
        maxLength={200}
        value={source}
        problem={problemIn('source')}
        onChange={(event) => setSource(event.target.value)}
      />
      <TextField
        label={t('note')}
        hint={t('noteHint')}
        name="note"
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {replaces ? (
        <TextField
          label={t('changeWhy')}
          name="reason"
          maxLength={500}
          value={reason}
          problem={problemIn('reason')}
          onChange={(event) => setReason(event.target.value)}
        />
      ) : null}
      <Problem reason={refusal} />
      <div className="flex flex-wrap gap-2 md:col-span-2">
        <button type="submit" className="btn primary min-h-12" aria-busy={isPending}>
          {isPending ? t('saving') : t('save')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={() => onClose('kept')}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
