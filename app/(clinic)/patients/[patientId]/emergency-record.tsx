'use client';

import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { Siren } from 'lucide-react';
import { useEffect } from 'react';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { Problem } from '#components/form/field';
import { MoreButton } from '#components/form/more-button';
import { Cautions } from '#components/practice/flags/cautions';
import { VisitList } from '#components/visit/list';
import { isolated } from '#domain/input/isolated';
import { PatientCheckIns } from './check-ins';
import { DetailLines } from './details';
import { EpisodeFacts, MessagesLink } from './episode-row';
import { PatientLogs } from './logs';
import { PatientPrograms } from './programs';
import { Restrictions } from './restrictions/restrictions';

type Data = Outputs['patients']['get'];
type Emergency = NonNullable<Data['emergency']>;

/** A page of its own, so that nothing of the record stays in the browser. */
const leave = () => window.location.assign('/patients');

/** The record as an emergency access shows it: whom to ring first, and nothing to change but a flag. */
export function EmergencyRecord({ data, emergency }: { data: Data; emergency: Emergency }) {
  const t = useTranslations('emergency');
  const d = useTranslations('patientDetails');
  const r = useTranslations('patients.record');
  const { patient, episodes, careTeam } = data;
  const { id: patientId, timeZone } = patient;
  const visitPages = useInfiniteQuery(
    useTRPC().visits.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterVisits }),
  );
  const held = (visitPages.data?.pages.flat() ?? []).filter(({ state }) => state === 'ended');
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-6 px-4 py-6 md:px-8 lg:grid-cols-[minmax(0,1fr)_380px]">
      <header className="grid grid-cols-1 gap-4 lg:col-span-2">
        <title>{`${isolated(patient.name)} · Regrasp`}</title>
        <h1 className="page-title">{patient.name}</h1>
        <Hour patientId={patientId} name={patient.name} emergency={emergency} />
        <div>
          {episodes.map((episode) => (
            <div key={episode.id}>
              <EpisodeFacts episode={episode} />
              <MessagesLink episode={episode} />
            </div>
          ))}
        </div>
        <Restrictions patientId={patientId} />
      </header>
      <Cautions patientId={patientId} place="record" className="lg:col-span-2" />
      <div className="grid grid-cols-1 content-start gap-6">
        <section className="card grid grid-cols-1 gap-3 p-4" aria-labelledby="details">
          <h2 id="details" className="section-title">
            {d('title')}
          </h2>
          <DetailLines patient={patient} />
        </section>
        <PatientPrograms patientId={patientId} isToRead />
        <PatientCheckIns patientId={patientId} timeZone={timeZone} isToRead />
        <PatientLogs patientId={patientId} timeZone={timeZone} />
      </div>
      <aside className="grid grid-cols-1 content-start gap-5">
        <section className="card grid gap-3 p-4" aria-labelledby="team">
          <h2 id="team" className="section-title">
            {r('careTeam')}
          </h2>
          <ul className="grid gap-1">
            {careTeam.map(({ id, name, part }) => (
              <li key={id}>{r('member', { name, part: r(`part.${part}`) })}</li>
            ))}
          </ul>
        </section>
        {held.length > 0 ? (
          <section className="grid grid-cols-1 content-start gap-4" aria-labelledby="visits">
            <h2 id="visits" className="section-title">
              {t('visits')}
            </h2>
            <VisitList visits={held} named="clinician" />
            <MoreButton pages={visitPages} label={r('olderVisits')} />
          </section>
        ) : null}
      </aside>
    </main>
  );
}

type HourProps = { patientId: string; name: string; emergency: Emergency };

/** Until when the record is open, why, and giving it back. When the hour is over the record leaves the screen. */
function Hour({ patientId, name, emergency }: HourProps) {
  const t = useTranslations('emergency');
  const end = useMutation(
    useTRPC().emergency.end.mutationOptions({
      onSuccess: leave,
      // The hour ended meanwhile.
      onError: (error) => problemOf(error).reason === 'not_found' && leave(),
    }),
  );
  const { toAt, endsInMs, reason } = emergency;
  useEffect(() => {
    const timer = setTimeout(leave, endsInMs);
    return () => clearTimeout(timer);
  }, [endsInMs]);
  const until = useWhen(null)(toAt, 'time');
  return (
    <section className="card grid grid-cols-1 gap-3 border-stop p-4" aria-labelledby="hour">
      <h2 id="hour" className="state stop whitespace-normal">
        <Siren size={22} aria-hidden="true" />
        {t('until', { until })}
      </h2>
      <p className="wrap-anywhere">{t('why', { reason })}</p>
      <p className="muted">{t('told')}</p>
      <button
        type="button"
        className="btn quiet min-h-12 w-fit max-w-full whitespace-normal"
        aria-busy={end.isPending}
        onClick={() => end.mutate({ patientId })}
      >
        {t('end', { name })}
      </button>
      <Problem reason={end.error ? problemOf(end.error).reason : null} />
    </section>
  );
}
