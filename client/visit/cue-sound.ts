'use client';

import { useEffect, useRef } from 'react';
import { beep } from '#client/device/beep';
import { beatsBetween, type Cue } from '#domain/visit/cue';

const LOOK_AHEAD_MS = 400;
const TICK_MS = 150;

/** Beats of a cue on this device, each once, by the audio clock: heard where sound is on, felt where the phone can. */
export function useCueSound(cue: Cue | null, on: boolean): void {
  const context = useRef<AudioContext | null>(null);
  /** Up to when which cue was scheduled: the same one, made anew while it runs, sounds no beat twice. */
  const heard = useRef({ startsAtMs: 0, untilMs: 0 });
  useEffect(() => {
    if (!cue) return;
    if (on) context.current ??= new AudioContext();
    const audio = on ? context.current : null;
    void audio?.resume();
    const { startsAtMs } = cue;
    let until = heard.current.startsAtMs === startsAtMs ? Math.max(Date.now(), heard.current.untilMs) : Date.now();
    const schedule = () => {
      const now = Date.now();
      for (const beat of beatsBetween(cue, until, now + LOOK_AHEAD_MS)) {
        if (audio) beep(audio, audio.currentTime + Math.max(0, beat.atMs - now) / 1000, beat.accent);
        if (beat.accent) navigator.vibrate?.(40);
      }
      until = now + LOOK_AHEAD_MS;
      heard.current = { startsAtMs, untilMs: until };
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
