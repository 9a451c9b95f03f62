'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { TextArea } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { alarmWordsSchema, entriesOf } from '#domain/practice/alarm-words';

type Field = 'alarm' | 'crisis' | 'crisisText';

/** At which words of a message the number to ring stands at once, and what stands beside words of self-harm. */
export function AlarmWordsForm() {
  const t = useTranslations('alarmWords');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic.alarmWords);
  const [wrong, setWrong] = useState<ReadonlyMap<Field, string>>(new Map());
  const edit = useMutation(
    trpc.clinic.editAlarmWords.mutationOptions({
      onSuccess: ({ alarmWords }) => {
        setSeen(alarmWords);
        return queryClient.invalidateQueries();
      },
    }),
  );

  function submit(form: FormData) {
    const typed = (field: Field) => String(form.get(field) ?? '');
    const edited = {
      ...{ version: seen.version, alarm: entriesOf(typed('alarm')), crisis: entriesOf(typed('crisis')) },
      crisisText: typed('crisisText').trim() || null,
    };
    const parsed = alarmWordsSchema.safeParse(edited);
    const problems = new Map<Field, string>();
    for (const { path } of parsed.error?.issues ?? []) {
      const [field, n] = path as [Field, number | undefined];
      if (field === 'crisisText') problems.set(field, t('problem.text'));
      else
        problems.set(
          field,
          n === undefined ? t('problem.many') : t('problem.entry', { entry: edited[field][n] ?? '' }),
        );
    }
    setWrong(problems);
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  return (
    <SettingsForm
      id="alarm-words"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
    >
      {(['alarm', 'crisis', 'crisisText'] as const).map((field) => (
        <TextArea
          key={field}
          label={t(field)}
          name={field}
          hint={t(`hint.${field}`)}
          rows={8}
          maxLength={field === 'crisisText' ? 1000 : 14_000}
          defaultValue={field === 'crisisText' ? (seen.crisisText ?? '') : seen[field].join('\n')}
          problem={wrong.get(field) ?? null}
        />
      ))}
    </SettingsForm>
  );
}
