'use client';

import { useState } from 'react';
import { useTranslations } from '#client/device/words/translations';
import { signInWithPassword } from '#client/people/sign-in';
import type { SignInRefusal } from '#client/people/sign-in-refusal';
import { EmailField, TextField } from '#components/form/field';
import { ShowPassword } from '#components/form/show-password';

type Failed = SignInRefusal | 'unreachable';

/** `onSignedIn` is called once somebody is signed in; the form stays busy until it is gone. */
export function SignInForm({ failed = null, onSignedIn }: { failed?: Failed | null; onSignedIn(): void }) {
  const t = useTranslations('signIn');
  const [problem, setProblem] = useState<Failed | null>(failed);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState(false);

  async function submit(form: FormData) {
    setBusy(true);
    const result = await signInWithPassword(String(form.get('email')), String(form.get('password')));
    if (result === 'ok') onSignedIn();
    else {
      setProblem(result);
      setBusy(false);
    }
  }

  return (
    // The browser keeps what was typed; an action would clear it when the sign-in is refused.
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      <EmailField label={t('email')} />
      <div className="grid gap-2">
        <TextField
          label={t('password')}
          name="password"
          type={shown ? 'text' : 'password'}
          autoComplete="current-password"
          required
          problem={problem ? t(`problem.${problem}`) : null}
        />
        <ShowPassword label={t('showPassword')} shown={shown} onChange={setShown} />
      </div>
      <button type="submit" className="btn primary xl" aria-busy={busy}>
        {busy ? t('signingIn') : t('submit')}
      </button>
    </form>
  );
}
