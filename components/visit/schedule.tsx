'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { deviceNow } from '#client/api/device-clock';
import { problemOf } from '#client/api/trpc';
import { useTranslations } from '#client/device/words/translations';
import { Problem, SelectField } from '#components/form/field';
import { isPastStart, VISIT_DURATIONS_MINUTES, VISIT_MODES } from '#domain/visit/lifecycle';
import { BookingSaid } from './booking-said';
import { Repetition, SeriesTimes } from './repetition';
import { useTypeName } from './type-name';
import { type Booked, type Booking, type FormStart, useBooking } from './use-booking';
import { VisitDetails } from './visit-details';
import { meantBy, VisitTime } from './visit-time';

export type { Booked, FormStart };

type Choice = (onChoose: (patientId: string | null) => void) => ReactNode;

/** The same form behind a button, where it stands among other things. */
export function ScheduleVisit({ choice }: { choice: Choice }) {
  const t = useTranslations('schedule.page');
  const [open, setOpen] = useState(false);
  if (open) return <ScheduleForm choice={choice} start={NOTHING} onDone={() => setOpen(false)} />;
  return (
    <button type="button" className="btn primary min-h-12 w-fit" onClick={() => setOpen(true)}>
      {t('schedule')}
    </button>
  );
}

const NOTHING: FormStart = {};

type FormProps = {
  choice: Choice;
  start: FormStart;
  title?: string;
  /** Where the visit would be, as soon as a whole time is typed. */
  onSlot?(slot: { at: number; minutes: number } | null): void;
  onDone(booked: Booked): void;
};

/** What a press on one of the two buttons needs first, and what is asked once more. */
function usePresses(booking: Booking) {
  const t = useTranslations('schedule.page');
  const [problem, setProblem] = useState<string | null>(null);
  /** Asked once about the visits that stand there now: others that come meanwhile are asked about anew. */
  const [asked, setAsked] = useState<readonly string[]>([]);
  const { nowOverlaps, startsAt, preview, repeat } = booking;
  const isAsking = nowOverlaps.length > 0 && nowOverlaps.every(({ id }) => asked.includes(id));
  return {
    ...{ problem, isAsking },
    typed: () => setProblem(null),
    plan() {
      const isSkipped = meantBy(booking.typed, booking.zone)?.kind === 'none';
      // What does not exist is said beside it already.
      if (startsAt === null) return setProblem(isSkipped ? null : t('notATime'));
      if (isPastStart(startsAt, deviceNow())) return setProblem(t('past'));
      setProblem(null);
      if (repeat.everyWeeks === 0) return booking.send(null);
      // What is not possible was shown: only that is left out.
      if (preview) booking.sendSeries(preview.filter(({ hindrance }) => hindrance !== null).map(({ day }) => day));
      return undefined;
    },
    begin() {
      if (nowOverlaps.length > 0 && !isAsking) return setAsked(nowOverlaps.map(({ id }) => id));
      return booking.send(isAsking ? [...asked] : []);
    },
  };
}

/** Whom one meets (`choice`), when, how long, by what and what for; planned, again and again, or at once. */
export function ScheduleForm({ choice, start, title, onSlot, onDone }: FormProps) {
  const t = useTranslations('schedule.page');
  const f = useTranslations('failure');
  const booking = useBooking(start, onDone);
  const presses = usePresses(booking);
  const { startsAt, minutes, typed } = booking;
  const reason = booking.error ? problemOf(booking.error).reason : null;
  useEffect(() => {
    onSlot?.(startsAt === null ? null : { at: startsAt, minutes });
  }, [onSlot, startsAt, minutes]);
  /** Another time is another visit. */
  const anew = <T,>(set: (next: T) => void) => {
    return (next: T) => {
      presses.typed();
      booking.forget();
      set(next);
    };
  };
  return (
    // Two columns where it has the room itself: it stands beside a record too.
    <form
      className="card @container grid gap-4 p-4"
      aria-label={t('schedule')}
      onSubmit={(event) => {
        event.preventDefault();
        presses.plan();
      }}
    >
      {title ? <h2 className="section-title">{title}</h2> : null}
      <div className="grid grid-cols-1 gap-4 @xl:grid-cols-2">
        {choice(booking.setPatientId)}
        <KindFields booking={booking} anew={anew} />
        <div className="grid gap-3 @xl:col-span-2">
          <VisitTime
            typed={typed}
            onChange={anew(booking.setTyped)}
            patient={booking.patient}
            problem={presses.problem ?? (reason === 'visit_in_past' ? f(reason) : null)}
          />
        </div>
        <Repetition repeat={booking.repeat} onChange={anew(booking.setRepeat)} />
        <VisitDetails details={booking.details} onChange={anew(booking.setDetails)} />
      </div>
      {booking.preview ? <SeriesTimes times={booking.preview} /> : null}
      <BookingSaid booking={booking} isAsking={presses.isAsking} />
      <Problem reason={reason === 'visit_in_past' ? null : reason} />
      <Buttons booking={booking} presses={presses} />
    </form>
  );
}

function Buttons({ booking, presses }: { booking: Booking; presses: ReturnType<typeof usePresses> }) {
  const t = useTranslations('schedule.page');
  const free = booking.preview?.filter(({ hindrance }) => hindrance === null).length ?? 0;
  const words = booking.repeat.everyWeeks === 0 ? t('save') : t('saveSeries', { count: free });
  return (
    <div className="flex flex-wrap gap-3">
      <button type="submit" className="btn primary min-h-12 flex-auto" aria-busy={booking.isBusy}>
        {booking.isBusy ? t('saving') : words}
      </button>
      <button
        type="button"
        className="btn quiet min-h-12"
        aria-disabled={booking.patientId === null}
        onClick={() => {
          if (booking.patientId !== null) presses.begin();
        }}
      >
        {t(presses.isAsking ? 'despite' : 'startNow')}
      </button>
    </div>
  );
}

type KindProps = { booking: Booking; anew<T>(set: (next: T) => void): (next: T) => void };

/** As what, how long and by what. */
function KindFields({ booking, anew }: KindProps) {
  const t = useTranslations('schedule.page');
  const g = useTranslations('schedule.grid.mode');
  const nameOf = useTypeName();
  const { offered, typeId, minutes, mode, setType, setMinutes, setMode } = booking;
  const lengths = [...new Set([...VISIT_DURATIONS_MINUTES, minutes])].sort((a, b) => a - b);
  return (
    <>
      {offered.length > 0 ? (
        <SelectField
          label={t('type')}
          value={typeId ?? ''}
          onChange={({ target }) => anew(setType)(target.value || null)}
        >
          {offered.map((type) => (
            <option key={type.id} value={type.id}>
              {nameOf(type)}
            </option>
          ))}
          <option value="">{t('otherType')}</option>
        </SelectField>
      ) : null}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,8.25rem),1fr))] gap-4">
        <SelectField
          label={t('duration')}
          value={minutes}
          onChange={({ target }) => anew(setMinutes)(Number(target.value))}
        >
          {lengths.map((length) => (
            <option key={length} value={length}>
              {t('minutes', { count: length })}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t('mode')}
          value={mode}
          onChange={({ target }) => {
            const chosen = VISIT_MODES.find((one) => one === target.value);
            if (chosen) anew(setMode)(chosen);
          }}
        >
          {VISIT_MODES.map((one) => (
            <option key={one} value={one}>
              {g(one)}
            </option>
          ))}
        </SelectField>
      </div>
    </>
  );
}
