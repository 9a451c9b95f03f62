'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import { rowsOf, typedWeek, Week } from '#components/form/opening-week';
import { SettingsForm } from '#components/form/settings-form';
import { editHoursSchema } from '#domain/clinic/hours';
import { decimalOf } from '#domain/input/decimal';
import { type HolidayProblem, Holidays, withTyped } from './hours-holidays';

const NUMBERS = {
  replyOpenHours: { min: 1, max: 200 },
  coverAfterMinutes: { min: 1, max: 1440 },
  allAfterMinutes: { min: 1, max: 2880 },
};

/** When the clinic answers, and to whom a red answer goes that nobody has taken. */
export function HoursForm() {
  const t = useTranslations('hours');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic);
  const [week, setWeek] = useState(() => rowsOf(clinic.hours.week));
  const [holidays, setHolidays] = useState(clinic.hours.holidays);
  const [wrong, setWrong] = useState<ReadonlyMap<string, string>>(new Map());
  const [wrongHoliday, setWrongHoliday] = useState<HolidayProblem | null>(null);
  const edit = useMutation(
    trpc.clinic.editHours.mutationOptions({
      onSuccess: (saved) => {
        setSeen((before) => ({ ...before, ...saved }));
        return queryClient.invalidateQueries();
      },
    }),
  );

  function addHoliday(form: FormData) {
    const typed = withTyped(holidays, form);
    setWrongHoliday(typed.problem);
    setHolidays(typed.holidays);
    return typed;
  }
  function submit(form: FormData) {
    const number = (name: keyof typeof NUMBERS) => decimalOf(String(form.get(name) ?? ''));
    const added = addHoliday(form);
    const parsed = editHoursSchema.safeParse({
      hours: { version: seen.hours.version, week: typedWeek(week, form), holidays: added.holidays },
      replyOpenHours: number('replyOpenHours'),
      escalation: { coverAfterMinutes: number('coverAfterMinutes'), allAfterMinutes: number('allAfterMinutes') },
    });
    setWrong(new Map(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])));
    if (parsed.success && added.problem === null) edit.mutate(parsed.data);
    else edit.reset();
  }
  function problemOf(path: string, name: keyof typeof NUMBERS) {
    const problem = wrong.get(path);
    if (problem === undefined) return null;
    return problem === 'before_cover' ? t('problem.before_cover') : t('number', NUMBERS[name]);
  }
  return (
    <SettingsForm
      id="hours"
      words={{
        ...{ title: t('title'), lead: t('lead', { zone: seen.timeZone }) },
        ...{ save: t('save'), saving: t('saving'), saved: t('saved') },
      }}
      edit={edit}
      submit={submit}
    >
      <Week week={week} wrong={wrong} onChange={setWeek} />
      <Holidays holidays={holidays} problem={wrongHoliday} onAdd={addHoliday} onChange={setHolidays} />
      <TextField
        label={t('replyOpenHours')}
        name="replyOpenHours"
        inputMode="numeric"
        defaultValue={seen.replyOpenHours}
        problem={problemOf('replyOpenHours', 'replyOpenHours')}
      />
      <TextField
        label={t('cover')}
        name="coverAfterMinutes"
        inputMode="numeric"
        defaultValue={seen.escalation.coverAfterMinutes}
        problem={problemOf('escalation.coverAfterMinutes', 'coverAfterMinutes')}
      />
      <TextField
        label={t('all')}
        name="allAfterMinutes"
        inputMode="numeric"
        defaultValue={seen.escalation.allAfterMinutes}
        problem={problemOf('escalation.allAfterMinutes', 'allAfterMinutes')}
      />
    </SettingsForm>
  );
}
