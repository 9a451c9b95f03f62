import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { v7 as uuidv7 } from 'uuid';
import { useTRPC } from '#client/api/trpc';
import { useOneAtATime } from '#client/device/one-at-a-time';
import { useReaderZone } from '#client/device/reader-zone';
import { MINUTE_MS } from '#domain/time/duration';
import { minutesOf } from '#domain/time/wall-time';
import type { VisitMode } from '#domain/visit/lifecycle';
import { instantOf, NOTHING_TYPED, type TypedTime, zoneOf } from './visit-time';

/** With what the form begins, where that is not nothing. */
export type FormStart = {
  patient?: { id: string; name: string };
  /** A visit that is planned once more, as it was. */
  like?: Details & { typeId: string | null; mode: VisitMode; durationMinutes: number };
  /** A day and a time that were pointed at; a new one is taken over at any time. */
  typed?: TypedTime;
};

export type Details = { purpose: string | null; interpreter: string | null; helperWanted: boolean };

/** What was booked, to be said where the form stood. */
export type Booked = { kind: 'now' | 'planned'; visitId: string; startsAt: number; name: string; count: number };

const NO_DETAILS: Details = { purpose: null, interpreter: null, helperWanted: false };
const DEFAULT_MINUTES = 30;

/** As what, how long and by what a visit is booked: what was chosen, else as the clinic's type has it. */
function useKind(like: FormStart['like']) {
  const trpc = useTRPC();
  const { data: types } = useQuery(trpc.visits.types.queryOptions());
  const [typeId, setTypeId] = useState<string | null | undefined>(like?.typeId ?? undefined);
  const [minutes, setMinutes] = useState<number | null>(like?.durationMinutes ?? null);
  const [mode, setMode] = useState<VisitMode | null>(like?.mode ?? null);
  const offered = (types ?? []).filter((type) => !type.retired || type.id === typeId);
  const usual = offered.find(({ kind }) => kind === 'review') ?? offered[0];
  const type = typeId === undefined ? usual : offered.find(({ id }) => id === typeId);
  return {
    ...{ offered, setMinutes, setMode },
    typeId: type?.id ?? null,
    minutes: minutes ?? type?.durationMinutes ?? DEFAULT_MINUTES,
    mode: mode ?? type?.mode ?? ('video' as const),
    kind: type?.kind ?? ('review' as const),
    /** Its length and way come with it. */
    setType(next: string | null) {
      setTypeId(next);
      setMinutes(null);
      setMode(null);
    },
  };
}

type Repeat = { everyWeeks: 0 | 1 | 2; count: number };

/** What the record knows of the patient, and of the time that is typed. */
function useKnown(patientId: string | null, minutes: number, typed: TypedTime) {
  const trpc = useTRPC();
  const readerZone = useReaderZone();
  const enabled = patientId !== null;
  const asked = { patientId: patientId ?? '', durationMinutes: minutes };
  const { data: now } = useQuery(trpc.visits.overlaps.queryOptions({ ...asked, startsAt: null }, { enabled }));
  const patient = (enabled && now?.patient) || null;
  const zone = zoneOf(typed, patient, readerZone);
  const startsAt = instantOf(typed, zone);
  const isWhole = enabled && startsAt !== null;
  const { data: then } = useQuery(
    trpc.visits.overlaps.queryOptions({ ...asked, startsAt }, { enabled: isWhole, staleTime: 0 }),
  );
  const until = (startsAt ?? 0) + minutes * MINUTE_MS;
  const { data: calendar } = useQuery(
    trpc.visits.calendar.queryOptions({ fromMs: startsAt ?? 1, untilMs: until }, { enabled: startsAt !== null }),
  );
  return {
    ...{ patient, zone, startsAt },
    nowOverlaps: (enabled && now?.overlaps) || [],
    overlaps: (isWhole && then?.overlaps) || [],
    /** False until the record answered. */
    isFree: isWhole && then?.overlaps.length === 0,
    isOutside:
      startsAt !== null &&
      calendar !== undefined &&
      !calendar.visits.some((one) => one.from <= startsAt && until <= one.until),
  };
}

