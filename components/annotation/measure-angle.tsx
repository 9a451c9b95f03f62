'use client';

import { useQuery } from '@tanstack/react-query';
import type { Measuring } from '#client/annotation/use-measuring';
import { useTRPC } from '#client/api/trpc';
import { type LinkedExercise, prefillMeasurement } from '#domain/annotation/measurement-prefill';
import { MeasureForm } from './measure-form';

type MeasureAngleProps = { measuring: Measuring; patientId: string; exercise: LinkedExercise | null };

/** What the drawn angle measures: prefilled from what was measured before, the linked exercise, the picture and the angle. */
export function MeasureAngle({ measuring, patientId, exercise }: MeasureAngleProps) {
  const trpc = useTRPC();
  // Asked for with the tool: by the third point it is here, and without it what is measured most is offered.
  const { data: earlier = [] } = useQuery(trpc.annotations.measured.queryOptions({ patientId }));
  const { angle, measured } = measuring;
  if (!angle) return null;
  return (
    <MeasureForm
      key={angle.markId}
      angle={angle}
      prefill={prefillMeasurement({ exercise, shownSide: angle.side, earlier: [...measured, ...earlier], angle })}
      onMeasure={measuring.measure}
      onKeepDrawing={measuring.keepDrawing}
      onDrawAgain={measuring.drawAgain}
    />
  );
}
