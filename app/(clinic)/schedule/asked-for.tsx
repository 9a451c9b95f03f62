'use client';

import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { type FormEvent, useId, useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useReadNotices } from '#client/contact/use-read-notices';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useReaderZone } from '#client/device/reader-zone';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField, TextArea } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { instantOf, NOTHING_TYPED, type TypedTime, VisitTime, zoneOf } from '#components/visit/visit-time';
import { VISIT_DURATIONS_MINUTES, VISIT_MODES, type VisitMode } from '#domain/visit/lifecycle';

type Request = Outputs['appointments']['requests']['requests'][number];

/** What one's patients ask for, who waits longest first; each gets a time, or words. */
export function AskedFor() {
  const t = useTranslations('askedFor');
  const trpc = useTRPC();
  const id = useId();
  const pages = useInfiniteQuery(
    trpc.appointments.requests.infiniteQueryOptions({}, { getNextPageParam: (last) => last.nextCursor }),
  );
  const requests = pages.data?.pages.flatMap((page) => page.requests) ?? [];
  if (requests.length === 0) return null;
  return (
    <section className="grid gap-3" id="asked" aria-labelledby={id}>
      <h2 id={id} className="section-title">
        {t('title', { count: requests.length })}
      </h2>
      <ul className="grid gap-3">
        {requests.map((request) => (
          <RequestCard key={request.id} request={request} />
        ))}
      </ul>
      <MoreButton pages={pages} label={t('more')} />
    </section>
  );
}

function useDeciding() {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const options = { onSettled: () => queryClient.invalidateQueries() };
  const grant = useMutation(trpc.appointments.grant.mutationOptions(options));
  const decline = useMutation(trpc.appointments.decline.mutationOptions(options));
  const error = grant.error ?? decline.error;
  return {
    ...{ grantOnce: useOneAtATime(grant), declineOnce: useOneAtATime(decline) },
    isPending: grant.isPending || decline.isPending,
    reason: error ? problemOf(error).reason : null,
  };
}

function RequestCard({ request }: { request: Request }) {
  const t = useTranslations('askedFor');
  const own = useWhen(null);
  const theirs = useWhen(request.patientTimeZone);
  const timeZone = useReaderZone() ?? undefined;
  const { grantOnce, declineOnce, isPending, reason } = useDeciding();
  const [open, setOpen] = useState<'time' | 'words' | null>(null);
  useReadNotices(request.id);
  const { id: requestId, patientId, patientName: name, clinicianName, wishes, words, purpose } = request;
  const [minutes, setMinutes] = useState<number>(request.visitMinutes ?? 30);
  const [mode, setMode] = useState<VisitMode>(request.mode);
  const give = (startsAt: number) => grantOnce({ requestId, startsAt, durationMinutes: minutes, mode, timeZone });
  return (
    <li className="card grid gap-3 p-4" aria-busy={isPending}>
      <div>
        <Link className="font-bold" href={`/patients/${patientId}`} prefetch={false}>
          {name}
        </Link>
        <p className="muted small">
          {request.visitStartsAt === null
            ? t('visit', { clinician: clinicianName, when: own(request.createdAt) })
            : t('move', { clinician: clinicianName, when: own(request.visitStartsAt) })}
        </p>
        {purpose ? <p className="wrap-anywhere">{purpose}</p> : null}
        {words ? <p className="wrap-anywhere">{t('words', { words })}</p> : null}
        {request.interpreter ? <p>{t('interpreter', { language: request.interpreter })}</p> : null}
        {request.helperWanted ? <p>{t('helper')}</p> : null}
      </div>
      <Held minutes={minutes} mode={mode} onMinutes={setMinutes} onMode={setMode} />
      {wishes.length > 0 ? (
        <div className="grid gap-2">
          {wishes.map((at) => (
            <button
              key={at}
              type="button"
              className="btn quiet min-h-12 justify-start whitespace-normal text-left"
              onClick={() => give(at)}
            >
              {own(at, 'weekday') === theirs(at, 'weekday')
                ? t('give', { when: own(at) })
                : t('giveTheirs', { when: own(at), theirs: theirs(at), name })}
            </button>
          ))}
        </div>
      ) : null}
      <Problem reason={reason} />
      {open === 'time' ? <OtherTime request={request} onGive={give} /> : null}
      {open === 'words' ? <Decline onSay={(answer) => declineOnce({ requestId, answer })} /> : null}
      <div className="flex flex-wrap gap-3">
        {open === 'time' ? null : (
          <button
            type="button"
            className="btn plain min-h-12"
            aria-label={t('otherNamed', { name })}
            onClick={() => setOpen('time')}
          >
            {t('other')}
          </button>
        )}
        {open === 'words' ? null : (
          <button
            type="button"
            className="btn plain min-h-12"
            aria-label={t('declineNamed', { name })}
            onClick={() => setOpen('words')}
          >
            {t('decline')}
          </button>
        )}
      </div>
    </li>
  );
}

type HeldProps = {
  minutes: number;
  mode: VisitMode;
  onMinutes(minutes: number): void;
  onMode(mode: VisitMode): void;
};

/** How long it is to take, and by what. */
function Held({ minutes, mode, onMinutes, onMode }: HeldProps) {
  const t = useTranslations('askedFor');
  const p = useTranslations('schedule.page');
  const words = useTranslations('visitTypes');
  const lengths = [...new Set([...VISIT_DURATIONS_MINUTES, minutes])].sort((a, b) => a - b);
  return (
    <div className="grid grid-cols-2 gap-3">
      <SelectField label={p('duration')} value={minutes} onChange={({ target }) => onMinutes(Number(target.value))}>
        {lengths.map((count) => (
          <option key={count} value={count}>
            {p('minutes', { count })}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('by')}
        value={mode}
        onChange={({ target }) => onMode(VISIT_MODES.find((one) => one === target.value) ?? mode)}
      >
        {VISIT_MODES.map((one) => (
          <option key={one} value={one}>
            {words(one)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

function OtherTime({ request, onGive }: { request: Request; onGive(startsAt: number): void }) {
  const t = useTranslations('askedFor');
  const p = useTranslations('schedule.page');
  const readerZone = useReaderZone();
  const [typed, setTyped] = useState<TypedTime>(NOTHING_TYPED);
  const [problem, setProblem] = useState<string | null>(null);
  const patient = { name: request.patientName, timeZone: request.patientTimeZone };

  function submit(event: FormEvent) {
    event.preventDefault();
    const at = instantOf(typed, zoneOf(typed, patient, readerZone));
    setProblem(at === null ? p('notATime') : null);
    if (at !== null) onGive(at);
  }
  return (
    <form className="@container grid gap-3" noValidate onSubmit={submit}>
      <VisitTime typed={typed} onChange={setTyped} patient={patient} problem={problem} />
      <button type="submit" className="btn primary min-h-12 w-fit">
        {t('giveThis')}
      </button>
    </form>
  );
}

function Decline({ onSay }: { onSay(answer: string): void }) {
  const t = useTranslations('askedFor');
  const [problem, setProblem] = useState<string | null>(null);
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const answer = String(new FormData(event.currentTarget).get('answer') ?? '').trim();
    setProblem(answer === '' ? t('answerProblem') : null);
    if (answer !== '') onSay(answer);
  }
  return (
    <form className="grid gap-3" noValidate onSubmit={submit}>
      <TextArea label={t('answer')} name="answer" maxLength={500} hint={t('answerHint')} problem={problem} />
      <button type="submit" className="btn quiet min-h-12 w-fit">
        {t('say')}
      </button>
    </form>
  );
}
