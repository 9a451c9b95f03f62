import { type PointerEvent as ReactPointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { WallTime } from '#domain/time/wall-time';
import { snapped } from '#domain/visit/week-grid';
import { pointedAt } from './pointed';
import type { GridVisit } from './use-week';

/** A hand that presses moves a little: that is no drag yet. */
const SLACK_PX = 5;

type Dragging = {
  grid: RefObject<HTMLElement | null>;
  hours: { from: number; until: number };
  /** Where the visit would begin now. */
  onAim(visit: GridVisit, at: WallTime): void;
  onDrop(): void;
  onGiveBack(): void;
};

/**
 * A block goes with the mouse or the pen, by quarters of an hour and across days, until it is let go; Escape gives it
 * back. A finger scrolls, and finds "Move" in the panel of the visit.
 */
export function useDrag(dragging: Dragging) {
  const latest = useRef(dragging);
  useEffect(() => {
    latest.current = dragging;
  });
  const stop = useRef<(() => void) | null>(null);
  const dragged = useRef(false);
  useEffect(() => () => stop.current?.(), []);

  function onPointerDown(event: ReactPointerEvent<HTMLElement>, visit: GridVisit) {
    dragged.current = false;
    const block = event.currentTarget;
    if (event.pointerType === 'touch' || event.button !== 0 || visit.state !== 'scheduled') return;
    const start = { x: event.clientX, y: event.clientY };
    const { pointerId } = event;
    const grabbedPx = start.y - block.getBoundingClientRect().top;
    const aim = ({ clientX: x, clientY: y }: PointerEvent) => {
      const { grid, hours, onAim } = latest.current;
      const wall = grid.current && pointedAt(grid.current, { x, y: y - grabbedPx }, hours);
      if (wall) onAim(visit, { day: wall.day, minutes: snapped(wall.minutes) });
    };
    const move = (moved: PointerEvent) => {
      if (moved.pointerId !== pointerId) return;
      if (!dragged.current) {
        if (Math.hypot(moved.clientX - start.x, moved.clientY - start.y) < SLACK_PX) return;
        dragged.current = true;
        // From here on the block has the pointer, wherever it goes.
        block.setPointerCapture(pointerId);
      }
      aim(moved);
    };
    const end = (how: 'onDrop' | 'onGiveBack') => {
      stop.current?.();
      if (dragged.current) latest.current[how]();
    };
    const drop = (up: PointerEvent) => {
      if (up.pointerId !== pointerId) return;
      if (dragged.current) aim(up);
      end('onDrop');
    };
    const giveBack = () => end('onGiveBack');
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key === 'Escape') giveBack();
    };
    stop.current?.();
    window.addEventListener('pointermove', move);
    window.addEventListener('pointerup', drop);
    window.addEventListener('pointercancel', giveBack);
    window.addEventListener('keydown', key);
    stop.current = () => {
      window.removeEventListener('pointermove', move);
      window.removeEventListener('pointerup', drop);
      window.removeEventListener('pointercancel', giveBack);
      window.removeEventListener('keydown', key);
      stop.current = null;
    };
  }
  /** Whether the press that just ended moved the block: then it opens nothing. */
  const wasDragged = () => dragged.current;
  return { onPointerDown, wasDragged };
}
