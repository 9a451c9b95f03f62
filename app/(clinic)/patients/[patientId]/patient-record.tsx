'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { useTRPC } from '#client/trpc';
import { ScheduleVisit } from '#components/schedule-visit';
import { VisitList } from '#components/visit-list';
import { CareTeam } from './care-team';
import { InvitePatient } from './invite-patient';
import { OpenFlags } from './open-flags';
import { PatientCheckIns } from './patient-check-ins';
import { PatientDetails } from './patient-details';
import { PatientLogs } from './patient-logs';
import { PatientPrograms } from './patient-programs';

/** One patient: who, which hand, who treats them, and what happens next. */
export function PatientRecord({ patientId }: { patientId: string }) {
  const t = useTranslations('patients.record');
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.patients.get.queryOptions({ patientId }));
  const { data: visits } = useSuspenseQuery(trpc.visits.ofPatient.queryOptions({ patientId }));
  const { patient, episodes, careTeam } = data;
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-6 px-4 py-6 md:px-8 lg:grid-cols-[minmax(0,1fr)_380px]">
      <header className="lg:col-span-2">
        <title>{`${patient.name} · Regrasp`}</title>
        <h1 className="page-title">{patient.name}</h1>
        {episodes.map((episode) => (
          <EpisodeLine key={episode.id} episode={episode} />
        ))}
      </header>
      <OpenFlags patientId={patientId} timeZone={patient.timeZone} />
      <div className="grid content-start gap-6">
        <PatientPrograms patientId={patientId} />
        <PatientCheckIns patientId={patientId} timeZone={patient.timeZone} />
        <PatientLogs patientId={patientId} timeZone={patient.timeZone} />
      </div>
      <aside className="grid content-start gap-5">
        <section className="grid content-start gap-4" aria-labelledby="visits">
          <h2 id="visits" className="section-title">
            {t('visits')}
          </h2>
          <ScheduleVisit patients={[{ id: patientId, name: patient.name }]} />
          {visits.length === 0 ? <p className="muted">{t('noVisits')}</p> : <VisitList visits={visits} />}
        </section>
        <PatientDetails patient={patient} />
        <section className="card grid gap-3 p-4">
          <p>{patient.joined ? t('joined') : t('notJoined')}</p>
          {patient.joined ? null : (
            <InvitePatient patientId={patientId} name={patient.name} pending={data.invite !== null} />
          )}
        </section>
        <CareTeam patientId={patientId} careTeam={careTeam} />
      </aside>
    </main>
  );
}

type Episode = {
  conditionText: string;
  side: 'left' | 'right' | 'both';
  injuryOn: string | null;
  surgeryOn: string | null;
  precautionsText: string;
};

function EpisodeLine({ episode }: { episode: Episode }) {
  const t = useTranslations('patients.record');
  const format = useFormatter();
  const date = (day: string) => format.dateTime(new Date(`${day}T12:00:00Z`), { dateStyle: 'medium' });
  const parts = [
    episode.conditionText,
    t(`side.${episode.side}`),
    episode.injuryOn ? t('injury', { date: date(episode.injuryOn) }) : '',
    episode.surgeryOn ? t('surgery', { date: date(episode.surgeryOn) }) : '',
  ];
  return (
    <>
      <p className="muted">{parts.filter(Boolean).join(', ')}</p>
      {episode.precautionsText ? (
        <p className="state care mt-1 whitespace-normal">{t('precautionsLine', { text: episode.precautionsText })}</p>
      ) : null}
    </>
  );
}
