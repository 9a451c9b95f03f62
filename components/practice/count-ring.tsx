import type { ReactNode } from 'react';
import type { RoundPart } from '#domain/practice/run';

const RADIUS = 46;
/** Share of the ring that stays open between two parts. */
const GAP = 0.02;

type CountRingProps = { parts: readonly RoundPart[]; round: number; children: ReactNode };

/** One repetition as a ring: a piece for each part, filled clockwise as it runs (`round` 0–1). The hold is citron. */
export function CountRing({ parts, round, children }: CountRingProps) {
  const angle = 2 * Math.PI * round - Math.PI / 2;
  return (
    <div className="count-ring">
      <svg aria-hidden="true" viewBox="0 0 100 100" fill="none">
        {parts.map((part) => (
          <g key={part.phase} className={part.phase}>
            <Arc className="track" from={part.from} to={part.to} />
            <Arc className="filled" from={part.from} to={Math.min(part.to, round)} />
          </g>
        ))}
        <circle className="knob" cx={50 + RADIUS * Math.cos(angle)} cy={50 + RADIUS * Math.sin(angle)} r="3.4" />
      </svg>
      <div className="count-ring-words">{children}</div>
    </div>
  );
}

function Arc({ className, from, to }: { className: string; from: number; to: number }) {
  const length = to - from - GAP;
  if (length <= 0) return null;
  return (
    <circle
      className={className}
      cx="50"
      cy="50"
      r={RADIUS}
      pathLength={1}
      strokeDasharray={`${length} 1`}
      strokeDashoffset={-from - GAP / 2}
      transform="rotate(-90 50 50)"
    />
  );
}
