import { useFormatter } from 'next-intl';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type ChartPoint, linePaths, niceMax, scaleY } from '#domain/chart/plot';

type TrendChartProps = {
  title: string;
  points: readonly ChartPoint[];
  /** The full scale, where the measure has one (pain 0 to 10). */
  max?: number;
  /** Values up to this lie in the band of what is wanted. */
  bandTo?: number | null;
  /** Instants at which a new version began: dotted verticals with the number. */
  versions?: readonly { number: number; publishedAt: number | null }[];
  timeZone: string;
};

const WIDTH = 300;
const HEIGHT = 72;

/** One measure over time: line with gaps, last value at its end, a table behind it, a sentence for who cannot see it. */
export function TrendChart({ title, points, max, bandTo = null, versions = [], timeZone }: TrendChartProps) {
  const t = useTranslations('chart');
  const format = useFormatter();
  const when = useWhen(timeZone);
  const known = points.filter((point) => point.value !== null);
  const top = max ?? niceMax(points.map((point) => point.value));
  const date = (at: number) => when(at, 'day');
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return <p className="muted small">{t('nothing', { title })}</p>;
  const span = Math.max(1, (points.at(-1)?.atMs ?? 0) - (points[0]?.atMs ?? 0));
  const x = (at: number) => ((at - (points[0]?.atMs ?? 0)) / span) * WIDTH;
  const sentence = t('sentence', {
    title,
    first: first.value ?? 0,
    from: date(first.atMs),
    last: last.value ?? 0,
    to: date(last.atMs),
  });
  return (
    <figure className="grid gap-1">
      <figcaption className="label">{title}</figcaption>
      <svg
        viewBox={`-30 -18 ${WIDTH + 64} ${HEIGHT + 26}`}
        role="img"
        aria-label={sentence}
        className="w-full max-w-[460px]"
      >
        {bandTo === null ? null : (
          <rect
            x="0"
            y={scaleY(bandTo, top, HEIGHT)}
            width={WIDTH}
            height={HEIGHT - scaleY(bandTo, top, HEIGHT)}
            fill="var(--data-band)"
          />
        )}
        {[0, top].map((value) => (
          <g key={value}>
            <line
              x1="0"
              x2={WIDTH}
              y1={scaleY(value, top, HEIGHT)}
              y2={scaleY(value, top, HEIGHT)}
              stroke="var(--data-grid)"
            />
            <text x="-6" y={scaleY(value, top, HEIGHT) + 4} textAnchor="end" fontSize="12" fill="var(--ink-2)">
              {value}
            </text>
          </g>
        ))}
        {versions.map(({ number, publishedAt }) =>
          publishedAt === null || x(publishedAt) < 0 || x(publishedAt) > WIDTH ? null : (
            <g key={number}>
              <line
                x1={x(publishedAt)}
                x2={x(publishedAt)}
                y1="0"
                y2={HEIGHT}
                stroke="var(--ink-3)"
                strokeDasharray="2 4"
              />
              <text x={x(publishedAt)} y="-6" textAnchor="middle" fontSize="11" fill="var(--ink-2)">
                {t('version', { number })}
              </text>
            </g>
          ),
        )}
        {linePaths(points, { width: WIDTH, height: HEIGHT, max: top }).map((path) => (
          <path
            key={path}
            d={path}
            fill="none"
            stroke="var(--data-1)"
            strokeWidth="2.25"
            strokeLinejoin="round"
            strokeLinecap="round"
          />
        ))}
        <circle cx={x(last.atMs)} cy={scaleY(last.value ?? 0, top, HEIGHT)} r="3.6" fill="var(--data-1)" />
        <text
          x={x(last.atMs) + 8}
          y={scaleY(last.value ?? 0, top, HEIGHT) + 4}
          fontSize="14"
          fontWeight="760"
          fill="var(--data-1)"
        >
          {format.number(last.value ?? 0, { maximumFractionDigits: 1 })}
        </text>
      </svg>
      <details>
        <summary className="small min-h-6 cursor-pointer">{t('table')}</summary>
        <table className="tbl small">
          <tbody>
            {points.map((point) => (
              <tr key={point.atMs}>
                <td>{date(point.atMs)}</td>
                <td className="num">
                  {point.value === null ? t('notAnswered') : format.number(point.value, { maximumFractionDigits: 1 })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </figure>
  );
}
