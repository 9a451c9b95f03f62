'use client';

import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { askEmailSchema } from '#domain/people/account';

/** Another address for the account, after its password; it is the account's when its link was opened. */
export function ChangeEmail({ hasEmail }: { hasEmail: boolean }) {
  const t = useTranslations('changeEmail');
  const trpc = useTRPC();
  const { data: contact } = useSuspenseQuery(trpc.contact.choices.queryOptions());
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const ask = useMutation(trpc.account.askEmail.mutationOptions());
  if (!contact.hasMail || !hasEmail) return null;

  function submit(form: HTMLFormElement) {
    const parsed = askEmailSchema.safeParse(Object.fromEntries(new FormData(form)));
    setWrong(new Set(parsed.error?.issues.map((issue) => String(issue.path[0]))));
    if (!parsed.success) ask.reset();
    else if (!ask.isPending) ask.mutate(parsed.data, { onSuccess: () => form.reset() });
  }

  return (
    <section className="card p-4" aria-labelledby="change-email">
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <h2 id="change-email" className="section-title">
          {t('title')}
        </h2>
        <p>{t('lead')}</p>
        <TextField
          label={t('new')}
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          problem={wrong.has('email') ? t('wrongEmail') : null}
        />
        <TextField
          label={t('password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={256}
          problem={wrong.has('password') ? t('wrongPassword') : null}
        />
        <Problem reason={ask.error ? problemOf(ask.error).reason : null} />
        <p role="status" className="empty:hidden">
          {ask.isSuccess ? t('sent') : null}
        </p>
        <button type="submit" className="btn quiet min-h-12 w-fit" aria-busy={ask.isPending}>
          {t(ask.isPending ? 'asking' : 'ask')}
        </button>
      </form>
    </section>
  );
}
