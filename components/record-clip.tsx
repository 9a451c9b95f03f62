'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { addChunk, putClip } from '#client/clip-store';
import { useSpoken } from '#client/spoken';
import { useDeviceCheck } from '#client/use-device-check';
import { useRecorder } from '#client/use-recorder';
import { useWakeLock } from '#client/use-wake-lock';
import { Problem } from './field';
import { RecorderStudio, type Shot } from './recorder-studio';

const STOP_AFTER_SECONDS = 30;
const PIECE_BYTES = 4 * 1024 * 1024;

type RecordClipProps = {
  userId: string;
  shot: Shot;
  thumb: 'left' | 'right';
  onSend(clipId: string): Promise<void>;
  onClose(): void;
};

/** Big targets, a count-down to get the hand in place, a stop by itself. A file from the phone serves as well. */
export function RecordClip({ userId, shot, thumb, onSend, onClose }: RecordClipProps) {
  const check = useDeviceCheck();
  const [autoStop, setAutoStop] = useState(true);
  const [picked, setPicked] = useState<{ clipId: string; preview: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const recorder = useRecorder({
    userId,
    stream: check.stream,
    stopAfterSeconds: autoStop ? STOP_AFTER_SECONDS : null,
  });
  useWakeLock(recorder.phase === 'countdown' || recorder.phase === 'recording');
  const ready = picked ?? recorder.recorded;

  async function pick(file: File) {
    setProblem(null);
    try {
      setPicked(await keepPicked(userId, file));
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
    recorder.again();
  }

  if (ready) {
    return (
      <Preview
        src={ready.preview}
        busy={busy}
        problem={problem}
        onSend={() => void send(ready.clipId)}
        onAgain={again}
      />
    );
  }
  const blocked = check.camera !== 'ready' && check.camera !== 'asking';
  return (
    <RecorderStudio
      shot={shot}
      check={check}
      recorder={recorder}
      autoStop={{ on: autoStop, seconds: STOP_AFTER_SECONDS, set: setAutoStop }}
      thumb={thumb}
      onClose={onClose}
    >
      <PickClip primary={blocked} onPick={(file) => void pick(file)} />
      <Problem reason={recorder.notKept ? 'not_kept' : problem} />
    </RecorderStudio>
  );
}

/** Puts a file of this device into the clip store, in pieces as the recorder does. */
async function keepPicked(userId: string, file: File) {
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
        onChange={({ target: { files } }) => files?.[0] && onPick(files[0])}
      />
    </label>
  );
}

type PreviewProps = { src: string; busy: boolean; problem: string | null; onSend(): void; onAgain(): void };

function Preview({ src, busy, problem, onSend, onAgain }: PreviewProps) {
  const t = useTranslations('recorder');
  const { say } = useSpoken();
  useEffect(() => say(t('stopped'), true), [say, t]);
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
    </div>
  );
}
