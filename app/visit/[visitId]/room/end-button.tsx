'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useLoaded } from '#client/api/use-loaded';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { isRunning } from '#client/visit/cues';
import { Problem } from '#components/form/field';
import type { Unfinished } from './before-end';
import type { RecordedRoom } from './props';

/** Fetched when it is asked. */
const beforeEnd = () => import('./before-end').then((module) => module.BeforeEnd);

/** Ends the visit for both sides; what is not finished is asked about first. */
export function EndButton({ liveVisit, tools, record }: RecordedRoom) {
  const { room } = liveVisit;
  const visitId = room.visit.id;
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asked, setAsked] = useState<readonly Unfinished[] | null>(null);
  const BeforeEnd = useLoaded(asked ? beforeEnd : null);
  const unsent = useOutboxState(useHydratedOutbox()).waiting;
  const endVisit = useMutation(trpc.visits.end.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const end = useOneAtATime(endVisit);
  function unfinishedNow(): Unfinished[] {
    const notes = record?.notes ?? [];
    // A note that is being saved counts as one.
    const isSaving = queryClient.isMutating({ mutationKey: trpc.notes.save.mutationKey() }) > 0;
    const isUnsigned = isSaving || notes.some(({ signedAt, body }) => signedAt === null && body.trim() !== '');
    const isCounting = isRunning(tools.cues.snapshot(), tools.clock.now());
    return [
      ...(isUnsigned
        ? (['unsigned'] as const)
        : notes.every(({ signedAt }) => signedAt === null)
          ? (['no_note'] as const)
          : []),
      ...(unsent > 0 ? (['unsent'] as const) : []),
      ...(isCounting ? (['counting'] as const) : []),
      ...(room.roster.some(({ state }) => state === 'waiting') ? (['waiting'] as const) : []),
    ];
  }
  function press() {
    const unfinished = unfinishedNow();
    if (unfinished.length > 0) setAsked(unfinished);
    else end({ visitId });
  }
  return (
    <>
      <button
        type="button"
        className="btn stop min-h-12"
        aria-busy={endVisit.isPending || (asked !== null && !BeforeEnd)}
        onClick={press}
      >
        {t('end')}
      </button>
      <Problem reason={endVisit.error ? problemOf(endVisit.error).reason : null} />
      {BeforeEnd && asked ? (
        <BeforeEnd visitId={visitId} unfinished={asked} onEnd={() => end({ visitId })} onClose={() => setAsked(null)} />
      ) : null}
    </>
  );
}
