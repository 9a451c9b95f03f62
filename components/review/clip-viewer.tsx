'use client';

import { type CSSProperties, type ReactNode, useCallback } from 'react';
import type { ShownView } from '#client/annotation/use-view-box';
import { type Hold, Viewer } from '#components/annotation/viewer';

type ClipViewerProps = {
  onVideo(element: HTMLVideoElement | null): void;
  mediaId: string;
  posterId: string | null;
  label: string;
  sideLabel: string | null;
  children(view: ShownView): ReactNode;
  below?: ReactNode;
};

/** A stored clip, whole and unmirrored, with what is drawn on it. */
export function ClipViewer({ onVideo, mediaId, posterId, label, sideLabel, children, below }: ClipViewerProps) {
  return (
    <Viewer
      fit="contain"
      below={below}
      mirror={false}
      label={label}
      className="rounded-2xl"
      picture={(hold, style) => (
        // Another clip is another element: rate and frame of the one before mean nothing to it.
        <ClipVideo key={mediaId} onVideo={onVideo} hold={hold} mediaId={mediaId} posterId={posterId} style={style} />
      )}
    >
      {(view) => (
        <>
          {children(view)}
          {sideLabel ? (
            <span className="mark-label pointer-events-none" style={cornerOf(view)}>
              {sideLabel}
            </span>
          ) : null}
        </>
      )}
    </Viewer>
  );
}

/** Inside the picture's own lower left corner; the box around it may be larger. */
function cornerOf({ transform, height }: ShownView): CSSProperties {
  const { x, y } = transform.toView({ x: 0, y: 1 });
  return { left: x + 12, bottom: height - y + 12 };
}

type ClipVideoProps = Pick<ClipViewerProps, 'onVideo' | 'mediaId' | 'posterId'> & {
  hold: Hold;
  style: CSSProperties;
};

function ClipVideo({ onVideo, hold, mediaId, posterId, style }: ClipVideoProps) {
  // The same function at each render: a new one would make the viewer measure its picture again.
  const attach = useCallback(
    (element: HTMLVideoElement) => {
      onVideo(element);
      const giveBack = hold(element);
      return () => {
        onVideo(null);
        giveBack();
      };
    },
    [onVideo, hold],
  );
  return (
    <video
      ref={attach}
      src={`/api/media/${mediaId}`}
      poster={posterId ? `/api/media/${posterId}` : undefined}
      className="size-full"
      style={style}
      muted
      loop
      playsInline
      preload="auto"
    />
  );
}
