import 'server-only';
import type { Db } from '#db/body';
import { findLastPresence, findParticipant, listParticipants } from '#db/queries/visit/visits';
import { telOf } from '#domain/input/phone';
import { isJoinable, type VisitRole } from '#domain/visit/lifecycle';
import { agreesTo, readKept } from '#server/acts/people/consents';
import { mediaServerState } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, roleIn } from './access';

type Numbers = { patientPhone: string | null; fallbackPhone: string | null; clinicPhone: string };

/** Whom this side rings when the picture fails: the patient their clinic, the clinic the patient; null = not known. */
function numberToRing({ patientPhone, fallbackPhone, clinicPhone }: Numbers, role: VisitRole) {
  const phone = role === 'clinician' ? patientPhone : (fallbackPhone ?? clinicPhone);
  return phone === null ? null : { phone, tel: telOf(phone) };
}

/** What the records say of a visit's room to who comes to its page. */
function* readRoom(d: Db, work: UnitOfWork, { visit, standing, userId }: FoundVisit & { userId: string }) {
  const role = roleIn(standing.relations);
  const { scope } = standing;
  const { roomName: _secret, ...shown } = visit;
  return {
    visit: shown,
    role,
    ring: numberToRing(visit, role),
    me: (yield* findParticipant(d, { visitId: visit.id, userId })) ?? null,
    roster: (yield* listParticipants(d, { visitId: visit.id })).filter(({ state }) => state !== 'at_door'),
    lastPresence: (yield* findLastPresence(d, { ...scope, userId })) ?? null,
    consents: {
      telehealth: yield* agreesTo(d, { scope, kind: 'telehealth' }),
      stills: yield* agreesTo(d, { scope, kind: 'stills' }),
      liveVideo: yield* agreesTo(d, { scope, kind: 'live_video' }),
      keptDays: (yield* readKept(d, { scope })).stills,
    },
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
