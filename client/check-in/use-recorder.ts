'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceNow } from '#client/api/device-clock';
import { addPart, changeClip, putClip, readClip, type StoredClip } from '#client/device/clip-store';
import { CLIP_SECONDS_MAX } from '#domain/check-in/clip-note';

const TIMESLICE_MS = 1000;
const COUNTDOWN_SECONDS = 5;
const BEFORE = { secondsLeft: COUNTDOWN_SECONDS, secondsGone: 0 };
/** WebM and Matroska flush each second; MP4 only at key frames, so it comes last. */
const TYPES = ['video/webm;codecs=h264,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

type RecorderPhase = 'idle' | 'countdown' | 'recording' | 'recorded';

export type Recorder = {
  phase: RecorderPhase;
  /** Until recording begins, or until it stops by itself. */
  secondsLeft: number;
  secondsGone: number;
  recorded: { clipId: string; preview: string } | null;
  /** The device could not store it; the recording has stopped. */
  notKept: boolean;
  start(): void;
  stop(): void;
  again(): void;
};

type Outcome = { onBegan(clipId: string): void; onWritten(clip: StoredClip): Promise<void>; onNotKept(): void };

function recordInPieces(stream: MediaStream, userId: string, { onBegan, onWritten, onNotKept }: Outcome) {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const made = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 1_000_000, audioBitsPerSecond: 32_000 });
  const clip: StoredClip = {
    id: uuidv7(),
    userId,
    mime: made.mimeType || 'video/webm',
    state: 'recording',
    createdAt: deviceNow(),
  };
  let written = putClip(clip).then(() => 0);
  made.ondataavailable = ({ data }) => {
    // Safari may hand over empty pieces.
    if (data.size === 0) return;
    written = written.then((n) => addPart(clip, n, data));
    written.catch(() => made.state === 'inactive' || made.stop());
  };
  made.onstop = () => void written.then(() => onWritten(clip)).catch(onNotKept);
  made.start(TIMESLICE_MS);
  onBegan(clip.id);
  return made;
}

type RecorderOptions = {
  userId: string;
  stream: MediaStream | null;
  /** Null = only where the longest clip that is kept ends. */
  stopAfterSeconds: number | null;
  onBegan?(clipId: string): void;
};

/** Records in small pieces that are on the device at once; sends nothing. */
export function useRecorder({ userId, stream, stopAfterSeconds, onBegan }: RecorderOptions): Recorder {
  const [phase, setPhase] = useState<RecorderPhase>('idle');
  const [count, setCount] = useState(BEFORE);
  const [recorded, setRecorded] = useState<Recorder['recorded']>(null);
  const [notKept, setNotKept] = useState(false);
  const recorder = useRef<MediaRecorder | null>(null);
  // The count-down must not begin anew when the page around it is drawn again.
  const began = useRef(onBegan);
  began.current = onBegan;

  const finish = useCallback(async (clip: StoredClip) => {
    await changeClip(clip.id, { state: 'recorded' });
    const whole = await readClip(clip.id);
    if (!whole) throw new Error('nothing was recorded');
    setRecorded({ clipId: clip.id, preview: URL.createObjectURL(whole.blob) });
    setPhase('recorded');
  }, []);

  // What a preview holds is let go with it.
  useEffect(() => () => void (recorded && URL.revokeObjectURL(recorded.preview)), [recorded]);

  const record = useCallback(() => {
    if (!stream) return;
    const onNotKept = () => {
      setNotKept(true);
      setPhase('idle');
    };
    const onBegan = (clipId: string) => began.current?.(clipId);
    const made = recordInPieces(stream, userId, { onBegan, onWritten: finish, onNotKept });
    recorder.current = made;
    setPhase('recording');
  }, [stream, userId, finish]);

  useEffect(() => {
    if (phase !== 'countdown' && phase !== 'recording') return;
    const total = phase === 'countdown' ? COUNTDOWN_SECONDS : (stopAfterSeconds ?? CLIP_SECONDS_MAX);
    const beganAt = performance.now();
    const timer = setInterval(() => {
      const gone = (performance.now() - beganAt) / 1000;
      setCount({ secondsLeft: Math.max(0, Math.ceil(total - gone)), secondsGone: Math.floor(gone) });
      if (gone < total) return;
      clearInterval(timer);
      if (phase === 'countdown') record();
      else recorder.current?.stop();
    }, 100);
    return () => clearInterval(timer);
  }, [phase, stopAfterSeconds, record]);

  return {
    phase,
    ...count,
    recorded,
    notKept,
    start: () => {
      setNotKept(false);
      setCount(BEFORE);
      setPhase('countdown');
    },
    stop: () => recorder.current?.stop(),
    again: () => {
      setRecorded(null);
      setPhase('idle');
    },
  };
}
