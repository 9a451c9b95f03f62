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
export type LogSetRow = typeof logSets.$inferSelect;
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

/** What no person reaches in the days that are asked for; of more, the newest are read. */
const SITTINGS_MAX = 500;
const LOGS_MAX = 2000;

/** A patient's sittings from an instant on, oldest first. */
export function* listPractices(
  d: Db,
  { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number },
): Body<PracticeRow[]> {
  const newest = yield* q(
    d
      .select()
      .from(practices)
      .where(
        and(eq(practices.patientId, patientId), eq(practices.clinicId, clinicId), gte(practices.startedAt, sinceMs)),
      )
      .orderBy(desc(practices.startedAt), desc(practices.id))
      .limit(SITTINGS_MAX),
  );
  return newest.toReversed();
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
  const newest = yield* q(
    d
      .select(shown)
      .from(logs)
      .innerJoin(prescriptions, eq(prescriptions.id, logs.prescriptionId))
      .innerJoin(programVersions, eq(programVersions.id, logs.programVersionId))
      .innerJoin(users, eq(users.id, logs.enteredBy))
      .where(and(eq(logs.patientId, patientId), eq(logs.clinicId, clinicId), CURRENT, gte(logs.performedAt, sinceMs)))
      .orderBy(desc(logs.performedAt), desc(logs.id))
      .limit(LOGS_MAX),
  );
  return newest.toReversed();
}

type LogPage = PatientScope & { before: { at: number; id: string } | null; limit: number; lineageId?: string | null };

/** A page of a patient's history, of one exercise where it is named, newest first, corrections in their latest form. */
export function* listLogPage(d: Db, { clinicId, patientId, before, limit, lineageId = null }: LogPage) {
  const ofLineage = lineageId === null ? undefined : eq(logs.lineageId, lineageId);
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
          ofLineage,
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
  // Bounded: the sets of the logs that are named.
  return yield* q(
    d
      .select()
      .from(logSets)
      .where(inArray(logSets.logId, [...logIds]))
      .orderBy(asc(logSets.logId), asc(logSets.setNumber)),
  );
}
