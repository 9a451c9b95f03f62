'use client';

import { useTranslations } from '#client/device/words/translations';
import type { SignInRefusal } from '#client/people/sign-in-refusal';
import { SignInForm } from '#components/people/sign-in-form';

/** The way in, and what to do without an account or a password. */
export function WayIn({ failed }: { failed: SignInRefusal | null }) {
  const t = useTranslations('signIn');
  return (
    <>
      <SignInForm failed={failed} onSignedIn={() => window.location.assign('/sign-in')} />
      <p className="muted small">{t('inviteHint')}</p>
      <p className="muted small">{t('forgotten')}</p>
    </>
  );
}
