'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useTRPC } from '#client/api/trpc';
import { forgetRejoin } from '#client/visit/rejoin';

/** Leaves without ending the visit for the other side; one can come back while it is open. */
export function LeaveButton({ visitId, className = 'btn quiet' }: { visitId: string; className?: string }) {
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const leave = useMutation(
    trpc.visits.leave.mutationOptions({
      onMutate: () => forgetRejoin(visitId),
      onSettled: () => window.location.assign('/sign-in'),
    }),
  );
  return (
    <button type="button" className={className} aria-busy={leave.isPending} onClick={() => leave.mutate({ visitId })}>
      {t('leave')}
    </button>
  );
}
