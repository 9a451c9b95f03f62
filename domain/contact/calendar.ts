import * as z from 'zod/mini';
import { lineSchema } from '#domain/input/fields';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import type { VisitMode, VisitState } from '#domain/visit/lifecycle';
import type { Audience } from './kinds';

/** A visit as calendars outside of the app hear of it: when it is, and nothing of what it is about. Instants are epoch ms. */
export type CalendarVisit = {
  readonly id: string;
  readonly startsAt: number;
  readonly durationMinutes: number;
  readonly mode: VisitMode;
  readonly state: VisitState;
  /** Counts every change that calendars must hear of. */
  readonly sequence: number;
  readonly changedAt: number | null;
  readonly createdAt: number;
  /** As what its reader takes part. */
  readonly audience: Audience;
};

/** More than one person has devices that show a calendar. */
export const FEEDS_MAX = 10;
/** When a link was read last is kept to the hour. */
export const FEED_READ_STEP_MS = HOUR_MS;

/** A link to one's calendar: what its owner calls the device that gets it, null where they do not. */
export const makeFeedSchema = z.object({ label: z.nullable(lineSchema(60)) });

/** What a subscribed calendar holds: so long back, and so far ahead. Engineering defaults. */
export const FEED_PAST_MS = 30 * DAY_MS;
export const FEED_AHEAD_MS = 400 * DAY_MS;
/** More than one person has in that time. */
export const FEED_VISITS_MAX = 5000;
/** How often programs are asked to look; many look less often, whatever they are asked. */
export const FEED_REFRESH_MS = HOUR_MS;

export const endOfVisit = ({ startsAt, durationMinutes }: Pick<CalendarVisit, 'startsAt' | 'durationMinutes'>) =>
  startsAt + durationMinutes * MINUTE_MS;

/**
 * A reference by which staff find a visit without a name: the end of its id, which is random. It opens nothing, and two
 * visits of one day share it in one of a hundred million cases.
 */
export const visitReference = (visitId: string): string => visitId.replaceAll('-', '').slice(-6).toUpperCase();

/** Is it called off? That somebody did not come changes nothing in a calendar. */
export const isOff = ({ state }: Pick<CalendarVisit, 'state'>): boolean => state === 'cancelled';
