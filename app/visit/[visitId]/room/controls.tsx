'use client';

import { Camera, CameraOff, Mic, MicOff, SwitchCamera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { TransportSnapshot } from '#client/visit/transport';
import type { LiveVisit } from '#client/visit/use-live-visit';
import { LeaveButton } from '../leave-button';

type ControlsProps = {
  liveVisit: LiveVisit;
  snapshot: TransportSnapshot;
  /** What this side alone has, before the way out. */
  children: ReactNode;
};

/** Sound, picture, drawing and the way out, in one row that a thumb reaches. */
export function RoomControls({ liveVisit, snapshot, children }: ControlsProps) {
  const t = useTranslations('visit');
  const { room, line } = liveVisit;
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
      <button
        type="button"
        className={base}
        aria-pressed={!snapshot.microphoneOn}
        disabled={!line}
        onClick={() => void line?.setMicrophone(!snapshot.microphoneOn)}
      >
        {snapshot.microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        {t(snapshot.microphoneOn ? 'mute' : 'unmute')}
      </button>
      <button
        type="button"
        className={base}
        aria-pressed={!snapshot.cameraOn}
        disabled={!line}
        onClick={() => void line?.setCamera(!snapshot.cameraOn)}
      >
        {snapshot.cameraOn ? <Camera aria-hidden="true" /> : <CameraOff aria-hidden="true" />}
        {t(snapshot.cameraOn ? 'cameraOff' : 'cameraOn')}
      </button>
      <button type="button" className={base} disabled={!line} onClick={() => void line?.flipCamera()}>
        <SwitchCamera aria-hidden="true" />
        {t('otherCamera')}
      </button>
      {snapshot.canPlayAudio ? null : (
        <button type="button" className="btn primary min-h-12" onClick={() => void line?.startAudio()}>
          {t('startAudio')}
        </button>
      )}
      {children}
      <LeaveButton visitId={room.visit.id} className={clinician ? 'btn quiet min-h-12' : 'btn stop'} />
    </div>
  );
}
