import 'server-only';
import { and, count, desc, eq, inArray, isNull, notInArray } from 'drizzle-orm';
import { type Body, type Db, first, q } from '#db/body';
import { olderThan } from '#db/keyset';
import { type Reach, reached } from '#db/reach';
import { appointmentRequests } from '#db/schema/appointments';
import { checkIns } from '#db/schema/check-ins';
import { notices } from '#db/schema/notices';
import { episodes, patients } from '#db/schema/patients';
import { visits } from '#db/schema/visits';

export type NoticeRow = typeof notices.$inferSelect;

/** One notice per user and event, however often the event is told. */
export function* insertNotice(d: Db, row: typeof notices.$inferInsert): Body<void> {
  yield* q(d.insert(notices).values(row).onConflictDoNothing());
}

/** What happened that a notice tells of, by its key; null where there is no such notice. */
export function* findEventOf(d: Db, { noticeId, userId }: { noticeId: string; userId: string }): Body<string | null> {
  const row = yield* first(
    d
      .select({ eventKey: notices.eventKey })
      .from(notices)
      .where(and(eq(notices.id, noticeId), eq(notices.userId, userId))),
  );
  return row?.eventKey ?? null;
}

/** What notices are about. */
export function* listNoticed(d: Db, { noticeIds }: { noticeIds: readonly string[] }) {
  if (noticeIds.length === 0) return [];
  // Bounded: the notices of one message.
  return yield* q(
    d
      .select({ id: notices.id, subjectId: notices.subjectId })
      .from(notices)
      .where(inArray(notices.id, [...noticeIds])),
  );
}

type NoticePage = { userId: string; before: { at: number; id: string } | null; limit: number };

/** A page of the account's notices, newest first. */
export function* listNotices(d: Db, { userId, before, limit }: NoticePage): Body<NoticeRow[]> {
  return yield* q(
    d
      .select()
      .from(notices)
      .where(and(eq(notices.userId, userId), olderThan(notices.createdAt, notices.id, before)))
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(limit),
  );
}

/** The newest of the account's notices of these kinds that are unread, however many were read since. */
export function* listUnread(
  d: Db,
  { userId, kinds, limit }: { userId: string; kinds: readonly string[]; limit: number },
): Body<NoticeRow[]> {
  return yield* q(
    d
      .select()
      .from(notices)
      .where(and(eq(notices.userId, userId), inArray(notices.kind, [...kinds]), isNull(notices.readAt)))
      .orderBy(desc(notices.createdAt), desc(notices.id))
      .limit(limit),
  );
}

/** The names of one's own patients by what notices are about: the patient, or something of theirs. */
export function* listSubjectNames(
  d: Db,
  { subjectIds, ...reach }: Reach & { subjectIds: readonly string[] },
): Body<Map<string, string>> {
  if (subjectIds.length === 0) return new Map();
  const { id, name } = patients;
  const own = and(eq(patients.clinicId, reach.clinicId), inArray(id, reached(d, reach)));
  // Bounded: what the notices of one page are about.
  const themselves = yield* q(
    d
      .select({ subjectId: id, name })
      .from(patients)
      .where(and(own, inArray(id, [...subjectIds]))),
  );
  // Bounded: what the notices of one page are about.
  const byCheckIn = yield* q(
    d
      .select({ subjectId: checkIns.id, name })
      .from(checkIns)
      .innerJoin(patients, eq(id, checkIns.patientId))
      .where(and(own, inArray(checkIns.id, [...subjectIds]))),
  );
  // Bounded: what the notices of one page are about.
  const byThread = yield* q(
    d
      .select({ subjectId: episodes.id, name })
      .from(episodes)
      .innerJoin(patients, eq(id, episodes.patientId))
      .where(and(own, inArray(episodes.id, [...subjectIds]))),
  );
  // Bounded: what the notices of one page are about.
  const byVisit = yield* q(
    d
      .select({ subjectId: visits.id, name })
      .from(visits)
      .innerJoin(patients, eq(id, visits.patientId))
      .where(and(own, inArray(visits.id, [...subjectIds]))),
  );
  // Bounded: what the notices of one page are about.
  const byRequest = yield* q(
    d
      .select({ subjectId: appointmentRequests.id, name })
      .from(appointmentRequests)
      .innerJoin(patients, eq(id, appointmentRequests.patientId))
      .where(and(own, inArray(appointmentRequests.id, [...subjectIds]))),
  );
  return new Map(
    [...themselves, ...byCheckIn, ...byThread, ...byVisit, ...byRequest].map((row) => [row.subjectId, row.name]),
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

/** Whether somebody was told something of the kind about this and has not looked. */
export function* hasUnread(
  d: Db,
  { userId, kind, subjectId }: { userId: string; kind: string; subjectId: string },
): Body<boolean> {
  const row = yield* first(
    d
      .select({ id: notices.id })
      .from(notices)
      .where(
        and(
          eq(notices.userId, userId),
          eq(notices.kind, kind),
          eq(notices.subjectId, subjectId),
          isNull(notices.readAt),
        ),
      )
      .limit(1),
  );
  return row !== undefined;
}

/** News of one kind about something is news no more. Returns whose notices were unread. */
export function* markKindReadByAll(
  d: Db,
  { clinicId, kind, subjectId, nowMs }: { clinicId: string; kind: string; subjectId: string; nowMs: number },
): Body<string[]> {
  const of = and(eq(notices.clinicId, clinicId), eq(notices.kind, kind), eq(notices.subjectId, subjectId));
  const read = yield* q(
    d
      .update(notices)
      .set({ readAt: nowMs })
      .where(and(of, isNull(notices.readAt)))
      .returning({ userId: notices.userId }),
  );
  return [...new Set(read.map(({ userId }) => userId))];
}

type ReadByAll = { clinicId: string; subjectId: string; nowMs: number; besides?: readonly string[] };

/** What a notice is about has come or gone: it is news to nobody any more, but for kinds that are named. Returns whose notices were unread. */
export function* markSubjectReadByAll(d: Db, { clinicId, subjectId, nowMs, besides = [] }: ReadByAll): Body<string[]> {
  const read = yield* q(
    d
      .update(notices)
      .set({ readAt: nowMs })
      .where(
        and(
          eq(notices.clinicId, clinicId),
          eq(notices.subjectId, subjectId),
          isNull(notices.readAt),
          notInArray(notices.kind, [...besides]),
        ),
      )
      .returning({ userId: notices.userId }),
  );
  return [...new Set(read.map(({ userId }) => userId))];
}
