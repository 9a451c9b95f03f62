'use client';

import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { placeAfterVisits } from '#client/visit/place-after';
import { MoreButton } from '#components/form/more-button';
import { Cautions } from '#components/practice/flags/cautions';
import { CancelVisit } from '#components/visit/cancel';
import { ThisPatient } from '#components/visit/choose-patient';
import { VisitList } from '#components/visit/list';
import { ScheduleVisit } from '#components/visit/schedule';
import { isolated } from '#domain/input/isolated';
import { CareTeam } from './care-team';
import { PatientCheckIns } from './check-ins';
import { PatientConsents } from './consents';
import { PatientDetails } from './details';
import { EmergencyRecord } from './emergency-record';
import { EpisodeRow, MessagesLink } from './episode-row';
import { PatientLogin } from './login';
import { PatientLogs } from './logs';
import { PatientPrograms } from './programs';
import { Restrictions } from './restrictions/restrictions';
import { RecordTabs } from './tabs';

export function PatientRecord({ patientId }: { patientId: string }) {
  const { data } = useSuspenseQuery(useTRPC().patients.get.queryOptions({ patientId }));
  return data.emergency ? (
    <EmergencyRecord data={data} emergency={data.emergency} />
  ) : (
    <TeamRecord patientId={patientId} data={data} />
  );
}

function TeamRecord({ patientId, data }: { patientId: string; data: Outputs['patients']['get'] }) {
  const t = useTranslations('patients.record');
  const trpc = useTRPC();
  const visitPages = useInfiniteQuery(
    trpc.visits.ofPatient.infiniteQueryOptions({ patientId }, { getNextPageParam: placeAfterVisits }),
  );
  const visits = visitPages.data?.pages.flat() ?? [];
  const { patient, episodes, careTeam } = data;
  return (
    <main className="mx-auto grid w-full grid-cols-1 max-w-[1200px] content-start gap-6 px-4 py-6 md:px-8 lg:grid-cols-[minmax(0,1fr)_380px]">
      <header className="lg:col-span-2">
        <title>{`${isolated(patient.name)} · Regrasp`}</title>
        <h1 className="page-title">{patient.name}</h1>
        {episodes.map((episode) => (
          <div key={episode.id}>
            <EpisodeRow patientId={patientId} episode={episode} />
            <MessagesLink episode={episode} />
          </div>
        ))}
        <Restrictions patientId={patientId} />
      </header>
      <div className="lg:col-span-2">
        <RecordTabs patientId={patientId} />
      </div>
      <Cautions patientId={patientId} place="record" className="lg:col-span-2" />
      <div className="grid grid-cols-1 content-start gap-6">
        <PatientPrograms patientId={patientId} />
        <PatientCheckIns patientId={patientId} timeZone={patient.timeZone} />
        <PatientLogs patientId={patientId} timeZone={patient.timeZone} />
      </div>
      <aside className="grid grid-cols-1 content-start gap-5">
        <section className="grid grid-cols-1 content-start gap-4" aria-labelledby="visits">
          <h2 id="visits" className="section-title">
            {t('visits')}
          </h2>
          <ScheduleVisit
            choice={(onChoose) => <ThisPatient patientId={patientId} name={patient.name} onChoose={onChoose} />}
          />
          {visits.length === 0 ? (
            <p className="muted">{t('noVisits')}</p>
          ) : (
            <VisitList visits={visits} named="clinician" planned={(visit) => <CancelVisit visit={visit} />} />
          )}
          <MoreButton pages={visitPages} label={t('olderVisits')} />
        </section>
        <PatientDetails patient={patient} />
        <PatientLogin patient={patient} pending={data.invite !== null} />
        <PatientConsents consents={data.consents} timeZone={patient.timeZone} />
        <CareTeam patientId={patientId} careTeam={careTeam} />
      </aside>
    </main>
  );
}
