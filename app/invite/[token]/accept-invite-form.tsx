'use client';

import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { signInWithPassword } from '#client/people/sign-in';
import { EmailField, Problem, TextField } from '#components/form/field';
import { NotSignedIn, type NotSignedInBecause } from './not-signed-in';

/** Name, e-mail and a password; then the account signs in and goes on to its first page. */
export function AcceptInviteForm({ token, name, home }: { token: string; name: string; home: string }) {
  const t = useTranslations('invite');
  const trpc = useTRPC();
  const [because, setBecause] = useState<NotSignedInBecause | null>(null);
  const accept = useMutation(trpc.invites.accept.mutationOptions());
  const problem = accept.error ? problemOf(accept.error) : null;
  const wrongField = (field: string) => problem?.fields.some((wrong) => wrong.path === field) ?? false;

  async function submit(form: FormData) {
    const email = String(form.get('email'));
    const password = String(form.get('password'));
    try {
      await accept.mutateAsync({ token, name: String(form.get('name')), email, password });
    } catch {
      // Shown beside the form.
      return;
    }
    const result = await signInWithPassword(email, password);
    if (result === 'ok') window.location.assign(home);
    else setBecause(result);
  }

  if (because) return <NotSignedIn done="accepted" because={because} />;

  return (
    // The browser keeps what was typed; an action would clear it when a field is refused.
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label={t('name')}
        name="name"
        defaultValue={name}
        autoComplete="name"
        required
        maxLength={120}
        problem={wrongField('name') ? t('wrongName') : null}
      />
      <EmailField label={t('email')} problem={wrongField('email') ? t('wrongEmail') : null} />
      <TextField
        label={t('password')}
        name="password"
        type="password"
        autoComplete="new-password"
        required
        minLength={12}
        maxLength={256}
        hint={t('passwordHint')}
        problem={wrongField('password') ? t('wrongPassword') : null}
      />
      {problem && problem.fields.length === 0 ? <Problem reason={problem.reason} /> : null}
      <button type="submit" className="btn primary xl" aria-busy={accept.isPending}>
        {accept.isPending ? t('accepting') : t('accept')}
      </button>
    </form>
  );
}
