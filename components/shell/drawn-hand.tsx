import { useTranslations } from '#client/device/words/translations';

const PICTURE = { width: 480, height: 600 };
const FINGER = 'M188 352 L196 246 L267 221';
const STRAIGHT_ON = 'M196 246 L200.7 184.2';
const ARC = 'M198.7 210.1 A36 36 0 0 1 230 234';
const JOINTS = [
  [188, 352],
  [196, 246],
  [267, 221],
] as const;
const TARGET = 'M196 246 L270.3 233.7 L324.6 242.3';
const ARROW = 'M300 132 C338 138 366 164 366 204 M358.8 189.7 L366 204 L374.2 190.2';

function Stroke({ path, ink = 'clinician' }: { path: string; ink?: 'clinician' | 'measure' }) {
  return (
    <>
      <path className="case" d={path} />
      <path className={`core ${ink}`} d={path} />
    </>
  );
}

function DottedStroke({ path, ink = 'clinician' }: { path: string; ink?: 'clinician' | 'measure' }) {
  return (
    <>
      <path className="case" d={path} />
      <path className={`core dotted ${ink}`} d={path} />
    </>
  );
}

/** A hand with a therapist's drawing on it, in the inks of the product; decoration beside words that say it. */
export function DrawnHand({ className }: { className: string }) {
  const t = useTranslations('landing.drawing');
  return (
    <div className={`drawn-hand ${className}`} aria-hidden="true">
      {/* biome-ignore lint/performance/noImgElement: a fixed picture of our own needs no optimizer */}
      <img src="/art/cut-hook.webp" alt="" {...PICTURE} />
      <svg className="marks" viewBox={`0 0 ${PICTURE.width} ${PICTURE.height}`} aria-hidden="true">
        <Stroke path={FINGER} ink="measure" />
        <DottedStroke path={STRAIGHT_ON} ink="measure" />
        <Stroke path={ARC} ink="measure" />
        {JOINTS.map(([x, y]) => (
          <g key={y}>
            <circle className="dot-case" cx={x} cy={y} r={9} />
            <circle className="dot measure" cx={x} cy={y} r={6} />
          </g>
        ))}
        <DottedStroke path={TARGET} />
        <Stroke path={ARROW} />
      </svg>
      <p className="mark-label">
        {t('angle')}
        <small>{t('joint')}</small>
      </p>
    </div>
  );
}
