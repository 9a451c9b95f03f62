import 'server-only';
import type { Body, Db } from '#db/body';
import { findReminderChoices, type ReminderRow } from '#db/queries/contact/reminders';
import { listLogs, listPractices } from '#db/queries/practice/logs';
import { listHeldStops } from '#db/queries/practice/stops';
import { doseOf, listPrescriptions, listPrograms, listPublished } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import {
  afterTime,
  JUST_PRACTISED_MS,
  nextTime,
  PRACTICE_LATE_MS,
  reminderChoicesSchema,
} from '#domain/contact/reminders';
import { stopOn } from '#domain/practice/stop';
import { dueNow } from '#domain/program/schedule';
import { DAY_MS } from '#domain/time/duration';
import { localDay } from '#domain/time/local-day';
import { listWaiting } from '#server/acts/program/restricted';
import { clockOf } from '../reminders';
import { type Decision, OVER, type Reminded } from './decision';

/** What is prescribed to a patient now, of programs that are not closed. */
export function* listPrescribed(d: Db, scope: PatientScope) {
  const programs = (yield* listPrograms(d, scope)).filter(({ state }) => state === 'active');
  const published = yield* listPublished(d, { programIds: programs.map(({ id }) => id) });
  return yield* listPrescriptions(d, { versionIds: published.map(({ id }) => id) });
}

/** Is there anything left of the day that no stop forbids and no restriction holds, and did nobody log anything around the time? */
function* isWanted(
  d: Db,
  { scope, timeZone }: Reminded,
  { nowMs, saidAt }: { nowMs: number; saidAt: number },
): Body<boolean> {
  const logs = yield* listLogs(d, { ...scope, sinceMs: nowMs - 2 * DAY_MS });
  if (logs.some(({ log }) => log.performedAt >= saidAt - JUST_PRACTISED_MS)) return false;
  const practices = yield* listPractices(d, { ...scope, sinceMs: nowMs - 2 * DAY_MS });
  const slotOf = new Map(practices.map(({ id, slot }) => [id, slot]));
  const prescriptions = (yield* listPrescribed(d, scope)).map((row) => ({ ...row, schedule: doseOf(row).schedule }));
  const logsOfToday = logs.map(({ log }) => ({
    ...log,
    slot: log.practiceId ? (slotOf.get(log.practiceId) ?? null) : null,
  }));
  const stops = yield* listHeldStops(d, scope);
  const waiting = yield* listWaiting(d, scope, localDay(nowMs, timeZone));
  const dues = dueNow({ prescriptions, logsOfToday, nowMs, timeZone });
  return dues.some(
    ({ lineageId, state }) =>
      (state === 'due' || state === 'later') && stopOn(lineageId, stops) === null && !waiting.has(lineageId),
  );
}

/** A chosen time of practice, or its repetition. */
export function* decidePractice(d: Db, nowMs: number, row: ReminderRow, person: Reminded): Body<Decision> {
  const chosen = yield* findReminderChoices(d, person.scope);
  const { data: choices } = reminderChoicesSchema.safeParse(chosen);
  if (!choices || choices.times.length === 0) return OVER;
  const { timeZone, quiet } = yield* clockOf(d, person);
  const expiresAt = row.dueAt + PRACTICE_LATE_MS;
  if (nowMs >= expiresAt) {
    // What was missed meanwhile is not made up for, but for a time of the last hour.
    const dueAt = nextTime(choices.times, nowMs - PRACTICE_LATE_MS, timeZone);
    return { tell: null, next: dueAt === null ? null : { dueAt, repeatOf: null } };
  }
  const saidAt = row.repeatOf ?? row.dueAt;
  const isNotToday = chosen?.notTodayOn === localDay(nowMs, person.timeZone);
  const told = person.userId !== null && !isNotToday && (yield* isWanted(d, person, { nowMs, saidAt }));
  return { tell: told ? { expiresAt } : null, next: afterTime(row, told, { choices, quiet, timeZone }) };
}