/** The times of a series, as the record has them; null where there is no repetition, or nothing to ask for. */
function usePreview(
  patientId: string | null,
  { typed, zone, minutes }: { typed: TypedTime; zone: string; minutes: number },
  repeat: Repeat,
) {
  const trpc = useTRPC();
  const clock = minutesOf(typed.time);
  const { everyWeeks, count } = repeat;
  const isAsked = patientId !== null && everyWeeks !== 0 && clock !== null && typed.day !== '';
  const times = {
    ...{ patientId: patientId ?? '', day: typed.day, minutes: clock ?? 0, timeZone: zone, which: typed.which },
    ...{ everyWeeks: everyWeeks === 0 ? (1 as const) : everyWeeks, count, durationMinutes: minutes },
  };
  const { data } = useQuery(trpc.visits.seriesPreview.queryOptions(times, { enabled: isAsked, staleTime: 0 }));
  return { times, shown: isAsked ? (data?.times ?? null) : null };
}

/** The two ways to the record; `anew`: what is sent after this is another visit. */
function useSending(anew: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const then = {
    // What stands there now is shown before it is asked again.
    onError: async () => await queryClient.invalidateQueries(),
  };
  const one = useMutation(trpc.visits.schedule.mutationOptions(then));
  const series = useMutation(trpc.visits.scheduleSeries.mutationOptions(then));
  return {
    ...{ one, series, isBusy: one.isPending || series.isPending, error: one.error ?? series.error },
    forget() {
      one.reset();
      series.reset();
      anew();
    },
  };
}

/** The form's own state, and what the server knows of that time. */
export function useBooking(start: FormStart, onDone: (booked: Booked) => void) {
  const queryClient = useQueryClient();
  const kind = useKind(start.like);
  const [patientId, setPatientId] = useState<string | null>(null);
  const [typed, setTyped] = useState<TypedTime>(start.typed ?? NOTHING_TYPED);
  const [details, setDetails] = useState<Details>(start.like ?? NO_DETAILS);
  const [repeat, setRepeat] = useState<Repeat>({ everyWeeks: 0, count: 6 });
  /** One press, however often it is sent; another time is another visit. */
  const [id, setId] = useState(() => uuidv7());
  const known = useKnown(patientId, kind.minutes, typed);
  const preview = usePreview(patientId, { typed, zone: known.zone, minutes: kind.minutes }, repeat);

  const { one, series, isBusy, error, forget } = useSending(() => setId(uuidv7()));
  // What was pointed at on the calendar takes the place of what was typed.
  const { typed: pointed } = start;
  useEffect(() => {
    if (pointed) setTyped(pointed);
  }, [pointed]);
  const name = known.patient?.name ?? '';
  const done = async (booked: Omit<Booked, 'name'>) => {
    await queryClient.invalidateQueries();
    onDone({ ...booked, name });
  };
  const asked = { durationMinutes: kind.minutes, mode: kind.mode, typeId: kind.typeId, ...wordsOf(details) };
  const send = useOneAtATime({
    async mutateAsync(despite: string[] | null) {
      if (!patientId) return;
      const { startsAt, zone: timeZone } = known;
      const isNow = despite !== null;
      if (!isNow && startsAt === null) return;
      const when = isNow ? { startsAt: null, kind: 'now' as const, despite } : { startsAt, kind: kind.kind };
      const { visitId } = await one.mutateAsync({ ...asked, patientId, visitId: id, timeZone, ...when });
      await done({ kind: isNow ? 'now' : 'planned', visitId, startsAt: startsAt ?? 0, count: 1 });
    },
  });
  const sendSeries = useOneAtATime({
    async mutateAsync(leaveOut: string[]) {
      const { visitIds } = await series.mutateAsync({
        ...asked,
        ...preview.times,
        kind: kind.kind,
        seriesId: id,
        leaveOut,
      });
      const first = preview.shown?.find(({ day }) => !leaveOut.includes(day));
      await done({ kind: 'planned', visitId: visitIds[0] ?? '', startsAt: first?.at ?? 0, count: visitIds.length });
    },
  });
  return {
    ...{ ...kind, ...known, patientId, setPatientId, typed, details, setDetails, repeat, preview: preview.shown },
    ...{ isBusy, error },
    ...{ send, sendSeries, forget, setTyped, setRepeat },
  };
}

export type Booking = ReturnType<typeof useBooking>;

/** An empty field says nothing. */
const wordsOf = ({ purpose, interpreter, helperWanted }: Details) => ({
  ...{ purpose: purpose?.trim() || null, interpreter: interpreter?.trim() || null, helperWanted },
});
