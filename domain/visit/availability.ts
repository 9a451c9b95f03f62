import { type ClinicTime, type Holiday, openingsWithin } from '#domain/time/opening-hours';
import { merged, type Span, without } from '#domain/time/spans';
import type { WorkingHours } from './working-hours';

/** What is known of when a clinician holds visits. */
export type Availability = {
  /** The clinic's opening hours: they count where a clinician never said when, and their holidays for everybody. */
  clinic: ClinicTime;
  own: { hours: WorkingHours; timeZone: string } | null;
  exceptions: readonly { kind: 'away' | 'extra'; fromMs: number; untilMs: number }[];
};

export type WorkingSpans = {
  /** When visits may be. */
  visits: Span[];
  /** When check-ins are answered, and no visit is. */
  reviews: Span[];
  away: Span[];
};

/**
 * When a clinician holds visits within a span of time, and when they answer check-ins; each in order and apart. The week
 * is told by the clinician's own clocks; on a holiday of the clinic only what was added beside the week is left.
 */
export function workingSpans({ clinic, own, exceptions }: Availability, within: Span): WorkingSpans {
  const of = (kind: 'away' | 'extra') =>
    merged(
      exceptions
        .filter((exception) => exception.kind === kind)
        .map(({ fromMs, untilMs }) => ({
          from: Math.max(fromMs, within.from),
          until: Math.min(untilMs, within.until),
        })),
    );
  const away = of('away');
  const { holidays } = clinic.hours;
  const week = (days: WorkingHours['visits']) =>
    openingsWithin(told(days, holidays, own?.timeZone ?? clinic.timeZone), within);
  const reviews = own ? week(own.hours.reviews) : [];
  const visits = own ? week(own.hours.visits) : openingsWithin(clinic, within);
  return {
    visits: without([...without(visits, reviews), ...of('extra')], away),
    reviews: without(reviews, [...away, ...of('extra')]),
    away,
  };
}

const told = (week: WorkingHours['visits'], holidays: Holiday[], timeZone: string): ClinicTime => ({
  hours: { version: 1, week, holidays },
  timeZone,
});
