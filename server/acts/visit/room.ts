import 'server-only';
import type { Db } from '#db/body';
import { findConsent } from '#db/queries/people/patients';
import { findLastPresence, findParticipant, listParticipants } from '#db/queries/visit/visits';
import { isInForce } from '#domain/people/patient';
import { isJoinable } from '#domain/visit/lifecycle';
import { mediaServerState } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, roleIn } from './access';

/** What the records say of a visit's room to who comes to its page. */
function* readRoom(d: Db, work: UnitOfWork, { visit, standing, userId }: FoundVisit & { userId: string }) {
  const role = roleIn(standing.relations);
  const stills = yield* findConsent(d, { ...standing.scope, kind: 'stills' });
  const liveVideo = yield* findConsent(d, { ...standing.scope, kind: 'live_video' });
  const { roomName: _secret, ...shown } = visit;
  return {
    visit: shown,
    role,
    me: (yield* findParticipant(d, { visitId: visit.id, userId })) ?? null,
    roster: yield* listParticipants(d, { visitId: visit.id }),
    lastPresence: (yield* findLastPresence(d, { ...standing.scope, userId })) ?? null,
    consents: { stills: isInForce(stills), liveVideo: isInForce(liveVideo) },
    joinable: isJoinable(visit, role, work.nowMs),
    serverNowMs: work.nowMs,
  };
}

/** All that the visit's page needs before and during the visit. */
export async function readRoomAndServer(
  app: AppProcess,
  run: RunWork,
  { find, userId }: { find: WorkBody<FoundVisit>; userId: string },
) {
  const room = await run(function* (d, work) {
    return yield* readRoom(d, work, { ...(yield* find(d, work)), userId });
  });
  return { ...room, mediaServer: await mediaServerState(app) };
}
