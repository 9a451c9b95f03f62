'use client';

import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { noteScope } from '../note-scope';

/** What a visit would end over. */
export type Unfinished = 'unsigned' | 'no_note' | 'unsent' | 'counting' | 'waiting';

type BeforeEndProps = { visitId: string; unfinished: readonly Unfinished[]; onEnd(): void; onClose(): void };

/** Asked before a visit ends over something that is not finished. */
export function BeforeEnd({ visitId, unfinished, onEnd, onClose }: BeforeEndProps) {
  const t = useTranslations('visit.unsigned');
  const isUnsigned = unfinished.includes('unsigned');
  const trpc = useTRPC();
  const dialog = useRef<HTMLDialogElement>(null);
  const sign = useMutation(trpc.notes.sign.mutationOptions({ scope: noteScope(visitId), onSuccess: onEnd }));
  const signOnce = useOneAtATime(sign, { leaves: true });
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="grid w-full max-w-[440px] gap-4" aria-labelledby="unsigned" onClose={onClose}>
      <h2 id="unsigned" className="section-title">
        {t(isUnsigned ? 'title' : unfinished.includes('no_note') ? 'titleNoNote' : 'titleOther')}
      </h2>
      <ul className="grid gap-2">
        {unfinished.map((one) => (
          <li key={one}>{t(`lead.${one}`)}</li>
        ))}
      </ul>
      <Problem reason={sign.error ? problemOf(sign.error).reason : null} />
      {isUnsigned ? (
        <button
          type="button"
          className="btn primary min-h-12"
          aria-busy={sign.isPending}
          onClick={() => signOnce({ visitId })}
        >
          {t('sign')}
        </button>
      ) : null}
      <button type="button" className={`btn min-h-12 ${isUnsigned ? 'quiet' : 'stop'}`} onClick={onEnd}>
        {t(isUnsigned ? 'later' : 'end')}
      </button>
      <button
        type="button"
        className={`btn min-h-12 ${isUnsigned ? 'plain' : 'quiet'}`}
        onClick={() => dialog.current?.close()}
      >
        {t('goOn')}
      </button>
    </dialog>
  );
}
