import { useTranslations } from '#client/device/words/translations';
import { linePaths, scaleY } from '#domain/chart/plot';

export function PainSparkline({ pain }: { pain: readonly (number | null)[] }) {
  const t = useTranslations('chart');
  const points = pain.map((value, index) => ({ atMs: index, value }));
  const last = points.filter((point) => point.value !== null).at(-1);
  if (!last || last.value === null) return <span className="muted small">{t('noPain')}</span>;
  const [width, height] = [80, 22];
  return (
    <svg
      width={width + 8}
      height={height + 4}
      viewBox={`-2 -2 ${width + 8} ${height + 4}`}
      role="img"
      aria-label={t('spark', { last: last.value })}
    >
      {linePaths(points, { width, height, max: 10 }).map((path) => (
        <path
          key={path}
          d={path}
          fill="none"
          stroke="var(--data-1)"
          strokeWidth="2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
      <circle
        cx={(last.atMs / Math.max(1, pain.length - 1)) * width}
        cy={scaleY(last.value, 10, height)}
        r="3"
        fill="var(--data-1)"
      />
    </svg>
  );
}
