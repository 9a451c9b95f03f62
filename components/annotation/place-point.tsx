'use client';

import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import type { Point } from '#domain/annotation/mark';
import { Cross } from './layer';

const STEP = 0.01;
const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

const inside = (value: number) => Math.min(1, Math.max(0, value));

/** Asks for one place on the picture: a tap, or a cross that the arrow keys move. */
export function PlacePoint({
  view,
  onPlace,
  onCancel,
}: {
  view: ShownView;
  onPlace(point: Point): void;
  onCancel(): void;
}) {
  const t = useTranslations('annotation');
  const [cursor, setCursor] = useState<Point>({ x: 0.5, y: 0.5 });

  function onPointerUp(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { x, y } = view.transform.toContent({ x: event.clientX - box.left, y: event.clientY - box.top });
    onPlace({ x: inside(x), y: inside(y) });
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = STEPS[event.key];
    const far = event.shiftKey ? 5 : 1;
    if (step) setCursor(({ x, y }) => ({ x: inside(x + step[0] * STEP * far), y: inside(y + step[1] * STEP * far) }));
    else if (event.key === ' ' || event.key === 'Enter') onPlace(cursor);
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
  }
  return (
    <>
      <svg className="marks pointer-events-none absolute inset-0 size-full" aria-hidden="true">
        <Cross at={view.transform.toView(cursor)} />
      </svg>
      {/* A drawing area has no native element; it is focusable, named and fully worked by keys. */}
      <div
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application role takes the keys
        tabIndex={0}
        aria-label={t('placeArea')}
        aria-description={t('placeHelp')}
        className="absolute inset-0 cursor-crosshair touch-none"
        onPointerUp={onPointerUp}
        onKeyDown={onKeyDown}
      />
    </>
  );
}
