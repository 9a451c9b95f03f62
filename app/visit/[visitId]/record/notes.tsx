'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem, TextArea } from '#components/form/field';
import { SavedState } from '#components/form/saved-text';
import { noteScope } from '../note-scope';
import { useDraftNote } from '../use-draft-note';
import { isLateNote, type VisitRecordData } from './words';

/** Notes of the team; who only reads the record gets those that are signed. */
export function VisitNotes({ room, record }: { room: VisitRoom; record: VisitRecordData }) {
  const t = useTranslations('visit.record');
  const when = useWhen(room.visit.timeZone);
  const signed = record.notes.filter((note) => note.signedAt !== null);
  return (
    <section className="card grid gap-3 p-4" aria-label={t('note')}>
      {signed.map((note) => (
        <article key={note.id} className="grid gap-1">
          {isLateNote(note, record.notes) ? <h3 className="label">{t('noteLate')}</h3> : null}
          <p className="whitespace-pre-line">{note.body}</p>
          <p className="small muted">
            {t('signed', {
              name: note.authorName,
              time: when(note.signedAt ?? 0, 'dated'),
            })}
          </p>
        </article>
      ))}
      {room.role === 'clinician' ? <DraftNote key={signed.length} visitId={room.visit.id} record={record} /> : null}
    </section>
  );
}

function DraftNote({ visitId, record }: { visitId: string; record: VisitRecordData }) {
  const t = useTranslations('visit.record');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const onSuccess = () => queryClient.invalidateQueries();
  const sign = useMutation(trpc.notes.sign.mutationOptions({ scope: noteScope(visitId), onSuccess }));
  const draft = useDraftNote({ visitId, notes: record.notes, onSaved: onSuccess });
  const blank = draft.value.trim() === '';
  const [isPressed, setPressed] = useState(false);
  const note = useRef<HTMLDivElement>(null);
  async function signNow() {
    // What was typed last is saved before it is signed; what was not saved is not signed either.
    setPressed(blank);
    if (blank) note.current?.querySelector('textarea')?.focus();
    else if (await draft.flush()) sign.mutate({ visitId });
  }
  return (
    <>
      <div ref={note}>
        <TextArea
          label={t('note')}
          hint={t('signHint')}
          rows={4}
          maxLength={8000}
          value={draft.value}
          problem={isPressed && blank ? t('noteMissing') : null}
          onChange={(event) => draft.change(event.target.value)}
          onBlur={() => void draft.flush()}
        />
      </div>
      <SavedState saved={draft} show={(text) => text} />
      <Problem reason={sign.error ? problemOf(sign.error).reason : null} />
      <button
        type="button"
        className="btn quiet w-fit"
        aria-disabled={blank}
        aria-busy={sign.isPending}
        onClick={() => void signNow()}
      >
        {t('sign')}
      </button>
    </>
  );
}
