import * as z from 'zod/mini';
import { wholeNumber } from '#domain/input/fields';
import { escalationSchema } from '#domain/practice/escalation';
import { HOUR_MS, MINUTE_MS } from '#domain/time/duration';
import {
  type ClinicTime,
  type OpeningHours,
  type OpeningSpan,
  openingHoursSchema,
  promisedBy,
} from '#domain/time/opening-hours';

const WORKDAY: OpeningSpan[] = [{ from: '08:00', to: '17:00' }];

/** Editable; a default, not a recommendation. */
export const DEFAULT_OPENING_HOURS: OpeningHours = {
  version: 1,
  week: [WORKDAY, WORKDAY, WORKDAY, WORKDAY, WORKDAY, [], []],
  holidays: [],
};

export const replyOpenHoursSchema = wholeNumber(1, 200);
export const DEFAULT_REPLY_OPEN_HOURS = 8;

/** What an admin edits; `hours.version` is the one that was on screen. */
export const editHoursSchema = z.object({
  hours: openingHoursSchema,
  replyOpenHours: replyOpenHoursSchema,
  escalation: escalationSchema,
});

export type EditHours = z.infer<typeof editHoursSchema>;

/** By which rules a reply is promised. */
export type ReplyRules = ClinicTime & { replyHours: number; replyHoursRed: number; replyOpenHours: number };

/** When an answer that came then is promised, in opening hours; null where nothing can be promised. */
export function replyBy(rules: ReplyRules, receivedAt: number): number | null {
  return promisedBy(rules, receivedAt, (rules.replyOpenHours * HOUR_MS) / MINUTE_MS);
}
