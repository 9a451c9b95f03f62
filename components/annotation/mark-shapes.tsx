import type { MarkKind, Point } from '#domain/annotation/mark';
import type { Pixel, ViewTransform } from '#domain/annotation/view-transform';

export type MarkInk = 'clinician' | 'patient' | 'error' | 'measure';

type Shape = { kind: MarkKind; points: readonly Point[]; ink: MarkInk; transform: ViewTransform; core: number };

/** Radius of an error tag's ring, in widths of its line. */
const RING_CORES = 4;

export const ringRadius = (core: number) => core * RING_CORES;

/** How wide a line is on a picture of this width, CSS pixels. */
export const coreOf = ({ width }: { width: number }) => Math.max(4.5, width * 0.009);

const move = ({ x, y }: Pixel) => `M${x.toFixed(1)} ${y.toFixed(1)}`;
const line = ({ x, y }: Pixel) => `L${x.toFixed(1)} ${y.toFixed(1)}`;

/** Shaft and head of an arrow; the head grows with the line up to a size that still reads as one. */
function arrowPath(from: Pixel, to: Pixel, core: number): string {
  const angle = Math.atan2(to.y - from.y, to.x - from.x);
  const head = Math.min(core * 4.5, Math.hypot(to.x - from.x, to.y - from.y) * 0.5 + core);
  const wing = (turn: number) => ({ x: to.x - head * Math.cos(angle + turn), y: to.y - head * Math.sin(angle + turn) });
  return `${move(from)} ${line(to)} ${move(wing(0.55))} ${line(to)} ${line(wing(-0.55))}`;
}

function ellipsePath(a: Pixel, b: Pixel): string {
  const [rx, ry] = [Math.abs(b.x - a.x) / 2, Math.abs(b.y - a.y) / 2];
  const [cx, cy] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  return `M${cx - rx} ${cy} a${rx} ${ry} 0 1 0 ${2 * rx} 0 a${rx} ${ry} 0 1 0 ${-2 * rx} 0`;
}

/** The ring of an error tag; closed, since open ends say a movement to follow. */
function ringPath({ x, y }: Pixel, radius: number): string {
  return `M${x - radius} ${y} a${radius} ${radius} 0 1 0 ${2 * radius} 0 a${radius} ${radius} 0 1 0 ${-2 * radius} 0`;
}

function pathOf({ kind, points, transform, core }: Shape): string {
  const pixels = points.map(transform.toView);
  const [first, second] = pixels;
  if (!first) return '';
  if (kind === 'error_tag') return ringPath(first, ringRadius(core));
  if (kind === 'arrow' && second) return arrowPath(first, second, core);
  if (kind === 'ellipse' && second) return ellipsePath(first, second);
  return `${move(first)} ${pixels.slice(1).map(line).join(' ')}`;
}

/** One mark: two strokes of one path, a dark casing and a bright core, so that it reads on any skin. */
export function MarkShape(shape: Shape) {
  const path = pathOf(shape);
  const width = shape.ink === 'measure' ? shape.core - 1 : shape.core;
  const dots = shape.kind === 'angle' || shape.kind === 'point' ? shape.points.map(shape.transform.toView) : [];
  return (
    <g data-ink={shape.ink}>
      <path className="case" d={path} strokeWidth={width + 4.5} />
      <path className={`core ${shape.ink}`} d={path} strokeWidth={width} />
      {dots.map((dot, index) => (
        // Points of a mark never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: the index is the point's identity
        <g key={index}>
          <circle cx={dot.x} cy={dot.y} r={width + 3} className="dot-case" />
          <circle cx={dot.x} cy={dot.y} r={width} className={`dot ${shape.ink}`} />
        </g>
      ))}
    </g>
  );
}
