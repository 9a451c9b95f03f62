'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Building2, Check, Phone, Video } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useHasCome, useMinute } from '#client/device/clock/use-clock-turn';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useSecondStep } from '#client/device/second-step';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { TelLink } from '#components/form/tel-link';
import { mayChangeAlone } from '#domain/visit/appointment';
import { OPENS_BEFORE_MS } from '#domain/visit/lifecycle';

export type OwnVisit = Outputs['visits']['mine'][number];
export type Own = Outputs['appointments']['mine'];

const ICONS = { video: Video, phone: Phone, in_clinic: Building2 } as const;

type Props = { visit: OwnVisit; own: Own };

/** A visit to come: when, with whom and how, and what its patient can do about it by the clinic's rules. */
export function UpcomingVisit({ visit, own }: Props) {
  const t = useTranslations('visits');
  const words = useTranslations('visitTypes');
  const when = useWhen(null);
  const Icon = ICONS[visit.mode];
  const { id, startsAt, durationMinutes: count, clinicianName: name, mode, purpose, interpreter, helperWanted } = visit;
  return (
    <li className="card grid gap-3 p-4">
      <div>
        <p className="font-bold text-[1.25rem] tabular-nums">{when(startsAt)}</p>
        <p>{t('withAndLength', { name, count })}</p>
        <p className="muted flex items-center gap-2">
          <Icon size={18} aria-hidden="true" /> {words(mode)}
        </p>
        {purpose ? <p className="wrap-anywhere">{purpose}</p> : null}
        {interpreter ? <p className="muted">{t('interpreter', { language: interpreter })}</p> : null}
        {helperWanted ? <p className="muted">{t('helper')}</p> : null}
      </div>
      <WayIn visit={visit} />
      {visit.state === 'scheduled' ? (
        <>
          <Accept visit={visit} />
          <Change visit={visit} own={own} />
          {own.requests.some((one) => one.visitId === id && one.state === 'open') ? (
            <p role="status" className="state wait w-fit whitespace-normal">
              {t('askedToMove')}
            </p>
          ) : null}
        </>
      ) : null}
    </li>
  );
}

function WayIn({ visit: { id, startsAt, state, mode, clinicianName: name } }: { visit: OwnVisit }) {
  const t = useTranslations('schedule.page');
  const v = useTranslations('visits');
  const isSoon = useHasCome(startsAt - OPENS_BEFORE_MS);
  if (mode !== 'video') return <p>{v(`held.${mode}`, { name })}</p>;
  return (
    <Link
      className={`btn min-h-12 w-fit max-w-full whitespace-normal ${state === 'open' || isSoon ? 'primary' : 'quiet'}`}
      href={`/visit/${id}`}
      prefetch={false}
      aria-label={t('join', { name })}
    >
      {v('joinShort')}
    </Link>
  );
}

function Accept({ visit: { id: visitId, sequence, acceptedAt } }: { visit: OwnVisit }) {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const accept = useMutation(
    trpc.appointments.accept.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }),
  );
  const acceptOnce = useOneAtATime(accept);
  if (acceptedAt !== null)
    return (
      <p className="flex items-center gap-2 text-good">
        <Check size={18} aria-hidden="true" /> {t('accepted')}
      </p>
    );
  return (
    <>
      <button
        type="button"
        className="btn quiet min-h-12 w-fit"
        aria-busy={accept.isPending}
        onClick={() => acceptOnce({ visitId, sequence })}
      >
        <Check aria-hidden="true" /> {t('accept')}
      </button>
      <Problem reason={accept.error ? problemOf(accept.error).reason : null} />
    </>
  );
}

/** Another time, or none: by oneself as long as the clinic's rules allow it, else by asking or ringing. */
function Change({ visit, own }: Props) {
  const t = useTranslations('visits');
  const nowMs = useMinute();
  const isLate = !mayChangeAlone(visit, own.rules, nowMs);
  return (
    <div className="grid gap-3 border-line border-t pt-3">
      {isLate ? (
        <p>
          {t('late', { clinic: own.clinic.name, hours: own.rules.changeHours })}{' '}
          <TelLink tel={own.clinic.tel} phone={own.clinic.phone} />
        </p>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {visit.startsAt > nowMs ? (
          <Link className="btn quiet min-h-12" href={`/visits/book?move=${visit.id}`} prefetch={false}>
            {t('move')}
          </Link>
        ) : null}
        {isLate ? null : <CallOff visit={visit} />}
      </div>
      {visit.startsAt > nowMs ? <Earlier visitId={visit.id} waits={own.waitingVisitIds.includes(visit.id)} /> : null}
    </div>
  );
}

function CallOff({ visit: { id: visitId, sequence, startsAt } }: { visit: OwnVisit }) {
  const t = useTranslations('visits.callOff');
  const when = useWhen(null);
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { asked, ask, keep, first, keepButton } = useSecondStep();
  const callOff = useMutation(
    trpc.appointments.callOff.mutationOptions({ onSettled: () => queryClient.invalidateQueries() }),
  );
  const callOffOnce = useOneAtATime(callOff);
  const named = t('named', { when: when(startsAt) });
  if (!asked)
    return (
      <button ref={first} type="button" className="btn plain min-h-12" aria-label={named} onClick={ask}>
        {t('label')}
      </button>
    );
  return (
    <fieldset className="grid w-full gap-3">
      <legend className="vh">{named}</legend>
      <p role="alert" className="font-bold">
        {t('question', { when: when(startsAt, 'full') })}
      </p>
      <Problem reason={callOff.error ? problemOf(callOff.error).reason : null} />
      <div className="grid grid-cols-2 gap-3" aria-busy={callOff.isPending}>
        <button ref={keepButton} type="button" className="btn quiet min-h-12 whitespace-normal" onClick={keep}>
          {t('keep')}
        </button>
        <button
          type="button"
          className="btn stop min-h-12 whitespace-normal"
          onClick={() => callOffOnce({ visitId, sequence })}
        >
          {t('yes')}
        </button>
      </div>
    </fieldset>
  );
}

function Earlier({ visitId, waits }: { visitId: string; waits: boolean }) {
  const t = useTranslations('visits');
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  /** As it was pressed, until the list says the same or the server refused. */
  const [wanted, setWanted] = useState<boolean | null>(null);
  const wait = useMutation(
    trpc.appointments.waitForEarlier.mutationOptions({
      onSettled: async () => {
        await queryClient.invalidateQueries();
        setWanted(null);
      },
    }),
  );
  return (
    <>
      <label className="flex min-h-12 cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          className="size-6 shrink-0"
          checked={wanted ?? waits}
          onChange={({ target: { checked } }) => {
            setWanted(checked);
            wait.mutate({ visitId, waits: checked });
          }}
        />
        <span>{t('earlier')}</span>
      </label>
      <Problem reason={wait.error ? problemOf(wait.error).reason : null} />
    </>
  );
}
