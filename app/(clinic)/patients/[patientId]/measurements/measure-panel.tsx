'use client';

import { useSuspenseQuery } from '@tanstack/react-query';
import { useTRPC } from '#client/api/trpc';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { type MeasureWords, useMeasureWords } from '#client/record/use-measure-words';
import { type MethodLine, MethodLines } from '#components/chart/method-lines';
import { niceScale } from '#domain/chart/lines';
import { specOf } from '#domain/record/catalogue';
import { changeOf, detectableChangeFor } from '#domain/record/changes';
import { isStraightening } from '#domain/record/joints';
import { CsvButton } from './csv';
import { ErrorSource, errorContext, PanelNotes } from './panel-notes';
import type { Item, Measure, Reader } from './reader';
import { ValueTable } from './value-table';

type MeasurePanelProps = {
  item: Item;
  items: readonly Item[];
  measures: readonly Measure[];
  reader: Reader;
  mayWrite: boolean;
};

/** One measure: what is true of it in a sentence, its lines, what it is compared with, and every value. */
export function MeasurePanel({ item, items, measures, reader, mayWrite }: MeasurePanelProps) {
  const t = useTranslations('measures');
  const words = useMeasureWords(reader.unit);
  const { of } = item.main;
  const name = words.name(of);
  return (
    <section className="card grid grid-cols-1 gap-3 p-4 sm:p-5" aria-labelledby="measure">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="measure" className="section-title wrap-anywhere">
          {specOf(of.kind).group === 'strength' ? `${name}, ${words.how(of, false)}` : name}
        </h2>
        {of.side ? <span className="lr">{t(`side.${of.side}`)}</span> : null}
        <span className="grow" />
        <CsvButton item={item} reader={reader} words={words} />
      </div>
      <Lead item={item} reader={reader} words={words} />
      <Picture item={item} reader={reader} words={words} />
      <PanelNotes item={item} items={items} reader={reader} words={words} />
      <ValueTable item={item} measures={measures} reader={reader} words={words} mayWrite={mayWrite} />
    </section>
  );
}

type PartProps = { item: Item; reader: Reader; words: MeasureWords };

/** The change of the line that is told of, against what measuring alone may make of it. */
function Lead({ item, reader, words }: PartProps) {
  const t = useTranslations('measures');
  const when = useWhen(null);
  const { main, lines } = item;
  const { of, points } = main;
  const [first] = points;
  const last = points.at(-1) ?? first;
  const how = words.how(of);
  const ways = lines.length > 1 ? t('change.ways', { count: lines.length }) : '';
  const against = detectableChangeFor(of, errorContext(main, reader));
  const said = sentence();
  return (
    <div className="grid gap-1">
      <p>
        <strong>{said.text}</strong> {ways}
      </p>
      {said.error === null || !against ? null : (
        <ErrorSource against={against} error={words.amount(of.kind, said.error)} />
      )}
    </div>
  );

  function sentence(): { text: string; error: number | null } {
    const date = when(first.at, 'date');
    if (points.length === 1) {
      return {
        text: t('change.once', { value: words.value(of, last), date: when(last.at, 'date'), how }),
        error: null,
      };
    }
    if (first.value === null || last.value === null) {
      const [value, before] = [words.value(of, last), words.value(of, first)];
      return { text: t('change.wordsSince', { value, how, before, date }), error: null };
    }
    const values = { first: first.value, last: last.value };
    const change = changeOf(of, values, against);
    if (change.way === 'same') return { text: t('change.sameSince', { date, how }), error: null };
    const than = t(`change.${change.than}`, {
      error: change.error === null ? '' : words.amount(of.kind, change.error),
    });
    return {
      text: t('change.since', { change: words.change(of, values, change), how, date, than }),
      error: change.error,
    };
  }
}

/** Pain and scores have their own full scale; everything else takes the room that its values need. */
function wholeScaleOf(item: Item) {
  return specOf(item.main.of.kind).unit === 'score' ? { min: 0, max: 10 } : null;
}

function Picture({ item, reader, words }: PartProps) {
  const t = useTranslations('measures');
  const trpc = useTRPC();
  const { data: programs } = useSuspenseQuery(trpc.programs.ofPatient.queryOptions({ patientId: reader.patient.id }));
  const when = useWhen(null);
  const { of } = item.main;
  if (specOf(of.kind).unit === null) return null;
  const lines = item.lines.flatMap((line): (MethodLine & { spoken: string })[] => {
    const points = line.points.map(({ at, value }) => ({ atMs: at, value }));
    const known = line.points.filter(({ value }) => value !== null);
    const [first] = known;
    const last = known.at(-1);
    if (!first || !last) return [];
    const how = words.how(line.of);
    const said = { how, from: when(first.at, 'date'), last: words.value(line.of, last), to: when(last.at, 'date') };
    const spoken =
      first === last ? t('chart.point', said) : t('chart.line', { ...said, first: words.value(line.of, first) });
    return [{ key: line.key, points, how, last: said.last, spoken }];
  });
  const values = lines.flatMap(({ points }) => points.flatMap(({ value }) => (value === null ? [] : [value])));
  if (values.length === 0) return null;
  const isStraight = isStraightening(of.joint, of.motion);
  return (
    <MethodLines
      label={t('chart.of', { name: words.name(of), lines: lines.map(({ spoken }) => spoken).join('; ') })}
      lines={lines}
      scale={niceScale(values, wholeScaleOf(item))}
      versions={programs.flatMap(({ current }) =>
        current?.publishedAt
          ? [{ key: current.id, atMs: current.publishedAt, label: t('chart.version', { number: current.number }) }]
          : [],
      )}
      tick={(value) => (isStraight ? words.straightTick(value) : words.amount(of.kind, value))}
      day={(at) => when(at, 'day')}
    />
  );
}
