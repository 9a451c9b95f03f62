'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { goToSignIn, signOut } from '#client/sign-in';
import { problemOf, useTRPC } from '#client/trpc';
import { Problem } from './field';

/** Ends every login of the account, this one included. */
export function SignOutEverywhere() {
  const t = useTranslations('account');
  const trpc = useTRPC();
  const end = useMutation(trpc.account.endSessions.mutationOptions({ onSuccess: () => signOut().finally(goToSignIn) }));
  return (
    <>
      <button type="button" className="btn quiet" aria-busy={end.isPending} onClick={() => end.mutate()}>
        {t('signOutEverywhere')}
      </button>
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
    </>
  );
}
