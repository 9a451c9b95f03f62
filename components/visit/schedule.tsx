'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { deviceNow } from '#client/api/device-clock';
import { type Outputs, problemOf, useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useReaderZone } from '#client/device/reader-zone';
import { useWhen } from '#client/device/use-when';
import { useTranslations } from '#client/device/words/translations';
import { Problem, Segments, SelectField } from '#components/form/field';
import { isPastStart, VISIT_DURATIONS_MINUTES } from '#domain/visit/lifecycle';
import { instantOf, meantBy, NOTHING_TYPED, type TypedTime, VisitTime, zoneOf } from './visit-time';

type Choice = (onChoose: (patientId: string | null) => void) => ReactNode;

/** When, how long, with whom: `choice` gives the form its patient. "Now" opens at once; a time waits for its hour. */
export function ScheduleVisit({ choice }: { choice: Choice }) {
  const t = useTranslations('schedule.page');
  const [open, setOpen] = useState(false);
  if (open) return <ScheduleForm choice={choice} onDone={() => setOpen(false)} />;
  return (
    <button type="button" className="btn primary min-h-12 w-fit" onClick={() => setOpen(true)}>
      {t('schedule')}
    </button>
  );
}

/** The form's own state, and what the server knows of that time. */
function useBooking(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const readerZone = useReaderZone();
  const [patientId, setPatientId] = useState<string | null>(null);
  const [when, setWhen] = useState<'now' | 'at'>('now');
  const [minutes, setMinutes] = useState(30);
  const [typed, setTyped] = useState<TypedTime>(NOTHING_TYPED);
  /** One press, however often it is sent; another time is another visit. */
  const [visitId, setVisitId] = useState(() => uuidv7());
  const asked = { patientId: patientId ?? '', durationMinutes: minutes };
  const enabled = patientId !== null;
  const { data: now } = useQuery(trpc.visits.overlaps.queryOptions({ ...asked, startsAt: null }, { enabled }));
  const patient = (enabled && now?.patient) || null;
  const zone = zoneOf(typed, patient, readerZone);
  const startsAt = when === 'now' ? null : instantOf(typed, zone);
  const isWhole = when === 'now' || startsAt !== null;
  const { data: then } = useQuery(
    trpc.visits.overlaps.queryOptions({ ...asked, startsAt }, { enabled: enabled && isWhole, staleTime: 0 }),
  );
  const schedule = useMutation(
    trpc.visits.schedule.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries();
        onDone();
      },
      // What stands there now is shown before it is asked again.
      onError: async () => await queryClient.invalidateQueries({ queryKey: trpc.visits.overlaps.queryKey() }),
    }),
  );
  const scheduleOnce = useOneAtATime(schedule);
  function anew<T>(set: (next: T) => void) {
    return (next: T) => {
      schedule.reset();
      setVisitId(uuidv7());
      set(next);
    };
  }
  return {
    ...{ patientId, setPatientId, when, minutes, typed, patient, zone, startsAt, schedule },
    overlaps: (enabled && isWhole && then?.overlaps) || [],
    setWhen: anew(setWhen),
    setMinutes: anew(setMinutes),
    setTyped: anew(setTyped),
    send(despite: string[]) {
      if (!patientId) return;
      const kind = when === 'now' ? ('now' as const) : ('review' as const);
      scheduleOnce({ patientId, visitId, startsAt, timeZone: zone, durationMinutes: minutes, kind, despite });
    },
  };
}

function ScheduleForm({ choice, onDone }: { choice: Choice; onDone: () => void }) {
  const t = useTranslations('schedule.page');
  const f = useTranslations('failure');
  const booking = useBooking(onDone);
  const { when, typed, startsAt, schedule, overlaps } = booking;
  const [problem, setProblem] = useState<string | null>(null);
  /** Asked once about the visits that stand there: others that come meanwhile are asked about anew. */
  const [asked, setAsked] = useState<readonly string[]>([]);
  const isAsking = overlaps.length > 0 && overlaps.every(({ id }) => asked.includes(id));
  const reason = schedule.error ? problemOf(schedule.error).reason : null;

  function submit() {
    if (when === 'at' && startsAt === null) {
      // What does not exist is said beside it already.
      return setProblem(meantBy(typed, booking.zone)?.kind === 'none' ? null : t('notATime'));
    }
    if (startsAt !== null && isPastStart(startsAt, deviceNow())) return setProblem(t('past'));
    setProblem(null);
    if (overlaps.length > 0 && !isAsking) return setAsked(overlaps.map(({ id }) => id));
    booking.send(isAsking ? [...asked] : []);
  }

  return (
    // Two columns where it has the room itself: it stands beside a record too.
    <form
      className="card @container p-4"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="grid grid-cols-1 gap-4 @xl:grid-cols-2">
        {choice(booking.setPatientId)}
        <SelectField
          label={t('duration')}
          value={booking.minutes}
          onChange={(event) => booking.setMinutes(Number(event.target.value))}
        >
          {VISIT_DURATIONS_MINUTES.map((minutes) => (
            <option key={minutes} value={minutes}>
              {t('minutes', { count: minutes })}
            </option>
          ))}
        </SelectField>
        <Segments
          legend={t('when')}
          name="when"
          value={when}
          onChange={booking.setWhen}
          choices={[
            { value: 'now', label: t('now') },
            { value: 'at', label: t('at') },
          ]}
        />
        {when === 'at' ? (
          <VisitTime
            typed={typed}
            onChange={(next) => {
              setProblem(null);
              booking.setTyped(next);
            }}
            patient={booking.patient}
            problem={problem ?? (reason === 'visit_in_past' ? f(reason) : null)}
          />
        ) : null}
        <div className="grid gap-2 @xl:col-span-2">
          <Overlaps overlaps={overlaps} isAsking={isAsking} />
          <Problem reason={reason === 'visit_in_past' ? null : reason} />
          <button type="submit" className="btn primary min-h-12 w-fit" aria-busy={schedule.isPending}>
            {schedule.isPending ? t('saving') : t(isAsking ? 'despite' : 'save')}
          </button>
        </div>
      </div>
    </form>
  );
}

type OverlapsProps = { overlaps: Outputs['visits']['overlaps']['overlaps']; isAsking: boolean };

/** What needs the same people at the same time; once it was asked about, it is said aloud. */
function Overlaps({ overlaps, isAsking }: OverlapsProps) {
  const t = useTranslations('schedule.page');
  const when = useWhen(null);
  if (overlaps.length === 0) return null;
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
