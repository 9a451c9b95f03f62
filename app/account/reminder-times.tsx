'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { reminderChoicesSchema, TIMES_MAX } from '#domain/contact/reminders';
import { clockOf, minutesOf } from '#domain/time/wall-time';

const PLACES = Array.from({ length: TIMES_MAX }, (_, place) => place);

/** What is typed: empty fields are no times, and `-1` is one that is none. */
function typedTimes(form: FormData): { times: number[]; repeats: boolean } {
  const texts = form.getAll('time').map((text) => String(text).trim());
  const times = texts.filter((text) => text !== '').map((text) => minutesOf(text) ?? -1);
  return { times: [...new Set(times)], repeats: form.get('repeats') !== null };
}

/** When a patient is reminded of practice: none of it happens before a time is chosen. */
export function ReminderTimes() {
  const t = useTranslations('reminders');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: chosen } = useSuspenseQuery(trpc.reminders.own.queryOptions());
  const { data: contact } = useSuspenseQuery(trpc.contact.choices.queryOptions());
  const [isWrong, setWrong] = useState(false);
  const save = useMutation(
    trpc.reminders.choose.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.reminders.own.queryKey() }),
    }),
  );
  function submit(form: FormData) {
    const parsed = reminderChoicesSchema.safeParse(typedTimes(form));
    setWrong(!parsed.success);
    if (parsed.success) save.mutate(parsed.data);
    else save.reset();
  }
  return (
    <section className="card p-4" aria-labelledby="reminders">
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <h2 id="reminders" className="section-title">
          {t('title')}
        </h2>
        <p>{t('lead')}</p>
        {contact.choices.emailOff.includes('reminders') ? (
          <p className="state care whitespace-normal">{t('turnedOff')}</p>
        ) : null}
        <div className="grid gap-3 sm:grid-cols-3">
          {PLACES.map((place) => (
            <TextField
              // Sorted when saved: the fields begin anew with what is stored.
              key={`${place} ${chosen.times[place] ?? ''}`}
              label={t('time', { place: String(place + 1) })}
              name="time"
              type="time"
              defaultValue={chosen.times[place] === undefined ? '' : clockOf(chosen.times[place])}
            />
          ))}
        </div>
        {isWrong ? (
          <p role="alert" className="problem small">
            {t('wrongTime')}
          </p>
        ) : null}
        <label className="flex min-h-12 items-center gap-3">
          <input type="checkbox" className="size-6 flex-none" name="repeats" defaultChecked={chosen.repeats} />
          {t('repeats')}
        </label>
        <p className="small muted">{t('hint')}</p>
        <Problem reason={save.error ? problemOf(save.error).reason : null} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className="btn quiet min-h-12" aria-busy={save.isPending}>
            {t(save.isPending ? 'saving' : 'save')}
          </button>
          <p role="status" className="text-good">
            {save.isSuccess ? t('saved') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
