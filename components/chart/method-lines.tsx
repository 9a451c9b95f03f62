import { type Scale, spanOf, spreadLabels } from '#domain/chart/lines';
import type { ChartPoint } from '#domain/chart/plot';
import { lookOf, PointMark } from './line-mark';

export type MethodLine = {
  readonly key: string;
  readonly points: readonly ChartPoint[];
  /** What stands at the line's end: how it was measured, and the last value. */
  readonly how: string;
  readonly last: string;
};

type MethodLinesProps = {
  /** All of it as a sentence, for who cannot see it. */
  label: string;
  lines: readonly MethodLine[];
  scale: Scale;
  versions: readonly { readonly key: string; readonly atMs: number; readonly label: string }[];
  tick(value: number): string;
  day(atMs: number): string;
};

/**
 * One measure over time, each way of measuring a line of its own with its own sign and dash, never joined with another; its
 * name at its end. Drawn for a telephone and for a desk, so that its letters keep their size.
 */
export function MethodLines(props: MethodLinesProps) {
  return (
    <>
      <Plot {...props} box={{ width: 340, left: 62, right: 108, days: 2 }} className="sm:hidden" />
      <Plot {...props} box={{ width: 640, left: 70, right: 150, days: 5 }} className="max-sm:hidden" />
    </>
  );
}

const HEIGHT = 236;
const TOP = 22;
const LABEL_GAP = 34;

type Box = { width: number; left: number; right: number; days: number };

function Plot({
  label,
  lines,
  scale,
  versions,
  tick,
  day,
  box,
  className,
}: MethodLinesProps & { box: Box; className: string }) {
  const { fromMs, untilMs } = spanOf(lines.map(({ points }) => points));
  const end = box.width - box.right;
  const x = (atMs: number) => box.left + ((atMs - fromMs) / (untilMs - fromMs)) * (end - box.left);
  const y = (value: number) => TOP + ((scale.max - value) / (scale.max - scale.min)) * (HEIGHT - TOP);
  const days = Array.from({ length: box.days }, (_, index) => fromMs + ((untilMs - fromMs) * index) / (box.days - 1));
  return (
    <svg viewBox={`0 0 ${box.width} ${HEIGHT + 30}`} role="img" aria-label={label} className={`w-full ${className}`}>
      {scale.ticks.map((value) => (
        <g key={value}>
          <line x1={box.left} x2={end} y1={y(value)} y2={y(value)} stroke="var(--data-grid)" />
          <text x={box.left - 8} y={y(value) + 4.5} textAnchor="end" fontSize="13" fill="var(--ink-2)">
            {tick(value)}
          </text>
        </g>
      ))}
      {versions
        .filter(({ atMs }) => atMs >= fromMs && atMs <= untilMs)
        .map((version) => (
          <g key={version.key}>
            <line
              x1={x(version.atMs)}
              x2={x(version.atMs)}
              y1={TOP - 4}
              y2={HEIGHT}
              stroke="var(--control-line)"
              strokeDasharray="2 3"
            />
            <text x={x(version.atMs)} y="12" textAnchor="middle" fontSize="13" fontWeight="680" fill="var(--ink-2)">
              {version.label}
            </text>
          </g>
        ))}
      {days.map((atMs, index) => (
        <text
          key={atMs}
          x={x(atMs)}
          y={HEIGHT + 22}
          textAnchor={index === 0 ? 'start' : index === days.length - 1 ? 'end' : 'middle'}
          fontSize="13"
          fill="var(--ink-2)"
        >
          {day(atMs)}
        </text>
      ))}
      <Lines lines={lines} x={x} y={y} labelAt={end + 12} />
    </svg>
  );
}

type LinesProps = {
  lines: readonly MethodLine[];
  x(atMs: number): number;
  y(value: number): number;
  labelAt: number;
};

/** A line breaks where a value is not known: unknown is not zero, and not what lies between. */
function pathOf(points: readonly ChartPoint[], { x, y }: Pick<LinesProps, 'x' | 'y'>): string {
  let isOpen = false;
  return points
    .map(({ atMs, value }) => {
      if (value === null) {
        isOpen = false;
        return '';
      }
      const to = `${isOpen ? 'L' : 'M'}${x(atMs).toFixed(1)} ${y(value).toFixed(1)}`;
      isOpen = true;
      return to;
    })
    .join(' ');
}

function Lines({ lines, x, y, labelAt }: LinesProps) {
  const ends = lines.map(({ points }) => points.filter(({ value }) => value !== null).at(-1));
  const labels = spreadLabels(
    ends.map((end) => y(end?.value ?? 0)),
    LABEL_GAP,
    HEIGHT - 10,
  );
  return lines.map(({ key, points, how, last }, index) => {
    const look = lookOf(index);
    const end = ends[index];
    const labelY = labels[index] ?? 0;
    if (!end || end.value === null) return null;
    return (
      <g key={key}>
        <path
          d={pathOf(points, { x, y })}
          fill="none"
          stroke={look.color}
          strokeWidth="2.25"
          strokeDasharray={look.dash}
        />
        {points.map(({ atMs, value }) =>
          value === null ? null : <PointMark key={`${atMs} ${value}`} x={x(atMs)} y={y(value)} look={look} />,
        )}
        <path
          d={`M${x(end.atMs) + 8} ${y(end.value)} L${labelAt - 4} ${labelY}`}
          stroke={look.color}
          strokeWidth="1.2"
        />
        <text x={labelAt} y={labelY} fontSize="13" fontWeight="740" fill={look.color}>
          <tspan x={labelAt}>{how}</tspan>
          <tspan x={labelAt} dy="15">
            {last}
          </tspan>
        </text>
      </g>
    );
  });
}
