'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { signInWithPassword } from '#client/people/sign-in';
import { Problem, TextField } from '#components/form/field';
import { ShowPassword } from '#components/form/show-password';
import { NotSignedIn, type NotSignedInBecause } from './not-signed-in';

/** Only a new password; then the account signs in here and begins at its first page. */
export function NewPasswordForm({ token }: { token: string }) {
  const t = useTranslations('invite');
  const trpc = useTRPC();
  const use = useMutation(trpc.passwordLinks.use.mutationOptions());
  const [because, setBecause] = useState<NotSignedInBecause | null>(null);
  const [shown, setShown] = useState(false);
  const problem = use.error ? problemOf(use.error) : null;

  async function submit(password: string) {
    try {
      const { email } = await use.mutateAsync({ token, password });
      const result = await signInWithPassword(email, password);
      if (result === 'ok') window.location.assign('/sign-in');
      else setBecause(result);
    } catch {
      // Shown beside the form.
    }
  }

  if (because) return <NotSignedIn done="passwordSet" because={because} />;

  return (
    // The browser keeps what was typed; an action would clear it when the password is refused.
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(String(new FormData(event.currentTarget).get('password')));
      }}
    >
      <div className="grid gap-2">
        <TextField
          label={t('password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="new-password"
          required
          maxLength={256}
          hint={t('passwordHint')}
          problem={problem && problem.fields.length > 0 ? t('wrongPassword') : null}
        />
        <ShowPassword label={t('showPassword')} shown={shown} onChange={setShown} />
      </div>
      {problem && problem.fields.length === 0 ? <Problem reason={problem.reason} /> : null}
      <button type="submit" className="btn primary xl" aria-busy={use.isPending}>
        {use.isPending ? t('accepting') : t('setPassword')}
      </button>
    </form>
  );
}
