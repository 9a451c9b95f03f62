'use client';

import { useMutation } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';

/** The patient's own record as a file. The password is asked again: the file is not protected any more. */
export function ExportOwn({ email }: { email: string | null }) {
  const t = useTranslations('accountPage.export');
  const trpc = useTRPC();
  const prepare = useMutation(
    trpc.account.exportOwn.mutationOptions({ onSuccess: ({ path }) => window.location.assign(path) }),
  );
  return (
    <section className="card grid grid-cols-1 gap-4 p-4" aria-labelledby="export-own">
      <h2 id="export-own" className="section-title">
        {t('title')}
      </h2>
      <p>{t('lead')}</p>
      <p className="muted">{t('without')}</p>
      <form
        className="grid grid-cols-1 gap-4"
        aria-labelledby="export-own"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const password = String(new FormData(form).get('password') ?? '');
          if (password !== '' && !prepare.isPending) prepare.mutate({ password }, { onSuccess: () => form.reset() });
        }}
      >
        {/* Tells a password manager whose password this is. */}
        <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
        />
        <Problem reason={prepare.error ? problemOf(prepare.error).reason : null} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className="btn quiet" aria-busy={prepare.isPending}>
            {t(prepare.isPending ? 'preparing' : 'get')}
          </button>
          <p role="status" className="text-good">
            {prepare.isSuccess ? t('begun') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
