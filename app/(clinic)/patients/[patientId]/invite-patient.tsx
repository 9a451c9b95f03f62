'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useOneAtATime } from '#client/one-at-a-time';
import { problemOf, useTRPC } from '#client/trpc';
import { Problem } from '#components/field';
import { InviteLink } from '#components/invite-link';

export function InvitePatient({ patientId, name, pending }: { patientId: string; name: string; pending: boolean }) {
  const t = useTranslations('patients.record');
  const trpc = useTRPC();
  const invite = useMutation(trpc.patients.invite.mutationOptions());
  const inviteOnce = useOneAtATime(invite);
  return (
    <>
      <button
        type="button"
        className="btn primary"
        aria-busy={invite.isPending}
        onClick={() => inviteOnce({ patientId })}
      >
        {pending || invite.data ? t('inviteAgain', { name }) : t('invite', { name })}
      </button>
      <Problem reason={invite.error ? problemOf(invite.error).reason : null} />
      {invite.data ? <InviteLink {...invite.data} name={name} /> : null}
    </>
  );
}
