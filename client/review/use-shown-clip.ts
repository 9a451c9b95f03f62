'use client';

import { useEffect, useState } from 'react';
import type { Outputs } from '#client/api/trpc';
import type { FramesAnchor } from '#domain/annotation/mark';
import { type ClipOfSurface, type CommittedMark, frameMarks } from '#domain/annotation/state';
import { lightEvery } from '#domain/check-in/clip-rate';
import { type FramePlayer, useFramePlayer } from './use-frame-player';
import { useWeakLine } from './weak-line';

export type CheckIn = Outputs['checkIns']['get'];
type Clip = CheckIn['media'][number];

export type ShownClip = {
  clip: Clip;
  clips: readonly Clip[];
  ofSurface: ClipOfSurface;
  player: FramePlayer;
  frames: number;
  framesPerSecond: number;
  /** What is played: the clip, or its copy for weak lines. */
  playedId: string;
  /** Whether the lighter copy is played; null where there is none. */
  light: boolean | null;
  setLight(light: boolean): void;
  /** Of all marks those that lie on the frame that is shown. */
  marksNow(visible: readonly CommittedMark[]): readonly CommittedMark[];
  /** The frames that what is drawn now belongs to. */
  anchor: FramesAnchor;
  onVideo(element: HTMLVideoElement | null): void;
  choose(mediaId: string): void;
  goTo(anchor: FramesAnchor): void;
};

/** Of clips that were prepared before their rate was kept beside them. */
const RATE_OF_OLD = 30;

/** A drawing stays for a second of the clip, long enough to be seen while it plays. */
const shownFrames = (framesPerSecond: number) => Math.round(framesPerSecond) - 1;

/** One of a check-in's clips and where it stands; null where none can be played. */
export function useShownClip(media: readonly Clip[]): ShownClip | null {
  const clips = media.filter(({ state }) => state === 'ready');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [wanted, setWanted] = useState<FramesAnchor | null>(null);
  const clip = clips.find(({ id }) => id === chosenId) ?? clips[0] ?? null;
  const frames = clip?.frames ?? 1;
  const framesPerSecond = clip?.framesPerSecond ?? RATE_OF_OLD;
  const isWeak = useWeakLine();
  const [choice, setChoice] = useState<boolean | null>(null);
  const isLight = clip?.light ? (choice ?? isWeak) : null;
  const every = isLight ? lightEvery(framesPerSecond) : 1;
  const player = useFramePlayer(video, { framesPerSecond, frames, every });
  const { show } = player;
  useEffect(() => {
    // A frame of another clip waits until that clip is on the page.
    if (wanted && video) show(wanted.from);
  }, [wanted, video, show]);
  if (!clip) return null;
  const ofSurface = { mediaId: clip.id, isFirst: clip.id === media[0]?.id };
  return {
    clip,
    clips,
    ofSurface,
    player,
    frames,
    framesPerSecond,
    playedId: isLight && clip.light ? clip.light.id : clip.id,
    light: isLight,
    setLight(light) {
      setChoice(light);
      // Another file of the same clip: it goes on where this one stood.
      setWanted({ kind: 'frames', from: player.frame, to: player.frame, mediaId: clip.id });
    },
    marksNow: (visible) => frameMarks(visible, player.frame, ofSurface, every),
    anchor: {
      kind: 'frames',
      from: player.frame,
      to: Math.min(frames - 1, player.frame + shownFrames(framesPerSecond)),
      mediaId: clip.id,
    },
    onVideo: setVideo,
    choose(mediaId) {
      setWanted(null);
      setChosenId(mediaId);
    },
    goTo(anchor) {
      setChosenId(anchor.mediaId ?? media[0]?.id ?? null);
      setWanted({ ...anchor });
    },
  };
}
