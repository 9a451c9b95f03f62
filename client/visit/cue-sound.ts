'use client';

import { useEffect, useRef } from 'react';
import { beep } from '#client/device/beep';
import { beatsBetween, type Cue } from '#domain/visit/cue';

const LOOK_AHEAD_MS = 400;
const TICK_MS = 150;

/** Beats of a cue on this device, each once, by the audio clock: heard where sound is on, felt where the phone can. */
export function useCueSound(cue: Cue | null, on: boolean): void {
  const context = useRef<AudioContext | null>(null);
  useEffect(() => {
    if (!cue) return;
    if (on) context.current ??= new AudioContext();
    const audio = on ? context.current : null;
    void audio?.resume();
    let until = Date.now();
    const schedule = () => {
      const now = Date.now();
      for (const beat of beatsBetween(cue, until, now + LOOK_AHEAD_MS)) {
        if (audio) beep(audio, audio.currentTime + Math.max(0, beat.atMs - now) / 1000, beat.accent);
        if (beat.accent) navigator.vibrate?.(40);
      }
      until = now + LOOK_AHEAD_MS;
    };
    schedule();
    const timer = setInterval(schedule, TICK_MS);
    return () => clearInterval(timer);
  }, [cue, on]);
  // A browser gives a page few of them: it goes with what sounded.
  useEffect(
    () => () => {
      void context.current?.close();
      context.current = null;
    },
    [],
  );
}
