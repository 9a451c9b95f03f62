import 'server-only';
import { and, asc, desc, eq, gte, inArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition } from '#db/columns';
import { olderThan } from '#db/keyset';
import { logSets, logs, practices } from '#db/schema/logs';
import { users } from '#db/schema/people';
import { prescriptions, programVersions } from '#db/schema/programs';
import type { PatientScope } from '#db/scope';

export type LogRow = typeof logs.$inferSelect;
type LogSetRow = typeof logSets.$inferSelect;
type PracticeRow = typeof practices.$inferSelect;

export function* findPractice(
  d: Db,
  { clinicId, patientId, practiceId }: PatientScope & { practiceId: string },
): Body<PracticeRow | undefined> {
  return yield* first(
    d
      .select()
      .from(practices)
      .where(and(eq(practices.id, practiceId), eq(practices.patientId, patientId), eq(practices.clinicId, clinicId))),
  );
}

/** False where a sitting has this id already, whoever's it is. */
export function* insertPractice(d: Db, row: typeof practices.$inferInsert): Body<boolean> {
  const added = yield* q(d.insert(practices).values(row).onConflictDoNothing().returning({ id: practices.id }));
  return added.length === 1;
}

export function* listPractices(
  d: Db,
  { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number },
): Body<PracticeRow[]> {
  return yield* q(
    d
      .select()
      .from(practices)
      .where(
        and(eq(practices.patientId, patientId), eq(practices.clinicId, clinicId), gte(practices.startedAt, sinceMs)),
      )
      .orderBy(asc(practices.startedAt), asc(practices.id)),
  );
}

/** False, and nothing is stored, where a log has this id already, whoever's it is. */
export function* insertLog(d: Db, row: typeof logs.$inferInsert, sets: Omit<LogSetRow, 'logId'>[]): Body<boolean> {
  const added = yield* q(
    d.insert(logs).values(row).onConflictDoNothing({ target: logs.id }).returning({ id: logs.id }),
  );
  if (added.length === 0) return false;
  if (sets.length > 0) yield* q(d.insert(logSets).values(sets.map((set) => ({ ...set, logId: row.id }))));
  return true;
}

export function* findLog(
  d: Db,
  { clinicId, patientId, logId }: PatientScope & { logId: string },
): Body<LogRow | undefined> {
  return yield* first(
    d
      .select()
      .from(logs)
      .where(and(eq(logs.id, logId), eq(logs.patientId, patientId), eq(logs.clinicId, clinicId))),
  );
}

/** Takes a log's place away; false where another correction came first. */
export function* retireLog(d: Db, { logId }: { logId: string }): Body<boolean> {
  const rows = yield* q(
    d
      .update(logs)
      .set({ isCurrent: false })
      .where(and(eq(logs.id, logId), eq(logs.isCurrent, true)))
      .returning({ id: logs.id }),
  );
  return rows.length === 1;
}

/** Literal, as in the partial index: with a parameter SQLite cannot prove that the index covers the question. */
export const CURRENT = condition('logs.is_current');

const shown = {
  log: logs,
  versionNumber: programVersions.number,
  exerciseVersionId: prescriptions.exerciseVersionId,
  side: prescriptions.side,
  prescription: prescriptions,
  enteredByName: users.name,
};

/** A patient's current logs from an instant on, oldest first. */
export function* listLogs(d: Db, { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number }) {
  return yield* q(
    d
      .select(shown)
      .from(logs)
      .innerJoin(prescriptions, eq(prescriptions.id, logs.prescriptionId))
      .innerJoin(programVersions, eq(programVersions.id, logs.programVersionId))
      .innerJoin(users, eq(users.id, logs.enteredBy))
      .where(and(eq(logs.patientId, patientId), eq(logs.clinicId, clinicId), CURRENT, gte(logs.performedAt, sinceMs)))
      .orderBy(asc(logs.performedAt), asc(logs.id)),
  );
}

/** A page of a patient's history, newest first, corrections in their latest form. */
export function* listLogPage(
  d: Db,
  { clinicId, patientId, before, limit }: PatientScope & { before: { at: number; id: string } | null; limit: number },
) {
  return yield* q(
    d
      .select(shown)
      .from(logs)
      .innerJoin(prescriptions, eq(prescriptions.id, logs.prescriptionId))
      .innerJoin(programVersions, eq(programVersions.id, logs.programVersionId))
      .innerJoin(users, eq(users.id, logs.enteredBy))
      .where(
        and(
          eq(logs.patientId, patientId),
          eq(logs.clinicId, clinicId),
          CURRENT,
          olderThan(logs.performedAt, logs.id, before),
        ),
      )
      .orderBy(desc(logs.performedAt), desc(logs.id))
      .limit(limit),
  );
}

/** The sets of several logs, in order. */
export function* listLogSets(d: Db, { logIds }: { logIds: readonly string[] }): Body<LogSetRow[]> {
  if (logIds.length === 0) return [];
  return yield* q(
    d
      .select()
      .from(logSets)
      .where(inArray(logSets.logId, [...logIds]))
      .orderBy(asc(logSets.logId), asc(logSets.setNumber)),
  );
}
