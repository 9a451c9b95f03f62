'use client';

import Link from 'next/link';
import { useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { useHydratedOutbox } from '#client/device/account-outbox';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useSay } from '#client/device/say';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import type { Day } from '#client/practice/day-pack';
import { amendSymptoms } from '#client/practice/say-symptoms';
import { callFor, redFlagAnswer } from '#domain/practice/pain-policy';
import type { HeldStop } from '#domain/practice/said';
import { isSlipInTime } from '#domain/practice/stop';
import { localDay } from '#domain/time/local-day';
import { Ring } from './ring';
import { StopSign } from './stop-sign';

type StopCardProps = {
  stop: HeldStop;
  /** The one that is stopped, in words; null = all of them. */
  exercise: string | null;
  day: Day;
};

/** What is stopped, why, until when, and whom to ring. Within minutes it can be taken back where it was a slip. */
export function StopCard({ stop, exercise, day }: StopCardProps) {
  const t = useTranslations('stop');
  const { timeZone } = day.pack.patient;
  const isUrgent = stop.severity === 'urgent';
  const time = useWhen(timeZone)(stop.saidAt, 'weekday');
  // From the next morning on it is not today that it rests: it waits for the answer that is asked for above.
  const isOfToday = stop.saidOn === localDay(useMinute(), timeZone);
  const until = isOfToday ? 'untilMorning' : 'untilBetter';
  return (
    <section className="card grid gap-3 border-2 border-stop p-4" aria-label={t('stopped')}>
      <div className="flex items-start gap-3">
        <StopSign size={36} />
        <div className="grid gap-1">
          <h2 className="text-[1.25rem] font-extrabold text-stop">
            <Reason stop={stop} />
          </h2>
          <p>{exercise === null ? t('card.all', { time }) : t('card.of', { exercise, time })}</p>
          <p className={stop.isKnown ? '' : 'font-bold'}>{t(stop.isKnown ? 'card.told' : 'card.notTold')}</p>
          <p>{t(`card.${isUrgent ? 'untilClinic' : stop.lineageId === null ? (`${until}All` as const) : until}`)}</p>
          {isUrgent ? null : <p>{t('card.worse')}</p>}
        </div>
      </div>
      <Ring clinic={day.pack.clinic} call={callFor(stop.redFlags ?? []) ?? 'clinic'} />
      <TakeBack stop={stop} day={day} />
    </section>
  );
}

function Reason({ stop }: { stop: HeldStop }) {
  const t = useTranslations('stop');
  const say = useSay();
  if (stop.redFlags && stop.redFlags.length > 0) {
    const { key, values } = redFlagAnswer(stop.redFlags);
    return say({ key, values });
  }
  return stop.pain === null ? t('card.hurts') : t('card.pain', { pain: stop.pain });
}

/** Said outside of a log it is taken back with one press; the pain of a log is corrected where it is asked for again. */
function TakeBack({ stop, day }: { stop: HeldStop; day: Day }) {
  const t = useTranslations('stop');
  const outbox = useHydratedOutbox();
  const [isLate, setIsLate] = useState(false);
  const minuteMs = useMinute();
  const isInTime = isSlipInTime(stop.saidAt, Math.max(minuteMs, stop.saidAt));
  if (stop.sourceKind === 'log' && isInTime)
    return (
      <Link className="btn plain" href="/progress" prefetch={false}>
        {t('changeAnswer')}
      </Link>
    );
  if (!isLate && !(stop.sourceKind === 'symptom_check' && isInTime)) return null;
  if (isLate) return <p role="status">{t('tooLate')}</p>;
  function takeBack() {
    if (!outbox) return;
    // The press may come after the minutes are over: then the words say so, and both stay.
    if (!isSlipInTime(stop.saidAt, deviceNow())) setIsLate(true);
    const said = { checkId: stop.sourceId, saidAt: stop.saidAt, lineageId: stop.lineageId };
    amendSymptoms(outbox, day, said, { kind: 'slip', pain: null }).stored.catch(() => undefined);
  }
  return (
    <button type="button" className="btn plain" onClick={takeBack}>
      {t('slip')}
    </button>
  );
}
