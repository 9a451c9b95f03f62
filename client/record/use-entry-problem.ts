import { useFormatter } from 'next-intl';
import { useTranslations } from '#client/device/words/translations';
import { specOf } from '#domain/record/catalogue';
import type { EntryProblem } from '#domain/record/entry';
import type { MeasureKind } from '#domain/record/measure';
import { type ForceUnit, forceFrom } from '#domain/record/units';

/** What is wrong with what was typed, in words; bounds stand in the unit that it was typed in. */
export function useEntryProblem(unit: ForceUnit) {
  const t = useTranslations('measures.problem');
  const format = useFormatter();
  return ({ kind }: { kind: MeasureKind }, code: EntryProblem): string => {
    const { bounds, unit: stored } = specOf(kind);
    const bound = (value: number) =>
      format.number(stored === 'kgf' ? Math.floor(forceFrom(value, unit)) : value, { useGrouping: false });
    if (code === 'out_of_bounds') return t(code, { min: bound(bounds?.min ?? 0), max: bound(bounds?.max ?? 0) });
    return t(code);
  };
}
