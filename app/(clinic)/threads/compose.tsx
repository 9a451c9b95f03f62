'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Lock, Send, TriangleAlert } from 'lucide-react';
import { type FormEvent, useContext, useId, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceClock, deviceNow } from '#client/api/device-clock';
import { problemOf, useTRPC } from '#client/api/trpc';
import { keepChosen } from '#client/contact/attachments';
import { useChosen } from '#client/contact/use-chosen';
import { useDraft } from '#client/contact/use-draft';
import { useAccount } from '#client/device/account-outbox';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { ClipUploadsContext } from '#client/device/use-uploads';
import { useTranslations } from '#client/device/words/translations';
import { AttachedNext, PhotoButton, useVoiceNote, VoiceButton } from '#components/contact/attach';
import { Problem } from '#components/form/field';
import { fillPhrase, firstNameOf, openField } from '#domain/contact/phrase';
import { MESSAGE_MAX, storableBody } from '#domain/contact/thread';
import type { ThreadView } from '#domain/contact/thread-view';
import { isVisible } from '#domain/input/typed-text';
import { Phrases } from './phrases';

type Reader = 'patient' | 'team';

type ComposeProps = { thread: ThreadView; exercise: string | null; hasReader: boolean };

/** Where one writes: who reads it is a switch that is always seen, and each side has a text of its own. */
export function Compose(props: ComposeProps) {
  const [reader, setReader] = useState<Reader>('patient');
  const { episodeId } = props.thread;
  const toPatient = useDraft(`message ${episodeId}`);
  const toTeam = useDraft(`team note ${episodeId}`);
  const choosing = useChosen();
  const draft = reader === 'patient' ? toPatient : toTeam;
  return <WriteBox {...props} reader={reader} draft={draft} choosing={choosing} onReader={setReader} />;
}

type WriteBoxProps = ComposeProps & {
  choosing: ReturnType<typeof useChosen>;
  reader: Reader;
  draft: ReturnType<typeof useDraft>;
  onReader(reader: Reader): void;
};

/** Sends a text once under one id, however often it is tried; another text is another message. */
function useSending({ thread, reader, draft, choosing }: WriteBoxProps) {
  const userId = useAccount() ?? '';
  const uploads = useContext(ClipUploadsContext);
  const [hasNoRoom, setNoRoom] = useState(false);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const tried = useRef({ body: '', id: '', writtenAt: 0 });
  const onSuccess = () => {
    // The same words once more are another message.
    tried.current = { body: '', id: '', writtenAt: 0 };
    draft.change('');
    if (reader === 'patient') choosing.clear();
    void uploads?.flush();
    return queryClient.invalidateQueries();
  };
  const send = useMutation(trpc.messages.send.mutationOptions({ onSuccess }));
  const note = useMutation(trpc.messages.note.mutationOptions({ onSuccess }));
  const [sendOnce, noteOnce] = [useOneAtATime(send), useOneAtATime(note)];
  const { episodeId, lastNumber: seen } = thread;
  return {
    error: send.error ?? note.error,
    hasNoRoom,
    isPending: send.isPending || note.isPending,
    async submit(body: string) {
      const named = [body, ...choosing.chosen.map(({ mediaId }) => mediaId)].join(' ');
      if (tried.current.body !== named) tried.current = { body: named, id: uuidv7(), writtenAt: deviceNow() };
      const { id, writtenAt } = tried.current;
      if (reader === 'team') return noteOnce({ noteId: id, episodeId, body });
      const media = await keepChosen(userId, choosing.chosen).catch(() => null);
      setNoRoom(media === null);
      if (media)
        sendOnce({ messageId: id, episodeId, body, about: null, media, seen, writtenAt, clock: deviceClock() });
    },
  };
}

function problemWith(body: string, attached: number): string | null {
  if (!isVisible(body) && attached === 0) return 'message_empty';
  if (body.trim().length > MESSAGE_MAX) return 'message_long';
  return openField(body) ? 'phrase_open' : null;
}

