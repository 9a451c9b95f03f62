import { CircleCheck, Clock } from 'lucide-react';
import type { Outputs } from '#client/api/trpc';
import { useReaderZone } from '#client/device/reader-zone';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { wallTime } from '#domain/time/wall-time';
import type { Booking } from './use-booking';

/** Whether the time that is typed is free for both, or what stands there; and, once asked, what stands there now. */
export function BookingSaid({ booking, isAsking }: { booking: Booking; isAsking: boolean }) {
  const t = useTranslations('schedule.page');
  const { overlaps, nowOverlaps, isFree, isOutside } = booking;
  return (
    <div className="grid gap-2 empty:hidden">
      {overlaps.length > 0 && !isAsking ? <Overlaps overlaps={overlaps} isAsking={false} /> : null}
      {isAsking ? <Overlaps overlaps={nowOverlaps} isAsking /> : null}
      {isFree && booking.repeat.everyWeeks === 0 ? <Free booking={booking} /> : null}
      {isOutside ? (
        <p role="status" className="flex items-start gap-2">
          <Clock size={19} aria-hidden="true" /> {t('outside')}
        </p>
      ) : null}
    </div>
  );
}

function Free({ booking: { patient, startsAt } }: { booking: Booking }) {
  const t = useTranslations('schedule.page');
  const readerZone = useReaderZone();
  if (!patient || startsAt === null) return null;
  const [own, theirs] = [readerZone ?? 'UTC', patient.timeZone].map((zone) => wallTime(startsAt, zone));
  const isSame = own?.day === theirs?.day && own?.minutes === theirs?.minutes;
  return (
    <p role="status" className="flex items-start gap-2">
      <CircleCheck size={19} aria-hidden="true" className="text-good" />
      {isSame ? t('freeSameClock', { name: patient.name }) : t('free')}
    </p>
  );
}

type OverlapsProps = { overlaps: Outputs['visits']['overlaps']['overlaps']; isAsking: boolean };

/** What needs the same people at the same time; once it was asked about, it is said aloud. */
function Overlaps({ overlaps, isAsking }: OverlapsProps) {
  const t = useTranslations('schedule.page');
  const when = useWhen(null);
  return (
    <div className="note grid gap-1" role={isAsking ? 'alert' : 'status'}>
      <p className="font-bold">{t('overlaps')}</p>
      <ul>
        {overlaps.map(({ id, startsAt, durationMinutes: count, clinicianName: clinician, patientName: patient }) => (
          <li key={id}>
            {patient === null
              ? t('overlapOther', { when: when(startsAt), count, clinician })
              : t('overlap', { when: when(startsAt), count, clinician, patient })}
          </li>
        ))}
      </ul>
    </div>
  );
}
