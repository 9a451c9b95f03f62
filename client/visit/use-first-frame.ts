import { useEffect } from 'react';
import type { TransportSnapshot } from './transport';

/** A picture that takes longer than this holds nothing up. */
const LONGEST_MS = 1500;

/** Calls once a frame of it is on the screen; returns how to stop waiting. */
function onFrame(video: HTMLVideoElement, listener: () => void): () => void {
  if ('requestVideoFrameCallback' in video) {
    const asked = video.requestVideoFrameCallback(listener);
    return () => video.cancelVideoFrameCallback(asked);
  }
  const shown: HTMLVideoElement = video;
  shown.addEventListener('playing', listener, { once: true });
  return () => shown.removeEventListener('playing', listener);
}

type Seen = {
  isLive: boolean;
  snapshot: TransportSnapshot;
  video: { current: HTMLVideoElement | null };
  /** Said already. */
  isThere: boolean;
};

/**
 * Says once when what is not the picture may be drawn: the other side's first frame is on the screen, or none is to be waited
 * for. Drawing and asking beside the making of a line makes all of it slow.
 */
export function useFirstFrame({ isLive, snapshot, video, isThere }: Seen, setThere: (isThere: true) => void): void {
  const hasPicture = snapshot.remoteVideos.length > 0;
  const isAlone = isLive && snapshot.peerCameras.length === 0;
  useEffect(() => {
    if (isThere || !isLive) return;
    const timer = setTimeout(() => setThere(true), LONGEST_MS);
    return () => clearTimeout(timer);
  }, [isThere, isLive, setThere]);
  useEffect(() => {
    if (isThere) return;
    if (isAlone) return setThere(true);
    if (hasPicture && video.current) return onFrame(video.current, () => setThere(true));
  }, [isThere, isAlone, hasPicture, video, setThere]);
}
