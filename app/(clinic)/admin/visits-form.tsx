'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import { SettingsForm } from '#components/form/settings-form';
import { visitSettingsSchema } from '#domain/clinic/visit-settings';
import { decimalOf } from '#domain/input/decimal';

const MINUTES = { min: 5, max: 240 };

/** When a visit that everybody left ends by itself. */
export function VisitsForm() {
  const t = useTranslations('visitSettings');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: clinic } = useSuspenseQuery(trpc.clinic.get.queryOptions());
  // Fixed when the page opens: what another admin saves meanwhile is a conflict, not something to write over.
  const [seen, setSeen] = useState(clinic.visits);
  const [wrong, setWrong] = useState(false);
  const edit = useMutation(
    trpc.clinic.editVisits.mutationOptions({
      onSuccess: ({ visits }) => {
        setSeen(visits);
        return queryClient.invalidateQueries();
      },
    }),
  );

  function submit(form: FormData) {
    const emptyMinutes = decimalOf(String(form.get('emptyMinutes') ?? ''));
    const parsed = visitSettingsSchema.safeParse({ version: seen.version, emptyMinutes });
    setWrong(!parsed.success);
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  return (
    <SettingsForm
      id="visit-settings"
      words={{ title: t('title'), lead: t('lead'), save: t('save'), saving: t('saving'), saved: t('saved') }}
      edit={edit}
      submit={submit}
    >
      <TextField
        label={t('emptyMinutes')}
        name="emptyMinutes"
        inputMode="numeric"
        defaultValue={seen.emptyMinutes}
        problem={wrong ? t('number', MINUTES) : null}
      />
    </SettingsForm>
  );
}
