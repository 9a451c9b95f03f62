import 'server-only';
import { and, asc, desc, eq, inArray, isNull, ne } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { olderThan } from '#db/keyset';
import { checkInEvents, checkInMedia, checkIns } from '#db/schema/check-ins';
import { media } from '#db/schema/media';
import type { PatientScope } from '#db/scope';

export type CheckInRow = typeof checkIns.$inferSelect;
export function* insertCheckIn(d: Db, row: typeof checkIns.$inferInsert): Body<void> {
  yield* q(d.insert(checkIns).values(row));
}

export function* attachMedia(
  d: Db,
  { checkInId, mediaIds }: { checkInId: string; mediaIds: readonly string[] },
): Body<void> {
  if (mediaIds.length === 0) return;
  yield* q(d.insert(checkInMedia).values(mediaIds.map((mediaId, position) => ({ checkInId, mediaId, position }))));
}

export function* insertCheckInEvent(d: Db, row: typeof checkInEvents.$inferInsert): Body<void> {
  yield* q(d.insert(checkInEvents).values(row));
}

export function* findCheckInPatient(
  d: Db,
  { clinicId, checkInId }: { clinicId: string; checkInId: string },
): Body<string | undefined> {
  const row = yield* first(
    d
      .select({ patientId: checkIns.patientId })
      .from(checkIns)
      .where(and(eq(checkIns.id, checkInId), eq(checkIns.clinicId, clinicId))),
  );
  return row?.patientId;
}

/** Whose check-in bears this id, in whatever clinic: ids are made by devices. */
export function* findCheckInOwner(
  d: Db,
  { checkInId }: { checkInId: string },
): Body<{ patientId: string } | undefined> {
  return yield* first(d.select({ patientId: checkIns.patientId }).from(checkIns).where(eq(checkIns.id, checkInId)));
}

export function* findCheckIn(
  d: Db,
  { clinicId, patientId, checkInId }: PatientScope & { checkInId: string },
): Body<CheckInRow | undefined> {
  return yield* first(
    d
      .select()
      .from(checkIns)
      .where(and(eq(checkIns.id, checkInId), eq(checkIns.patientId, patientId), eq(checkIns.clinicId, clinicId))),
  );
}

/** The check-in that answers the question for another clip. */
export function* findReplacement(
  d: Db,
  { clinicId, patientId, checkInId }: PatientScope & { checkInId: string },
): Body<{ id: string; submittedAt: number } | undefined> {
  return yield* first(
    d
      .select({ id: checkIns.id, submittedAt: checkIns.submittedAt })
      .from(checkIns)
      .where(
        and(
          eq(checkIns.patientId, patientId),
          eq(checkIns.clinicId, clinicId),
          eq(checkIns.replacesId, checkInId),
          ne(checkIns.state, 'withdrawn'),
        ),
      )
      .orderBy(desc(checkIns.submittedAt), desc(checkIns.id))
      .limit(1),
  );
}

type CheckInPage = PatientScope & {
  before?: { at: number; id: string } | null;
  /** Of one exercise, or of none in particular (null); left out = of all. */
  lineageId?: string | null;
  limit: number;
};

/** A page of a patient's check-ins, newest first. */
export function* listCheckIns(
  d: Db,
  { clinicId, patientId, before = null, lineageId, limit }: CheckInPage,
): Body<CheckInRow[]> {
  const ofNone = lineageId === null ? isNull(checkIns.lineageId) : undefined;
  const ofLineage = lineageId ? eq(checkIns.lineageId, lineageId) : ofNone;
  return yield* q(
    d
      .select()
      .from(checkIns)
      .where(
        and(
          eq(checkIns.patientId, patientId),
          eq(checkIns.clinicId, clinicId),
          ofLineage,
          olderThan(checkIns.submittedAt, checkIns.id, before),
        ),
      )
      .orderBy(desc(checkIns.submittedAt), desc(checkIns.id))
      .limit(limit),
  );
}

/** The clips of check-ins, in order, as they are now. */
export function* listCheckInMedia(d: Db, { checkInIds }: { checkInIds: readonly string[] }) {
  if (checkInIds.length === 0) return [];
  // Bounded: the clips of the check-ins that are named, a few each (submission.ts).
  return yield* q(
    d
      .select({ checkInId: checkInMedia.checkInId, position: checkInMedia.position, media })
      .from(checkInMedia)
      .innerJoin(media, eq(media.id, checkInMedia.mediaId))
      .where(inArray(checkInMedia.checkInId, [...checkInIds]))
      .orderBy(asc(checkInMedia.checkInId), asc(checkInMedia.position)),
  );
}

/** The check-in that a clip belongs to. */
export function* findCheckInOfMedia(d: Db, { mediaId }: { mediaId: string }): Body<CheckInRow | undefined> {
  const row = yield* first(
    d
      .select({ checkIn: checkIns })
      .from(checkIns)
      .innerJoin(checkInMedia, eq(checkInMedia.checkInId, checkIns.id))
      .where(eq(checkInMedia.mediaId, mediaId)),
  );
  return row?.checkIn;
}

/** Moves a check-in on from one of the given states; false where it was not in one. */
export function* moveCheckIn(
  d: Db,
  {
    checkInId,
    from,
    change,
  }: { checkInId: string; from: CheckInRow['state'][]; change: Partial<typeof checkIns.$inferInsert> },
): Body<boolean> {
  const rows = yield* q(
    d
      .update(checkIns)
      .set(change)
      .where(and(eq(checkIns.id, checkInId), inArray(checkIns.state, from)))
      .returning({ id: checkIns.id }),
  );
  return rows.length === 1;
}

export function* listCheckInEvents(d: Db, { checkInId }: { checkInId: string }) {
  // Bounded: the history of one check-in, a line per claim or decision of a person.
  return yield* q(
    d
      .select()
      .from(checkInEvents)
      .where(eq(checkInEvents.checkInId, checkInId))
      .orderBy(asc(checkInEvents.at), asc(checkInEvents.id)),
  );
}
