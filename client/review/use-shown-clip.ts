'use client';

import { useEffect, useState } from 'react';
import type { Outputs } from '#client/api/trpc';
import type { FramesAnchor } from '#domain/annotation/mark';
import type { ClipOfSurface } from '#domain/annotation/state';
import { type FramePlayer, useFramePlayer } from './use-frame-player';

export type CheckIn = Outputs['checkIns']['get'];
type Clip = CheckIn['media'][number];

export type ShownClip = {
  clip: Clip;
  clips: readonly Clip[];
  ofSurface: ClipOfSurface;
  player: FramePlayer;
  frames: number;
  framesPerSecond: number;
  /** The frames that what is drawn now belongs to. */
  anchor: FramesAnchor;
  onVideo(element: HTMLVideoElement | null): void;
  choose(mediaId: string): void;
  goTo(anchor: FramesAnchor): void;
};

/** A drawing stays for a second of the clip, long enough to be seen while it plays. */
const SHOWN_FRAMES = 29;

/** One of a check-in's clips and where it stands; null where none can be played. */
export function useShownClip(media: readonly Clip[]): ShownClip | null {
  const clips = media.filter(({ state }) => state === 'ready');
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [video, setVideo] = useState<HTMLVideoElement | null>(null);
  const [wanted, setWanted] = useState<FramesAnchor | null>(null);
  const clip = clips.find(({ id }) => id === chosenId) ?? clips[0] ?? null;
  const frames = clip?.frames ?? 1;
  const framesPerSecond = clip?.framesPerSecond ?? 30;
  const player = useFramePlayer(video, { framesPerSecond, frames });
  const { show } = player;
  useEffect(() => {
    // A frame of another clip waits until that clip is on the page.
    if (wanted && video) show(wanted.from);
  }, [wanted, video, show]);
  if (!clip) return null;
  return {
    clip,
    clips,
    ofSurface: { mediaId: clip.id, isFirst: clip.id === media[0]?.id },
    player,
    frames,
    framesPerSecond,
    anchor: {
      kind: 'frames',
      from: player.frame,
      to: Math.min(frames - 1, player.frame + SHOWN_FRAMES),
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
