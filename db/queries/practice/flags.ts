import 'server-only';
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { olderThan } from '#db/keyset';
import { flags } from '#db/schema/logs';
import type { PatientScope } from '#db/scope';

export type FlagRow = typeof flags.$inferSelect;

/** One flag per source and kind, however often the same answer arrives. */
export function* insertFlag(d: Db, row: typeof flags.$inferInsert): Body<boolean> {
  const added = yield* q(d.insert(flags).values(row).onConflictDoNothing().returning({ id: flags.id }));
  return added.length === 1;
}

/** The first flag that an answer raised; undefined where it raised none. */
export function* findFlagOfSource(
  d: Db,
  { clinicId, patientId, sourceKind, sourceId }: PatientScope & Pick<FlagRow, 'sourceKind' | 'sourceId'>,
): Body<FlagRow | undefined> {
  return yield* first(
    d
      .select()
      .from(flags)
      .where(
        and(
          eq(flags.sourceKind, sourceKind),
          eq(flags.sourceId, sourceId),
          eq(flags.patientId, patientId),
          eq(flags.clinicId, clinicId),
        ),
      )
      .orderBy(asc(flags.raisedAt), asc(flags.id))
      .limit(1),
  );
}

type FlagChange = Partial<Pick<FlagRow, 'pain' | 'severity' | 'rule' | 'correctedPain' | 'takenBackAt'>>;

/** What is said later of the answer behind a flag. The flag stays open, and what was said first stays with it. */
export function* addToFlag(
  d: Db,
  { clinicId, patientId, flagId, change }: PatientScope & { flagId: string; change: FlagChange },
): Body<void> {
  yield* q(
    d
      .update(flags)
      .set(change)
      .where(and(eq(flags.id, flagId), eq(flags.patientId, patientId), eq(flags.clinicId, clinicId))),
  );
}

type FlagsPage = PatientScope & { before?: { at: number; id: string } | null; limit: number };

/** A page of what is open for a patient, newest first. */
export function* listOpenFlags(d: Db, { clinicId, patientId, before = null, limit }: FlagsPage): Body<FlagRow[]> {
  return yield* q(
    d
      .select()
      .from(flags)
      .where(
        and(
          eq(flags.patientId, patientId),
          eq(flags.clinicId, clinicId),
          isNull(flags.seenAt),
          olderThan(flags.raisedAt, flags.id, before),
        ),
      )
      .orderBy(desc(flags.raisedAt), desc(flags.id))
      .limit(limit),
  );
}

/** Whether anything waits for somebody to look at it. */
export function* hasOpenFlag(d: Db, { clinicId, patientId }: PatientScope): Body<boolean> {
  const open = d
    .select({ id: flags.id })
    .from(flags)
    .where(and(eq(flags.patientId, patientId), eq(flags.clinicId, clinicId), isNull(flags.seenAt)))
    .limit(1);
  return (yield* q(open)).length === 1;
}

/** A flag of this patient, open or closed. */
/** Whether a red or urgent answer waits for somebody. */
export function* hasOpenRedFlag(d: Db, { clinicId, patientId }: PatientScope): Body<boolean> {
  const open = d
    .select({ id: flags.id })
    .from(flags)
    .where(
      and(
        eq(flags.patientId, patientId),
        eq(flags.clinicId, clinicId),
        isNull(flags.seenAt),
        inArray(flags.severity, ['red', 'urgent']),
      ),
    )
    .limit(1);
  return (yield* q(open)).length === 1;
}

export function* findFlag(
  d: Db,
  { clinicId, patientId, flagId }: PatientScope & { flagId: string },
): Body<FlagRow | undefined> {
  return yield* first(
    d
      .select()
      .from(flags)
      .where(and(eq(flags.id, flagId), eq(flags.patientId, patientId), eq(flags.clinicId, clinicId))),
  );
}

/** Closes an open flag with what was done about it; false where it was closed already. */
export function* resolveFlag(
  d: Db,
  {
    clinicId,
    patientId,
    flagId,
    seenBy,
    resolution,
    nowMs,
  }: PatientScope & { flagId: string; seenBy: string; resolution: string; nowMs: number },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(flags)
      .set({ seenBy, seenAt: nowMs, resolution })
      .where(
        and(eq(flags.id, flagId), eq(flags.patientId, patientId), eq(flags.clinicId, clinicId), isNull(flags.seenAt)),
      )
      .returning({ id: flags.id }),
  );
  return rows.length === 1;
}
