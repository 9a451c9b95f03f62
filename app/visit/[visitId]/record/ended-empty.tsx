'use client';

import { useMutation } from '@tanstack/react-query';
import { problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useTranslations } from '#client/device/words/translations';
import type { VisitRoom } from '#client/visit/use-live-visit';
import { Problem } from '#components/form/field';
import { DAY_MS } from '#domain/time/duration';
import { useTime, type VisitRecordData } from './words';

type Props = { room: VisitRoom; record: VisitRecordData };

/** Who comes back to a visit that ended by itself is told so; a clinician goes on with a new one, by one press. */
export function EndedEmpty({ room, record }: Props) {
  const t = useTranslations('visit.record');
  const time = useTime(room);
  const { endedEmptyAt } = record;
  if (endedEmptyAt === null) return null;
  return (
    <section className="card grid gap-3 p-4" aria-label={t('endedEmptyLabel')}>
      <p>{t('endedEmpty', { time: time(endedEmptyAt) })}</p>
      {room.role === 'clinician' && room.serverNowMs - endedEmptyAt < DAY_MS ? <StartAnew room={room} /> : null}
    </section>
  );
}

function StartAnew({ room }: Pick<Props, 'room'>) {
  const t = useTranslations('visit.record');
  const trpc = useTRPC();
  const schedule = useMutation(
    trpc.visits.schedule.mutationOptions({
      onSuccess: ({ visitId }) => window.location.assign(`/visit/${visitId}`),
    }),
  );
  const start = useOneAtATime(schedule, { leaves: true });
  const { patientId, patientName, durationMinutes } = room.visit;
  return (
    <>
      <p>{t('startAnewLead', { name: patientName })}</p>
      <Problem reason={schedule.error ? problemOf(schedule.error).reason : null} />
      <button
        type="button"
        className="btn primary h-auto min-h-12 w-fit max-w-full whitespace-normal"
        aria-busy={schedule.isPending}
        onClick={() => start({ patientId, startsAt: null, durationMinutes, kind: 'now' })}
      >
        {t('startAnew', { name: patientName })}
      </button>
    </>
  );
}
