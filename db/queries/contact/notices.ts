import 'server-only';
import { and, count, desc, eq, inArray, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { checkIns } from '#db/schema/check-ins';
import { notices } from '#db/schema/notices';
import { patients } from '#db/schema/patients';

export type NoticeRow = typeof notices.$inferSelect;

/** One notice per user and event, however often the event is told. */
export function* insertNotice(d: Db, row: typeof notices.$inferInsert): Body<void> {
  yield* q(d.insert(notices).values(row).onConflictDoNothing());
}

export function* listNotices(d: Db, { userId, limit }: { userId: string; limit: number }): Body<NoticeRow[]> {
  return yield* q(
    d
      .select()
      .from(notices)
      .where(eq(notices.userId, userId))
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(limit),
  );
}

/** Whose check-ins these are, of the named patients only. */
export function* listCheckInPatients(
  d: Db,
  {
    clinicId,
    checkInIds,
    patientIds,
  }: { clinicId: string; checkInIds: readonly string[]; patientIds: readonly string[] },
) {
  if (checkInIds.length === 0 || patientIds.length === 0) return [];
  return yield* q(
    d
      .select({ checkInId: checkIns.id, patientId: patients.id, patientName: patients.name })
      .from(checkIns)
      .innerJoin(patients, eq(patients.id, checkIns.patientId))
      .where(
        and(
          eq(checkIns.clinicId, clinicId),
          inArray(checkIns.id, [...checkInIds]),
          inArray(patients.id, [...patientIds]),
        ),
      ),
  );
}

/** Names of the patients among these ids. */
export function* listPatientNames(
  d: Db,
  { clinicId, patientIds }: { clinicId: string; patientIds: readonly string[] },
) {
  if (patientIds.length === 0) return [];
  return yield* q(
    d
      .select({ patientId: patients.id, name: patients.name })
      .from(patients)
      .where(and(eq(patients.clinicId, clinicId), inArray(patients.id, [...patientIds]))),
  );
}

export function* countUnread(d: Db, { userId }: { userId: string }): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(notices)
      .where(and(eq(notices.userId, userId), isNull(notices.readAt))),
  );
  return row?.n ?? 0;
}

/** Who looked at the thing itself has read its notices. Returns how many were unread. */
export function* markSubjectRead(
  d: Db,
  { userId, subjectId, nowMs }: { userId: string; subjectId: string; nowMs: number },
): Body<number> {
  const read = yield* q(
    d
      .update(notices)
      .set({ readAt: nowMs })
      .where(and(eq(notices.userId, userId), eq(notices.subjectId, subjectId), isNull(notices.readAt)))
      .returning({ id: notices.id }),
  );
  return read.length;
}
