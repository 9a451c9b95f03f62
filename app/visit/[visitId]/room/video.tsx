'use client';

import { useEffect, useLayoutEffect, useRef } from 'react';
import type { Line, RemoteVideo } from '#client/visit/transport';
import type { Hold } from '#components/annotation/viewer';

type Style = { objectFit: 'contain' | 'cover'; transform: string | undefined };
type VideoProps = {
  /** Where the page looks for this video when a frame of it is wanted; a camera nobody freezes has none. */
  place?: { current: HTMLVideoElement | null };
  /** Told of the element that shows the picture, where marks are drawn over it. */
  hold?: Hold;
  style: Style;
};

/** The other side's camera. The real element stays on screen: LiveKit sends the layer that it shows. */
export function PeerVideo({
  video,
  place,
  hold,
  style,
  waiting,
  isExpected = false,
}: VideoProps & {
  video: RemoteVideo | null;
  waiting: string;
  /** The element is there before its picture: nothing is made any more when that comes. */
  isExpected?: boolean;
}) {
  const element = useRef<HTMLVideoElement>(null);
  // Before the page is painted: each moment later is one more without a picture.
  useLayoutEffect(() => {
    const shown = element.current;
    if (!video || !shown) return;
    if (place) place.current = shown;
    const giveBack = hold?.(shown);
    const detach = video.attach(shown);
    return () => {
      detach();
      giveBack?.();
      if (place?.current === shown) place.current = null;
    };
  }, [video, place, hold]);
  return (
    <>
      {video || isExpected ? (
        <video
          ref={element}
          autoPlay
          playsInline
          muted
          className="size-full"
          style={video ? style : { visibility: 'hidden' }}
        />
      ) : null}
      {video ? null : (
        <p className="absolute inset-0 grid place-items-center p-4 text-center text-on-dark-2">{waiting}</p>
      )}
    </>
  );
}

/** One's own camera, as it is sent. */
export function LocalVideo({ line, place, hold, style }: VideoProps & { line: Line | null }) {
  const element = useRef<HTMLVideoElement>(null);
  const track = line?.localVideo() ?? null;
  useEffect(() => {
    const shown = element.current;
    if (!track || !shown) return;
    shown.srcObject = new MediaStream([track]);
    if (place) place.current = shown;
    const giveBack = hold?.(shown);
    return () => {
      giveBack?.();
      if (place?.current === shown) place.current = null;
    };
  }, [track, place, hold]);
  return <video ref={element} autoPlay playsInline muted className="size-full" style={style} />;
}
