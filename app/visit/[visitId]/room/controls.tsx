'use client';

import { Camera, CameraOff, Mic, MicOff, SwitchCamera } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from '#client/device/words/translations';
import type { TransportSnapshot } from '#client/visit/transport';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { LeaveButton } from '../leave-button';

type ControlsProps = {
  liveVisit: LiveVisit;
  snapshot: TransportSnapshot;
  /** What this side alone has, before the way out. */
  children?: ReactNode;
  /** What ends the visit for both: far from the way out for oneself. */
  end?: ReactNode;
};

/** Sound, picture, drawing and the way out, in one row that a thumb reaches. */
export function RoomControls({ liveVisit, snapshot, children, end }: ControlsProps) {
  const t = useTranslations('visit');
  const { room, line, session, visitLine } = liveVisit;
  const { wishes } = session;
  // Without a line what the person wants counts: it is so as soon as there is one.
  const isHeard = line ? snapshot.microphoneOn : wishes.microphone;
  const isSeen = line ? snapshot.cameraOn : wishes.camera;
  const clinician = room.role === 'clinician';
  const base = clinician ? 'btn quiet min-h-12' : 'tool large';
  return (
    <div
      className={
        clinician ? 'flex flex-wrap items-stretch gap-2.5 border-t border-dark-line p-3.5' : 'patient-controls'
      }
      // The working thumb finds "It hurts" on its own side, and "Leave" on the other, whatever the language.
      dir={clinician ? undefined : room.visit.operatesWith === 'left' ? 'ltr' : 'rtl'}
    >
      <button type="button" className={base} aria-pressed={!isHeard} onClick={() => visitLine.setMicrophone(!isHeard)}>
        {isHeard ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        {t(isHeard ? 'mute' : 'unmute')}
      </button>
      <button type="button" className={base} aria-pressed={!isSeen} onClick={() => visitLine.setCamera(!isSeen)}>
        {isSeen ? <Camera aria-hidden="true" /> : <CameraOff aria-hidden="true" />}
        {t(isSeen ? 'cameraOff' : 'cameraOn')}
      </button>
      <button type="button" className={base} onClick={() => visitLine.flipCamera()}>
        <SwitchCamera aria-hidden="true" />
        {t('otherCamera')}
      </button>
      {snapshot.canPlayAudio ? null : (
        <button type="button" className="btn primary min-h-12" onClick={() => void line?.startAudio()}>
          {t('startAudio')}
        </button>
      )}
      {children}
      <LeaveButton liveVisit={liveVisit} className={clinician ? 'btn quiet min-h-12' : 'btn stop'} />
      {end ? (
        <>
          <span className="grow" />
          {end}
        </>
      ) : null}
    </div>
  );
}
