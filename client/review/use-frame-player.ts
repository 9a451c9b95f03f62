'use client';

import { useCallback, useEffect, useState } from 'react';
import { watchFrames } from './painted-frames';

export type FramePlayer = {
  frame: number;
  playing: boolean;
  rate: number;
  toggle(): void;
  /** Steps by whole frames, of what is shown, and stays paused. */
  step(by: number): void;
  show(frame: number): void;
  setRate(rate: number): void;
};

type Rate = {
  framesPerSecond: number;
  frames: number;
  /** What is played shows every so many frames of the clip: 1, or more for a copy for weak lines. */
  every: number;
};

/** The frame of the clip that is on the screen at this frame: a copy for weak lines has not all of them. */
const shownAt = (frame: number, every: number) => Math.floor(frame / every) * every;

/** The middle of what is shown from a frame on, in seconds: seeking to its edge shows one frame in three wrongly. */
const middleOf = (frame: number, { framesPerSecond, every }: Rate) => (frame + every / 2) / framesPerSecond;

/** Plays and steps a clip of constant frame rate by integer frames, confirmed by what the browser really painted. */
export function useFramePlayer(
  element: HTMLVideoElement | null,
  { framesPerSecond, frames, every }: Rate,
): FramePlayer {
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [rate, setRate] = useState(0.5);

  useEffect(() => {
    if (!element) return;
    setFrame(0);
    const stop = watchFrames(element, framesPerSecond, (seen) =>
      setFrame(shownAt(Math.min(frames - 1, Math.max(0, seen)), every)),
    );
    const update = () => setPlaying(!element.paused);
    element.addEventListener('play', update);
    element.addEventListener('pause', update);
    return () => {
      stop();
      element.removeEventListener('play', update);
      element.removeEventListener('pause', update);
    };
  }, [element, frames, framesPerSecond, every]);

  useEffect(() => {
    if (element) element.playbackRate = rate;
  }, [element, rate]);

  const show = useCallback(
    (target: number) => {
      if (!element) return;
      const bounded = shownAt(Math.min(frames - 1, Math.max(0, target)), every);
      element.pause();
      element.currentTime = middleOf(bounded, { framesPerSecond, frames, every });
      setFrame(bounded);
    },
    [element, frames, framesPerSecond, every],
  );
  return {
    frame,
    playing,
    rate,
    show,
    step: (by) => show(frame + by * every),
    toggle: () => {
      if (!element) return;
      if (element.paused) void element.play();
      else element.pause();
    },
    setRate,
  };
}
