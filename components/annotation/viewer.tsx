'use client';

import { type ReactNode, useCallback, useRef, useState } from 'react';
import { type Picture, type ShownView, useViewBox } from '#client/annotation/use-view-box';

/**
 * Takes the element that marks are drawn over; what it answers gives it back. The next picture may be held before the one
 * before is given back, and stays.
 */
export type Hold = (element: Picture) => () => void;

type ViewerProps = {
  fit: 'contain' | 'cover';
  mirror: boolean;
  /** Must hand its element to `hold` and take `style`, so that picture and marks are fitted alike. */
  picture(hold: Hold, style: { objectFit: 'contain' | 'cover'; transform: string | undefined }): ReactNode;
  /** Drawn over the picture once it has a size. */
  children?(view: ShownView): ReactNode;
  /** Words of the picture that must not lie on it, and nothing on them; none take no room. */
  above?: ReactNode;
  below?: ReactNode;
  className?: string;
  label: string;
};

/** A picture or video with marks over it, which stay in place however it is fitted or mirrored. */
export function Viewer({ fit, mirror, picture, children, above, below, className = '', label }: ViewerProps) {
  const box = useRef<HTMLDivElement>(null);
  const [element, setElement] = useState<Picture | null>(null);
  const hold = useCallback<Hold>((held) => {
    setElement(held);
    return () => setElement((now) => (now === held ? null : now));
  }, []);
  const view = useViewBox(box, element, fit, mirror);
  return (
    <figure
      className={`on-dark pic grid size-full min-h-0 grid-rows-[auto_minmax(0,1fr)_auto] ${className}`}
      aria-label={label}
    >
      {above ? <div>{above}</div> : null}
      <div ref={box} className="relative row-start-2 size-full min-h-0">
        {picture(hold, { objectFit: fit, transform: mirror ? 'scaleX(-1)' : undefined })}
        {view ? children?.(view) : null}
      </div>
      {below ? <figcaption className="row-start-3">{below}</figcaption> : null}
    </figure>
  );
}
