'use client';

import { Circle, Square, SwitchCamera, Volume2, VolumeX, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Recorder } from '#client/check-in/use-recorder';
import type { DeviceCheck } from '#client/device/media/use-device-check';
import { useSpoken } from '#client/device/spoken';
import type { FilmingView } from '#domain/check-in/filming-view';
import type { Sides } from '#domain/input/fields';
import { DeviceChoice } from './device-choice';
import { DeviceHelp } from './device-help';
import { HandOutline } from './hand-outline';

export type Shot = { title: string; view: FilmingView; side: Sides };

type StudioProps = {
  shot: Shot;
  check: DeviceCheck;
  recorder: Recorder;
  autoStop: { on: boolean; seconds: number; set(on: boolean): void };
  thumb: 'left' | 'right';
  onClose(): void;
  beside: ReactNode;
  children: ReactNode;
};

/** The camera fills the screen: what to do above and below the picture, the controls at the working thumb. */
export function RecorderStudio(props: StudioProps) {
  const { shot, check, recorder, autoStop, thumb, beside, onClose, children } = props;
  const t = useTranslations('recorder');
  const blocked = check.camera !== 'ready' && check.camera !== 'asking';
  const [voice, setVoice] = useState(true);
  useVoice(check, recorder, voice ? t(`view.${shot.view}`) : null);
  const idle = recorder.phase === 'idle';
  return (
    <div className="on-dark studio fills-screen" data-density="patient" data-theme="dark">
      <div className="studio-screen" data-thumb={thumb}>
        <header>
          <button type="button" className="btn plain icon" aria-label={t('close')} disabled={!idle} onClick={onClose}>
            <X aria-hidden="true" />
          </button>
          <h1>{shot.title}</h1>
          <button
            type="button"
            className="btn plain icon ms-auto"
            aria-label={t('voice')}
            aria-pressed={voice}
            onClick={() => setVoice(!voice)}
          >
            {voice ? <Volume2 aria-hidden="true" /> : <VolumeX aria-hidden="true" />}
          </button>
        </header>
        <Viewfinder shot={shot} check={check} counting={recorder.phase === 'countdown' ? recorder.secondsLeft : null} />
        <div className="studio-controls">
          <DeviceHelp check={check} kinds={['camera']} />
          {blocked ? null : (
            <>
              <p role="status" className="studio-say">
                {recorder.phase === 'recording'
                  ? t(autoStop.on ? 'stopsIn' : 'runningFor', { seconds: recorder.secondsLeft })
                  : t(`view.${shot.view}`)}
              </p>
              <Controls check={check} recorder={recorder} autoStop={autoStop} />
            </>
          )}
          {idle && !blocked ? (
            <DeviceChoice
              devices={check.devices}
              cameraId={check.chosen.camera.deviceId}
              microphoneId={check.chosen.microphoneId}
              onCamera={check.chooseCamera}
              onMicrophone={check.chooseMicrophone}
            />
          ) : null}
          {idle ? children : null}
        </div>
      </div>
      {idle ? <div className="studio-beside">{beside}</div> : null}
    </div>
  );
}

/** `prompt` once the camera is there, then the count-down; null = nothing is read aloud. */
function useVoice(check: DeviceCheck, { phase, secondsLeft }: Recorder, prompt: string | null): void {
  const { say, hush } = useSpoken();
  const on = prompt !== null;
  const ready = check.camera === 'ready';
  useEffect(() => {
    if (prompt === null) hush();
    else if (ready) say(prompt);
  }, [ready, prompt, say, hush]);
  useEffect(() => {
    if (on && phase === 'countdown') say(String(secondsLeft));
    // The count is not part of the clip.
    if (phase === 'recording' && secondsLeft > 0) hush();
  }, [on, phase, secondsLeft, say, hush]);
}

type ControlsProps = Pick<StudioProps, 'check' | 'recorder' | 'autoStop'>;

/** Record or stop, as large as a fist hits it; the other camera only while nothing is recorded with this one. */
function Controls({ check, recorder, autoStop }: ControlsProps) {
  const t = useTranslations('recorder');
  const idle = recorder.phase === 'idle';
  return (
    <div className="studio-row">
      {recorder.phase === 'recording' ? (
        <button type="button" className="record-button" onClick={() => recorder.stop()}>
          <span>
            <Square aria-hidden="true" fill="currentColor" />
            {t('stop')}
          </span>
        </button>
      ) : (
        <button
          type="button"
          className="record-button"
          aria-disabled={check.camera !== 'ready' || !idle}
          onClick={() => {
            if (check.camera !== 'ready') check.retry();
            else if (idle) recorder.start();
          }}
        >
          <span>
            <Circle aria-hidden="true" fill="currentColor" />
            {t('record')}
          </span>
        </button>
      )}
      <div className="grid content-center gap-2">
        <label className="studio-option">
          <input
            type="checkbox"
            className="size-6 shrink-0"
            checked={autoStop.on}
            disabled={!idle}
            onChange={(event) => autoStop.set(event.target.checked)}
          />
          {t('autoStop', { seconds: autoStop.seconds })}
        </label>
        <button type="button" className="studio-option" disabled={!idle} onClick={() => check.flip()}>
          <SwitchCamera size={24} aria-hidden="true" />
          {t('otherCamera')}
        </button>
      </div>
    </div>
  );
}

function Viewfinder({ shot, check, counting }: { shot: Shot; check: DeviceCheck; counting: number | null }) {
  const t = useTranslations('recorder');
  const video = useRef<HTMLVideoElement>(null);
  const [ratio, setRatio] = useState(4 / 3);
  const mirrored = check.facingMode === 'user';
  useEffect(() => {
    if (video.current) video.current.srcObject = check.stream;
  }, [check.stream]);
  if (check.camera !== 'ready') {
    return (
      <figure className="pic studio-picture" aria-label={t('picture')}>
        <p className="grid size-full place-items-center p-6 text-center">
          {t(check.camera === 'asking' ? 'cameraStarting' : 'noCamera')}
        </p>
      </figure>
    );
  }
  return (
    <figure className="pic studio-picture" aria-label={t('picture')}>
      <div className="studio-frame" style={{ '--ratio': ratio } as CSSProperties}>
        <video
          ref={video}
          autoPlay
          muted
          playsInline
          style={mirrored ? { transform: 'scaleX(-1)' } : undefined}
          // The size arrives late, and changes when the phone is turned.
          onResize={({ currentTarget: { videoWidth, videoHeight } }) => setRatio(videoWidth / videoHeight || 4 / 3)}
        />
        <HandOutline view={shot.view} mirrored={(shot.side === 'left') !== mirrored} />
        {counting === null ? null : <p className="studio-count">{counting}</p>}
        {shot.side === 'both' ? null : <span className="mark-label bottom-3 start-3">{t(`side.${shot.side}`)}</span>}
      </div>
    </figure>
  );
}
