import 'server-only';
import type { Body, Db } from '#db/body';
import { countUnread, listNotices, listSubjectNames, markSubjectRead } from '#db/queries/contact/notices';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const SHOWN = 50;

/** The newest notices of the account. A patient is named only to who may still reach them. */
export function* readNotices(d: Db, work: UnitOfWork, { clinicId, userId }: { clinicId: string; userId: string }) {
  const rows = yield* listNotices(d, { userId, limit: SHOWN });
  const subjectIds = rows.map(({ subjectId }) => subjectId);
  // Some are about the patient, others about a check-in of theirs.
  const nameOf = yield* listSubjectNames(d, { clinicId, userId, nowMs: work.nowMs, subjectIds });
  return {
    unread: yield* countUnread(d, { userId }),
    notices: rows.map(({ id, kind, subjectId, createdAt, readAt }) => ({
      id,
      kind,
      subjectId,
      createdAt,
      readAt,
      patientName: nameOf.get(subjectId) ?? null,
    })),
  };
}

/** The account has seen the thing itself: its notices are read, on every page that shows them. */
export function* markRead(
  d: Db,
  work: UnitOfWork,
  { userId, subjectId }: { userId: string; subjectId: string },
): Body<{ read: number }> {
  work.about(subjectId);
  const read = yield* markSubjectRead(d, { userId, subjectId, nowMs: work.nowMs });
  if (read > 0) work.tell('notice', subjectId, { userId });
  return { read };
}
