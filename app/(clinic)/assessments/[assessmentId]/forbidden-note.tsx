'use client';

import { useState } from 'react';
import { useDayName, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Assessment } from '#client/record/use-assessment';
import { TextField } from '#components/form/field';
import { useLimitWords } from '#components/record/restriction-words';
import type { ForbiddenReason } from '#domain/record/forbidden';

/** Why some tests are not offered, each reason once; the care team may do them all the same and says why. */
export function ForbiddenNote({ assessment }: { assessment: Assessment }) {
  const t = useTranslations('measures.enter');
  const a = useTranslations('assessment');
  const [typed, setTyped] = useState('');
  const { sections, fieldOf, override, setOverride } = assessment;
  const all = sections.flatMap(({ cells }) => cells.flatMap((cell) => fieldOf(cell).reasons ?? []));
  const listed = [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  const words = useReasonOf();
  if (listed.length === 0) return null;
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="forbidden">
      <h2 id="forbidden" className="section-title">
        {a('forbidden')}
      </h2>
      {listed.map((reason) => (
        <p key={JSON.stringify(reason)} className="state care whitespace-normal">
          {t('forbidden', { why: words(reason) })}
        </p>
      ))}
      {override === null ? (
        <form
          className="flex flex-wrap items-end gap-2"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (typed.trim() !== '') setOverride(typed.trim());
          }}
        >
          <div className="min-w-[min(100%,16rem)] flex-1">
            <TextField
              label={t('overrideReason')}
              maxLength={300}
              value={typed}
              onChange={({ target }) => setTyped(target.value)}
            />
          </div>
          <button type="submit" className="btn quiet min-h-12">
            {t('override')}
          </button>
        </form>
      ) : (
        <p className="muted">{a('overridden', { reason: override })}</p>
      )}
    </section>
  );
}

function useReasonOf(): (reason: ForbiddenReason) => string {
  const t = useTranslations('measures.enter.why');
  const when = useWhen(null);
  const dayName = useDayName();
  const limitWords = useLimitWords();
  return (reason) => {
    if (reason.why === 'stop') return t('stop', { severity: reason.severity, date: when(reason.saidAt, 'date') });
    if (reason.why === 'after_surgery')
      return t('after_surgery', { weeks: reason.weeks, date: dayName(reason.surgeryOn) });
    const until = reason.untilOn === null ? 'none' : dayName(reason.untilOn);
    return `${t('restriction', { until })} (${limitWords(reason.limit)})`;
  };
}
