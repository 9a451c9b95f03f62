'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { addChunk, putClip, readClip, type StoredClip } from './clip-store';

const TIMESLICE_MS = 1000;
export const COUNTDOWN_SECONDS = 3;
/** WebM and Matroska flush each second; MP4 only at key frames, so it comes last. */
const TYPES = ['video/webm;codecs=h264,opus', 'video/webm;codecs=vp8,opus', 'video/webm', 'video/mp4'];

export type RecorderPhase = 'idle' | 'countdown' | 'recording' | 'recorded';

export type Recorder = {
  phase: RecorderPhase;
  secondsLeft: number;
  clipId: string | null;
  preview: string | null;
  start(): void;
  stop(): void;
  again(): void;
};

/** Starts recording; `onWritten` is called when every piece is on the device. */
function recordInPieces(stream: MediaStream, userId: string, onWritten: (clip: StoredClip) => Promise<void>) {
  const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
  const made = new MediaRecorder(stream, { mimeType, videoBitsPerSecond: 1_000_000, audioBitsPerSecond: 32_000 });
  const clip: StoredClip = {
    id: uuidv7(),
    userId,
    mime: made.mimeType || 'video/webm',
    state: 'recording',
    createdAt: Date.now(),
  };
  let n = 0;
  let written = putClip(clip);
  made.ondataavailable = ({ data }) => {
    // Safari may hand over empty pieces.
    if (data.size === 0) return;
    const place = n++;
    written = written.then(() => addChunk(clip.id, place, data));
  };
  made.onstop = () => void written.then(() => onWritten(clip));
  made.start(TIMESLICE_MS);
  return { made, clip };
}

/** Records in small pieces that are on the device at once. Counts down, stops by itself unless told not to, sends nothing. */
export function useRecorder({
  userId,
  stream,
  stopAfterSeconds,
}: {
  userId: string;
  stream: MediaStream | null;
  stopAfterSeconds: number | null;
}): Recorder {
  const [phase, setPhase] = useState<RecorderPhase>('idle');
  const [secondsLeft, setSecondsLeft] = useState(COUNTDOWN_SECONDS);
  const [clipId, setClipId] = useState<string | null>(null);
  const [preview, setPreview] = useState<string | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);

  const finish = useCallback(async (clip: StoredClip) => {
    await putClip({ ...clip, state: 'recorded' });
    const whole = await readClip(clip.id);
    setPreview(whole ? URL.createObjectURL(whole.blob) : null);
    setPhase('recorded');
  }, []);

  const record = useCallback(() => {
    if (!stream) return;
    const { made, clip } = recordInPieces(stream, userId, finish);
    recorder.current = made;
    setClipId(clip.id);
    setPhase('recording');
  }, [stream, userId, finish]);

  useEffect(() => {
    if (phase !== 'countdown' && phase !== 'recording') return;
    const total = phase === 'countdown' ? COUNTDOWN_SECONDS : stopAfterSeconds;
    const beganAt = Date.now();
    const timer = setInterval(() => {
      const gone = (Date.now() - beganAt) / 1000;
      setSecondsLeft(total === null ? Math.floor(gone) : Math.max(0, Math.ceil(total - gone)));
      if (total === null || gone < total) return;
      clearInterval(timer);
      if (phase === 'countdown') record();
      else recorder.current?.stop();
    }, 100);
    return () => clearInterval(timer);
  }, [phase, stopAfterSeconds, record]);

  return {
    phase,
    secondsLeft,
    clipId,
    preview,
    start: () => setPhase('countdown'),
    stop: () => recorder.current?.stop(),
    again: () => {
      setPreview(null);
      setClipId(null);
      setPhase('idle');
    },
  };
}
