'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextField } from '#components/form/field';
import { ShowPassword } from '#components/form/show-password';
import { changePasswordSchema } from '#domain/people/account';

/** The current password is asked again, so that a device left open does not give the account away. */
export function ChangePassword({ email }: { email: string | null }) {
  const t = useTranslations('accountPage');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const [shown, setShown] = useState(false);
  const change = useMutation(
    trpc.account.changePassword.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }),
  );
  const type = shown ? 'text' : 'password';

  function submit(form: HTMLFormElement) {
    const parsed = changePasswordSchema.safeParse(Object.fromEntries(new FormData(form)));
    setWrong(new Set(parsed.error?.issues.map((issue) => String(issue.path[0]))));
    if (parsed.success) change.mutate(parsed.data, { onSuccess: () => form.reset() });
    else change.reset();
  }

  return (
    <section className="card p-4" aria-labelledby="change-password">
      <form
        className="grid gap-4"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <h2 id="change-password" className="section-title">
          {t('changePassword')}
        </h2>
        {/* Tells a password manager whose password this is. */}
        <input type="text" autoComplete="username" value={email ?? ''} readOnly hidden />
        <TextField
          label={t('current')}
          name="currentPassword"
          type={type}
          autoComplete="current-password"
          required
          maxLength={256}
          problem={wrong.has('currentPassword') ? t('wrongCurrent') : null}
        />
        <TextField
          label={t('new')}
          name="newPassword"
          type={type}
          autoComplete="new-password"
          required
          maxLength={256}
          hint={t('newHint')}
          problem={wrong.has('newPassword') ? t('wrongNew') : null}
        />
        <ShowPassword label={t('show')} shown={shown} onChange={setShown} />
        <Problem reason={change.error ? problemOf(change.error).reason : null} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <button type="submit" className="btn primary" aria-busy={change.isPending}>
            {change.isPending ? t('saving') : t('changePassword')}
          </button>
          <p role="status" className="text-good">
            {change.isSuccess ? t('changed') : ''}
          </p>
        </div>
      </form>
    </section>
  );
}
