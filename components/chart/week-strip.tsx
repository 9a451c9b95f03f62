import { useDayName } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { DayState } from '#domain/program/schedule';

type Day = { day: string; state: DayState };

/** One node by state: tick disc, half, slashed ring, empty ring, short bar, citron for now, small ring to come. */
function Node({ state, x, y, r }: { state: DayState; x: number; y: number; r: number }) {
  const ring = { cx: x, cy: y, r: r - 1, fill: 'var(--surface)', stroke: 'var(--control-line)', strokeWidth: 2 };
  switch (state) {
    case 'done':
      return (
        <g>
          <circle cx={x} cy={y} r={r} fill="var(--good-fill)" />
          <path
            d={`M${x - r * 0.42} ${y} l${r * 0.3} ${r * 0.34} l${r * 0.56} ${-r * 0.66}`}
            stroke="var(--on-good)"
            strokeWidth={r * 0.22}
            fill="none"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </g>
      );
    case 'partly':
      return (
        <g>
          <circle {...ring} stroke="var(--good-fill)" />
          <path d={`M${x} ${y - r + 1} a${r - 1} ${r - 1} 0 0 0 0 ${2 * r - 2} z`} fill="var(--good-fill)" />
        </g>
      );
    case 'skipped':
      return (
        <g>
          <circle {...ring} />
          <path
            d={`M${x - r * 0.5} ${y + r * 0.5} L${x + r * 0.5} ${y - r * 0.5}`}
            stroke="var(--control-line)"
            strokeWidth="2"
          />
        </g>
      );
    case 'rest':
      return <rect x={x - r * 0.5} y={y - 2} width={r} height={4} rx={2} fill="var(--control-line)" />;
    case 'today':
      return <circle cx={x} cy={y} r={r - 2} fill="#eeec4e" stroke="var(--ring)" strokeWidth={r * 0.33} />;
    case 'to_come':
      return <circle {...ring} r={r * 0.5} />;
    case 'none':
      return <circle {...ring} />;
  }
}

/** Seven days as one line with nodes. Grey is "nothing logged", never a reproach. */
export function WeekStrip({ days, small = false }: { days: readonly Day[]; small?: boolean }) {
  const t = useTranslations('weekStrip');
  const dayName = useDayName();
  const gap = small ? 14 : 46;
  const r = small ? 5.5 : 13;
  const top = r + 1;
  const width = gap * (days.length - 1) + 2 * (small ? r + 1 : 22);
  const left = small ? r + 1 : 22;
  const name = (day: string) => dayName(day, 'weekday');
  const label = days.map(({ day, state }) => `${name(day)}: ${t(state)}`).join(', ');
  return (
    <svg
      width={width}
      height={small ? 2 * r + 2 : 54}
      viewBox={`0 0 ${width} ${small ? 2 * r + 2 : 54}`}
      role="img"
      aria-label={label}
      className="max-w-full"
    >
      <line x1={left} x2={width - left} y1={top} y2={top} stroke="var(--line)" strokeWidth="2.5" />
      {days.map(({ day, state }, index) => (
        <g key={day}>
          <Node state={state} x={left + index * gap} y={top} r={r} />
          {small ? null : (
            <text
              x={left + index * gap}
              y={51}
              textAnchor="middle"
              fontSize="16"
              fontWeight={index === days.length - 1 ? 780 : 560}
              fill={index === days.length - 1 ? 'var(--ink)' : 'var(--ink-2)'}
            >
              {index === days.length - 1 ? t('todayName') : name(day)}
            </text>
          )}
        </g>
      ))}
    </svg>
  );
}
