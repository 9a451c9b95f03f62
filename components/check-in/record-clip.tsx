'use client';

import { type ReactNode, useEffect, useId, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceNow } from '#client/api/device-clock';
import { useRecorder } from '#client/check-in/use-recorder';
import { addPart, ClipStuck, putClip, readClip, removeClip } from '#client/device/clip-store';
import { useDeviceCheck } from '#client/device/media/use-device-check';
import { useWakeLock } from '#client/device/use-wake-lock';
import { useTranslations } from '#client/device/words/translations';
import { Problem } from '#components/form/field';
import { CLIP_SECONDS_MAX } from '#domain/check-in/clip-note';
import { CLIP_BYTES_MAX } from '#domain/check-in/submission';
import { ClipPreview } from './clip-preview';
import { RecorderStudio, type Shot } from './recorder-studio';

const STOP_AFTER_SECONDS = 30;

type RecordClipProps = {
  userId: string;
  shot: Shot;
  thumb: 'left' | 'right';
  /** Recorded before and not sent: it is offered first. */
  keptClipId?: string | null;
  beside?: ReactNode;
  /** This clip is on the device from now on; null = the person deleted it. */
  onKept?(clipId: string | null): void;
  onSend(clipId: string): Promise<void>;
  onClose(): void;
};

type Ready = { clipId: string; preview: string };

/** Big targets, a count-down to get the hand in place, a stop by itself. A file from the phone serves as well. */
export function RecordClip(props: RecordClipProps) {
  const { userId, shot, thumb, keptClipId = null, beside, onKept, onSend, onClose } = props;
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
  // What a preview holds is let go with it.
  useEffect(() => () => void (picked && URL.revokeObjectURL(picked.preview)), [picked]);
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
    } catch (error) {
      setProblem(error instanceof DOMException && error.name === 'NotReadableError' ? 'clip_unreadable' : 'not_kept');
    }
  }
  async function send(clipId: string) {
    setBusy(true);
    try {
      await onSend(clipId);
      check.release();
    } catch (error) {
      setProblem(error instanceof ClipStuck ? 'clip_stuck' : 'not_kept');
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
      <ClipPreview
        src={ready.preview}
        isFilmedHere={picked === null && ready === recorder.recorded}
        busy={busy}
        problem={problem}
        onSend={() => void send(ready.clipId)}
        onAgain={again}
        onDelete={onKept ? remove : null}
        beside={beside}
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
      beside={beside}
    >
      <PickClip primary={blocked} onPick={(file) => void pick(file)} />
      <Problem reason={recorder.notKept ? 'not_kept' : problem} />
    </RecorderStudio>
  );
}

/** The clip that was there when the page was opened, until another is recorded. */
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
  await putClip({ id: clipId, userId, mime: file.type || 'video/mp4', state: 'recorded', createdAt: deviceNow() });
  try {
    await addPart({ id: clipId, userId }, 0, file);
  } catch (problem) {
    // The file itself is where it was: what was copied of it makes room again.
    await removeClip(clipId).catch(() => undefined);
    throw problem;
  }
  return { clipId, preview: URL.createObjectURL(file) };
}

function PickClip({ primary, onPick }: { primary: boolean; onPick(file: File): void }) {
  const t = useTranslations('recorder');
  const keptId = useId();
  return (
    <div className="grid gap-1">
      <label className={`btn xl cursor-pointer ${primary ? 'primary' : 'quiet'}`}>
        {t('pick')}
        <input
          type="file"
          accept="video/*"
          className="vh"
          aria-describedby={keptId}
          onChange={({ target }) => {
            const file = target.files?.[0];
            // The same file picked once more is a change, too.
            target.value = '';
            if (file) onPick(file);
          }}
        />
      </label>
      <p id={keptId} className="small text-center">
        {t('pickKept', { limit: CLIP_SECONDS_MAX / 60 })}
      </p>
    </div>
  );
}
