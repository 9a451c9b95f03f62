import 'server-only';
import { type Body, type Db, together } from '#db/body';
import { countUnread, listNotices, listSubjectNames, markSubjectRead } from '#db/queries/contact/notices';
import { listFlagsTold } from '#db/queries/practice/escalations';
import { reachOf } from '#db/reach';
import type { Role } from '#domain/input/fields';
import { NOTICES_PER_PAGE, placeAfter } from '#domain/input/page';
import { mayInClinic } from '#domain/people/access';
import { flagOfEvent } from '#domain/practice/escalation';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const takenOf = ({ takenAt, takenByName }: { takenAt: number | null; takenByName: string | null }) =>
  takenAt === null ? null : { at: takenAt, byName: takenByName ?? '' };

function opensOf(isReached: boolean, roles: readonly Role[]): 'record' | 'caseload' | null {
  if (isReached) return 'record';
  return mayInClinic('patient.list', roles) ? 'caseload' : null;
}

type NoticesPage = {
  clinicId: string;
  userId: string;
  roles: readonly Role[];
  before: { at: number; id: string } | null;
};

/** A page of the notices of the account, newest first, and how many of all are unread. A patient is named only to who may still reach them. */
export function* readNotices(d: Db, work: UnitOfWork, { clinicId, userId, roles, before }: NoticesPage) {
  const [rows, unread, reach] = yield* together(
    listNotices(d, { userId, before, limit: NOTICES_PER_PAGE }),
    countUnread(d, { userId }),
    reachOf(d, { clinicId, userId, nowMs: work.nowMs }),
  );
  const subjectIds = rows.map(({ subjectId }) => subjectId);
  // Some are about the patient, others about a check-in of theirs.
  const nameOf = yield* listSubjectNames(d, { ...reach, subjectIds });
  const flagIds = rows.map(({ eventKey }) => flagOfEvent(eventKey)).filter((id) => id !== null);
  const flags = yield* listFlagsTold(d, { clinicId, flagIds });
  return {
    unread,
    notices: rows.map(({ id, kind, subjectId, eventKey, createdAt, readAt }) => {
      const flag = flags.find(({ flagId }) => flagId === flagOfEvent(eventKey));
      const ownName = nameOf.get(subjectId) ?? null;
      return {
        ...{ id, kind, subjectId, createdAt, readAt },
        // Who was told of a red answer has to know whose it is, until it is closed.
        patientName: ownName ?? (flag?.endedAt === null ? flag.patientName : null),
        /** Where this account gets to the patient: an admin nowhere. */
        opens: opensOf(ownName !== null, roles),
        flag: flag ? { raisedAt: flag.raisedAt, endedAt: flag.endedAt, taken: takenOf(flag) } : null,
      };
    }),
    nextCursor: placeAfter(rows, NOTICES_PER_PAGE, ({ id, createdAt }) => ({ at: createdAt, id })),
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
