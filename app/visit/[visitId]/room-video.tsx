'use client';

import { useEffect, useRef } from 'react';
import type { Picture } from '#client/use-view-box';
import type { Line } from '#client/visit-session';
import type { RemoteVideo } from '#client/visit-transport';

type Style = { objectFit: 'contain' | 'cover'; transform: string | undefined };
type Hold = (element: Picture | null) => void;

/** The other side's camera. The real element stays on screen: LiveKit sends the layer that it shows. */
export function PeerVideo({
  video,
  hold,
  style,
  waiting,
}: {
  video: RemoteVideo | null;
  hold?: Hold;
  style: Style;
  waiting: string;
}) {
  const element = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const shown = element.current;
    if (!video || !shown) return;
    hold?.(shown);
    const detach = video.attach(shown);
    return () => {
      detach();
      hold?.(null);
    };
  }, [video, hold]);
  if (!video) return <p className="grid size-full place-items-center p-4 text-center text-on-stage-2">{waiting}</p>;
  return <video ref={element} autoPlay playsInline muted className="size-full" style={style} />;
}

/** One's own camera, as it is sent. */
export function LocalVideo({ line, hold, style }: { line: Line | null; hold?: Hold; style: Style }) {
  const element = useRef<HTMLVideoElement>(null);
  const track = line?.localVideo() ?? null;
  useEffect(() => {
    const shown = element.current;
    if (!track || !shown) return;
    shown.srcObject = new MediaStream([track]);
    hold?.(shown);
    return () => hold?.(null);
  }, [track, hold]);
  return <video ref={element} autoPlay playsInline muted className="size-full" style={style} />;
}
