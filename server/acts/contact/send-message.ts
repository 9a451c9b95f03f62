import 'server-only';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { findMessageOwner, insertMessage } from '#db/queries/contact/messages';
import { advanceThread, markReader, openThread, type ThreadRow } from '#db/queries/contact/threads';
import type { PatientStanding } from '#db/queries/people/access';
import { hasOpenRedFlag } from '#db/queries/practice/flags';
import { clinicSettingsSchema, replyRulesOf } from '#domain/clinic/settings';
import { type Placed, placeMessage, type SendMessage, type Waiting, waitingWith } from '#domain/contact/thread';
import { Failure, notFound } from '#domain/input/failure';
import { type AlarmsFound, findAlarms } from '#domain/practice/alarm-words';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { attach } from './attach';
import { requirePlace } from './message-about';
import { noticeReceived, noticeWaiting } from './message-notices';
import { requireOpenEpisode } from './thread-access';

type Send = { standing: PatientStanding; userId: string; input: SendMessage };
export type Sent = { messageId: string; episodeId: string; number: number; promisedAt: number | null; isRed: boolean };

/** Puts a message into its thread, once per id of the device that wrote it. */
export function* sendMessage(d: Db, work: UnitOfWork, { standing, userId, input }: Send): Body<Sent> {
  const { messageId: opId } = input;
  const queued = { opId, userId, procedure: 'messages.send', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    // Looked for in every clinic: an id that somebody else's device made is not there for this one.
    const taken = yield* findMessageOwner(d, { messageId: opId });
    if (taken) throw taken.authorId === userId ? new Failure('CONFLICT', 'operation_differs') : notFound();
    return yield* store(d, work, { standing, userId, input });
  });
}

function* store(d: Db, work: UnitOfWork, { standing, userId, input }: Send): Body<Sent> {
  const { scope } = standing;
  const { messageId, body, about } = input;
  const { nowMs } = work;
  const { id: episodeId } = yield* requireOpenEpisode(d, standing, input.episodeId);
  yield* requirePlace(d, scope, about);
  const thread = { ...scope, episodeId };
  const before = yield* openThread(d, { ...thread, nowMs });
  const isPatient = standing.relations.includes('self');
  const came = isPatient ? yield* place(d, work, standing, body) : null;
  const placed = came?.placed ?? null;
  const waiting = waitingAfter(before, { placed, seen: input.seen ?? before.lastNumber, nowMs });
  const number = yield* advanceThread(d, { ...thread, messageId, waiting, nowMs });
  const written = work.rightClock({ times: [input.writtenAt], clock: input.clock })(input.writtenAt);
  const times = { writtenAt: written.at, deviceWrittenAt: written.deviceAt, receivedAt: nowMs };
  const author = { authorId: userId, authorRole: isPatient ? ('patient' as const) : ('team' as const) };
  const promisedAt = placed?.promisedAt ?? null;
  const alarms = came && came.placed.says.length > 0 ? came.found : null;
  yield* insertMessage(d, { id: messageId, ...thread, number, ...author, body, about, alarms, ...times, promisedAt });
  yield* attach(d, work, { scope, userId, messageId, isPatient, attachments: input.media ?? [] });
  yield* markReader(d, { ...thread, userId, delivered: number, read: number, nowMs });
  const told = { scope, episodeId, messageId };
  if (came) yield* noticeWaiting(d, work, { ...told, assigneeId: before.assigneeId, found: came.found });
  else yield* noticeReceived(d, work, { ...told, userId: standing.userId, isAnswered: waiting === null });
  work.about(messageId);
  work.tell('message', episodeId, { patientId: scope.patientId });
  return { messageId, episodeId, number, promisedAt: waiting?.promisedAt ?? null, isRed: waiting?.rank === 0 };
}

type Came = { placed: Placed | null; seen: number; nowMs: number };

/** Who waits when one more message came: of the care team (not placed) it answers what was seen by then. */
function waitingAfter(before: ThreadRow, { placed, seen, nowMs }: Came): Waiting | null {
  if (placed) return waitingWith(waitingOf(before), placed, nowMs);
  return before.lastNumber > seen ? waitingOf(before) : null;
}

/** When it is to be answered, by the clinic's hours, and which of its words that alarm stand in it. */
function* place(
  d: Db,
  { nowMs }: UnitOfWork,
  { scope }: PatientStanding,
  body: string,
): Body<{ placed: Placed; found: AlarmsFound }> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw notFound();
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const found = findAlarms(body, settings.alarmWords);
  const said = { isRed: yield* hasOpenRedFlag(d, scope), found };
  return { placed: placeMessage(said, replyRulesOf(settings, clinic.timeZone), nowMs), found };
}

/** Who waits in a thread as its row says it. */
export function waitingOf({ waitingSince, waitingRank, dueAt, promisedAt, says }: ThreadRow): Waiting | null {
  if (waitingSince === null || dueAt === null) return null;
  const rank = waitingRank === 0 || waitingRank === 1 ? waitingRank : 2;
  return { since: waitingSince, rank, dueAt, promisedAt, says: says ?? [] };
}

/** Words of a message as people read them. */
export const saysOf = (alarms: AlarmsFound | null): string[] => [...(alarms?.crisis ?? []), ...(alarms?.alarm ?? [])];
