'use client';

import { Circle, Square, SwitchCamera, Volume2, VolumeX, X } from 'lucide-react';
import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from 'react';
import type { Recorder } from '#client/check-in/use-recorder';
import type { DeviceCheck } from '#client/device/media/use-device-check';
import { useSpoken } from '#client/device/spoken';
import { useTranslations } from '#client/device/words/translations';
import { CLIP_SECONDS_MAX } from '#domain/check-in/clip-note';
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
  const [turned, setTurned] = useState(false);
  // What was said of the clip before says nothing of the next one.
  useEffect(() => (recorder.phase === 'countdown' ? setTurned(false) : undefined), [recorder.phase]);
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
        <Viewfinder
          shot={shot}
          check={check}
          counting={recorder.phase === 'countdown' ? recorder.secondsLeft : null}
          onTurn={recorder.phase === 'recording' ? () => setTurned(true) : null}
        />
        <div className="studio-controls">
          <DeviceHelp check={check} kinds={['camera']} />
          {blocked ? null : (
            <>
              <Progress recorder={recorder} autoStop={autoStop} prompt={t(`view.${shot.view}`)} />
              {turned && recorder.phase === 'recording' ? (
                <p role="status" className="state care whitespace-normal">
                  {t('turned')}
                </p>
              ) : null}
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

/** So long before the end it is said, and counted down where the time was running up. */
const SOON_SECONDS = 10;

type ProgressProps = Pick<StudioProps, 'recorder' | 'autoStop'> & { prompt: string };

/** What to do, then how long it has been; the count ticks for eyes alone, and is said at its start and near its end. */
function Progress({ recorder, autoStop, prompt }: ProgressProps) {
  const t = useTranslations('recorder');
  if (recorder.phase !== 'recording')
    return (
      <p key="said" role="status" className="studio-say">
        {prompt}
      </p>
    );
  const isSoon = recorder.secondsLeft <= SOON_SECONDS;
  const after = autoStop.on
    ? t('began', { seconds: autoStop.seconds })
    : t('beganLong', { minutes: CLIP_SECONDS_MAX / 60 });
  return (
    <>
      <p key="said" role="status" className="vh">
        {isSoon ? t('soon', { seconds: SOON_SECONDS }) : after}
      </p>
      <p role="timer" aria-live="off" className="studio-say">
        {autoStop.on || isSoon
          ? t('stopsIn', { seconds: recorder.secondsLeft })
          : t('runningFor', { seconds: recorder.secondsGone })}
      </p>
    </>
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
          <span>
            {t('autoStop', { seconds: autoStop.seconds })}
            {autoStop.on ? null : <small className="block">{t('longest', { minutes: CLIP_SECONDS_MAX / 60 })}</small>}
          </span>
        </label>
        <button type="button" className="studio-option" disabled={!idle} onClick={() => check.flip()}>
          <SwitchCamera size={24} aria-hidden="true" />
          {t('otherCamera')}
        </button>
      </div>
    </div>
  );
}

type ViewfinderProps = {
  shot: Shot;
  check: DeviceCheck;
  counting: number | null;
  /** The picture changed between upright and across; null = that is nobody's concern now. */
  onTurn: (() => void) | null;
};

function Viewfinder({ shot, check, counting, onTurn }: ViewfinderProps) {
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
          onResize={({ currentTarget: { videoWidth, videoHeight } }) => {
            const seen = videoWidth / videoHeight || 4 / 3;
            if (seen > 1 !== ratio > 1) onTurn?.();
            setRatio(seen);
          }}
        />
        <HandOutline view={shot.view} mirrored={(shot.side === 'left') !== mirrored} />
        {counting === null ? null : <p className="studio-count">{counting}</p>}
        {shot.side === 'both' ? null : <span className="mark-label bottom-3 start-3">{t(`side.${shot.side}`)}</span>}
      </div>
    </figure>
  );
}
