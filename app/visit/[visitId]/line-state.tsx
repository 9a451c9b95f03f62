'use client';

import { CloudOff, Signal, Users } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { VisitSession } from '#client/visit-session';
import type { TransportSnapshot } from '#client/visit-transport';

/** Who, how the line is, and what is not saved yet: one row, words first. */
export function LineState({
  session,
  snapshot,
  unsaved,
}: {
  session: VisitSession;
  snapshot: TransportSnapshot;
  unsaved: number;
}) {
  const t = useTranslations('visit');
  const { room, line, lineProblem } = session;
  const away = lineProblem !== null || snapshot.state === 'reconnecting';
  const other = room.role === 'clinician' ? room.visit.patientName : room.visit.clinicianName;
  const patient = room.roster.find((person) => person.role === 'patient');
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-b border-stage-line px-5 py-1">
      <h1 className="text-[1.1875rem] font-extrabold">{other}</h1>
      <p role="status" className="chip">
        <Signal size={16} aria-hidden="true" />
        {lineProblem === null ? t(`line.${line ? snapshot.state : 'connecting'}`) : t('line.down')}
      </p>
      {snapshot.peers.length === 0 && line ? (
        <p className="text-on-stage-2">{t('otherNotHere', { name: other })}</p>
      ) : null}
      {unsaved > 0 ? (
        <p role="status" className="chip">
          <CloudOff size={16} aria-hidden="true" />
          {t('notYetSaved', { count: unsaved })}
        </p>
      ) : null}
      {away ? (
        <p role="alert" className="text-[#ff9f9b]">
          {t('lineLost', { phone: room.visit.fallbackPhone ?? room.visit.clinicPhone })}
        </p>
      ) : null}
      <span className="grow" />
      {patient?.presentOthers ? (
        <p className="state text-on-stage-2">
          <Users size={16} aria-hidden="true" />
          {t('isWith', { people: patient.presentOthers })}
        </p>
      ) : null}
    </header>
  );
}
