'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

/** `denied` by the browser or the system, `in_use` by another program, `missing`, `failed` otherwise. */
export type DeviceState = 'asking' | 'ready' | 'denied' | 'in_use' | 'missing' | 'failed';

export type DeviceCheck = {
  camera: DeviceState;
  microphone: DeviceState;
  stream: MediaStream | null;
  facingMode: 'user' | 'environment';
  flip(): void;
  retry(): void;
  /** Stops both, so that the visit can start them. */
  release(): void;
};

const REASONS: Record<string, DeviceState> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'in_use',
  AbortError: 'in_use',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
};

const reasonOf = (error: unknown): DeviceState =>
  error instanceof Error ? (REASONS[error.name] ?? 'failed') : 'failed';

type Asked = { stream: MediaStream | null; camera: DeviceState; microphone: DeviceState };

/** Asks for both at once, then for each alone: without a microphone the camera is still wanted. */
async function ask(facingMode: 'user' | 'environment'): Promise<Asked> {
  const video = { facingMode, width: { ideal: 1280 }, height: { ideal: 720 } };
  if (!navigator.mediaDevices) return { stream: null, camera: 'failed', microphone: 'failed' };
  try {
    return {
      stream: await navigator.mediaDevices.getUserMedia({ video, audio: true }),
      camera: 'ready',
      microphone: 'ready',
    };
  } catch {
    const [camera, microphone] = await Promise.allSettled([
      navigator.mediaDevices.getUserMedia({ video }),
      navigator.mediaDevices.getUserMedia({ audio: true }),
    ]);
    const tracks = [camera, microphone].flatMap((result) =>
      result.status === 'fulfilled' ? result.value.getTracks() : [],
    );
    return {
      stream: tracks.length > 0 ? new MediaStream(tracks) : null,
      camera: camera.status === 'fulfilled' ? 'ready' : reasonOf(camera.reason),
      microphone: microphone.status === 'fulfilled' ? 'ready' : reasonOf(microphone.reason),
    };
  }
}

const stop = (stream: MediaStream | null) => {
  for (const track of stream?.getTracks() ?? []) track.stop();
};

export function useDeviceCheck(): DeviceCheck {
  const [facingMode, setFacingMode] = useState<'user' | 'environment'>('user');
  const [asked, setAsked] = useState<Asked>({ stream: null, camera: 'asking', microphone: 'asking' });
  const [round, setRound] = useState(0);
  const held = useRef<MediaStream | null>(null);
  const release = useCallback(() => {
    stop(held.current);
    held.current = null;
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asking again is what `round` is for
  useEffect(() => {
    let gone = false;
    void ask(facingMode).then((result) => {
      if (gone) return stop(result.stream);
      held.current = result.stream;
      setAsked(result);
    });
    return () => {
      gone = true;
      release();
    };
  }, [facingMode, round, release]);
  return {
    ...asked,
    facingMode,
    flip: () => setFacingMode(facingMode === 'user' ? 'environment' : 'user'),
    retry: () => setRound(round + 1),
    release,
  };
}
