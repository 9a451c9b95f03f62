'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { ConfirmedDelete } from '#components/form/confirmed-delete';
import { Problem, Segments, TextArea } from '#components/form/field';

const SHOWN = 40;

/** Sentences that are written often, one press each; what stands in the line can be kept as one. */
export function Phrases({ text, onUse }: { text: string; onUse(phrase: string): void }) {
  const t = useTranslations('threads.phrases');
  const trpc = useTRPC();
  const { data: phrases = [] } = useQuery(trpc.messages.phrases.queryOptions());
  const [isKeeping, setKeeping] = useState(false);
  return (
    <div className="grid min-w-0 grow basis-80 gap-2">
      <ul className="flex flex-wrap gap-2 empty:hidden" aria-label={t('label')}>
        {phrases.map((phrase) => (
          <li key={phrase.id} className="max-w-full">
            <button
              type="button"
              className="chip min-h-9 max-w-full pointer-coarse:min-h-12"
              onClick={() => onUse(phrase.text)}
            >
              <bdi className="truncate">
                {phrase.text.length > SHOWN ? `${phrase.text.slice(0, SHOWN)}…` : phrase.text}
              </bdi>
            </button>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap items-start gap-2">
        {isKeeping ? (
          <KeepPhrase text={text} onDone={() => setKeeping(false)} />
        ) : (
          <button type="button" className="btn plain" onClick={() => setKeeping(true)}>
            <Plus size={18} aria-hidden="true" /> {t('keep')}
          </button>
        )}
        {phrases.length > 0 ? <RemovePhrases phrases={phrases} /> : null}
      </div>
    </div>
  );
}

function KeepPhrase({ text, onDone }: { text: string; onDone(): void }) {
  const t = useTranslations('threads.phrases');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const name = useId();
  const [words, setWords] = useState(text);
  const [forWhom, setForWhom] = useState<'me' | 'clinic'>('me');
  const [phraseId] = useState(() => uuidv7());
  const keep = useMutation(
    trpc.messages.keepPhrase.mutationOptions({
      onSuccess: () => {
        onDone();
        return queryClient.invalidateQueries({ queryKey: trpc.messages.phrases.queryKey() });
      },
    }),
  );
  return (
    // Within the form of the message: it has buttons of its own and submits nothing.
    <fieldset className="card grid w-full gap-3 p-3">
      <legend className="vh">{t('keep')}</legend>
      <TextArea
        label={t('keep')}
        hint={t('hint')}
        rows={2}
        maxLength={500}
        value={words}
        onChange={({ target }) => setWords(target.value)}
      />
      <Segments
        legend={t('forWhom')}
        name={name}
        value={forWhom}
        onChange={setForWhom}
        choices={[
          { value: 'me', label: t('me') },
          { value: 'clinic', label: t('clinic') },
        ]}
      />
      <Problem reason={keep.error ? problemOf(keep.error).reason : null} />
      <div className="flex flex-wrap gap-2">
        <button
          type="button"
          className="btn primary min-h-12"
          aria-busy={keep.isPending}
          onClick={() => keep.mutate({ phraseId, text: words, forWhom })}
        >
          {t('save')}
        </button>
        <button type="button" className="btn quiet min-h-12" onClick={onDone}>
          {t('cancel')}
        </button>
      </div>
    </fieldset>
  );
}

type Phrase = { id: string; text: string; isClinics: boolean };

function RemovePhrases({ phrases }: { phrases: readonly Phrase[] }) {
  const t = useTranslations('threads.phrases');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const drop = useMutation(
    trpc.messages.dropPhrase.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.messages.phrases.queryKey() }),
    }),
  );
  return (
    <details className="min-w-0">
      <summary className="btn plain cursor-pointer list-none">{t('manage')}</summary>
      <ul className="card mt-2 grid gap-2 p-3">
        {phrases.map(({ id, text, isClinics }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2">
            <span className="min-w-0 wrap-anywhere">
              <bdi>{text}</bdi> {isClinics ? <span className="muted small">{t('ofClinic')}</span> : null}
            </span>
            <ConfirmedDelete
              label={t('remove')}
              named={t('removeNamed', { text })}
              question={t('removeAsk')}
              onDelete={() => drop.mutate({ phraseId: id })}
            />
          </li>
        ))}
      </ul>
    </details>
  );
}
