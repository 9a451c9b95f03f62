'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { signInWithPassword } from '#client/sign-in';
import { TextField } from '#components/field';

type Failed = 'wrong' | 'too_many' | 'unreachable';

export function SignInForm({ failed }: { failed: Failed | null }) {
  const t = useTranslations('signIn');
  const [problem, setProblem] = useState<Failed | null>(failed);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);

  async function submit(form: FormData) {
    setBusy(true);
    const result = await signInWithPassword(String(form.get('email')), String(form.get('password')));
    if (result === 'ok') window.location.assign('/sign-in');
    else {
      setProblem(result);
      setBusy(false);
    }
  }

  return (
    <form action={submit} className="grid gap-5">
      <TextField label={t('email')} name="email" type="email" autoComplete="username" required />
      <div className="grid gap-2">
        <TextField
          label={t('password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          required
          problem={problem ? t(`problem.${problem}`) : null}
        />
        <label className="flex min-h-12 items-center gap-3">
          <input
            type="checkbox"
            className="size-6"
            checked={shown}
            onChange={(event) => setShown(event.target.checked)}
          />
          {t('showPassword')}
        </label>
      </div>
      <button type="submit" className="btn primary xl" aria-busy={busy}>
        {busy ? t('signingIn') : t('submit')}
      </button>
      <p className="muted small">{t('inviteHint')}</p>
    </form>
  );
}
