import {
  type FingerPoints,
  fingerPoints,
  fitPoses,
  type PoseFrame,
  type PoseProp,
  type PropShape,
  poseAt,
  poseRow,
  propShape,
  THUMB_TIP,
  WRIST,
} from '#domain/program/pose';

const CELL = 64;
const PALM = 'M24 38 C22 45 23 52 24 64 L40 64 C43 54 42 46 38 41 Z';
const FOREARM = `M25 ${WRIST.y - 4} L26 ${WRIST.y + 40} L38 ${WRIST.y + 40} L39 ${WRIST.y - 4} Z`;
const THUMB = `M37 58 L48 50 L${THUMB_TIP.x} ${THUMB_TIP.y}`;
/** One flat colour per object, the same in both themes. */
const COLOURS: Record<PoseProp, string> = {
  putty: '#dba532',
  ball: '#c2354a',
  towel: '#6f93bf',
  cup: '#6f93bf',
  stick: '#94540a',
  weight: '#6a6577',
  texture: '#dba532',
  mirror: '#6f93bf',
  bead: '#c2354a',
  button: '#0a6c82',
  key: '#94540a',
  band: '#0a6c82',
  block: '#9c1f68',
  water: '#5cc6de',
};
type PoseProps = { id: string; frames: readonly PoseFrame[]; label?: string; size?: number };
const round = { strokeLinecap: 'round', strokeLinejoin: 'round' } as const;

/**
 * The drawing of an exercise: one square per position, in a row. `id` must be unique on the page; without `label` the
 * drawing is decoration beside a written name. `size` is the height in CSS pixels.
 */
export function Pose({ id, frames, label, size = 64 }: PoseProps) {
  const row = poseRow(frames, CELL);
  const fit = fitPoses(frames, CELL);
  const width = (row.at(-1)?.x ?? 0) + CELL;
  const clip = `pose-${id}`;
  return (
    <svg
      role="img"
      aria-label={label}
      aria-hidden={label === undefined || undefined}
      width={(size * width) / CELL}
      height={size}
      viewBox={`0 0 ${width} ${CELL}`}
      fill="none"
    >
      <clipPath id={clip}>
        <rect width={CELL} height={CELL} rx="15" />
      </clipPath>
      {row.map(({ x, frame }) => (
        <g key={x} transform={`translate(${x} 0)`} clipPath={`url(#${clip})`}>
          <rect width={CELL} height={CELL} fill="var(--pose-bg)" />
          <g transform={`translate(${fit.x} ${fit.y}) scale(${fit.scale})`}>
            <Hand frame={frame} />
          </g>
        </g>
      ))}
    </svg>
  );
}

type MovingPoseProps = { frames: readonly PoseFrame[]; closed: number };

/** The drawn hand on its way from the first position of an exercise (`closed` 0) to the last (1). Decoration. */
export function MovingPose({ frames, closed }: MovingPoseProps) {
  const frame = poseAt(frames, closed);
  const fit = fitPoses(frames, CELL);
  if (!frame) return null;
  return (
    <svg aria-hidden="true" viewBox={`0 0 ${CELL} ${CELL}`} className="h-full" fill="none">
      <g transform={`translate(${fit.x} ${fit.y}) scale(${fit.scale})`}>
        <Hand frame={frame} />
      </g>
    </svg>
  );
}

function Hand({ frame }: { frame: PoseFrame }) {
  const points = fingerPoints({ ...frame, wrist: null });
  const finger = `M${points.map(({ x, y }) => `${x} ${y}`).join(' L')}`;
  const shape = frame.prop && propShape(frame.prop, points);
  const prop = frame.prop && shape && <Prop prop={frame.prop} shape={shape} />;
  return (
    <>
      {frame.wrist !== null && <Flesh d={FOREARM} />}
      <g transform={`rotate(${frame.wrist ?? 0} ${WRIST.x} ${WRIST.y})`}>
        <Flesh d={PALM} />
        {shape?.isBehind && prop}
        <path d={finger} stroke="var(--pose-bg)" strokeWidth="14.5" {...round} />
        <path d={finger} stroke="var(--pose-flesh)" strokeWidth="12" {...round} />
        {frame.thumb === 'meeting' && <path d={THUMB} stroke="var(--pose-thumb)" strokeWidth="10" {...round} />}
        {!shape?.isBehind && prop}
        <path d={finger} stroke="var(--pose-joint)" strokeWidth="2" {...round} />
        <Joints points={points} />
      </g>
    </>
  );
}

function Flesh({ d }: { d: string }) {
  return <path d={d} fill="var(--pose-flesh)" stroke="var(--pose-flesh)" strokeWidth="8" strokeLinejoin="round" />;
}

function Joints({ points: [knuckle, middle, end, tip] }: { points: FingerPoints }) {
  return (
    <>
      <circle cx={knuckle.x} cy={knuckle.y} r="2.6" fill="var(--pose-joint)" />
      <circle cx={middle.x} cy={middle.y} r="2.6" fill="var(--pose-joint)" />
      <circle cx={end.x} cy={end.y} r="2.6" fill="var(--pose-joint)" />
      <circle cx={tip.x} cy={tip.y} r="3.4" fill="#eeec4e" stroke="var(--pose-joint)" strokeWidth="1.8" />
    </>
  );
}

function Prop({ shape, prop }: { shape: PropShape; prop: PoseProp }) {
  const colour = COLOURS[prop];
  const line = shape.lineWidth > 0 ? { stroke: colour, strokeWidth: shape.lineWidth, ...round } : {};
  return <path d={shape.path} fill={shape.isFilled ? colour : 'none'} {...line} />;
}
