import type { Outputs } from '#client/api/trpc';
import { useSay } from '#client/device/say';
import { useTranslations } from '#client/device/words/translations';
import { TrendChart } from '#components/chart/trend-chart';
import { useDoseWords } from '#components/program/dose-words';

type Trend = Outputs['logs']['trends'][number];

export function Trends({ trends, timeZone }: { trends: readonly Trend[]; timeZone: string }) {
  const t = useTranslations('today');
  const say = useSay();
  const doseWords = useDoseWords();
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,20rem),1fr))] gap-4">
      {trends.map((trend) => {
        const latest = trend.versions.at(-1);
        const name = trend.exercise?.texts.name ?? '';
        return (
          <li key={trend.lineageId} className="card grid gap-3 p-4">
            <h3 className="font-bold">{t('named', { exercise: name, side: trend.side })}</h3>
            {latest ? <p className="muted">{doseWords(latest.dose)}</p> : null}
            <TrendChart
              title={say({ key: 'log.trend.pain' })}
              points={trend.pain}
              max={10}
              bandTo={latest?.dose.painLimit ?? null}
              versions={trend.versions}
              timeZone={timeZone}
            />
            <TrendChart
              title={say({ key: 'log.trend.reps' })}
              points={trend.reps}
              versions={trend.versions}
              timeZone={timeZone}
            />
          </li>
        );
      })}
    </ul>
  );
}
