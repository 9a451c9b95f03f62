'use client';

import { type ReactNode, useRef, useState } from 'react';
import { type Picture, type ShownView, useViewBox } from '#client/annotation/use-view-box';

type ViewerProps = {
  fit: 'contain' | 'cover';
  mirror: boolean;
  /** Renders the picture; it must hand its element to `hold` and be told to fill the box with the same fit. */
  picture(
    hold: (element: Picture | null) => void,
    style: { objectFit: 'contain' | 'cover'; transform: string | undefined },
  ): ReactNode;
  /** Drawn over the picture once it has a size. */
  children?(view: ShownView): ReactNode;
  className?: string;
  label: string;
};

/** The largest thing on the screen: a picture of the hand on near-black, with marks that stay on it however it is shown. */
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
