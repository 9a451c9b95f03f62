/** Lines are told apart by shape and dash before colour. */
const LOOKS = [
  { color: 'var(--data-1)', dash: undefined, shape: 'disc' },
  { color: 'var(--data-3)', dash: '6 4', shape: 'square' },
  { color: 'var(--data-4)', dash: undefined, shape: 'triangle' },
  { color: 'var(--data-2)', dash: '2 4', shape: 'diamond' },
] as const;

type LineLook = {
  readonly color: string;
  readonly dash: string | undefined;
  readonly shape: (typeof LOOKS)[number]['shape'];
};

/** How the nth line of a picture looks; after four they come again, dashed in another way. */
export function lookOf(index: number): LineLook {
  const look = LOOKS[index % LOOKS.length] ?? LOOKS[0];
  return index < LOOKS.length ? look : { ...look, dash: '10 3 2 3' };
}

/** A point of a line, 10 units wide around its place. */
export function PointMark({ x, y, look }: { x: number; y: number; look: LineLook }) {
  const { color, shape } = look;
  if (shape === 'disc') return <circle cx={x} cy={y} r="5" fill={color} />;
  if (shape === 'square') return <rect x={x - 4.5} y={y - 4.5} width="9" height="9" fill={color} />;
  const path = shape === 'triangle' ? `M${x} ${y - 6}l6 10.4h-12z` : `M${x} ${y - 6.5}l6 6.5l-6 6.5l-6 -6.5z`;
  return <path d={path} fill={color} />;
}

/** The same sign beside a row of a table. */
export function LineSign({ index }: { index: number }) {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" className="shrink-0">
      <PointMark x={7} y={7} look={lookOf(index)} />
    </svg>
  );
}
