'use client';

import { Camera, CameraOff, Mic, MicOff, Pointer, SwitchCamera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { Tool } from '#client/drawing';
import type { VisitSession } from '#client/visit-session';
import type { TransportSnapshot } from '#client/visit-transport';
import { EndButton } from './end-button';
import { HurtButton } from './hurt-button';
import { LeaveButton } from './leave-button';

type ControlsProps = {
  /** The patient said that it hurts: what runs stops. */
  onHurt?(): void;
  /** The clinician's note that is not signed yet. */
  draft?: string;
  session: VisitSession;
  snapshot: TransportSnapshot;
  tool: Tool | null;
  onTool(tool: Tool | null): void;
};

/** Sound, picture, drawing and the way out, in one row that a thumb reaches. */
export function RoomControls({ session, snapshot, tool, onTool, onHurt, draft = '' }: ControlsProps) {
  const t = useTranslations('visit');
  const { room, line } = session;
  const clinician = room.role === 'clinician';
  const base = clinician ? 'btn quiet min-h-12' : 'tool large';
  return (
    <div
      className={
        clinician ? 'flex flex-wrap items-stretch gap-2.5 border-t border-stage-line p-3.5' : 'patient-controls'
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
      {clinician ? null : (
        <button
          type="button"
          className={base}
          aria-pressed={tool === 'pen'}
          onClick={() => onTool(tool === 'pen' ? null : 'pen')}
        >
          <Pointer aria-hidden="true" />
          {t('tool.pen')}
        </button>
      )}
      {snapshot.canPlayAudio ? null : (
        <button type="button" className="btn primary min-h-12" onClick={() => void line?.startAudio()}>
          {t('startAudio')}
        </button>
      )}
      {clinician ? <span className="grow" /> : <HurtButton visit={room.visit} onHurt={onHurt} />}
      {clinician ? <EndButton visitId={room.visit.id} draft={draft} /> : null}
      <LeaveButton visitId={room.visit.id} className={clinician ? 'btn quiet min-h-12' : 'btn stop'} />
    </div>
  );
}
