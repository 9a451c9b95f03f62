'use client';

import { useReaderZone } from '#client/device/reader-zone';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { WeekStrip } from '#components/chart/week-strip';
import { estimateSeconds } from '#domain/program/dose';
import { localDay, localMinutes } from '#domain/time/local-day';
import { type Planned, weekOf } from './planned';
import { useOthers } from './use-others';

/** How much is done, in a sentence, and the week. */
export function Greeting({ day, plan, nowMs }: { day: Day; plan: readonly Planned[]; nowMs: number }) {
  const t = useTranslations('today');
  const { name, timeZone } = day.pack.patient;
  const when = useWhen(timeZone);
  const hour = Math.floor(localMinutes(nowMs, timeZone) / 60);
  const today = localDay(nowMs, timeZone);
  const readerZone = useReaderZone();
  // Planned hours are those of the record, wherever the phone is.
  const isElsewhere = readerZone !== null && localMinutes(nowMs, readerZone) !== localMinutes(nowMs, timeZone);
  // What waits for the clinic is not asked of anybody.
  const asked = plan.filter(({ waits }) => !waits);
  const total = asked.reduce((sum, { due }) => sum + due.slotsTotal, 0);
  const partly = asked.reduce((sum, { due }) => sum + due.slotsPartial, 0);
  const done = asked.reduce((sum, { due }) => sum + due.slotsDone, 0) - partly;
  const skipped = asked.reduce((sum, { due }) => sum + due.slotsSkipped, 0);
  const others = useOthers()({ partly, skipped });
  const seconds = asked.reduce(
    (sum, { prescription, due, stop }) =>
      sum +
      (stop === null && (due.state === 'due' || due.state === 'later')
        ? estimateSeconds(prescription.dose) * Math.max(0, due.slotsTotal - due.slotsDone - due.slotsSkipped)
        : 0),
    0,
  );
  return (
    <div className="grid gap-3">
      <div>
        <h1 className="page-title">
          {t('hello', {
            part: hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening',
            name,
          })}
        </h1>
        <p className="muted">
          {total === 0
            ? asked.length > 0
              ? t('restDay')
              : ''
            : done >= total
              ? t('allDone')
              : done + partly + skipped >= total
                ? t('allLogged')
                : t('progress', { done, total, minutes: Math.ceil(seconds / 60) })}
        </p>
        {others.length > 0 ? <p className="muted">{others.join(', ')}</p> : null}
        {isElsewhere ? <p className="muted">{t('byClockOf', { zone: timeZone.replaceAll('_', ' ') })}</p> : null}
      </div>
      {plan.length > 0 ? <WeekStrip days={weekOf(day, today)} /> : null}
      {day.offline ? (
        <p role="status" className="state care whitespace-normal">
          {t('stale', {
            when: when(day.pack.madeAt, 'weekday'),
          })}
        </p>
      ) : null}
    </div>
  );
}
