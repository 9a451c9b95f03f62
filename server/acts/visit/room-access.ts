import 'server-only';
import type { Body, Db } from '#db/body';
import { findParticipant } from '#db/queries/visit/visits';
import { Failure } from '#domain/input/failure';
import { liveKitIdentity } from '#domain/visit/identity';
import type { VisitRole } from '#domain/visit/lifecycle';
import { ensureRoom, mintToken } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, roleIn } from './access';

/** Who may enter which room. */
export type RoomAccess = { roomName: string; participantId: string; role: VisitRole };

/** What an admitted person may enter while the visit is open. */
function* findRoomAccess(d: Db, { visit, standing, userId }: FoundVisit & { userId: string }): Body<RoomAccess> {
  const me = yield* findParticipant(d, { visitId: visit.id, userId });
  if (visit.state !== 'open' || !visit.roomName) throw new Failure('CONFLICT', 'visit_not_open');
  if (me?.state !== 'admitted') throw new Failure('FORBIDDEN', 'not_admitted');
  return { participantId: me.id, roomName: visit.roomName, role: roleIn(standing.relations) };
}

/** The address and a token for one tab; the room is made when it is not there. */
export async function grantRoomAccess(
  app: AppProcess,
  { roomName, participantId, role }: RoomAccess,
  tabNonce: string,
): Promise<{ url: string; token: string }> {
  await ensureRoom(app, roomName);
  return await mintToken(app, { roomName, identity: liveKitIdentity(participantId, tabNonce), role });
}

type Enter = { find: WorkBody<FoundVisit>; userId: string; tabNonce: string };

/** A short-lived token for this tab of an admitted person. */
export async function enterRoom(app: AppProcess, run: RunWork, { find, userId, tabNonce }: Enter) {
  const access = await run(function* (d, work) {
    return yield* findRoomAccess(d, { ...(yield* find(d, work)), userId });
  });
  return await grantRoomAccess(app, access, tabNonce);
}
