'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useLoaded } from '#client/api/use-loaded';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { Problem } from '#components/form/field';

const unsignedNote = () => import('./unsigned-note').then((module) => module.UnsignedNote);

/** Ends the visit for both sides, at once; only a note that is not signed yet is asked about. */
export function EndButton({ visitId, draft }: { visitId: string; draft: string }) {
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const UnsignedNote = useLoaded(asking ? unsignedNote : null);
  const endVisit = useMutation(trpc.visits.end.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const end = useOneAtATime(endVisit);
  function press() {
    // A note that is being saved counts as one.
    const saving = queryClient.isMutating({ mutationKey: trpc.notes.save.mutationKey() }) > 0;
    if (draft.trim() !== '' || saving) setAsking(true);
    else end({ visitId });
  }
  return (
    <>
      <button
        type="button"
        className="btn stop min-h-12"
        aria-busy={endVisit.isPending || (asking && !UnsignedNote)}
        onClick={press}
      >
        {t('end')}
      </button>
      <Problem reason={endVisit.error ? problemOf(endVisit.error).reason : null} />
      {UnsignedNote ? (
        <UnsignedNote visitId={visitId} onEnd={() => end({ visitId })} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}
