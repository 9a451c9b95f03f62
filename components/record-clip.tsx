'use client';

import { Circle, Square, SwitchCamera } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { addChunk, putClip, readClip } from '#client/clip-store';
import { type DeviceCheck, useDeviceCheck } from '#client/use-device-check';
import { type Recorder, useRecorder } from '#client/use-recorder';
import { useWakeLock } from '#client/use-wake-lock';
import { CLIP_BYTES_MAX } from '#domain/check-in';
import type { Sides } from '#domain/input';
import { ConfirmedDelete } from './confirmed-delete';
import { DeviceHelp } from './device-help';
import { Problem } from './field';

const STOP_AFTER_SECONDS = 30;
const PIECE_BYTES = 4 * 1024 * 1024;

type RecordClipProps = {
  userId: string;
  side: Sides;
  thumb: 'left' | 'right';
  /** A clip of before that was not sent: it is offered first. */
  keptClipId?: string | null;
  /** What the clip goes with. */
  beside?: ReactNode;
  /** This clip is on the device from now on; null = the person deleted it. */
  onKept?(clipId: string | null): void;
  onSend(clipId: string): Promise<void>;
};

type Ready = { clipId: string; preview: string };

/** Big targets, a count-down to get the hand in place, a stop by itself. A file from the phone serves as well. */
export function RecordClip({ userId, side, thumb, keptClipId = null, beside, onKept, onSend }: RecordClipProps) {
  const t = useTranslations('recorder');
  const check = useDeviceCheck();
  const [autoStop, setAutoStop] = useState(true);
  const [picked, setPicked] = useState<Ready | null>(null);
  const [kept, setKept] = useKeptPreview(keptClipId);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const recorder = useRecorder({
    userId,
    stream: check.stream,
    stopAfterSeconds: autoStop ? STOP_AFTER_SECONDS : null,
    onBegan: onKept,
  });
  useWakeLock(recorder.phase === 'countdown' || recorder.phase === 'recording');
  const ready = picked ?? recorder.recorded ?? kept;

  async function pick(file: File) {
    const refusal = refusalOf(file);
    setProblem(refusal);
    if (refusal) return;
    try {
      const ready = await keepPicked(userId, file);
      onKept?.(ready.clipId);
      setPicked(ready);
    } catch {
      setProblem('not_kept');
    }
  }
  async function send(clipId: string) {
    setBusy(true);
    try {
      await onSend(clipId);
      check.release();
    } catch {
      setProblem('not_kept');
      setBusy(false);
    }
  }
  function again() {
    setProblem(null);
    setPicked(null);
    setKept(null);
    recorder.again();
  }
  function remove() {
    onKept?.(null);
    again();
  }

  if (ready) {
    return (
      <Preview
        src={ready.preview}
        busy={busy}
        problem={problem}
        onSend={() => void send(ready.clipId)}
        onAgain={again}
        onDelete={onKept ? remove : null}
        beside={beside}
      />
    );
  }
  const idle = recorder.phase === 'idle';
  const blocked = check.camera !== 'ready' && check.camera !== 'asking';
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 className="page-title">{t('title')}</h1>
      <Viewfinder
        check={check}
        counting={recorder.phase === 'countdown' ? recorder.secondsLeft : null}
        sideLabel={side === 'both' ? null : t(`side.${side}`)}
      />
      <DeviceHelp check={check} kinds={['camera']} />
      {blocked ? null : <Controls check={check} recorder={recorder} autoStop={autoStop} thumb={thumb} />}
      {idle && !blocked ? (
        <label className="flex min-h-12 items-center gap-3">
          <input
            type="checkbox"
            className="size-7"
            checked={autoStop}
            onChange={(event) => setAutoStop(event.target.checked)}
          />
          {t('autoStop', { seconds: STOP_AFTER_SECONDS })}
        </label>
      ) : null}
      {idle ? <PickClip primary={blocked} onPick={(file) => void pick(file)} /> : null}
      <Problem reason={recorder.notKept ? 'not_kept' : problem} />
      {recorder.phase === 'idle' ? beside : null}
    </div>
  );
}

/** The clip that was there when the page was opened, until the person puts it aside. */
function useKeptPreview(clipId: string | null): [Ready | null, (kept: Ready | null) => void] {
  const [first] = useState(clipId);
  const [kept, setKept] = useState<Ready | null>(null);
  useEffect(() => {
    if (first === null) return;
    let preview: string | null = null;
    let current = true;
    void readClip(first).then((whole) => {
      if (!whole || !current) return;
      preview = URL.createObjectURL(whole.blob);
      setKept({ clipId: first, preview });
    });
    return () => {
      current = false;
      if (preview) URL.revokeObjectURL(preview);
    };
  }, [first]);
  return [kept, setKept];
}

