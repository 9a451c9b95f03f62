'use client';

import { CloudOff, MapPin, OctagonAlert, Signal, Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHydratedOutbox, useOutboxState } from '#client/device/account-outbox';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Stage } from '#client/visit/stage';
import type { TransportSnapshot } from '#client/visit/transport';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { TelLink } from '#components/form/tel-link';
import { RoomDevices } from './devices';
import { usePresenceWords } from './presence';
import { DeviceTroubles } from './troubles';

/** Who, how the line is, and what is not saved yet: one row, words first. */
export function LineState({
  liveVisit,
  snapshot,
  stage,
  saidItHurtsAt,
  children,
}: {
  liveVisit: LiveVisit;
  snapshot: TransportSnapshot;
  stage: Stage;
  /** When the patient said that it hurts; the last time is shown. */
  saidItHurtsAt: readonly number[];
  /** What else is news, in a row of its own. */
  children?: ReactNode;
}) {
  const t = useTranslations('visit');
  const when = useWhen(null);
  const unsaved = useOutboxState(useHydratedOutbox()).waiting;
  const { room, line, lineProblem } = liveVisit;
  const presence = usePresenceWords(snapshot);
  const weak = [snapshot.quality.own, snapshot.quality.peer].some(
    (quality) => quality === 'poor' || quality === 'lost',
  );
  const hurtAt = saidItHurtsAt.at(-1);
  const away = lineProblem !== null || snapshot.state === 'reconnecting';
  const other = room.role === 'clinician' ? room.visit.patientName : room.visit.clinicianName;
  const otherSide = room.roster.filter(
    (person) => person.role === (room.role === 'clinician' ? 'patient' : 'clinician'),
  );
  const [said] =
    otherSide.length > 0 ? otherSide.map((person) => presence(person, other)) : [presence(undefined, other)];
  // Where their picture would be, the stage says it.
  const isOnStage = room.role === 'clinician' && stage.kind === 'live' && stage.whose === 'patient';
  const alone = !otherSide.some((person) => snapshot.peers.includes(person.id));
  const { ring } = room;
  const patient = room.roster.find((person) => person.role === 'patient');
  return (
    <header className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-1 border-b border-dark-line px-5 py-1 max-sm:gap-x-2 max-sm:px-3">
      <h1 className="text-[1.1875rem] font-extrabold">{other}</h1>
      <p role="status" className="chip">
        <Signal size={16} aria-hidden="true" />
        {lineProblem === null ? t(`line.${line ? snapshot.state : 'connecting'}`) : t('line.down')}
      </p>
      {alone && line && said && !isOnStage ? <p className="text-on-dark-2">{said}</p> : null}
      {weak && !away ? <p className="chip">{t('weakLine')}</p> : null}
      {hurtAt ? (
        <p role="alert" className="chip text-[#ff9f9b]">
          <OctagonAlert size={16} aria-hidden="true" />
          {t('saysItHurts', {
            name: other,
            time: when(hurtAt, 'time'),
          })}
        </p>
      ) : null}
      {unsaved > 0 ? (
        <p role="status" className="chip">
          <CloudOff size={16} aria-hidden="true" />
          {t('notYetSaved', { count: unsaved })}
        </p>
      ) : null}
      {away ? (
        <p role="alert" className="text-[#ff9f9b]">
          {ring === null
            ? t('lineLostNoPhone')
            : t.rich('lineLost', {
                phone: ring.phone,
                tel: (chunks) => (
                  <TelLink {...ring} className="underline">
                    {chunks}
                  </TelLink>
                ),
              })}
        </p>
      ) : null}
      <span className="grow" />
      {room.role === 'clinician' && patient?.locationText ? (
        <p className="state text-on-dark-2">
          <MapPin size={16} aria-hidden="true" />
          {t('isAt', { place: patient.locationText })}
        </p>
      ) : null}
      {patient?.presentOthers ? (
        <p className="state text-on-dark-2">
          <Users size={16} aria-hidden="true" />
          {t('isWith', { people: patient.presentOthers })}
        </p>
      ) : null}
      <RoomDevices liveVisit={liveVisit} />
      <DeviceTroubles troubles={liveVisit.session.troubles} />
      {children}
    </header>
  );
}
