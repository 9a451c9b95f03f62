'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import {
  type Drawing,
  type DrawingEvent,
  drawingStep,
  previewPoints,
  startDrawing,
  type Tool,
} from '#client/annotation/drawing';
import type { ShownView } from '#client/annotation/use-view-box';
import { useTranslations } from '#client/device/words/translations';
import type { Box } from '#domain/annotation/label-layout';
import { isMeasurement, type MarkKind, markPoints, type Point } from '#domain/annotation/mark';
import type { CommittedMark } from '#domain/annotation/state';
import { coreOf, type MarkInk, MarkShape } from './mark-shapes';
import { MarkLabels, MarkList } from './measured-marks';

export type ShownStroke = { id: string; kind: MarkKind; points: readonly Point[]; role: 'clinician' | 'patient' };

type LayerProps = {
  view: ShownView;
  marks: readonly CommittedMark[];
  ink: readonly ShownStroke[];
  /** Null = looking only. */
  tool: Tool | null;
  ownRole: 'clinician' | 'patient';
  nameOf(authorId: string): string;
  /** The instruction that an error tag stands for; null where it is not known. */
  tagWords?(code: string): string | null;
  /** Where something lies over the picture that would hide a value. */
  taken?: readonly Box[];
  onPreview?(points: readonly Point[], drawing: Drawing): void;
  onComplete?(points: readonly Point[], tool: Tool): void;
};

/** Below this a press and lift is a tap: tremor moves a finger by some pixels. */
const TAP_PX = 8;
const NUDGE = 0.01;
const NUDGES: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Marks over a picture, also as text for a screen reader, and the area one draws on: by drag, by taps, or by keys. */
export function AnnotationLayer(props: LayerProps) {
  const { view, marks, ink, tool, ownRole, nameOf, tagWords } = props;
  const core = coreOf(view);
  const { drawing, handlers, finish } = useDrawing(props);
  const t = useTranslations('annotation');
  const preview = drawing ? previewPoints(drawing) : [];
  const shape = { transform: view.transform, core };
  return (
    <>
      <svg className="marks pointer-events-none absolute inset-0 size-full" aria-hidden="true">
        {marks.map(({ mark, author }) => (
          <MarkShape
            key={mark.markId}
            kind={mark.kind}
            points={markPoints(mark)}
            ink={inkOf(mark.kind, author.role, isMeasurement(mark))}
            {...shape}
          />
        ))}
        {ink.map((stroke) => (
          <MarkShape key={stroke.id} kind={stroke.kind} points={stroke.points} ink={stroke.role} {...shape} />
        ))}
        {drawing && preview.length > 0 ? (
          <MarkShape kind={drawing.tool} points={preview} ink={ownRole} {...shape} />
        ) : null}
        {drawing?.cursor && !drawing.dragging ? <Cross at={view.transform.toView(drawing.cursor)} /> : null}
      </svg>
      <MarkLabels marks={marks} view={view} ownRole={ownRole} tagWords={tagWords} taken={props.taken} />
      {tool ? (
        // A drawing area has no native element; it is focusable, named and fully worked by keys.
        <div
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application role takes the keys
          tabIndex={0}
          aria-label={t('area')}
          aria-description={t('areaHelp')}
          className="absolute inset-0 cursor-crosshair touch-none"
          {...handlers}
        />
      ) : null}
      {drawing && drawing.tool === 'pen' && drawing.points.length >= 2 && !drawing.dragging ? (
        <button type="button" className="btn primary absolute inset-x-0 top-4 mx-auto w-fit" onClick={finish}>
          {t('finishStroke')}
        </button>
      ) : null}
      <MarkList marks={marks} ownRole={ownRole} nameOf={nameOf} tagWords={tagWords} />
    </>
  );
}

function inkOf(kind: MarkKind, role: string, measured: boolean): MarkInk {
  if (measured) return 'measure';
  if (kind === 'error_tag') return 'error';
  return role === 'patient' ? 'patient' : 'clinician';
}

function useDrawing({ view, tool, onPreview, onComplete }: LayerProps) {
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  const pressed = useRef<{ x: number; y: number; travelledPx: number } | null>(null);
  const current = tool && drawing?.tool === tool ? drawing : tool ? startDrawing(tool) : null;
  const latest = useRef(current);
  latest.current = current;

  function step(event: DrawingEvent) {
    if (!latest.current) return;
    const next = drawingStep(latest.current, event);
    latest.current = next.drawing;
    setDrawing(next.drawing);
    onPreview?.(next.completed ?? previewPoints(next.drawing), next.drawing);
    if (next.completed) onComplete?.(next.completed, next.drawing.tool);
  }
  const pointOf = (event: { clientX: number; clientY: number }, target: HTMLElement): Point => {
    const box = target.getBoundingClientRect();
    const { x, y } = view.transform.toContent({ x: event.clientX - box.left, y: event.clientY - box.top });
    return { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
  };
  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      pressed.current = { x: event.clientX, y: event.clientY, travelledPx: 0 };
      step({ type: 'press', at: pointOf(event, event.currentTarget) });
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      if (!pressed.current) return;
      measureTravel(pressed.current, event);
      const moves = event.nativeEvent.getCoalescedEvents?.() ?? [];
      for (const part of moves.length > 0 ? moves : [event.nativeEvent])
        step({ type: 'move', at: pointOf(part, event.currentTarget) });
    },
    onPointerUp(event: PointerEvent<HTMLElement>) {
      const press = pressed.current;
      pressed.current = null;
      if (!press) return;
      measureTravel(press, event);
      step({ type: 'lift', at: pointOf(event, event.currentTarget), travelled: press.travelledPx > TAP_PX });
    },
    onPointerCancel() {
      pressed.current = null;
      step({ type: 'cancel' });
    },
    onKeyDown(event: KeyboardEvent<HTMLElement>) {
      const nudge = NUDGES[event.key];
      if (nudge)
        step({
          type: 'nudge',
          dx: nudge[0] * NUDGE * (event.shiftKey ? 5 : 1),
          dy: nudge[1] * NUDGE * (event.shiftKey ? 5 : 1),
        });
      else if (event.key === ' ') step({ type: 'place' });
      else if (event.key === 'Enter') step(tool === 'pen' ? { type: 'finish' } : { type: 'place' });
      else if (event.key === 'Escape') step({ type: 'cancel' });
      else return;
      event.preventDefault();
    },
  };
  return { drawing: current, handlers, finish: () => step({ type: 'finish' }) };
}

/** The farthest from where it was pressed: a circle that ends where it began is a drag. */
function measureTravel(press: { x: number; y: number; travelledPx: number }, event: PointerEvent): void {
  press.travelledPx = Math.max(press.travelledPx, Math.hypot(event.clientX - press.x, event.clientY - press.y));
}

export function Cross({ at }: { at: { x: number; y: number } }) {
  const path = `M${at.x - 14} ${at.y} h28 M${at.x} ${at.y - 14} v28`;
  return (
    <g>
      <path className="case" d={path} strokeWidth={6} />
      <path className="core measure" d={path} strokeWidth={2} />
    </g>
  );
}
