'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { problemOf, useTRPC } from '#client/trpc';
import type { VisitRoom } from '#client/visit-session';
import { Problem } from '#components/field';

/** Who waits at the door, with the one thing to do about it. */
export function AdmitBanner({ room }: { room: VisitRoom }) {
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const admit = useMutation(trpc.visits.admit.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const waiting = room.roster.filter((person) => person.state === 'waiting');
  return waiting.map((person) => (
    <div
      key={person.id}
      role="status"
      className="flex flex-wrap items-center gap-4 border-t border-stage-line bg-stage-2 px-5 py-3"
    >
      <p className="grow">
        <strong>{t('isWaiting', { name: person.name })}</strong>
        <span className="block text-on-stage-2">
          {person.locationText ? t('isAt', { place: person.locationText }) : ''}
          {person.presentOthers ? ` ${t('isWith', { people: person.presentOthers })}` : ''}
        </span>
      </p>
      <Problem reason={admit.error ? problemOf(admit.error).reason : null} />
      <button
        type="button"
        className="btn primary min-h-12"
        aria-busy={admit.isPending}
        onClick={() => admit.mutate({ visitId: room.visit.id, participantId: person.id })}
      >
        {t('admit', { name: person.name })}
      </button>
    </div>
  ));
}
