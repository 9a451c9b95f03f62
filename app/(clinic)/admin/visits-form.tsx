'use client';

import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { Problem, TextField } from '#components/form/field';
import { visitSettingsSchema } from '#domain/clinic/visit-settings';

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
    const text = String(form.get('emptyMinutes') ?? '').trim();
    const emptyMinutes = text === '' ? null : Number(text);
    const parsed = visitSettingsSchema.safeParse({ version: seen.version, emptyMinutes });
    setWrong(!parsed.success);
    if (parsed.success) edit.mutate(parsed.data);
    else edit.reset();
  }
  return (
    <section className="grid grid-cols-1 gap-4" aria-labelledby="visit-settings">
      <h2 id="visit-settings" className="section-title">
        {t('title')}
      </h2>
      <p className="max-w-prose">{t('lead')}</p>
      <form
        className="card grid gap-4 p-4 md:grid-cols-3"
        aria-labelledby="visit-settings"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(new FormData(event.currentTarget));
        }}
      >
        <TextField
          label={t('emptyMinutes')}
          name="emptyMinutes"
          inputMode="numeric"
          defaultValue={seen.emptyMinutes}
          problem={wrong ? t('number', MINUTES) : null}
        />
        <div className="grid gap-3 md:col-span-3">
          <Problem reason={edit.error ? problemOf(edit.error).reason : null} />
          <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={edit.isPending}>
            {edit.isPending ? t('saving') : t('save')}
          </button>
          <p role="status" className={edit.isSuccess ? 'text-good' : 'vh'}>
            {edit.isSuccess ? t('saved') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