function WriteBox(props: WriteBoxProps) {
  const { thread, exercise, hasReader, reader, draft, onReader } = props;
  const t = useTranslations('threads');
  const m = useTranslations('messages');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [lack, setLack] = useState<string | null>(null);
  const { submit, error, hasNoRoom, isPending } = useSending(props);
  const { choosing } = props;
  const voice = useVoiceNote({ choosing });
  const firstName = firstNameOf(thread.patientName);
  const isTeam = reader === 'team';
  const problem = lack ?? (hasNoRoom ? 'device_full' : error ? problemOf(error).reason : null);
  function send(event: FormEvent) {
    event.preventDefault();
    const body = storableBody(draft.text);
    const lacks = problemWith(body, isTeam ? 0 : choosing.chosen.length);
    setLack(lacks);
    field.current?.focus();
    if (!lacks) void submit(isVisible(body) ? body : '');
  }
  function write(text: string) {
    setLack(null);
    draft.change(text);
  }
  const label = isTeam ? t('teamNote') : t('message', { name: firstName });
  return (
    <form className="foot grid gap-3" onSubmit={send} aria-label={label}>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <WhoReads firstName={firstName} reader={reader} onReader={onReader} />
        <Settle thread={thread} />
      </div>
      {hasReader || isTeam ? null : (
        <p className="state care whitespace-normal">
          <TriangleAlert size={20} aria-hidden="true" /> {t('noReader', { name: firstName })}
        </p>
      )}
      <label htmlFor={id} className="vh">
        {label}
      </label>
      <textarea
        id={id}
        ref={field}
        rows={3}
        dir="auto"
        className={`input grows ${isTeam ? 'border-dashed' : ''}`}
        value={draft.text}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => write(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.form?.requestSubmit();
        }}
      />
      <div id={`${id}-problem`} className="empty:hidden">
        <Problem reason={problem} />
      </div>
      {isTeam ? null : <AttachedNext choosing={choosing} voice={voice} />}
      <div className="flex flex-wrap items-end justify-between gap-3">
        {isTeam ? null : (
          <span className="flex gap-2">
            <PhotoButton choosing={choosing} />
            <VoiceButton voice={voice} />
          </span>
        )}
        {isTeam ? (
          <span />
        ) : (
          <Phrases
            text={draft.text}
            onUse={(phrase) => {
              const filled = fillPhrase(phrase, { 'first name': firstName, exercise });
              write(draft.text.trim() === '' ? filled : `${draft.text.trimEnd()} ${filled}`);
              field.current?.focus();
            }}
          />
        )}
        <button type="submit" className="btn primary ms-auto min-h-12" aria-busy={isPending}>
          {isTeam ? <Lock size={20} aria-hidden="true" /> : <Send size={20} aria-hidden="true" />}
          {isTeam ? t('keepNote') : m('send')}
        </button>
      </div>
    </form>
  );
}

type WhoReadsProps = { firstName: string; reader: Reader; onReader(reader: Reader): void };

function WhoReads({ firstName, reader, onReader }: WhoReadsProps) {
  const t = useTranslations('threads');
  const choices = [
    { value: 'patient', label: t('toPatient', { name: firstName }), icon: null },
    { value: 'team', label: t('toTeam'), icon: <Lock size={18} aria-hidden="true" /> },
  ] as const;
  return (
    <fieldset>
      <legend className="vh">{t('who')}</legend>
      <div className="seg">
        {choices.map(({ value, label, icon }) => (
          <label key={value} className="seg-choice">
            <input
              type="radio"
              name="reader"
              value={value}
              checked={reader === value}
              onChange={() => onReader(value)}
            />
            <span>
              {icon} {label}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** Ends the waiting without a word to the patient; of what came since nothing is settled. */
function Settle({ thread }: { thread: ThreadView }) {
  const t = useTranslations('threads');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const again = () => queryClient.invalidateQueries();
  const settle = useMutation(trpc.messages.settle.mutationOptions({ onSuccess: again, onError: again }));
  const settleOnce = useOneAtATime(settle);
  const { episodeId, lastNumber: upTo, waiting } = thread;
  return (
    <>
      {waiting ? (
        <button
          type="button"
          className="btn plain min-h-12"
          aria-busy={settle.isPending}
          onClick={() => settleOnce({ noteId: uuidv7(), episodeId, upTo })}
        >
          {t('noAnswer')}
        </button>
      ) : null}
      <Problem reason={settle.error ? problemOf(settle.error).reason : null} />
    </>
  );
}
