import 'server-only';
import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { reminderChoices, reminders } from '#db/schema/contact';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import { visitParticipants, visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import type { Next, ReminderKind } from '#domain/contact/reminders';

export type ReminderRow = typeof reminders.$inferSelect;
export type ReminderChoicesRow = typeof reminderChoices.$inferSelect;
type Named = { kind: string; subjectId: string };

/** What is to be looked at now, the earliest first. */
export function* listDueReminders(d: Db, { nowMs, limit }: { nowMs: number; limit: number }): Body<ReminderRow[]> {
  return yield* q(
    d
      .select()
      .from(reminders)
      .where(lte(reminders.dueAt, nowMs))
      .orderBy(asc(reminders.dueAt), asc(reminders.kind), asc(reminders.subjectId))
      .limit(limit),
  );
}

type Scheduled = PatientScope & Next & { kind: ReminderKind; subjectId: string };

/** Puts a reminder on the list, or moves the one that is there. */
export function* scheduleReminder(d: Db, row: Scheduled): Body<void> {
  const { dueAt, repeatOf } = row;
  const target = [reminders.kind, reminders.subjectId];
  yield* q(d.insert(reminders).values(row).onConflictDoUpdate({ target, set: { dueAt, repeatOf } }));
}

export function* removeReminder(d: Db, { kind, subjectId }: Named): Body<void> {
  yield* q(d.delete(reminders).where(and(eq(reminders.kind, kind), eq(reminders.subjectId, subjectId))));
}

/** Goes on from a reminder to the next, or to none; false where another process, or its person, did so first. */
export function* passReminder(d: Db, { kind, subjectId, dueAt }: ReminderRow, next: Next | null): Body<boolean> {
  const asSeen = and(eq(reminders.kind, kind), eq(reminders.subjectId, subjectId), eq(reminders.dueAt, dueAt));
  const passed = next
    ? yield* q(d.update(reminders).set(next).where(asSeen).returning({ kind: reminders.kind }))
    : yield* q(d.delete(reminders).where(asSeen).returning({ kind: reminders.kind }));
  return passed.length === 1;
}

export function* findReminderChoices(d: Db, { clinicId, patientId }: PatientScope) {
  return yield* first(
    d
      .select()
      .from(reminderChoices)
      .where(and(eq(reminderChoices.patientId, patientId), eq(reminderChoices.clinicId, clinicId))),
  );
}

export function* saveReminderChoices(d: Db, row: ReminderChoicesRow): Body<void> {
  const target = reminderChoices.patientId;
  yield* q(d.insert(reminderChoices).values(row).onConflictDoUpdate({ target, set: row }));
}

/** A record's zone, and the account that opens it; null where none does any more. Undefined: it was put away. */
export function* findReminded(d: Db, { clinicId, patientId }: PatientScope) {
  const row = yield* first(
    d
      .select({
        userId: patients.userId,
        timeZone: patients.timeZone,
        loginEndedAt: patients.loginEndedAt,
        disabledAt: users.disabledAt,
      })
      .from(patients)
      .leftJoin(users, eq(users.id, patients.userId))
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId), isNull(patients.lockedAt))),
  );
  if (!row) return undefined;
  const { userId, timeZone, loginEndedAt, disabledAt } = row;
  return { userId: loginEndedAt === null && disabledAt === null ? userId : null, timeZone };
}

/** A visit as its reminders need it, and whether its patient is there already, or waited to be let in. */
export function* findVisitToRemind(d: Db, { clinicId, patientId, visitId }: PatientScope & { visitId: string }) {
  const visit = yield* first(
    d
      .select({
        startsAt: visits.startsAt,
        durationMinutes: visits.durationMinutes,
        state: visits.state,
        kind: visits.kind,
        mode: visits.mode,
        clinicianId: visits.clinicianId,
        createdAt: visits.createdAt,
      })
      .from(visits)
      .where(and(eq(visits.id, visitId), eq(visits.patientId, patientId), eq(visits.clinicId, clinicId))),
  );
  if (!visit) return undefined;
  const there = yield* first(
    d
      .select({ state: visitParticipants.state, waitingAt: visitParticipants.waitingAt })
      .from(visitParticipants)
      .where(and(eq(visitParticipants.visitId, visitId), eq(visitParticipants.role, 'patient')))
      .limit(1),
  );
  return {
    ...visit,
    isThere: there?.state === 'waiting' || there?.state === 'admitted',
    hasWaited: there !== undefined && there.waitingAt !== null,
  };
}
