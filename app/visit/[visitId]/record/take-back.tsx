'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';
import { REOPEN_MS } from '#domain/visit/lifecycle';

/** An end that was a slip is taken back here, for as long as that is possible. */
export function TakeBackEnd({ room }: { room: VisitRoom }) {
  const { endedAt } = room.visit;
  // By the server's clock, from the moment at which it was told.
  const [leftMs] = useState(endedAt === null ? 0 : endedAt + REOPEN_MS - room.serverNowMs);
  const [isOver, setOver] = useState(leftMs <= 0);
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), Math.max(0, leftMs));
    return () => clearTimeout(timer);
  }, [leftMs]);
  return isOver ? null : <Offer visitId={room.visit.id} />;
}

function Offer({ visitId }: { visitId: string }) {
  const t = useTranslations('visit.reopen');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const readAgain = () => queryClient.invalidateQueries();
  const reopen = useMutation(trpc.visits.reopen.mutationOptions({ onSuccess: readAgain, onError: readAgain }));
  const reopenOnce = useOneAtATime(reopen, { leaves: true });
  return (
    <div className="note flex flex-wrap items-center gap-3">
      <p className="grow">{t('lead')}</p>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-busy={reopen.isPending}
        onClick={() => reopenOnce({ visitId })}
      >
        {t('goOn')}
      </button>
      <Problem reason={reopen.error ? problemOf(reopen.error).reason : null} />
    </div>
  );
}