/** Why a file cannot be a clip, as a key of `failure.*`: the server would refuse it after all of it was kept. */
function refusalOf(file: File): string | null {
  if (file.size === 0) return 'clip_empty';
  return file.size > CLIP_BYTES_MAX ? 'clip_too_large' : null;
}

/** Puts a file of this device into the clip store, in pieces as the recorder does. */
async function keepPicked(userId: string, file: File): Promise<Ready> {
  const clipId = uuidv7();
  await putClip({ id: clipId, userId, mime: file.type || 'video/mp4', state: 'recorded', createdAt: Date.now() });
  for (let at = 0, n = 0; at < file.size; at += PIECE_BYTES, n++)
    await addChunk(clipId, n, file.slice(at, at + PIECE_BYTES));
  return { clipId, preview: URL.createObjectURL(file) };
}

function PickClip({ primary, onPick }: { primary: boolean; onPick(file: File): void }) {
  const t = useTranslations('recorder');
  return (
    <label className={`btn xl cursor-pointer ${primary ? 'primary' : 'quiet'}`}>
      {t('pick')}
      <input
        type="file"
        accept="video/*"
        className="vh"
        onChange={({ target }) => {
          const file = target.files?.[0];
          // The same file picked once more is a change, too.
          target.value = '';
          if (file) onPick(file);
        }}
      />
    </label>
  );
}

type PreviewProps = {
  src: string;
  busy: boolean;
  problem: string | null;
  beside: ReactNode;
  onSend(): void;
  onAgain(): void;
  onDelete: (() => void) | null;
};

function Preview({ src, busy, problem, beside, onSend, onAgain, onDelete }: PreviewProps) {
  const t = useTranslations('recorder');
  return (
    <div className="grid grid-cols-1 gap-4 pt-1">
      <h1 className="page-title">{t('look')}</h1>
      <video
        className="max-h-[46dvh] w-full rounded-[var(--r-l)] bg-stage"
        src={src}
        controls
        playsInline
        autoPlay
        muted
        loop
        aria-label={t('preview')}
      />
      <p>{t('keptHere')}</p>
      <Problem reason={problem} />
      <button type="button" className="btn primary xl min-h-24" aria-busy={busy} disabled={busy} onClick={onSend}>
        {busy ? t('sending') : t('send')}
      </button>
      <button type="button" className="btn quiet xl" disabled={busy} onClick={onAgain}>
        {t('again')}
      </button>
      {onDelete ? (
        <ConfirmedDelete label={t('delete')} question={t('deleteAsk')} disabled={busy} onDelete={onDelete} />
      ) : null}
      {beside}
    </div>
  );
}

type ControlsProps = { check: DeviceCheck; recorder: Recorder; autoStop: boolean; thumb: 'left' | 'right' };

/** Record or stop, as large as a fist hits it; the other camera only while nothing is recorded with this one. */
function Controls({ check, recorder, autoStop, thumb }: ControlsProps) {
  const t = useTranslations('recorder');
  const recording = recorder.phase === 'recording';
  return (
    <>
      <p role="status" className="text-[1.25rem] font-bold">
        {recording ? t(autoStop ? 'stopsIn' : 'runningFor', { seconds: recorder.secondsLeft }) : t('hint')}
      </p>
      <div className={`grid grid-cols-[1fr_auto] gap-3 ${thumb === 'left' ? '[direction:rtl]' : ''}`}>
        {recording ? (
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
        <button
          type="button"
          className="btn quiet min-h-24"
          aria-label={t('otherCamera')}
          disabled={recorder.phase !== 'idle'}
          onClick={() => check.flip()}
        >
          <SwitchCamera aria-hidden="true" />
        </button>
      </div>
    </>
  );
}

type ViewfinderProps = { check: DeviceCheck; counting: number | null; sideLabel: string | null };

function Viewfinder({ check, counting, sideLabel }: ViewfinderProps) {
  const t = useTranslations('recorder');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = check.stream;
  }, [check.stream]);
  return (
    <figure className="stage pic aspect-[4/3] rounded-[var(--r-l)]" aria-label={t('picture')}>
      {check.camera === 'ready' ? (
        <video
          ref={video}
          autoPlay
          muted
          playsInline
          className="size-full object-cover"
          style={check.facingMode === 'user' ? { transform: 'scaleX(-1)' } : undefined}
        />
      ) : (
        <p className="grid size-full place-items-center p-6 text-center">
          {t(check.camera === 'asking' ? 'cameraStarting' : 'noCamera')}
        </p>
      )}
      {counting === null ? null : (
        <p className="absolute inset-0 grid place-items-center bg-black/40 text-[6rem] font-extrabold text-white">
          {counting}
        </p>
      )}
      {sideLabel && check.camera === 'ready' ? <span className="mark-label bottom-3 left-3">{sideLabel}</span> : null}
    </figure>
  );
}
