'use client';

import { Download } from 'lucide-react';
import { useTranslations } from '#client/device/words/translations';
import type { MeasureWords } from '#client/record/use-measure-words';
import { toCsv } from '#domain/input/csv';
import { specOf } from '#domain/record/catalogue';
import { forceFrom } from '#domain/record/units';
import type { Item, Reader } from './reader';

const COLUMNS = [
  'measure',
  'side',
  'date',
  'zone',
  'method',
  'device',
  'posture',
  'handle',
  'statistic',
  'value',
  'unit',
  'trials',
  'by',
  'note',
] as const;

/** Every value of a measure as a file, in the reader's unit; made here, so that nothing of it stands in an address. */
export function CsvButton({ item, reader, words }: { item: Item; reader: Reader; words: MeasureWords }) {
  const t = useTranslations('measures');
  const { of } = item.main;
  const isForce = specOf(of.kind).unit === 'kgf';
  const shown = (value: number) => Math.round((isForce ? forceFrom(value, reader.unit) : value) * 1000) / 1000;

  function rows() {
    return item.lines.flatMap((line) =>
      line.points.map(({ at, value, choice, trials, rows: [row] }) => [
        words.name(line.of),
        line.of.side,
        new Date(at).toISOString(),
        row.measuredTimeZone,
        line.of.method,
        line.of.device,
        line.of.posture,
        line.of.handle,
        line.of.statistic,
        value === null ? (choice === null ? null : words.choice(of.kind, choice)) : shown(value),
        isForce ? reader.unit : specOf(of.kind).unit,
        trials === null ? null : trials.map(shown).join(' '),
        row.byName,
        row.note,
      ]),
    );
  }

  function save() {
    const text = toCsv([COLUMNS.map((column) => t(`csv.${column}`)), ...rows()]);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
    link.download = `${of.kind}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  }
  return (
    <button type="button" className="btn plain min-h-12" onClick={save}>
      <Download aria-hidden="true" size={18} /> {t('table.csv')}
    </button>
  );
}
