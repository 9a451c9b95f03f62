import Link from 'next/link';
import type { ReactNode } from 'react';
import { useMinute } from '#client/device/clock/use-clock-turn';
import type { When } from '#client/device/clock/when';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { isOverdue, type VisitMode, type VisitState } from '#domain/visit/lifecycle';
import { isMissed } from '#domain/visit/missed';

export type ListedVisit = {
  id: string;
  startsAt: number;
  patientTimeZone: string;
  state: VisitState;
  patientName: string;
  clinicianName: string;
  durationMinutes: number;
  kind: string;
  mode: VisitMode;
};

type Side = 'patient' | 'clinician';

type VisitListProps = {
  visits: readonly ListedVisit[];
  /** The other side, whom one meets. */
  withWhom?: Side;
  /** Who is named in the row; in a patient's record that is the clinician. */
  named?: Side;
  planned?(visit: ListedVisit): ReactNode;
  /** Beside one that was held. */
  held?(visit: ListedVisit): ReactNode;
  /** Beside one that did not take place. */
  missed?(visit: ListedVisit): ReactNode;
};

export function VisitList({ visits, withWhom = 'patient', named = withWhom, planned, held, missed }: VisitListProps) {
  const t = useTranslations('schedule.page');
  const when = useWhen(null);
  const nowMs = useMinute();
  return (
    <ol className="card divide-y divide-line">
      {visits.map((visit) => (
        <li key={visit.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
          <span className="w-44 max-w-full tabular-nums">
            {when(visit.startsAt)}
            {withWhom === 'patient' ? <PatientReads visit={visit} when={when} /> : null}
          </span>
          <span className="min-w-[min(100%,10rem)] grow">
            <strong className="block">{nameOf(visit, named)}</strong>
            <span className="muted small">
              {t('stateAndLength', {
                state: t(`state.${isOverdue(visit, nowMs) ? 'overdue' : visit.state}`),
                count: visit.durationMinutes,
              })}
            </span>
          </span>
          <WayIn visit={visit} name={nameOf(visit, withWhom)} />
          {visit.state === 'scheduled' ? planned?.(visit) : null}
          {visit.state === 'ended' ? held?.(visit) : null}
          {visit.state === 'no_show' || isMissed(visit, nowMs) ? missed?.(visit) : null}
        </li>
      ))}
    </ol>
  );
}

/** Beside a clinician's own time that of the patient, where their clock shows another. */
function PatientReads({ visit, when }: { visit: ListedVisit; when: When }) {
  const t = useTranslations('schedule.page');
  const theirs = useWhen(visit.patientTimeZone)(visit.startsAt, 'weekday');
  if (theirs === when(visit.startsAt, 'weekday')) return null;
  return <span className="muted small block">{t('patientReads', { name: visit.patientName, when: theirs })}</span>;
}

function nameOf(visit: ListedVisit, side: Side): string {
  return side === 'patient' ? visit.patientName : visit.clinicianName;
}

/** Into the visit, or to its record; a visit that was not held has neither. */
function WayIn({ visit, name }: { visit: ListedVisit; name: string }) {
  const t = useTranslations('schedule.page');
  const v = useTranslations('visits');
  const when = useWhen(null);
  if (visit.state === 'cancelled' || visit.state === 'no_show') return null;
  const href = `/visit/${visit.id}`;
  if (visit.state === 'ended') {
    return (
      <Link className="btn plain min-h-12 max-w-full whitespace-normal" href={href} prefetch={false}>
        {v('record', { date: when(visit.startsAt, 'date') })}
      </Link>
    );
  }
  return (
    <Link
      className={`btn min-h-12 max-w-full whitespace-normal ${visit.state === 'open' ? 'primary' : 'quiet'}`}
      href={href}
      prefetch={false}
    >
      {t('join', { name })}
    </Link>
  );
}
