import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { addDays } from '#domain/time/local-day';
import type { ActorName, World } from './access-world';
import type { TestApp } from './application';

type Caller = Awaited<ReturnType<TestApp['as']>>;
type Row = { may: readonly ActorName[]; call(caller: Caller): Promise<unknown> };

const CARE_TEAM = ['clinician', 'cover'] as const;

/** Visits that are moved, booked many at a time, and as what: rows of the access matrix. */
export function seriesRows(world: () => World): Record<string, Row> {
  /** Weeks of its own for each caller, so that none stands in another's way. */
  let weeks = 0;
  const series = () => ({
    ...world().patient,
    ...{ day: addDays('2040-01-02', 14 * weeks++), minutes: 600, timeZone: 'Europe/London', which: 'first' as const },
    ...{ everyWeeks: 1 as const, count: 2, durationMinutes: 30 },
  });
  return {
    'visits.reschedule': {
      may: CARE_TEAM,
      call: async (c) =>
        c.visits.reschedule({
          ...(await world().visit()),
          startsAt: Date.now() + 86_400_000,
          durationMinutes: 30,
          sequence: 0,
        }),
    },
    'visits.overlaps': {
      may: CARE_TEAM,
      call: (c) => c.visits.overlaps({ ...world().patient, startsAt: null, durationMinutes: 30 }),
    },
    'visits.types': {
      may: [...CARE_TEAM, 'colleague', 'emergency', 'exMember', 'outsider'],
      call: (c) => c.visits.types(),
    },
    'visits.seriesPreview': { may: CARE_TEAM, call: (c) => c.visits.seriesPreview(series()) },
    'visits.scheduleSeries': {
      may: CARE_TEAM,
      call: (c) => c.visits.scheduleSeries({ ...series(), kind: 'review', seriesId: uuidv7(), leaveOut: [] }),
    },
  };
}
