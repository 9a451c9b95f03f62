import { useTranslations } from '#client/device/words/translations';
import type { JointPart } from '#domain/record/entry';
import { jointsOfPart } from '#domain/record/entry';

/** Lengths of metacarpal and phalanges, in a picture of 220 × 190. */
const BONES = [74, 46, 30, 22] as const;
const START = { x: 62, y: 176 };
const DEGREES = Math.PI / 180;

type Point = { x: number; y: number };

/** The joints of a finger seen from its side, from the wrist to the tip, each bent by its angle towards the palm. */
function chain(angles: readonly number[]): Point[] {
  const points = [START];
  let turn = -90;
  BONES.forEach((length, index) => {
    turn += angles[index - 1] ?? 0;
    const { x, y } = points.at(-1) ?? START;
    points.push({ x: x + length * Math.cos(turn * DEGREES), y: y + length * Math.sin(turn * DEGREES) });
  });
  return points;
}

/** The bent finger as far as it was measured; a joint that was not measured is drawn slightly bent, without a figure. */
export function FingerPicture({ part, flexionOf }: { part: JointPart; flexionOf(joint: string): number | null }) {
  const t = useTranslations('assessment');
  const joints = jointsOfPart(part);
  const measured = joints.map(flexionOf);
  const points = chain(measured.map((angle) => angle ?? 12));
  const path = points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(' ');
  return (
    <svg viewBox="0 0 220 190" className="mx-auto w-full max-w-[240px]" role="img" aria-label={t('fingerPicture')}>
      <polyline points={path} className="finger-flesh" />
      <polyline points={path} className="finger-bone" />
      {points.slice(1, 4).map(({ x, y }, index) => (
        <g key={joints[index] ?? index}>
          <circle cx={x} cy={y} r="6" className="finger-joint" />
          {measured[index] == null ? null : (
            <text x={x - 12} y={y - 10} textAnchor="end" className="finger-degrees">
              {`${measured[index]}°`}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
