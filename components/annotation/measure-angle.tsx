'use client';

import type { Measuring } from '#client/annotation/use-measuring';
import { type LinkedExercise, prefillMeasurement } from '#domain/annotation/measurement-prefill';
import { MeasureForm } from './measure-form';

/** What the drawn angle measures: prefilled from picture and linked exercise, then from what was chosen last. */
export function MeasureAngle({ measuring, exercise }: { measuring: Measuring; exercise: LinkedExercise | null }) {
  if (!measuring.angle) return null;
  return (
    <MeasureForm
      key={measuring.angle.markId}
      angle={measuring.angle}
      prefill={{ ...prefillMeasurement(exercise, measuring.angle.side), ...measuring.last }}
      onMeasure={measuring.measure}
      onKeepDrawing={measuring.keepDrawing}
    />
  );
}
