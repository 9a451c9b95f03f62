import 'server-only';
import type { Body, Db } from '#db/body';
import { listTaken } from '#db/queries/visit/appointments';
import type { PatientScope } from '#db/scope';
import { DAY_MS, MINUTE_MS } from '#domain/time/duration';
import type { Span } from '#domain/time/spans';
import { workingSpans } from '#domain/visit/availability';
import { freeStarts } from '#domain/visit/free-times';
import { VISIT_REACH_MS } from '#domain/visit/lifecycle';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { loadAvailability } from './availability';

/** The longest pause after a visit, and more visits than anybody holds in two weeks. */
const BUFFER_MAX_MS = 120 * MINUTE_MS;
const TAKEN_MAX = 1000;
/** So much of a calendar is looked at at a time. */
const STRETCH_MS = 14 * DAY_MS;

type Wanted = {
  scope: PatientScope;
  clinicianId: string;
  durationMinutes: number;
  bufferMinutes: number;
  /** A visit that would leave its own time. */
  besides: string | null;
};

/** Starts in a span at which clinician and patient are free for a visit of that length, in order. */
export function* listStarts(d: Db, { nowMs }: UnitOfWork, wanted: Wanted & { within: Span }): Body<number[]> {
  const { scope, clinicianId, durationMinutes, bufferMinutes, besides, within } = wanted;
  if (within.from >= within.until) return [];
  const around = { from: within.from, until: within.until + durationMinutes * MINUTE_MS };
  const { availability } = yield* loadAvailability(d, {
    ...{ clinicId: scope.clinicId, userId: clinicianId, fromMs: around.from, untilMs: around.until },
  });
  const taken = yield* listTaken(d, {
    ...{ ...scope, clinicianId, limit: TAKEN_MAX },
    fromMs: around.from - VISIT_REACH_MS - BUFFER_MAX_MS,
    untilMs: around.until + bufferMinutes * MINUTE_MS,
  });
  const others = (visits: typeof taken.patient) =>
    visits
      .filter(({ id }) => id !== besides)
      // One that is open lasts at least until now.
      .map(({ startsAt, ...one }) => {
        const minutes = startsAt > nowMs ? 0 : Math.ceil((nowMs - startsAt) / MINUTE_MS);
        return { ...one, startsAt, durationMinutes: Math.max(one.durationMinutes, minutes) };
      });
  return freeStarts({
    ...{ working: workingSpans(availability, around).visits, durationMinutes, bufferMinutes, within },
    ...{ clinician: others(taken.clinician), patient: others(taken.patient) },
  });
}

/** The first starts of a span, no more than `limit`, and from when to look on; null where the span is at its end. */
export function* listFirstStarts(
  d: Db,
  work: UnitOfWork,
  { within, limit, ...wanted }: Wanted & { within: Span; limit: number },
): Body<{ starts: number[]; nextFromMs: number | null }> {
  const starts: number[] = [];
  for (let { from } = within; from < within.until; ) {
    const until = Math.min(from + STRETCH_MS, within.until);
    starts.push(...(yield* listStarts(d, work, { ...wanted, within: { from, until } })));
    const beyond = starts[limit];
    if (beyond !== undefined) return { starts: starts.slice(0, limit), nextFromMs: beyond };
    from = until;
  }
  return { starts, nextFromMs: null };
}
