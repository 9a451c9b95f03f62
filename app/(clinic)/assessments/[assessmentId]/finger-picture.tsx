import { useTranslations } from '#client/device/words/translations';
import type { JointPart } from '#domain/record/entry';
import { jointsOfPart } from '#domain/record/entry';

/** Lengths of metacarpal and phalanges, in a picture of 230 × 200. */
const BONES = [74, 46, 30, 22] as const;
const START = { x: 66, y: 196 };
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
    <svg viewBox="0 0 230 200" className="mx-auto w-full max-w-[240px]" role="img" aria-label={t('fingerPicture')}>
      <polyline points={path} className="finger-flesh" />
      <polyline points={path} className="finger-bone" />
      {points.slice(1, 4).map((point, index) => {
        const { x, y } = outside(points, index + 1);
        return (
          <g key={joints[index] ?? index}>
            <circle cx={point.x} cy={point.y} r="6" className="finger-joint" />
            {measured[index] == null ? null : (
              <text x={x} y={y + 6} textAnchor="middle" className="finger-degrees">
                {`${measured[index]}°`}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** How far from its joint a figure stands, on the back of the finger. */
const FIGURE_AWAY = 36;

/** A place on the back of a joint, where no bone lies. */
function outside(points: readonly Point[], index: number): Point {
  const [before = START, joint = START, after = START] = points.slice(index - 1, index + 2);
  const along = (from: Point, to: Point) => Math.atan2(to.y - from.y, to.x - from.x);
  const turn = (along(before, joint) + along(joint, after)) / 2 - Math.PI / 2;
  return { x: joint.x + FIGURE_AWAY * Math.cos(turn), y: joint.y + FIGURE_AWAY * Math.sin(turn) };
}
