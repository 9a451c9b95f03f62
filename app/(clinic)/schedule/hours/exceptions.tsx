'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, TextField } from '#components/form/field';
import { isLocalDay } from '#domain/time/local-day';
import { instantsOf, minutesOf } from '#domain/time/wall-time';
import { EXCEPTION_KINDS, type ExceptionKind, exceptionSchema } from '#domain/visit/working-hours';

type Hours = Outputs['appointments']['hours'];

/** Days and hours that differ from the week: away, or there beside it. */
export function Exceptions() {
  const t = useTranslations('ownHours.exceptions');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.appointments.hours.queryOptions());
  const remove = useMutation(
    trpc.appointments.removeException.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="exceptions">
      <h2 id="exceptions" className="section-title">
        {t('title')}
      </h2>
      <p className="max-w-prose">{t('lead')}</p>
      {data.exceptions.length === 0 ? <p className="muted">{t('none')}</p> : null}
      <ul className="card divide-y divide-line empty:hidden">
        {data.exceptions.map((entry) => (
          <Entry key={entry.id} entry={entry} zone={data.timeZone} onRemove={() => remove.mutate({ id: entry.id })} />
        ))}
      </ul>
      <Problem reason={remove.error ? problemOf(remove.error).reason : null} />
      <AddException zone={data.timeZone} />
    </section>
  );
}

type EntryProps = { entry: Hours['exceptions'][number]; zone: string; onRemove(): void };

function Entry({ entry, zone, onRemove }: EntryProps) {
  const t = useTranslations('ownHours.exceptions');
  const when = useWhen(zone);
  const span = t('span', { from: when(entry.fromMs, 'dated'), until: when(entry.untilMs, 'dated') });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-3">
      <span className="min-w-0 grow wrap-anywhere">
        <strong className="block">{t(`kind.${entry.kind}`)}</strong>
        <span className="tabular-nums">{span}</span>
        {entry.note ? <span className="muted block">{entry.note}</span> : null}
      </span>
      <button type="button" className="btn plain min-h-12" aria-label={t('removeNamed', { span })} onClick={onRemove}>
        {t('remove')}
      </button>
    </li>
  );
}

/** The instant of a day and a time by the clocks of a zone; null where it is none. An hour shown twice is its first. */
function instantIn(form: FormData, end: 'from' | 'until', timeZone: string): number | null {
  const day = String(form.get(`${end}Day`) ?? '');
  const minutes = minutesOf(String(form.get(`${end}Time`) ?? ''));
  if (!isLocalDay(day) || minutes === null) return null;
  const found = instantsOf({ day, minutes }, timeZone);
  if (found.kind === 'once') return found.at;
  return found.kind === 'twice' ? found.first : found.after;
}

function AddException({ zone }: { zone: string }) {
  const t = useTranslations('ownHours.exceptions');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [kind, setKind] = useState<ExceptionKind>('away');
  const [id, setId] = useState(() => uuidv7());
  const [problem, setProblem] = useState<'time' | 'ends_before_start' | null>(null);
  const add = useMutation(
    trpc.appointments.addException.mutationOptions({
      onSuccess: async () => {
        setId(uuidv7());
        await queryClient.invalidateQueries();
      },
    }),
  );
  const addOnce = useOneAtATime(add);

  function submit(form: FormData) {
    const [fromMs, untilMs] = [instantIn(form, 'from', zone), instantIn(form, 'until', zone)];
    if (fromMs === null || untilMs === null) return setProblem('time');
    const note = String(form.get('note') ?? '').trim() || null;
    const parsed = exceptionSchema.safeParse({ id, kind, fromMs, untilMs, note });
    setProblem(parsed.success ? null : fromMs >= untilMs ? 'ends_before_start' : 'time');
    if (parsed.success) addOnce(parsed.data);
  }
  const field = (name: string, type: 'date' | 'time') => ({ name, type, label: t(`field.${type}`), required: true });
  return (
    // Empty again once it is in the list.
    <form
      key={id}
      className="card grid grid-cols-1 gap-4 p-4 sm:grid-cols-2"
      noValidate
      aria-labelledby="add-exception"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <h3 id="add-exception" className="font-bold sm:col-span-2">
        {t('add')}
      </h3>
      <div className="sm:col-span-2">
        <Segments
          legend={t('what')}
          name="kind"
          value={kind}
          onChange={setKind}
          choices={EXCEPTION_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
        />
      </div>
      {(['from', 'until'] as const).map((end) => (
        <fieldset key={end} className="grid min-w-0 grid-cols-2 gap-3">
          <legend className="label mb-1.5">{t(end)}</legend>
          <TextField {...field(`${end}Day`, 'date')} />
          <TextField {...field(`${end}Time`, 'time')} />
        </fieldset>
      ))}
      <p className="small muted sm:col-span-2">{t('inZone', { zone: zone.replaceAll('_', ' ') })}</p>
      <TextField label={t('note')} name="note" maxLength={120} hint={t('noteHint')} />
      <div className="grid gap-3 sm:col-span-2">
        {problem ? (
          <p role="alert" className="problem">
            {t(`problem.${problem}`)}
          </p>
        ) : null}
        <Problem reason={add.error ? problemOf(add.error).reason : null} />
        <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={add.isPending}>
          {t('save')}
        </button>
        <p role="status" className={add.isSuccess ? 'text-good' : 'vh'}>
          {add.isSuccess ? t('saved') : ''}
        </p>
      </div>
    </form>
  );
}
