'use client';

import { useMutation } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';

export function Confirm({ token }: { token: string }) {
  const t = useTranslations('changeEmail');
  const confirm = useMutation(useTRPC().account.confirmEmail.mutationOptions());
  if (confirm.isSuccess)
    return (
      <>
        <p role="status" className="font-bold">
          {t('confirmed')}
        </p>
        <a className="btn primary xl" href="/sign-in">
          {t('signIn')}
        </a>
      </>
    );
  const problem = confirm.error ? problemOf(confirm.error) : null;
  return (
    <>
      {/* A link that was cut off is none. */}
      <Problem reason={problem && (problem.fields.length > 0 ? 'invite_gone' : problem.reason)} />
      <button
        type="button"
        className="btn primary xl"
        aria-busy={confirm.isPending}
        onClick={() => {
          if (!confirm.isPending) confirm.mutate({ token });
        }}
      >
        {t(confirm.isPending ? 'confirming' : 'confirm')}
      </button>
    </>
  );
}
