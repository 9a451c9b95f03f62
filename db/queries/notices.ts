import 'server-only';
import { and, count, desc, eq, isNull } from 'drizzle-orm';
import { type Body, type Db, first, q } from '../body';
import { notices } from '../schema/audit';

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

export function* countUnread(d: Db, { userId }: { userId: string }): Body<number> {
  const row = yield* first(
    d
      .select({ n: count() })
      .from(notices)
      .where(and(eq(notices.userId, userId), isNull(notices.readAt))),
  );
  return row?.n ?? 0;
}

export function* markNoticeRead(
  d: Db,
  { userId, noticeId, nowMs }: { userId: string; noticeId: string; nowMs: number },
): Body<boolean> {
  const read = yield* q(
    d
      .update(notices)
      .set({ readAt: nowMs })
      .where(and(eq(notices.id, noticeId), eq(notices.userId, userId), isNull(notices.readAt)))
      .returning({ id: notices.id }),
  );
  return read.length === 1;
}

/** Reading the thing itself reads its notices. */
export function* markSubjectRead(
  d: Db,
  { userId, subjectId, nowMs }: { userId: string; subjectId: string; nowMs: number },
): Body<void> {
  yield* q(
    d
      .update(notices)
      .set({ readAt: nowMs })
      .where(and(eq(notices.userId, userId), eq(notices.subjectId, subjectId), isNull(notices.readAt))),
  );
}
