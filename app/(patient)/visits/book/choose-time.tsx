'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useReaderZone } from '#client/device/reader-zone';
import { useTranslations } from '#client/device/words/translations';
import { Problem, TextArea, TextField } from '#components/form/field';
import { WISHES_MAX } from '#domain/visit/appointment';
import { FreeTimes } from './free-times';
import type { Wanted } from './wanted';

/** Taken at once, or asked for. */
type Way = 'book' | 'move' | 'ask';

const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim() || null;

/** The three ways a choice is sent, each once however often it is pressed, and what became of it. */
function useSending() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  /** One press, however often it is sent. */
  const [id, setId] = useState(() => uuidv7());
  const options = {
    onSuccess: async () => {
      await queryClient.invalidateQueries();
      router.push('/visits');
    },
    // What is free now is shown before it is chosen again.
    onError: async () => await queryClient.invalidateQueries({ queryKey: trpc.appointments.pathKey() }),
  };
  const book = useMutation(trpc.appointments.book.mutationOptions(options));
  const move = useMutation(trpc.appointments.move.mutationOptions(options));
  const ask = useMutation(trpc.appointments.ask.mutationOptions(options));
  const [bookOnce, moveOnce, askOnce] = [useOneAtATime(book), useOneAtATime(move), useOneAtATime(ask)];
  const all = [book, move, ask];
  return {
    ...{ id, bookOnce, moveOnce, askOnce },
    isPending: all.some(({ isPending, isSuccess }) => isPending || isSuccess),
    error: all.map(({ error }) => error).find((error) => error !== null) ?? null,
    /** Another choice is another press. */
    anew() {
      for (const one of all) one.reset();
      setId(uuidv7());
    },
  };
}

/** Free times to choose from, what the visit is for and what it needs, and the button that takes or asks. */
export function ChooseTime({ wanted, way }: { wanted: Wanted; way: Way }) {
  const t = useTranslations('booking');
  const timeZone = useReaderZone() ?? undefined;
  const sending = useSending();
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [problem, setProblem] = useState<'choose' | 'chooseOrWrite' | null>(null);
  const { typeId, clinicianId, visitId, sequence } = wanted;

  function choose(at: number, isOn: boolean) {
    setProblem(null);
    sending.anew();
    if (way !== 'ask') return setChosen([at]);
    setChosen(isOn ? [...chosen, at].slice(-WISHES_MAX) : chosen.filter((one) => one !== at));
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const needs = {
      purpose: textOf(form, 'purpose'),
      interpreter: textOf(form, 'interpreter'),
      helperWanted: form.get('helper') === 'on',
    };
    const words = textOf(form, 'words');
    const [startsAt] = chosen;
    if (way === 'ask') {
      if (startsAt === undefined && words === null) return setProblem('chooseOrWrite');
      const asked = { requestId: sending.id, clinicianId, visitId, typeId };
      return sending.askOnce({ ...asked, ...needs, wishes: [...chosen], words });
    }
    if (startsAt === undefined) return setProblem('choose');
    if (way === 'move' && visitId !== null) return sending.moveOnce({ visitId, startsAt, sequence });
    if (typeId !== null) sending.bookOnce({ visitId: sending.id, clinicianId, typeId, startsAt, timeZone, ...needs });
  }
  return (
    <form className="grid gap-5" noValidate onSubmit={submit}>
      <FreeTimes wanted={wanted} isMany={way === 'ask'} chosen={chosen} onChoose={choose} />
      {way === 'ask' ? <TextArea label={t('words')} name="words" maxLength={500} hint={t('wordsHint')} /> : null}
      {way === 'move' ? null : <Needs isNew={visitId === null} />}
      {problem ? (
        <p role="alert" className="problem">
          {t(problem)}
        </p>
      ) : null}
      <Problem reason={sending.error ? problemOf(sending.error).reason : null} />
      <button type="submit" className="btn primary min-h-14 w-full" aria-busy={sending.isPending}>
        {t(`send.${way}`)}
      </button>
    </form>
  );
}

/** What whoever holds the visit has to know before it. Of a visit that is moved only what it is asked for. */
function Needs({ isNew }: { isNew: boolean }) {
  const t = useTranslations('booking');
  if (!isNew) return <TextArea label={t('whyMove')} name="purpose" maxLength={500} />;
  return (
    <>
      <TextArea label={t('purpose')} name="purpose" maxLength={500} hint={t('purposeHint')} />
      <TextField label={t('interpreter')} name="interpreter" maxLength={60} hint={t('interpreterHint')} />
      <label className="flex min-h-12 cursor-pointer items-center gap-3">
        <input type="checkbox" className="size-6 shrink-0" name="helper" />
        <span>{t('helper')}</span>
      </label>
    </>
  );
}
