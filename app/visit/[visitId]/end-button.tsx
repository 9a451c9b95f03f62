'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useOneAtATime } from '#client/one-at-a-time';
import { problemOf, useTRPC } from '#client/trpc';
import { Problem } from '#components/field';
import { noteScope } from './note-scope';

/** Ends the visit for both sides, at once; only a note that is not signed yet is asked about (look §5). */
export function EndButton({ visitId, draft }: { visitId: string; draft: string }) {
  const t = useTranslations('visit');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);
  const endVisit = useMutation(trpc.visits.end.mutationOptions({ onSuccess: () => queryClient.invalidateQueries() }));
  const end = useOneAtATime(endVisit);
  function press() {
    // What was typed a moment ago is on its way to the record.
    const saving = queryClient.isMutating({ mutationKey: trpc.notes.save.mutationKey() }) > 0;
    if (draft.trim() !== '' || saving) setAsking(true);
    else end({ visitId });
  }
  return (
    <>
      <button type="button" className="btn stop min-h-12" aria-busy={endVisit.isPending} onClick={press}>
        {t('end')}
      </button>
      <Problem reason={endVisit.error ? problemOf(endVisit.error).reason : null} />
      {asking ? (
        <UnsignedNote visitId={visitId} onEnd={() => end({ visitId })} onClose={() => setAsking(false)} />
      ) : null}
    </>
  );
}

function UnsignedNote({ visitId, onEnd, onClose }: { visitId: string; onEnd(): void; onClose(): void }) {
  const t = useTranslations('visit.unsigned');
  const trpc = useTRPC();
  const dialog = useRef<HTMLDialogElement>(null);
  const sign = useMutation(trpc.notes.sign.mutationOptions({ scope: noteScope(visitId), onSuccess: onEnd }));
  const signOnce = useOneAtATime(sign, { leaves: true });
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="grid w-full max-w-[440px] gap-4" aria-labelledby="unsigned" onClose={onClose}>
      <h2 id="unsigned" className="section-title">
        {t('title')}
      </h2>
      <p>{t('lead')}</p>
      <Problem reason={sign.error ? problemOf(sign.error).reason : null} />
      <button
        type="button"
        className="btn primary min-h-12"
        aria-busy={sign.isPending}
        onClick={() => signOnce({ visitId })}
      >
        {t('sign')}
      </button>
      <button type="button" className="btn quiet min-h-12" onClick={onEnd}>
        {t('later')}
      </button>
      <button type="button" className="btn plain min-h-12" onClick={() => dialog.current?.close()}>
        {t('goOn')}
      </button>
    </dialog>
  );
}
