'use client';

import Link from 'next/link';
import { Fragment, useState } from 'react';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { MeasureWords } from '#client/record/use-measure-words';
import { LineSign } from '#components/chart/line-mark';
import { changeOf } from '#domain/record/changes';
import { valueOfTrials } from '#domain/record/measure';
import { measureKeyOf, type SeriesPoint } from '#domain/record/series';
import { CorrectMeasure } from './correct';
import type { Item, Measure, Reader } from './reader';

const SHOWN_FIRST = 7;

type Line = Item['lines'][number];
type Value = { line: Line; index: number; point: SeriesPoint<Measure>; before: SeriesPoint<Measure> | undefined };

type ValueTableProps = {
  item: Item;
  measures: readonly Measure[];
  reader: Reader;
  words: MeasureWords;
  mayWrite: boolean;
};

/** Every value of all lines, the newest first, with where it was measured; corrected in its row. */
export function ValueTable({ item, measures, reader, words, mayWrite }: ValueTableProps) {
  const t = useTranslations('measures');
  const [isWhole, setWhole] = useState(false);
  const [correcting, setCorrecting] = useState<string | null>(null);
  const values = valuesOf(item);
  const shown = isWhole ? values : values.slice(0, SHOWN_FIRST);
  const later = values.length - shown.length;
  const taken = measures.filter((one) => one.isVoid && measureKeyOf(one) === measureKeyOf(item.main.of));
  return (
    <div className="grid grid-cols-1 gap-2">
      <table className="tbl value-table" aria-label={t('table.name', { name: words.name(item.main.of) })}>
        <thead>
          <tr>
            <th scope="col">{t('table.date')}</th>
            <th scope="col">{t('table.how')}</th>
            <th scope="col">{t('table.value')}</th>
            <th scope="col">{t('table.before')}</th>
            <th scope="col">
              <span className="vh">{t('table.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((value) => {
            const key = `${value.line.key} ${value.point.rows[0].id}`;
            return (
              <Fragment key={key}>
                <ValueRow value={value} words={words} onCorrect={mayWrite ? () => setCorrecting(key) : null} />
                {correcting === key ? (
                  <tr>
                    <td colSpan={5}>
                      <CorrectMeasure
                        measure={value.point.rows[0]}
                        reader={reader}
                        words={words}
                        onClose={() => setCorrecting(null)}
                      />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {later > 0 ? (
        <button type="button" className="btn plain min-h-12 w-fit" onClick={() => setWhole(true)}>
          {t('table.earlier', { count: later })}
        </button>
      ) : null}
      <TakenAway taken={taken} words={words} />
    </div>
  );
}

function valuesOf({ lines }: Item): Value[] {
  return lines
    .flatMap((line, index) =>
      line.points.map((point, at): Value => ({ line, index, point, before: line.points[at - 1] })),
    )
    .sort((a, b) => b.point.at - a.point.at || a.index - b.index);
}

function ValueRow({ value, words, onCorrect }: { value: Value; words: MeasureWords; onCorrect: (() => void) | null }) {
  const t = useTranslations('measures');
  const when = useWhen(null);
  const { line, index, point, before } = value;
  const { of } = line;
  const [row] = point.rows;
  const date = when(point.at, 'date');
  const shown = words.value(of, point);
  const isFrame = row.where?.kind === 'clip' && row.where.frame !== null && of.method === 'clip';
  return (
    <tr>
      <th scope="row" data-label={t('table.date')} className="value-date">
        {date}
      </th>
      <td data-label={t('table.how')}>
        <span className="inline-flex items-center gap-1.5">
          <LineSign index={index} />
          <span className="wrap-anywhere">
            {isFrame && row.where?.kind === 'clip' ? t('table.frame', { frame: row.where.frame ?? 0 }) : words.how(of)}
          </span>
        </span>
      </td>
      <td data-label={t('table.value')}>
        <strong>{shown}</strong>
        <Beside point={point} of={of} words={words} />
      </td>
      <td data-label={t('table.before')}>{sinceBefore()}</td>
      <td>
        <span className="flex flex-wrap items-center gap-x-3">
          <PlaceLink measure={row} date={date} isDerived={line.isDerived} />
          {onCorrect && mayCorrect(value) ? (
            <button
              type="button"
              className="btn plain min-h-12"
              aria-label={t('table.correctOf', { value: shown, date })}
              onClick={onCorrect}
            >
              {t('table.correct')}
            </button>
          ) : null}
        </span>
      </td>
    </tr>
  );

  function sinceBefore(): string {
    if (!before) return '';
    if (before.value === null || point.value === null) return t('change.was', { value: words.value(of, before) });
    const values = { first: before.value, last: point.value };
    return words.change(of, values, changeOf(of, values, null));
  }
}

/** A total is corrected by its joints, the best by its trials. */
function mayCorrect({ line: { isDerived, of } }: Value): boolean {
  return !isDerived && of.statistic !== 'max';
}

type BesideProps = { point: SeriesPoint<Measure>; of: Line['of']; words: MeasureWords };

/** What belongs to a value: its trials, what stood there before, and everything that was out of the ordinary. */
function Beside({ point, of, words }: BesideProps) {
  const t = useTranslations('measures.table');
  if (point.rows.length > 1) return null;
  const [row] = point.rows;
  const said = [
    point.trials && point.trials.length > 1
      ? t('trials', { trials: point.trials.map((trial) => words.amount(of.kind, trial)).join(' · ') })
      : '',
    ...row.earlier.map(({ value, choice, trials, reason }) => {
      // Of the line of the best: what was the best then.
      const then = of.statistic && trials ? valueOfTrials(trials, of.statistic) : value;
      return t('was', { value: words.value(of, { value: then, choice }), reason });
    }),
    row.stoppedFor ? t('stopped') : '',
    row.overrideReason ? t('override', { reason: row.overrideReason }) : '',
    row.isAddendum ? t('addendum') : '',
    row.note ?? '',
  ].filter(Boolean);
  return said.map((text) => (
    <span key={text} className="small muted wrap-anywhere block">
      {text}
    </span>
  ));
}

/** To the picture on which it was measured, or the visit. */
function PlaceLink({ measure, date, isDerived }: { measure: Measure; date: string; isDerived: boolean }) {
  const t = useTranslations('measures.table');
  const { where } = measure;
  if (!where || isDerived) return null;
  const toMark = measure.mark ? `#mark-${measure.mark.markId}` : '';
  const toStill = where.kind === 'visit' && where.stillId ? `#still-${where.stillId}` : '';
  const href = where.kind === 'clip' ? `/review/${where.checkInId}${toMark}` : `/visit/${where.visitId}${toStill}`;
  const open = t(where.kind === 'clip' ? 'openFrame' : where.stillId ? 'openStill' : 'openVisit');
  return (
    <Link
      className="link inline-flex min-h-12 items-center"
      href={href}
      prefetch={false}
      aria-label={t('openOf', { open, date })}
    >
      {open}
    </Link>
  );
}

/** What was taken away counts nowhere; that it stood there, and why it does not, is still read. */
function TakenAway({ taken, words }: { taken: readonly Measure[]; words: MeasureWords }) {
  const t = useTranslations('measures.table');
  const when = useWhen(null);
  if (taken.length === 0) return null;
  return (
    <ul className="small muted grid gap-1">
      {taken.map((one) => (
        <li key={one.id}>
          <s>{words.value(one, one)}</s>{' '}
          {t('void', { date: when(one.measuredAt, 'date'), reason: one.earlier[0]?.reason ?? '' })}
        </li>
      ))}
    </ul>
  );
}
