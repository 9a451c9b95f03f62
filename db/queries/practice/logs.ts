import 'server-only';
import { and, asc, desc, eq, gte, inArray, isNull, lt } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { condition } from '#db/columns';
import { olderThan } from '#db/keyset';
import { logRemovals, logSets, logs, practices } from '#db/schema/logs';
import { users } from '#db/schema/people';
import { prescriptions, programVersions } from '#db/schema/programs';
import type { PatientScope } from '#db/scope';

export type LogRow = typeof logs.$inferSelect;
export type LogSetRow = typeof logSets.$inferSelect;
type PracticeRow = typeof practices.$inferSelect;
type RemovalRow = typeof logRemovals.$inferSelect;

/** Literal, as in the partial index: with a parameter SQLite cannot prove that the index covers the question. */
export const CURRENT = condition('logs.is_current');

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

/** A patient's sittings from an instant on, oldest first, without those that were removed as made by mistake. */
export function* listPractices(
  d: Db,
  { clinicId, patientId, sinceMs }: PatientScope & { sinceMs: number },
): Body<PracticeRow[]> {
  const newest = yield* q(
    d
      .select()
      .from(practices)
      .where(
        and(
          eq(practices.patientId, patientId),
          eq(practices.clinicId, clinicId),
          gte(practices.startedAt, sinceMs),
          isNull(practices.removedAt),
        ),
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

export function* insertRemoval(d: Db, row: typeof logRemovals.$inferInsert): Body<void> {
  yield* q(d.insert(logRemovals).values(row));
}

export function* findRemoval(d: Db, { logId }: { logId: string }): Body<RemovalRow | undefined> {
  return yield* first(d.select().from(logRemovals).where(eq(logRemovals.logId, logId)));
}

/** A sitting of which no log counts any more counts nowhere itself; one that has a log left stays. */
export function* removeEmptyPractice(d: Db, { practiceId, nowMs }: { practiceId: string; nowMs: number }): Body<void> {
  const left = d
    .select({ id: logs.id })
    .from(logs)
    .where(and(eq(logs.practiceId, practiceId), CURRENT))
    .limit(1);
  if ((yield* q(left)).length > 0) return;
  yield* q(d.update(practices).set({ removedAt: nowMs }).where(eq(practices.id, practiceId)));
}

type Removed = PatientScope & { fromMs: number; before: number | null; limit: number };

/** What was removed of a part of the history, with the log as it was: newest first. */
export function* listRemovals(d: Db, { clinicId, patientId, fromMs, before, limit }: Removed) {
  return yield* q(
    d
      .select({
        removal: logRemovals,
        log: logs,
        exerciseVersionId: prescriptions.exerciseVersionId,
        removedByName: users.name,
      })
      .from(logRemovals)
      .innerJoin(logs, eq(logs.id, logRemovals.logId))
      .innerJoin(prescriptions, eq(prescriptions.id, logs.prescriptionId))
      .innerJoin(users, eq(users.id, logRemovals.removedBy))
      .where(
        and(
          eq(logRemovals.patientId, patientId),
          eq(logRemovals.clinicId, clinicId),
          gte(logRemovals.performedAt, fromMs),
          before === null ? undefined : lt(logRemovals.performedAt, before),
        ),
      )
      .orderBy(desc(logRemovals.performedAt), desc(logRemovals.logId))
      .limit(limit),
  );
}

/** Which of these logs were removed, and why. */
export function* listRemovalsOf(
  d: Db,
  { clinicId, patientId, logIds }: PatientScope & { logIds: readonly string[] },
): Body<RemovalRow[]> {
  if (logIds.length === 0) return [];
  // Bounded: the logs that are named.
  return yield* q(
    d
      .select()
      .from(logRemovals)
      .where(
        and(
          inArray(logRemovals.logId, [...logIds]),
          eq(logRemovals.patientId, patientId),
          eq(logRemovals.clinicId, clinicId),
        ),
      ),
  );
}

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
