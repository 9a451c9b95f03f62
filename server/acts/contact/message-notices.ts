import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { hasUnread, insertNotice, markKindReadByAll, markSubjectRead } from '#db/queries/contact/notices';
import { findLeadOf } from '#db/queries/contact/threads';
import { listCareTeam } from '#db/queries/people/care-team';
import { listStaff } from '#db/queries/people/staff';
import type { PatientScope } from '#db/scope';
import { crisisEventKey, messageEventKey } from '#domain/contact/thread';
import type { AlarmsFound } from '#domain/practice/alarm-words';
import { toldBy } from '#domain/practice/escalation';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

export type Thread = { scope: PatientScope; episodeId: string };
type News = Thread & { userId: string; kind: string; eventKey: string };

function* tell(d: Db, work: UnitOfWork, { scope, episodeId, userId, kind, eventKey }: News): Body<void> {
  const about = { kind, subjectId: episodeId, eventKey, createdAt: work.nowMs };
  yield* insertNotice(d, { id: uuidv7(), clinicId: scope.clinicId, userId, ...about });
  work.tell('notice', episodeId, { userId });
}

/** Once per thread, as long as it was not looked at: who writes five lines tells once. */
function* tellOnce(d: Db, work: UnitOfWork, news: News): Body<void> {
  const { userId, kind, episodeId: subjectId } = news;
  if (!(yield* hasUnread(d, { userId, kind, subjectId }))) yield* tell(d, work, news);
}

/** Clinicians on the care team now; what waits for an answer is somebody's among them. */
export function* listAnswerers(d: Db, { nowMs }: UnitOfWork, scope: PatientScope) {
  const team = yield* listCareTeam(d, { ...scope, nowMs });
  return team.filter(({ role }) => role === 'clinician');
}

/** Whose it is to answer: who has it from a handover, else who leads the hand problem, else everybody on the care team. */
function* findAnswerers(
  d: Db,
  work: UnitOfWork,
  { scope, episodeId, assigneeId }: Thread & { assigneeId: string | null },
): Body<string[]> {
  const team = (yield* listAnswerers(d, work, scope)).map(({ userId }) => userId);
  const leadId = yield* findLeadOf(d, { ...scope, episodeId });
  const one = [assigneeId, leadId].find((userId) => userId !== null && team.includes(userId));
  return one ? [one] : [...new Set(team)];
}

type Written = Thread & { messageId: string; assigneeId: string | null; found: AlarmsFound };

/**
 * A patient wrote: whoever is to answer learns of it; with words that alarm also who was told of an earlier message and
 * has not looked. Words of self-harm are urgent news to the whole care team.
 */
export function* noticeWaiting(d: Db, work: UnitOfWork, written: Written): Body<void> {
  const { messageId, assigneeId, found, ...thread } = written;
  if (found.crisis.length > 0) yield* noticeCrisis(d, work, { ...thread, messageId });
  const news = { ...thread, kind: 'message_waiting', eventKey: messageEventKey(messageId) };
  for (const userId of yield* findAnswerers(d, work, { ...thread, assigneeId }))
    yield* (found.alarm.length > 0 ? tell : tellOnce)(d, work, { ...news, userId });
}

/** Whoever treats the patient is told; where that is nobody, all clinicians and the admins of the clinic. */
function* noticeCrisis(d: Db, work: UnitOfWork, { messageId, ...thread }: Thread & { messageId: string }): Body<void> {
  const team = (yield* listAnswerers(d, work, thread.scope)).map(({ userId }) => userId);
  if (team.length === 0) return yield* tellAllOfCrisis(d, work, { ...thread, messageId });
  const news = { ...thread, kind: 'message_crisis', eventKey: crisisEventKey(messageId) };
  for (const userId of new Set(team)) yield* tell(d, work, { ...news, userId });
}

/** All clinicians and the admins: where nobody treats the patient, or one who does is reached by no way. */
export function* tellAllOfCrisis(
  d: Db,
  work: UnitOfWork,
  { messageId, ...thread }: Thread & { messageId: string },
): Body<void> {
  const staff = yield* listStaff(d, thread.scope);
  const userIds = toldBy('all', { leadUserId: null, team: [], staff });
  const news = { ...thread, kind: 'message_crisis', eventKey: crisisEventKey(messageId) };
  for (const userId of userIds) yield* tell(d, work, { ...news, userId });
}

/** The care team wrote: the patient learns of it, and where it answered what waited, that is news no more. */
export function* noticeReceived(
  d: Db,
  work: UnitOfWork,
  {
    messageId,
    userId,
    isAnswered,
    ...thread
  }: Thread & { messageId: string; userId: string | null; isAnswered: boolean },
): Body<void> {
  if (isAnswered) yield* dropWaiting(d, work, thread);
  if (!userId) return;
  yield* tellOnce(d, work, { ...thread, userId, kind: 'message_received', eventKey: messageEventKey(messageId) });
}

/** That somebody waits is news to nobody any more. */
export function* dropWaiting(d: Db, work: UnitOfWork, { scope, episodeId }: Thread): Body<void> {
  const of = { clinicId: scope.clinicId, kind: 'message_waiting', subjectId: episodeId, nowMs: work.nowMs };
  for (const userId of yield* markKindReadByAll(d, of)) work.tell('notice', episodeId, { userId });
}

/** Somebody has a thread from a colleague. */
export function* noticeHandover(
  d: Db,
  work: UnitOfWork,
  { noteId, userId, ...thread }: Thread & { noteId: string; userId: string },
): Body<void> {
  yield* tell(d, work, { ...thread, userId, kind: 'message_handed_over', eventKey: `handover:${noteId}` });
}

/** Somebody looked at the thread itself. */
export function* readThreadNotices(
  d: Db,
  work: UnitOfWork,
  { episodeId, userId }: { episodeId: string; userId: string },
): Body<void> {
  const read = yield* markSubjectRead(d, { userId, subjectId: episodeId, nowMs: work.nowMs });
  if (read > 0) work.tell('notice', episodeId, { userId });
}
