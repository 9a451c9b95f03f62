import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import type { VisitState } from '#domain/visit';

export type ListedVisit = {
  id: string;
  startsAt: number;
  timeZone: string;
  state: VisitState;
  patientName: string;
  clinicianName: string;
  durationMinutes: number;
};

/** Visits as one line with nodes: time, who, and the way in where there is one. `withWhom` is the other side. */
export function VisitList({
  visits,
  withWhom = 'patient',
}: {
  visits: readonly ListedVisit[];
  withWhom?: 'patient' | 'clinician';
}) {
  const t = useTranslations('schedule.page');
  const v = useTranslations('visits');
  const format = useFormatter();
  return (
    <ol className="card divide-y divide-line">
      {visits.map((visit) => {
        const name = withWhom === 'patient' ? visit.patientName : visit.clinicianName;
        const when = format.dateTime(visit.startsAt, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          hour: 'numeric',
          minute: '2-digit',
          timeZone: visit.timeZone,
        });
        const enterable = visit.state === 'scheduled' || visit.state === 'open';
        return (
          <li key={visit.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
            <span>{when}</span>
            <span className="min-w-40 grow">
              <strong className="block">{name}</strong>
              <span className="muted small">
                {t('stateAndLength', { state: t(`state.${visit.state}`), count: visit.durationMinutes })}
              </span>
            </span>
            {enterable ? (
              <Link
                className={`btn min-h-12 ${visit.state === 'open' ? 'primary' : 'quiet'}`}
                href={`/visit/${visit.id}`}
                prefetch={false}
              >
                {t('join', { name })}
              </Link>
            ) : (
              <Link className="btn plain min-h-12" href={`/visit/${visit.id}`} prefetch={false}>
                {v('record', {
                  date: format.dateTime(visit.startsAt, { dateStyle: 'medium', timeZone: visit.timeZone }),
                })}
              </Link>
            )}
          </li>
        );
      })}
    </ol>
  );
}
