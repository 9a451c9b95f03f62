'use client';

import { type ReactNode, useRef, useState } from 'react';
import { type Picture, type ShownView, useViewBox } from '#client/annotation/use-view-box';

type ViewerProps = {
  fit: 'contain' | 'cover';
  mirror: boolean;
  /** Must hand its element to `hold` and take `style`, so that picture and marks are fitted alike. */
  picture(
    hold: (element: Picture | null) => void,
    style: { objectFit: 'contain' | 'cover'; transform: string | undefined },
  ): ReactNode;
  /** Drawn over the picture once it has a size. */
  children?(view: ShownView): ReactNode;
  className?: string;
  label: string;
};

/** A picture or video with marks over it, which stay in place however it is fitted or mirrored. */
export function Viewer({ fit, mirror, picture, children, className = '', label }: ViewerProps) {
  const box = useRef<HTMLElement>(null);
  const [element, setElement] = useState<Picture | null>(null);
  const view = useViewBox(box, element, fit, mirror);
  return (
    <figure ref={box} className={`on-dark pic relative size-full min-h-0 ${className}`} aria-label={label}>
      {picture(setElement, { objectFit: fit, transform: mirror ? 'scaleX(-1)' : undefined })}
      {view ? children?.(view) : null}
    </figure>
  );
}
