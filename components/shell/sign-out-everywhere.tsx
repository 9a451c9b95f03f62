'use client';

import { useMutation } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { goToSignIn, signOut } from '#client/people/sign-in';
import { Problem } from '#components/form/field';

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
