import 'server-only';
import { and, count, desc, eq, inArray, isNull, max, ne, or } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { containsText } from '#db/columns';
import { checkIns } from '#db/schema/check-ins';
import { contactChoices, deadAddresses, pushSubscriptions } from '#db/schema/contact';
import { erasures, type StoredObjects } from '#db/schema/erasures';
import { jobs } from '#db/schema/jobs';
import { logs } from '#db/schema/logs';
import { media } from '#db/schema/media';
import { caregiverGrants, careTeam, patients } from '#db/schema/patients';
import { memberships, sessions, users } from '#db/schema/people';
import { programs, programVersions } from '#db/schema/programs';
import { visits } from '#db/schema/visits';
import type { PatientScope } from '#db/scope';
import type { RecordTable } from './record-table';
import { RECORD_TABLES } from './record-tables';

export type ErasureRow = typeof erasures.$inferSelect;

export function* insertErasure(d: Db, row: typeof erasures.$inferInsert): Body<void> {
  yield* q(d.insert(erasures).values(row));
}

export function* updateErasure(d: Db, id: string, change: Partial<typeof erasures.$inferInsert>): Body<void> {
  yield* q(d.update(erasures).set(change).where(eq(erasures.id, id)));
}

/** The lock that is on the record. */
export function* findLock(d: Db, { clinicId, patientId }: PatientScope): Body<ErasureRow | undefined> {
  return yield* first(
    d
      .select()
      .from(erasures)
      .where(and(eq(erasures.patientId, patientId), eq(erasures.clinicId, clinicId), eq(erasures.state, 'locked'))),
  );
}

/** The lock as a person reads it: who put the record away, and who asked to open it. */
export function* findShownLock(d: Db, scope: PatientScope) {
  const lock = yield* findLock(d, scope);
  if (!lock) return undefined;
  const { reason, askedAt, openAskedBy, openAskedAt, openReason } = lock;
  const nameOf = function* (userId: string | null) {
    if (userId === null) return null;
    const user = yield* first(d.select({ name: users.name }).from(users).where(eq(users.id, userId)));
    return user?.name ?? null;
  };
  const names = { askedByName: yield* nameOf(lock.askedBy), openAskedByName: yield* nameOf(openAskedBy) };
  return { reason, askedAt, openAskedBy, openAskedAt, openReason, ...names };
}

/** What was erased and whose stored objects are not all gone yet. */
export function* listErased(d: Db): Body<ErasureRow[]> {
  // Bounded: records that were erased; two persons do that by hand.
  return yield* q(d.select().from(erasures).where(eq(erasures.state, 'done')).orderBy(desc(erasures.erasedAt)));
}

export function* isErased(d: Db, { patientId }: PatientScope): Body<boolean> {
  const done = and(eq(erasures.patientId, patientId), eq(erasures.state, 'done'));
  return (yield* first(d.select({ id: erasures.id }).from(erasures).where(done))) !== undefined;
}

/** Every record that was put away, opened again or erased, in the order in which that was asked for. */
export function* listErasures(d: Db): Body<ErasureRow[]> {
  // Bounded: records that were put away or erased; persons do that by hand, and a backup carries all of them.
  return yield* q(d.select().from(erasures).orderBy(erasures.askedAt, erasures.id));
}

/** Marks the record as put away, or as there again. */
export function* setLocked(
  d: Db,
  { clinicId, patientId }: PatientScope,
  change: { lockedAt: number | null; loginEndedAt?: number | null },
): Body<void> {
  yield* q(
    d
      .update(patients)
      .set(change)
      .where(and(eq(patients.id, patientId), eq(patients.clinicId, clinicId))),
  );
}

/** Takes everybody off the record at one instant: its care team and those who help. */
export function* endRelations(d: Db, { clinicId, patientId }: PatientScope, atMs: number): Body<void> {
  const team = and(eq(careTeam.patientId, patientId), eq(careTeam.clinicId, clinicId));
  yield* q(
    d
      .update(careTeam)
      .set({ toAt: atMs })
      .where(and(team, isNull(careTeam.toAt))),
  );
  yield* q(
    d
      .update(caregiverGrants)
      .set({ revokedAt: atMs })
      .where(and(eq(caregiverGrants.patientId, patientId), isNull(caregiverGrants.revokedAt))),
  );
}

/** Puts back on the care team those whom the lock of that instant took off it. */
export function* restoreTeam(d: Db, { clinicId, patientId }: PatientScope, lockedAt: number): Body<void> {
  yield* q(
    d
      .update(careTeam)
      .set({ toAt: null })
      .where(and(eq(careTeam.patientId, patientId), eq(careTeam.clinicId, clinicId), eq(careTeam.toAt, lockedAt))),
  );
}

/** Epoch ms of the last entry of the record: from then on its keeping term counts. */
export function* lastEntryAt(d: Db, { clinicId, patientId }: PatientScope): Body<number> {
  const ofPatient = { clinicId, patientId };
  const found = [
    yield* first(
      d
        .select({ at: max(patients.createdAt) })
        .from(patients)
        .where(eq(patients.id, ofPatient.patientId)),
    ),
    yield* first(
      d
        .select({ at: max(logs.receivedAt) })
        .from(logs)
        .where(eq(logs.patientId, patientId)),
    ),
    yield* first(
      d
        .select({ at: max(checkIns.receivedAt) })
        .from(checkIns)
        .where(eq(checkIns.patientId, patientId)),
    ),
    yield* first(
      d
        .select({ at: max(checkIns.closedAt) })
        .from(checkIns)
        .where(eq(checkIns.patientId, patientId)),
    ),
    yield* first(
      d
        .select({ at: max(visits.startsAt) })
        .from(visits)
        .where(eq(visits.patientId, patientId)),
    ),
    yield* first(
      d
        .select({ at: max(programVersions.publishedAt) })
        .from(programVersions)
        .innerJoin(programs, eq(programs.id, programVersions.programId))
        .where(and(eq(programs.patientId, patientId), eq(programs.clinicId, clinicId))),
    ),
  ];
  return Math.max(...found.map((row) => Number(row?.at ?? 0)));
}

