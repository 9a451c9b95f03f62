'use client';

import { ChevronDown, MessageCircle, Phone } from 'lucide-react';
import Link from 'next/link';
import { useMinute } from '#client/device/clock/use-clock-turn';
import { useReaderZone } from '#client/device/reader-zone';
import { useDayName, useWallClock, useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { PhoneLink } from '#components/form/phone-link';
import type { DayPack } from '#domain/practice/day-pack';
import { addDays, localDay, localMinutes } from '#domain/time/local-day';
import { type ClinicTime, closedUntil, spansOn } from '#domain/time/opening-hours';
import { minutesOf } from '#domain/time/wall-time';

const DAYS_SHOWN = 7;

/** How to reach the clinic when nothing presses: write, ring, and when somebody is there. */
export function ReachClinic({ clinic, heading: Heading = 'h2' }: { clinic: DayPack['clinic']; heading?: 'h1' | 'h2' }) {
  const t = useTranslations('reach');
  const s = useTranslations('stop');
  return (
    <section className="card grid gap-3 p-4" aria-labelledby="reach">
      <Heading id="reach" className={Heading === 'h1' ? 'page-title' : 'section-title'}>
        {t('title')}
      </Heading>
      {clinic.opening ? <OpenNow opening={clinic.opening} /> : null}
      <div className="grid gap-2.5 sm:grid-cols-2">
        <Link className="btn quiet min-h-14" href="/messages" prefetch={false}>
          <MessageCircle aria-hidden="true" className="shrink-0" /> {t('write')}
        </Link>
        <PhoneLink phone={clinic.phone} className="btn quiet min-h-14">
          <Phone aria-hidden="true" className="shrink-0" />
          <span className="min-w-0 wrap-anywhere">
            {s.rich('ringClinic', {
              name: clinic.name,
              phone: clinic.phone,
              // On a line of its own, so that no narrow window breaks the number.
              who: (chunks) => <span className="block leading-tight">{chunks}</span>,
            })}
          </span>
        </PhoneLink>
      </div>
      {clinic.opening ? <Hours opening={clinic.opening} /> : null}
      <p>
        {s.rich('emergency', {
          number: clinic.emergencyNumber,
          tel: (chunks) => <PhoneLink phone={clinic.emergencyNumber}>{chunks}</PhoneLink>,
        })}
      </p>
    </section>
  );
}

/** Whether somebody is there now, and else from when on, by the clock of whoever reads. */
function OpenNow({ opening }: { opening: ClinicTime }) {
  const t = useTranslations('reach');
  const s = useTranslations('stop');
  const when = useWhen(null);
  const closed = closedUntil(opening, useMinute());
  if (!closed) return <p>{t('open')}</p>;
  return (
    <p>
      <strong>{closed.opensAt === null ? s('closed') : s('closedUntil', { when: when(closed.opensAt) })}</strong>{' '}
      {t('writeAnyway')}
    </p>
  );
}

/** The next seven days by the clinic's own clock, which is named where this device shows another. */
function Hours({ opening: { hours, timeZone } }: { opening: ClinicTime }) {
  const t = useTranslations('reach');
  const n = useTranslations('today');
  const dayName = useDayName();
  const timeOf = useWallClock();
  const readerZone = useReaderZone();
  const nowMs = useMinute();
  const today = localDay(nowMs, timeZone);
  const isElsewhere = readerZone === null || localMinutes(nowMs, readerZone) !== localMinutes(nowMs, timeZone);
  return (
    <details>
      <summary className="flex min-h-12 cursor-pointer list-none items-center gap-2 font-semibold text-action-ink">
        {t('hours')} <ChevronDown size={20} aria-hidden="true" />
      </summary>
      {isElsewhere ? <p className="muted pb-2">{n('byClockOf', { zone: timeZone.replaceAll('_', ' ') })}</p> : null}
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {Array.from({ length: DAYS_SHOWN }, (_, index) => addDays(today, index)).map((day) => {
          const spans = spansOn(hours, day);
          const holiday = hours.holidays.find(({ on }) => on === day);
          const words = spans.map(({ from, to }) =>
            t('span', { from: timeOf(minutesOf(from) ?? 0), to: timeOf(minutesOf(to) ?? 0) }),
          );
          return (
            <div key={day} className="contents">
              <dt>{day === today ? t('today') : dayName(day, 'weekday')}</dt>
              <dd>
                {words.length > 0 ? words.join(', ') : holiday ? t('holiday', { name: holiday.name }) : t('closedOn')}
              </dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}
