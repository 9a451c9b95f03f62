import 'server-only';
import type { Body, Db } from '#db/body';
import { type DeliveryRow, listMailedSubjects } from '#db/queries/contact/deliveries';
import { listNoticed } from '#db/queries/contact/notices';
import { listReachableAmong } from '#db/queries/people/access';
import { listNamedVisits } from '#db/queries/visit/outside-calendars';
import { reachOf } from '#db/reach';
import { type CalendarVisit, endOfVisit } from '#domain/contact/calendar';
import type { Audience } from '#domain/contact/kinds';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Reader = { clinicId: string; userId: string; audience: Audience };

/** The subjects of what a letter says of visits; other news has another subject. */
function* subjectsOf(d: Db, rows: readonly Pick<DeliveryRow, 'noticeId' | 'kindGroup'>[]): Body<string[]> {
  const noticeIds = rows.filter(({ kindGroup }) => kindGroup === 'visits').map(({ noticeId }) => noticeId);
  return [...new Set((yield* listNoticed(d, { noticeIds })).map(({ subjectId }) => subjectId))];
}

/**
 * What a letter brings to its reader's calendar: the visits that its news is about, each once and as it is now, whatever
 * happened to it since. What is over needs no place any more. A visit that was called off before its reader heard of it is
 * said all the same: a calendar that subscribes may have it, and one that never had it does nothing.
 */
export function* readLetterVisits(
  d: Db,
  { nowMs }: UnitOfWork,
  { clinicId, userId, audience, rows }: Reader & { rows: readonly DeliveryRow[] },
): Body<CalendarVisit[]> {
  const visitIds = yield* subjectsOf(d, rows);
  const visits = yield* listNamedVisits(d, { clinicId, visitIds });
  const reach = yield* reachOf(d, { clinicId, userId, nowMs });
  const reached = yield* listReachableAmong(d, { ...reach, patientIds: visits.map(({ patientId }) => patientId) });
  const isOwn = ({ clinicianId, patientId, patientUserId }: (typeof visits)[number]) =>
    audience === 'patient' ? patientUserId === userId : clinicianId === userId && reached.has(patientId);
  return visits
    .filter((visit) => isOwn(visit) && endOfVisit(visit) > nowMs)
    .map(({ patientId: _patient, clinicianId: _clinician, patientUserId: _user, ...visit }) => ({
      ...visit,
      audience,
    }));
}

/**
 * Of what was read in the app, what an e-mail has to say all the same: the calendar that took the visit from an earlier
 * e-mail would keep its old time.
 */
export function* listToFollow(
  d: Db,
  { userId, rows }: { userId: string; rows: readonly DeliveryRow[] },
): Body<Set<string>> {
  const noticeIds = rows.filter(({ kindGroup }) => kindGroup === 'visits').map(({ noticeId }) => noticeId);
  const noticed = yield* listNoticed(d, { noticeIds });
  const subjectIds = noticed.map(({ subjectId }) => subjectId);
  const mailed = yield* listMailedSubjects(d, { userId, subjectIds, besides: noticeIds });
  return new Set(noticed.filter(({ subjectId }) => mailed.has(subjectId)).map(({ id }) => id));
}
