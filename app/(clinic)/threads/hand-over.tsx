'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CornerUpRight } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField, TextArea } from '#components/form/field';

type HandOverProps = { episodeId: string; colleagues: readonly { userId: string; name: string }[] };

/** From now on a colleague on the care team answers; they learn of it, with a word of why. */
export function HandOver(props: HandOverProps) {
  const t = useTranslations('threads');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="btn quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <CornerUpRight size={20} aria-hidden="true" className="rtl:-scale-x-100" /> {t('handOver')}
      </button>
      {isOpen ? <HandOverDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function HandOverDialog({ episodeId, colleagues, onClose }: HandOverProps & { onClose(): void }) {
  const t = useTranslations('threads');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const dialog = useRef<HTMLDialogElement>(null);
  const [noteId] = useState(() => uuidv7());
  const [toUserId, setTo] = useState(colleagues[0]?.userId ?? '');
  const [note, setNote] = useState('');
  const hand = useMutation(
    trpc.messages.handOver.mutationOptions({
      onSuccess: () => {
        dialog.current?.close();
        return queryClient.invalidateQueries();
      },
    }),
  );
  const handOnce = useOneAtATime(hand);
  useEffect(() => dialog.current?.showModal(), []);
  function submit(event: FormEvent) {
    event.preventDefault();
    handOnce({ noteId, episodeId, toUserId, note: note.trim() === '' ? null : note });
  }
  return (
    <dialog ref={dialog} className="w-full max-w-[480px]" aria-labelledby="hand-over" onClose={onClose}>
      <form className="grid gap-4" onSubmit={submit}>
        <h2 id="hand-over" className="section-title">
          {t('handOver')}
        </h2>
        {colleagues.length === 0 ? (
          <p>{t('hand.alone')}</p>
        ) : (
          <>
            <SelectField label={t('hand.to')} value={toUserId} onChange={({ target }) => setTo(target.value)}>
              {colleagues.map(({ userId, name }) => (
                <option key={userId} value={userId}>
                  {name}
                </option>
              ))}
            </SelectField>
            <TextArea
              label={t('hand.note')}
              maxLength={4000}
              value={note}
              onChange={({ target }) => setNote(target.value)}
            />
          </>
        )}
        <Problem reason={hand.error ? problemOf(hand.error).reason : null} />
        <div className="flex flex-wrap gap-3">
          {colleagues.length > 0 ? (
            <button type="submit" className="btn primary min-h-12" aria-busy={hand.isPending}>
              {t('hand.submit')}
            </button>
          ) : null}
          <button type="button" className="btn quiet min-h-12" onClick={() => dialog.current?.close()}>
            {t('hand.cancel')}
          </button>
        </div>
      </form>
    </dialog>
  );
}
