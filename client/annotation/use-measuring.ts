'use client';

import { useState, useSyncExternalStore } from 'react';
import { v7 as uuidv7 } from 'uuid';
import type { AngleMark, AngleMeasurement } from '#domain/annotation/mark';
import type { EarlierMeasurement } from '#domain/annotation/measurement-prefill';
import { visibleMarks } from '#domain/annotation/state';
import type { DrawingBoard } from './board';

export type Measuring = {
  /** The drawn angle that may still become a measurement. */
  angle: AngleMark | null;
  /** What was measured on this page, newest first. */
  measured: readonly EarlierMeasurement[];
  ask(angle: AngleMark): void;
  measure(measurement: AngleMeasurement): void;
  keepDrawing(): void;
  /** Takes the angle away, to set its points again. */
  drawAgain(): void;
};

/** A drawn angle is committed at once, and replaced when it is said what it measures. */
export function useMeasuring(board: DrawingBoard): Measuring {
  const [asked, setAsked] = useState<AngleMark | null>(null);
  const [measured, setMeasured] = useState<readonly EarlierMeasurement[]>([]);
  const { annotations } = useSyncExternalStore(board.subscribe, board.snapshot, board.snapshot);
  // An angle that was removed meanwhile is not asked about.
  const isThere = asked !== null && visibleMarks(annotations).some(({ mark }) => mark.markId === asked.markId);
  const angle = isThere ? asked : null;
  return {
    angle,
    measured,
    ask: setAsked,
    measure(measurement) {
      if (!angle) return;
      const { markId: replaces, ...drawn } = angle;
      board.commit({ ...drawn, markId: uuidv7(), replaces, side: measurement.side, measurement });
      setMeasured((before) => [{ lineageId: angle.lineageId ?? null, measurement }, ...before]);
      setAsked(null);
    },
    keepDrawing: () => setAsked(null),
    drawAgain() {
      if (angle) board.remove([angle.markId]);
      setAsked(null);
    },
  };
}
