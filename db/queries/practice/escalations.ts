import 'server-only';
import { and, asc, eq, gt, inArray, isNull, lte } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { escalations, escalationTellings } from '#db/schema/escalations';
import { patients } from '#db/schema/patients';
import { users } from '#db/schema/people';
import type { PatientScope } from '#db/scope';

export type EscalationRow = typeof escalations.$inferSelect;
type OfFlag = PatientScope & { flagId: string };

export function* insertEscalation(d: Db, row: typeof escalations.$inferInsert): Body<void> {
  yield* q(d.insert(escalations).values(row).onConflictDoNothing());
}

/** False where this person was told by this step already. */
export function* insertTelling(d: Db, row: typeof escalationTellings.$inferInsert): Body<boolean> {
  const added = yield* q(
    d.insert(escalationTellings).values(row).onConflictDoNothing().returning({ userId: escalationTellings.userId }),
  );
  return added.length === 1;
}

const of = ({ flagId, patientId, clinicId }: OfFlag) =>
  and(eq(escalations.flagId, flagId), eq(escalations.patientId, patientId), eq(escalations.clinicId, clinicId));

const IS_UNTAKEN = and(isNull(escalations.takenAt), isNull(escalations.endedAt));

/** Those whose next step is due, in every clinic, the longest due first. */
export function* listDueEscalations(
  d: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
): Body<Pick<EscalationRow, 'flagId' | 'step'>[]> {
  return yield* q(
    d
      .select({ flagId: escalations.flagId, step: escalations.step })
      .from(escalations)
      .where(lte(escalations.nextAt, nowMs))
      .orderBy(asc(escalations.nextAt), asc(escalations.flagId))
      .limit(limit),
  );
}

type Due = { flagId: string; step: EscalationRow['step']; nowMs: number };

/** Takes one due step, whoever else is at it: a second one, and one that somebody took meanwhile, finds nothing. */
export function* takeDueStep(d: Db, { flagId, step, nowMs }: Due): Body<EscalationRow | undefined> {
  return yield* first(
    d
      .update(escalations)
      .set({ nextAt: null })
      .where(
        and(eq(escalations.flagId, flagId), eq(escalations.step, step), lte(escalations.nextAt, nowMs), IS_UNTAKEN),
      )
      .returning(),
  );
}

/** The next step is due now: who was to be told cannot be reached. Nothing where it is due, over or taken. */
export function* hurryEscalation(
  d: Db,
  { flagId, clinicId, nowMs }: { flagId: string; clinicId: string; nowMs: number },
): Body<void> {
  const { nextAt } = escalations;
  const one = and(eq(escalations.flagId, flagId), eq(escalations.clinicId, clinicId));
  yield* q(
    d
      .update(escalations)
      .set({ nextAt: nowMs })
      .where(and(one, gt(nextAt, nowMs), IS_UNTAKEN)),
  );
}

type Moved = OfFlag & Pick<EscalationRow, 'step' | 'nextAt'>;

export function* moveEscalation(d: Db, { step, nextAt, ...flag }: Moved): Body<void> {
  yield* q(d.update(escalations).set({ step, nextAt }).where(of(flag)));
}

/** Takes a flag; false where somebody has it, or it is closed. */
export function* takeEscalation(
  d: Db,
  { takenBy, nowMs, ...flag }: OfFlag & { takenBy: string; nowMs: number },
): Body<boolean> {
  const taken = yield* q(
    d
      .update(escalations)
      .set({ takenBy, takenAt: nowMs, nextAt: null })
      .where(and(of(flag), IS_UNTAKEN))
      .returning({ flagId: escalations.flagId }),
  );
  return taken.length === 1;
}

/** Nobody is told any more: the flag was closed. */
export function* endEscalation(d: Db, { nowMs, ...flag }: OfFlag & { nowMs: number }): Body<void> {
  yield* q(
    d
      .update(escalations)
      .set({ endedAt: nowMs, nextAt: null })
      .where(and(of(flag), isNull(escalations.endedAt))),
  );
}

export function* findEscalation(d: Db, flag: OfFlag): Body<EscalationRow | undefined> {
  return yield* first(d.select().from(escalations).where(of(flag)));
}

/** How each of these flags stands, with who took it. */
export function* listEscalations(d: Db, { flagIds, ...scope }: PatientScope & { flagIds: readonly string[] }) {
  if (flagIds.length === 0) return [];
  const { flagId, patientId, clinicId, raisedAt, nextAt, takenBy, takenAt } = escalations;
  // Bounded: the flags of one page.
  return yield* q(
    d
      .select({ flagId, raisedAt, nextAt, takenBy, takenAt, takenByName: users.name })
      .from(escalations)
      .leftJoin(users, eq(users.id, takenBy))
      .where(and(inArray(flagId, [...flagIds]), eq(patientId, scope.patientId), eq(clinicId, scope.clinicId))),
  );
}

/** Who was told of these flags, in the order in which they were. */
export function* listTellings(d: Db, { flagIds, ...scope }: PatientScope & { flagIds: readonly string[] }) {
  if (flagIds.length === 0) return [];
  const { flagId, patientId, clinicId, step, userId, at } = escalationTellings;
  // Bounded: the staff of one clinic, some times for each flag of one page.
  return yield* q(
    d
      .select({ flagId, step, userId, at, name: users.name })
      .from(escalationTellings)
      .innerJoin(users, eq(users.id, userId))
      .where(and(inArray(flagId, [...flagIds]), eq(patientId, scope.patientId), eq(clinicId, scope.clinicId)))
      .orderBy(asc(at), asc(step), asc(userId)),
  );
}

/** How the flags stand that notices of one clinic are about. Who was told of one that is open may know of whom it is. */
export function* listFlagsTold(d: Db, { clinicId, flagIds }: { clinicId: string; flagIds: readonly string[] }) {
  if (flagIds.length === 0) return [];
  const { flagId, raisedAt, takenAt, endedAt } = escalations;
  // Bounded: what the notices of one page are about.
  return yield* q(
    d
      .select({ flagId, raisedAt, takenAt, endedAt, takenByName: users.name, patientName: patients.name })
      .from(escalations)
      .innerJoin(patients, eq(patients.id, escalations.patientId))
      .leftJoin(users, eq(users.id, escalations.takenBy))
      .where(and(inArray(flagId, [...flagIds]), eq(escalations.clinicId, clinicId), isNull(patients.lockedAt))),
  );
}
