'use client';

import { useCallback, useEffect, useState } from 'react';
import { watchFrames } from './painted-frames';

export type FramePlayer = {
  frame: number;
  playing: boolean;
  rate: number;
  toggle(): void;
  /** Steps by whole frames and stays paused. */
  step(by: number): void;
  show(frame: number): void;
  setRate(rate: number): void;
};

/** The middle of a frame in seconds: seeking to its edge shows one frame in three wrongly. */
const middleOf = (frame: number, framesPerSecond: number) => (frame + 0.5) / framesPerSecond;

/** Plays and steps a clip of constant frame rate by integer frames, confirmed by what the browser really painted. */
export function useFramePlayer(
  element: HTMLVideoElement | null,
  { framesPerSecond, frames }: { framesPerSecond: number; frames: number },
): FramePlayer {
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(0.5);

  useEffect(() => {
    if (!element) return;
    setFrame(0);
    const stop = watchFrames(element, framesPerSecond, (seen) => setFrame(Math.min(frames - 1, Math.max(0, seen))));
    const update = () => setPlaying(!element.paused);
    element.addEventListener('play', update);
    element.addEventListener('pause', update);
    return () => {
      stop();
      element.removeEventListener('play', update);
      element.removeEventListener('pause', update);
    };
  }, [element, frames, framesPerSecond]);

  useEffect(() => {
    if (element) element.playbackRate = rate;
  }, [element, rate]);

  const show = useCallback(
    (target: number) => {
      if (!element) return;
      const bounded = Math.min(frames - 1, Math.max(0, target));
      element.pause();
      element.currentTime = middleOf(bounded, framesPerSecond);
      setFrame(bounded);
    },
    [element, frames, framesPerSecond],
  );
  return {
    frame,
    playing,
    rate,
    show,
    step: (by) => show(frame + by),
    toggle: () => {
      if (!element) return;
      if (element.paused) void element.play();
      else element.pause();
    },
    setRate,
  };
}
