import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findParticipant, insertVisitEvent, listParticipants, moveParticipant } from '#db/queries/visit/visits';
import { Failure, notFound } from '#domain/input/failure';
import { expelFromRoom } from '#server/livekit/reconcile';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';

type Visit = Pick<FoundVisit, 'visit'>;

/** What happened to a participant, in the visit's history. */
function* noteVisit(
  d: Db,
  work: UnitOfWork,
  { visit, participantId, kind }: Visit & { participantId: string; kind: 'admitted' | 'removed' | 'left' },
): Body<void> {
  const event = { id: uuidv7(), visitId: visit.id, participantId, kind, at: work.nowMs };
  yield* insertVisitEvent(d, { ...event, source: 'app' });
  tellVisit(work, visit);
}

/** Lets in who waits, or who left. */
export function* admitParticipant(
  d: Db,
  work: UnitOfWork,
  { visit, participantId, admittedBy }: Visit & { participantId: string; admittedBy: string },
): Body<{ admitted: true }> {
  const roster = yield* listParticipants(d, { visitId: visit.id });
  if (visit.state !== 'open') throw new Failure('CONFLICT', 'visit_not_open');
  if (!roster.some((participant) => participant.id === participantId)) throw notFound();
  yield* moveParticipant(d, {
    participantId,
    from: ['waiting', 'left'],
    change: { state: 'admitted', admittedBy, admittedAt: work.nowMs },
  });
  yield* noteVisit(d, work, { visit, participantId, kind: 'admitted' });
  return { admitted: true };
}

type Remove = { participantId: string; removedBy: string };

/** Sends somebody else out for good. */
function* removeParticipant(d: Db, work: UnitOfWork, { visit, participantId, removedBy }: Visit & Remove): Body<void> {
  const roster = yield* listParticipants(d, { visitId: visit.id });
  const target = roster.find((participant) => participant.id === participantId);
  if (!target || target.userId === removedBy) throw notFound();
  yield* moveParticipant(d, {
    participantId,
    from: ['at_door', 'waiting', 'admitted', 'left'],
    change: { state: 'removed', leftAt: work.nowMs },
  });
  yield* noteVisit(d, work, { visit, participantId, kind: 'removed' });
}

/** Sends somebody else out, and takes every tab of theirs out of the room. */
export async function removeFromVisitAndRoom(
  app: AppProcess,
  run: RunWork,
  { find, ...remove }: Remove & { find: WorkBody<FoundVisit> },
): Promise<{ removed: true }> {
  const { roomName } = await run(function* (d, work) {
    const { visit } = yield* find(d, work);
    yield* removeParticipant(d, work, { visit, ...remove });
    return visit;
  });
  if (roomName) await expelFromRoom(app, roomName, remove.participantId);
  return { removed: true };
}

/** The person goes and may come back while the visit is open. */
export function* leaveVisit(
  d: Db,
  work: UnitOfWork,
  { visit, userId }: Visit & { userId: string },
): Body<{ left: true }> {
  const me = yield* findParticipant(d, { visitId: visit.id, userId });
  if (!me) return { left: true };
  yield* moveParticipant(d, {
    participantId: me.id,
    from: ['waiting', 'admitted'],
    change: { state: 'left', leftAt: work.nowMs },
  });
  yield* noteVisit(d, work, { visit, participantId: me.id, kind: 'left' });
  return { left: true };
}
