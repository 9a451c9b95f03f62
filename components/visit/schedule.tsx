'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { Problem, Segments, SelectField, TextField } from '#components/form/field';
import { VISIT_DURATIONS_MINUTES } from '#domain/visit/lifecycle';

/** When, how long, with whom: `choice` gives the form its `patientId`. "Now" opens at once; a time waits for its hour. */
export function ScheduleVisit({ choice }: { choice: ReactNode }) {
  const t = useTranslations('schedule.page');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [when, setWhen] = useState<'now' | 'at'>('now');
  const [open, setOpen] = useState(false);
  const schedule = useMutation(
    trpc.visits.schedule.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        setOpen(false);
      },
    }),
  );

  const scheduleOnce = useOneAtATime(schedule);

  function submit(form: FormData) {
    const startsAt = when === 'now' ? null : new Date(`${form.get('date')}T${form.get('time')}`).getTime();
    scheduleOnce({
      patientId: String(form.get('patientId')),
      startsAt,
      durationMinutes: Number(form.get('duration')),
      kind: when === 'now' ? 'now' : 'review',
    });
  }

  if (!open) {
    return (
      <button type="button" className="btn primary min-h-12 w-fit" onClick={() => setOpen(true)}>
        {t('schedule')}
      </button>
    );
  }
  return (
    <form
      className="card grid gap-4 p-4 md:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      {choice}
      <SelectField label={t('duration')} name="duration" defaultValue="30">
        {VISIT_DURATIONS_MINUTES.map((minutes) => (
          <option key={minutes} value={minutes}>
            {t('minutes', { count: minutes })}
          </option>
        ))}
      </SelectField>
      <Segments
        legend={t('when')}
        name="when"
        value={when}
        onChange={setWhen}
        choices={[
          { value: 'now', label: t('now') },
          { value: 'at', label: t('at') },
        ]}
      />
      {when === 'at' ? (
        <div className="grid grid-cols-2 gap-3">
          <TextField label={t('date')} name="date" type="date" required />
          <TextField label={t('time')} name="time" type="time" required />
        </div>
      ) : null}
      <div className="grid gap-2 md:col-span-2">
        <Problem reason={schedule.error ? problemOf(schedule.error).reason : null} />
        <button type="submit" className="btn primary min-h-12 w-fit" aria-busy={schedule.isPending}>
          {schedule.isPending ? t('saving') : t('save')}
        </button>
      </div>
    </form>
  );
}
