'use client';

import { Circle, Square, SwitchCamera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { addChunk, putClip } from '#client/clip-store';
import { useDeviceCheck } from '#client/use-device-check';
import { useRecorder } from '#client/use-recorder';
import { useWakeLock } from '#client/use-wake-lock';
import { Problem } from '#components/field';
import type { Sides } from '#domain/input';

const STOP_AFTER_SECONDS = 30;
const PIECE_BYTES = 4 * 1024 * 1024;

type RecordClipProps = { userId: string; side: Sides; thumb: 'left' | 'right'; onSend(clipId: string): Promise<void> };

/** Big targets, a count-down to get the hand in place, a stop by itself. A file from the phone serves as well. */
export function RecordClip({ userId, side, thumb, onSend }: RecordClipProps) {
  const t = useTranslations('recorder');
  const check = useDeviceCheck();
  const [autoStop, setAutoStop] = useState(true);
  const [picked, setPicked] = useState<{ clipId: string; preview: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const recorder = useRecorder({
    userId,
    stream: check.stream,
    stopAfterSeconds: autoStop ? STOP_AFTER_SECONDS : null,
  });
  useWakeLock(recorder.phase === 'countdown' || recorder.phase === 'recording');
  const ready =
    picked ??
    (recorder.phase === 'recorded' && recorder.clipId && recorder.preview
      ? { clipId: recorder.clipId, preview: recorder.preview }
      : null);

  async function pick(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    const clipId = uuidv7();
    await putClip({ id: clipId, userId, mime: file.type || 'video/mp4', state: 'recorded', createdAt: Date.now() });
    for (let at = 0, n = 0; at < file.size; at += PIECE_BYTES, n++)
      await addChunk(clipId, n, file.slice(at, at + PIECE_BYTES));
    setPicked({ clipId, preview: URL.createObjectURL(file) });
  }
  async function send() {
    if (!ready) return;
    setBusy(true);
    check.release();
    await onSend(ready.clipId);
  }

  if (ready) {
    return (
      <div className="grid grid-cols-1 gap-4 pt-1">
        <h1 className="page-title">{t('look')}</h1>
        <video
          className="max-h-[46dvh] w-full rounded-l bg-stage"
          src={ready.preview}
          controls
          playsInline
          autoPlay
          muted
          loop
          aria-label={t('preview')}
        />
        <p>{t('keptHere')}</p>
        <button type="button" className="btn primary xl min-h-24" aria-busy={busy} onClick={() => void send()}>
          {busy ? t('sending') : t('send')}
        </button>
        <button
          type="button"
          className="btn quiet xl"
          onClick={() => {
            setPicked(null);
            recorder.again();
          }}
        >
          {t('again')}
        </button>
      </div>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 className="page-title">{t('title')}</h1>
      <Viewfinder
        stream={check.stream}
        mirror={check.facingMode === 'user'}
        side={side}
        counting={recorder.phase === 'countdown' ? recorder.secondsLeft : null}
        label={t('picture')}
        sideLabel={side === 'both' ? null : t(`side.${side}`)}
      />
      <Problem reason={check.camera === 'ready' || check.camera === 'asking' ? null : 'camera_missing'} />
      <p role="status" className="text-[1.25rem] font-bold">
        {recorder.phase === 'recording'
          ? t(autoStop ? 'stopsIn' : 'runningFor', { seconds: recorder.secondsLeft })
          : t('hint')}
      </p>
      <div className={`grid grid-cols-[1fr_auto] gap-3 ${thumb === 'left' ? '[direction:rtl]' : ''}`}>
        {recorder.phase === 'recording' ? (
          <button type="button" className="btn stop xl min-h-24" onClick={() => recorder.stop()}>
            <Square aria-hidden="true" /> {t('stop')}
          </button>
        ) : (
          <button
            type="button"
            className="btn primary xl min-h-24"
            aria-disabled={check.camera !== 'ready'}
            onClick={() => (check.camera === 'ready' ? recorder.start() : check.retry())}
          >
            <Circle aria-hidden="true" fill="currentColor" /> {t('record')}
          </button>
        )}
        <button type="button" className="btn quiet min-h-24" aria-label={t('otherCamera')} onClick={() => check.flip()}>
          <SwitchCamera aria-hidden="true" />
        </button>
      </div>
      <label className="flex min-h-12 items-center gap-3">
        <input
          type="checkbox"
          className="size-7"
          checked={autoStop}
          onChange={(event) => setAutoStop(event.target.checked)}
        />
        {t('autoStop', { seconds: STOP_AFTER_SECONDS })}
      </label>
      <label className="btn quiet xl cursor-pointer">
        {t('pick')}
        <input type="file" accept="video/*" className="vh" onChange={(event) => void pick(event)} />
      </label>
    </div>
  );
}

type ViewfinderProps = {
  stream: MediaStream | null;
  mirror: boolean;
  side: Sides;
  counting: number | null;
  label: string;
  sideLabel: string | null;
};

function Viewfinder({ stream, mirror, counting, label, sideLabel }: ViewfinderProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return (
    <figure className="stage pic aspect-[4/3] rounded-l" aria-label={label}>
      <video
        ref={video}
        autoPlay
        muted
        playsInline
        className="size-full object-cover"
        style={mirror ? { transform: 'scaleX(-1)' } : undefined}
      />
      {counting === null ? null : (
        <p className="absolute inset-0 grid place-items-center bg-black/40 text-[6rem] font-extrabold text-white">
          {counting}
        </p>
      )}
      {sideLabel ? <span className="mark-label bottom-3 left-3">{sideLabel}</span> : null}
    </figure>
  );
}
