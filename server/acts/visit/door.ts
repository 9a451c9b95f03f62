import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { putAtDoor } from '#db/queries/visit/door';
import { reserveRoom } from '#db/queries/visit/open-visits';
import { findParticipant } from '#db/queries/visit/visits';
import { notFound } from '#domain/input/failure';
import { isJoinable, ROOM_ACCESS_MS, wasAdmitted } from '#domain/visit/lifecycle';
import { newRoomName } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, roleIn } from './access';
import { mayBeTreated } from './join';
import { grantRoomAccess, type RoomAccess } from './room-access';

type Stand = FoundVisit & { userId: string };

/** Who needs nobody to let them in: a clinician, and a patient who was let in before and agrees to it still. */
function* findDoorAccess(d: Db, work: UnitOfWork, { visit, standing, userId }: Stand): Body<RoomAccess | null> {
  const role = roleIn(standing.relations);
  const before = yield* findParticipant(d, { visitId: visit.id, userId });
  if (before?.state === 'removed') throw notFound();
  if (role === 'observer' || !isJoinable(visit, role, work.nowMs)) return null;
  if (role === 'patient') {
    const isLetIn = visit.state === 'open' && before !== undefined && wasAdmitted(before);
    if (!isLetIn || !(yield* mayBeTreated(d, standing.scope))) return null;
  }
  const roomName = visit.roomName ?? (yield* reserveRoom(d, { visitId: visit.id, roomName: newRoomName() }));
  if (roomName === null) return null;
  const untilMs = work.nowMs + ROOM_ACCESS_MS;
  const me = yield* putAtDoor(d, { id: uuidv7(), visitId: visit.id, userId, role, doorUntil: untilMs });
  return { roomName, participantId: me.id, role };
}

type StandInTab = { find: WorkBody<FoundVisit>; userId: string; tabNonce: string };

/**
 * Access to the room for a tab whose person has not pressed "Join" yet, and for how long it is good, in ms from now on; null
 * for whoever has to be let in first, and while the media server does not answer.
 */
export async function standAtDoor(app: AppProcess, run: RunWork, { find, userId, tabNonce }: StandInTab) {
  const access = await run(function* (d, work) {
    return yield* findDoorAccess(d, work, { ...(yield* find(d, work)), userId });
  });
  const granted = access && (await grantRoomAccess(app, access, tabNonce).catch(() => null));
  return granted && { ...granted, participantId: access.participantId, goodForMs: ROOM_ACCESS_MS };
}
