import 'server-only';
import type { Body, Db } from '#db/body';
import { markSubjectRead } from '#db/queries/contact/notices';
import { findChoices } from '#db/queries/contact/person';
import {
  findReminded,
  findReminderChoices,
  removeReminder,
  saveReminderChoices,
  scheduleReminder,
} from '#db/queries/contact/reminders';
import type { PatientScope } from '#db/scope';
import { DEFAULT_REMINDERS, nextTime, type ReminderChoices, reminderChoicesSchema } from '#domain/contact/reminders';
import type { LocalDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { choicesOf } from './choices';

/** What the patient chose, or the defaults: a row that cannot be read stops nothing else. */
export function* readReminders(d: Db, _work: UnitOfWork, scope: PatientScope): Body<ReminderChoices> {
  const row = yield* findReminderChoices(d, scope);
  const parsed = reminderChoicesSchema.safeParse(row);
  return parsed.success ? parsed.data : DEFAULT_REMINDERS;
}

/** How a patient wishes to be reached by the clock: the zone of their times, and when nothing is to arrive. */
export function* clockOf(d: Db, { userId, timeZone }: { userId: string | null; timeZone: string }) {
  const choices = choicesOf(userId === null ? null : yield* findChoices(d, { userId }));
  return { timeZone: choices.timeZone ?? timeZone, quiet: choices };
}

/** Sets when practice is looked at next, by what is chosen and the zone that counts now. */
export function* replanPractice(d: Db, work: UnitOfWork, scope: PatientScope): Body<void> {
  const { times } = yield* readReminders(d, work, scope);
  const person = yield* findReminded(d, scope);
  const dueAt = person ? nextTime(times, work.nowMs, (yield* clockOf(d, person)).timeZone) : null;
  const reminder = { kind: 'practice' as const, subjectId: scope.patientId };
  if (dueAt === null) yield* removeReminder(d, reminder);
  else yield* scheduleReminder(d, { ...scope, ...reminder, dueAt, repeatOf: null });
}

/** Saves when the patient wishes to be reminded of practice; the same again changes nothing. */
export function* chooseReminders(
  d: Db,
  work: UnitOfWork,
  { scope, choices }: { scope: PatientScope; choices: ReminderChoices },
): Body<ReminderChoices> {
  const before = yield* findReminderChoices(d, scope);
  const times = [...choices.times].sort((a, b) => a - b);
  const row = { ...scope, ...choices, times, notTodayOn: before?.notTodayOn ?? null, changedAt: work.nowMs };
  yield* saveReminderChoices(d, row);
  yield* replanPractice(d, work, scope);
  work.about(scope.patientId);
  return { ...choices, times };
}

type NotToday = { scope: PatientScope; userId: string; day: LocalDay };

/** "Not today": nothing more reminds of practice or a clip on that day. It is no log, and says nothing of the patient. */
export function* sayNotToday(d: Db, work: UnitOfWork, { scope, userId, day }: NotToday): Body<{ day: LocalDay }> {
  const before = yield* findReminderChoices(d, scope);
  const { times, repeats } = yield* readReminders(d, work, scope);
  const changedAt = before?.changedAt ?? work.nowMs;
  yield* saveReminderChoices(d, { ...scope, times, repeats, notTodayOn: day, changedAt });
  yield* markSubjectRead(d, { userId, subjectId: scope.patientId, nowMs: work.nowMs });
  work.about(scope.patientId);
  work.tell('notice', scope.patientId, { userId });
  return { day };
}
