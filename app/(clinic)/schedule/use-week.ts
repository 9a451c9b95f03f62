import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Outputs, useTRPC } from '#client/api/trpc';
import { MINUTE_MS } from '#domain/time/duration';
import type { LocalDay } from '#domain/time/local-day';
import { without } from '#domain/time/spans';
import {
  daysShown,
  hoursFor,
  type Placed,
  placed,
  type Segment,
  segmentsOf,
  spanOfDays,
} from '#domain/visit/week-grid';

export type GridVisit = Outputs['visits']['schedulePage']['visits'][number];

/** What a clinic's day looks like where nothing says otherwise. */
const USUAL_HOURS = { from: 8, until: 17 };

export type WeekData = {
  days: LocalDay[];
  hours: { from: number; until: number };
  visits: readonly GridVisit[];
  /** How many are still to be held. */
  planned: number;
  blocks: (day: LocalDay) => Placed[];
  off: (day: LocalDay) => Segment[];
  reviews: (day: LocalDay) => Segment[];
  /** Why time is not bookable, in the clinician's own words. */
  notes: (day: LocalDay) => (Segment & { note: string })[];
  /** Whether visits can be booked in all of a span; true as long as that is not known. */
  isBookable(fromMs: number, untilMs: number): boolean;
  isLoading: boolean;
};

const spanOf = ({ id, startsAt, durationMinutes }: GridVisit) => ({
  ...{ id, fromMs: startsAt, untilMs: startsAt + durationMinutes * MINUTE_MS },
});

/** Everything of one week, as its days show it by the clocks of a zone. `also`: a day that is shown whatever lies there. */
export function useWeek(monday: LocalDay, timeZone: string, also: readonly LocalDay[]): WeekData {
  const trpc = useTRPC();
  const span = spanOfDays(monday, 7, timeZone);
  const pages = useInfiniteQuery(
    trpc.visits.schedulePage.infiniteQueryOptions(span, { getNextPageParam: (last) => last.nextCursor }),
  );
  const { hasNextPage, isFetching, fetchNextPage } = pages;
  // A week has an end: what did not come with its first page follows by itself.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  const { data: calendar } = useQuery(trpc.visits.calendar.queryOptions(span));
  const visits = pages.data?.pages.flatMap((page) => page.visits) ?? [];
  const week = { from: span.fromMs, until: span.untilMs };
  const named = (spans: readonly { from: number; until: number }[]) =>
    spans.flatMap(({ from, until }, n) => segmentsOf({ id: String(n), fromMs: from, untilMs: until }, timeZone));
  const segments = visits.flatMap((visit) => segmentsOf(spanOf(visit), timeZone));
  const open = named(calendar?.visits ?? []);
  const reviews = named(calendar?.reviews ?? []);
  const off = calendar ? named(without([week], [...calendar.visits, ...calendar.reviews])) : [];
  const notes = (calendar?.exceptions ?? []).flatMap(({ id, kind, fromMs, untilMs, note }) =>
    kind === 'away' && note
      ? segmentsOf({ id, fromMs: Math.max(fromMs, week.from), untilMs: Math.min(untilMs, week.until) }, timeZone).map(
          (one) => ({ ...one, note }),
        )
      : [],
  );
  const used = new Set([...segments, ...open, ...reviews].map(({ day }) => day));
  const on =
    <T extends Segment>(list: readonly T[]) =>
    (day: LocalDay) =>
      list.filter((one) => one.day === day);
  return {
    days: daysShown(monday, (day) => used.has(day) || also.includes(day)),
    hours: hoursFor([...segments, ...open, ...reviews], USUAL_HOURS),
    visits,
    planned: pages.data?.pages[0]?.count ?? 0,
    blocks: (day) => placed(on(segments)(day)),
    off: on(off),
    reviews: on(reviews),
    notes: on(notes),
    isBookable: (from, until) => !calendar || calendar.visits.some((one) => one.from <= from && until <= one.until),
    isLoading: pages.isPending,
  };
}

/** The visit that the clinician has then besides one, as far as the week that is shown knows. */
export function takenBy(
  visits: readonly GridVisit[],
  { id, startsAt, durationMinutes }: { id: string | null; startsAt: number; durationMinutes: number },
): GridVisit | undefined {
  const untilMs = startsAt + durationMinutes * MINUTE_MS;
  return visits.find((other) => {
    if (other.id === id || (other.state !== 'scheduled' && other.state !== 'open')) return false;
    const span = spanOf(other);
    return span.fromMs < untilMs && startsAt < span.untilMs;
  });
}
