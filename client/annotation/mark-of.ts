import type { Mark, Point } from '#domain/annotation/mark';
import type { Tool } from './drawing';
import { simplifyPoints } from './ink-sender';

type Common = Pick<Mark, 'markId' | 'anchor' | 'aspect' | 'side' | 'lineageId'>;

export function markOf(kind: Tool, points: readonly Point[], common: Common): Mark | null {
  if (kind === 'pen') return { ...common, kind, points: simplifyPoints(points, common.aspect) };
  const [first, second, third] = points;
  if (!first || !second) return null;
  if (kind !== 'angle') return { ...common, kind, points: [first, second] };
  // A bare angle: which joint it measures is the clinician's to say, never a guess.
  return third ? { ...common, kind, points: [first, second, third] } : null;
}
