'use client';

import { useMutation } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { LiveVisit } from '#client/visit/use-live-visit';

/** Leaves without ending the visit for the other side; one can come back while it is open. */
type LeaveButtonProps = { liveVisit: LiveVisit; className?: string };

export function LeaveButton({ liveVisit, className = 'btn quiet' }: LeaveButtonProps) {
  const visitId = liveVisit.room.visit.id;
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const leave = useMutation(
    trpc.visits.leave.mutationOptions({
      // Silent at once, whatever the server says.
      onMutate: () => liveVisit.visitLine.leave(),
      onSettled: () => window.location.assign('/sign-in'),
    }),
  );
  return (
    <button type="button" className={className} aria-busy={leave.isPending} onClick={() => leave.mutate({ visitId })}>
      {t('leave')}
    </button>
  );
}
