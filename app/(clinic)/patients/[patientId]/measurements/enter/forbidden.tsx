'use client';

import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { TextField } from '#components/form/field';
import type { ForbiddenReason } from '#domain/record/forbidden';
import type { FormCell } from './use-entry';

type ForbiddenProps = {
  cells: readonly FormCell[];
  /** Null = what is forbidden is not offered. */
  override: string | null;
  problem: string | null;
  onOverride(reason: string | null): void;
};

/** Why a test is not offered, each reason once; the care team may do it all the same and says why. */
export function Forbidden({ cells, override, problem, onOverride }: ForbiddenProps) {
  const t = useTranslations('measures.enter');
  const all = cells.flatMap(({ reasons }) => reasons ?? []);
  const listed = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  if (listed.length === 0) return null;
  return (
    <div className="grid gap-2">
      {listed.map((reason) => (
        <ForbiddenWords key={JSON.stringify(reason)} reason={reason} />
      ))}
      {override === null ? (
        <button type="button" className="btn quiet min-h-12 w-fit" onClick={() => onOverride('')}>
          {t('override')}
        </button>
      ) : (
        <TextField
          label={t('overrideReason')}
          maxLength={300}
          value={override}
          problem={problem}
          onChange={({ target }) => onOverride(target.value)}
        />
      )}
    </div>
  );
}

function ForbiddenWords({ reason }: { reason: ForbiddenReason }) {
  const t = useTranslations('measures.enter');
  const when = useWhen(null);
  const dayName = useDayName();
  const why =
    reason.why === 'stop'
      ? t('why.stop', { severity: reason.severity, date: when(reason.saidAt, 'date') })
      : reason.why === 'restriction'
        ? t('why.restriction', { until: reason.untilOn === null ? 'none' : dayName(reason.untilOn) })
        : t('why.after_surgery', { weeks: reason.weeks, date: dayName(reason.surgeryOn) });
  return <p className="state care whitespace-normal">{t('forbidden', { why })}</p>;
}
