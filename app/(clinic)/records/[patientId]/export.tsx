'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { reasonOf } from '#domain/people/typed';

/** The whole record as a file, for another clinic, a court or the person: with a reason and the password again. */
export function ExportRecord({ patientId }: { patientId: string }) {
  const t = useTranslations('records');
  const trpc = useTRPC();
  const [isShort, setIsShort] = useState(false);
  const prepare = useMutation(
    trpc.records.export.mutationOptions({ onSuccess: ({ path }) => window.location.assign(path) }),
  );

  function submit(form: HTMLFormElement) {
    const data = new FormData(form);
    const reason = reasonOf(String(data.get('exportReason') ?? ''));
    const password = String(data.get('exportPassword') ?? '');
    setIsShort(reason === null);
    if (reason === null || password === '' || prepare.isPending) return;
    prepare.mutate({ patientId, reason: reason, password }, { onSuccess: () => form.reset() });
  }
  return (
    <section className="grid gap-3" aria-labelledby="export">
      <h2 id="export" className="section-title">
        {t('export')}
      </h2>
      <form
        className="card grid gap-4 p-4"
        aria-labelledby="export"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <p className="max-w-prose">{t('exportLead')}</p>
        <TextField
          label={t('exportReason')}
          name="exportReason"
          hint={t('holdReasonHint')}
          maxLength={500}
          problem={isShort ? t('reasonShort') : null}
        />
        <TextField
          label={t('yourPassword')}
          name="exportPassword"
          type="password"
          autoComplete="current-password"
          maxLength={256}
        />
        <Problem reason={prepare.error ? problemOf(prepare.error).reason : null} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className="btn quiet min-h-12" aria-busy={prepare.isPending}>
            {t('exportGet')}
          </button>
          <p role="status" className="text-good">
            {prepare.isSuccess ? t('exportBegun') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