/** Is a visit of this patient going on? */
export function* hasOpenVisit(d: Db, { patientId }: PatientScope): Body<boolean> {
  const open = and(eq(visits.patientId, patientId), eq(visits.state, 'open'));
  const row = yield* first(d.select({ n: count() }).from(visits).where(open));
  return (row?.n ?? 0) > 0;
}

/** The visits that are planned, and the check-ins that nobody has answered. */
export function* listOpenWork(d: Db, { patientId }: PatientScope) {
  // Bounded: what is open for one patient, each to be ended.
  const planned = yield* q(
    d
      .select({ id: visits.id })
      .from(visits)
      .where(and(eq(visits.patientId, patientId), eq(visits.state, 'scheduled'))),
  );
  // Bounded: what is open for one patient, each to be ended.
  const open = yield* q(
    d
      .select({ id: checkIns.id, state: checkIns.state })
      .from(checkIns)
      .where(and(eq(checkIns.patientId, patientId), isNull(checkIns.closedAt))),
  );
  return { visitIds: planned.map(({ id }) => id), checkIns: open };
}

export function* cancelVisits(d: Db, visitIds: readonly string[]): Body<void> {
  if (visitIds.length === 0) return;
  yield* q(
    d
      .update(visits)
      .set({ state: 'cancelled' })
      .where(inArray(visits.id, [...visitIds])),
  );
}

/** Where the patient's media lie: keys of stored objects, and ids under which uploads may be unfinished. */
export function* listObjects(d: Db, { patientId }: PatientScope): Body<StoredObjects> {
  // Bounded: the objects of one patient, all of which are to be removed.
  const rows = yield* q(
    d.select({ id: media.id, key: media.storageKey }).from(media).where(eq(media.patientId, patientId)),
  );
  return { keys: rows.flatMap(({ key }) => key ?? []), uploads: rows.map(({ id }) => id), copies: true };
}

const tables = () => Object.entries(RECORD_TABLES) as [string, RecordTable][];

/** Rows of a record by table, as an export shows them; tables without any are left out. */
export function* readRecordRows(
  d: Db,
  { patientId }: PatientScope,
  reader: 'patient' | 'clinic',
): Body<Record<string, Record<string, unknown>[]>> {
  const read: Record<string, Record<string, unknown>[]> = {};
  for (const [name, { table, whose, exported, forPatient, omit = [], omitForPatient = [] }] of tables()) {
    if (exported === 'nobody' || (exported === 'clinic' && reader === 'patient')) continue;
    const extra = reader === 'patient' ? forPatient?.(d, patientId) : undefined;
    // Bounded: one record, of which a copy must be whole.
    const rows: Record<string, unknown>[] = yield* q(
      d
        .select()
        .from(table)
        .where(and(whose(d, patientId), extra)),
    );
    const left = new Set([...omit, ...(reader === 'patient' ? omitForPatient : [])]);
    if (rows.length > 0)
      read[name] = rows.map((row) => Object.fromEntries(Object.entries(row).filter(([field]) => !left.has(field))));
  }
  return read;
}

/**
 * Deletes the rows of a record, children first, only within the transaction that has marked it as `running`. The record
 * itself comes after its account was blanked: it is what leads to the account.
 */
export function* deleteRecordRows(
  d: Db,
  { patientId }: PatientScope,
  part: 'before the account' | 'the record itself',
): Body<void> {
  for (const [name, { table, whose, erased }] of tables()) {
    const isRecord = name === 'patients';
    if (erased === 'deleted' && isRecord === (part === 'the record itself'))
      yield* q(d.delete(table).where(whose(d, patientId)));
  }
}

/** Work that waits for media which are no more. */
export function* deleteJobsOf(d: Db, mediaIds: readonly string[]): Body<void> {
  for (const mediaId of mediaIds) yield* q(d.delete(jobs).where(containsText(jobs.dedupeKey, mediaId)));
}

/**
 * Empties an account that belongs to nothing else: no name, no address, no password, and nobody signs in with it. One
 * that works in a clinic, or opens another record, is left.
 */
export function* blankUser(
  d: Db,
  { patientId, userId, nowMs }: { patientId: string; userId: string; nowMs: number },
): Body<void> {
  const works = yield* first(d.select({ n: count() }).from(memberships).where(eq(memberships.userId, userId)));
  const others = yield* first(
    d
      .select({ n: count() })
      .from(patients)
      .where(and(eq(patients.userId, userId), ne(patients.id, patientId))),
  );
  const helps = yield* first(
    d
      .select({ n: count() })
      .from(caregiverGrants)
      .where(and(eq(caregiverGrants.userId, userId), or(isNull(caregiverGrants.revokedAt)))),
  );
  if ((works?.n ?? 0) + (others?.n ?? 0) + (helps?.n ?? 0) > 0) return;
  yield* q(d.delete(sessions).where(eq(sessions.userId, userId)));
  yield* q(d.delete(contactChoices).where(eq(contactChoices.userId, userId)));
  yield* q(d.delete(deadAddresses).where(eq(deadAddresses.userId, userId)));
  yield* q(d.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, userId)));
  yield* q(
    d.update(users).set({ name: '', email: null, passwordHash: null, disabledAt: nowMs }).where(eq(users.id, userId)),
  );
}
