'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';

/** Who waits to be let in. */
export function AdmitBanner({ room }: { room: VisitRoom }) {
  const waiting = room.roster.filter((person) => person.state === 'waiting');
  return waiting.map((person) => <Waiting key={person.id} visitId={room.visit.id} person={person} />);
}

function Waiting({ visitId, person }: { visitId: string; person: VisitRoom['roster'][number] }) {
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asks, setAsks] = useState(false);
  const onSuccess = () => queryClient.invalidateQueries();
  const admit = useMutation(trpc.visits.admit.mutationOptions({ onSuccess }));
  const remove = useMutation(trpc.visits.remove.mutationOptions({ onSuccess }));
  const error = admit.error ?? remove.error;
  const which = { visitId, participantId: person.id };
  return (
    <div
      role="status"
      className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-dark-line bg-dark-2 px-5 py-3"
    >
      <p className="grow basis-56">
        <strong>{asks ? t('turnAwayAsk', { name: person.name }) : t('isWaiting', { name: person.name })}</strong>
        <span className="block text-on-dark-2">
          {person.locationText ? t('isAt', { place: person.locationText }) : ''}
          {person.presentOthers ? ` ${t('isWith', { people: person.presentOthers })}` : ''}
        </span>
      </p>
      <Problem reason={error ? problemOf(error).reason : null} />
      {asks ? (
        <>
          <button type="button" className="btn quiet min-h-12" onClick={() => setAsks(false)}>
            {t('turnAwayNo')}
          </button>
          <button
            type="button"
            className="btn stop min-h-12"
            aria-busy={remove.isPending}
            onClick={() => remove.mutate(which)}
          >
            {t('turnAwayYes', { name: person.name })}
          </button>
        </>
      ) : (
        <>
          <button type="button" className="btn quiet min-h-12" onClick={() => setAsks(true)}>
            {t('turnAway', { name: person.name })}
          </button>
          <button
            type="button"
            className="btn primary min-h-12"
            aria-busy={admit.isPending}
            onClick={() => admit.mutate(which)}
          >
            {t('admit', { name: person.name })}
          </button>
        </>
      )}
    </div>
  );
}
