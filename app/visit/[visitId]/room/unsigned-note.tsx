'use client';

import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { Problem } from '#components/form/field';
import { noteScope } from '../note-scope';

/** Asked before a visit ends over a note that is not signed yet. */
export function UnsignedNote({ visitId, onEnd, onClose }: { visitId: string; onEnd(): void; onClose(): void }) {
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
