'use client';

import { useEffect, useRef, useState } from 'react';
import { type DeviceTrouble, deviceTrouble } from '#client/device/media/device-trouble';
import { VOICE_SECONDS_MAX } from '#domain/contact/thread';
import { openRecorder, release } from './open-recorder';

/** Ends it where it runs; what was recorded comes with its `stop` event. */
function finish(recorder: MediaRecorder | null): void {
  if (recorder?.state === 'recording') recorder.stop();
}

type State = 'off' | 'asking' | 'on';

/**
 * Records a voice note: `seconds` of it so far; it ends by itself after two minutes. The microphone is open while it is
 * `on` and never longer, also where the page goes away.
 */
export function useVoice(onVoice: (voice: Blob) => void) {
  const [state, setState] = useState<State>('off');
  const [seconds, setSeconds] = useState(0);
  const [trouble, setTrouble] = useState<DeviceTrouble | null>(null);
  const recorder = useRef<MediaRecorder | null>(null);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      finish(recorder.current);
      release(recorder.current);
    };
  }, []);
  useEffect(() => {
    if (state !== 'on') return;
    const timer = setInterval(() => setSeconds((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [state]);
  useEffect(() => {
    if (seconds >= VOICE_SECONDS_MAX) finish(recorder.current);
  }, [seconds]);

  async function start() {
    if (state !== 'off') return;
    setState('asking');
    setTrouble(null);
    try {
      const made = await openRecorder();
      recorder.current = made;
      // Left while the browser asked.
      if (isGone.current) return release(made);
      const pieces: Blob[] = [];
      made.addEventListener('dataavailable', ({ data }) => pieces.push(data));
      made.addEventListener('stop', () => {
        release(made);
        if (isGone.current) return;
        setState('off');
        const voice = new Blob(pieces, { type: made.mimeType });
        if (voice.size > 0) onVoice(voice);
      });
      made.start(1000);
      setSeconds(0);
      setState('on');
    } catch (error) {
      release(recorder.current);
      setState('off');
      setTrouble(deviceTrouble(error));
    }
  }
  return { state, seconds, trouble, start, stop: () => finish(recorder.current) };
}
