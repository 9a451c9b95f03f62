import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { openVisit } from '#db/queries/visit/open-visits';
import {
  findParticipant,
  findVisit,
  insertVisitEvent,
  upsertParticipant,
  type VisitParticipantRow,
} from '#db/queries/visit/visits';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { isJoinable, type joinVisitSchema, type VisitRole, wasAdmitted } from '#domain/visit/lifecycle';
import { agreesTo } from '#server/acts/people/consents';
import { newRoomName } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, roleIn, tellVisit } from './access';
import { readVisitNotices } from './notices';
import { grantRoomAccess, type RoomAccess } from './room-access';

type Said = Pick<z.output<typeof joinVisitSchema>, 'locationText' | 'presentOthers'>;
type Join = FoundVisit & { userId: string; said: Said };

/** May this person come in now, and what were they the last time? */
function* requireJoinable(d: Db, work: UnitOfWork, { visit, standing, userId }: Join, role: VisitRole) {
  if (!isJoinable(visit, role, work.nowMs)) throw new Failure('CONFLICT', 'visit_not_open');
  if (role === 'patient') yield* requireConsents(d, standing.scope);
  const before = yield* findParticipant(d, { visitId: visit.id, userId });
  if (before?.state === 'removed') throw notFound();
  return before;
}

/** A visit is treatment at a distance, and live video: the patient has agreed to both before it, and to today's text. */
function* requireConsents(d: Db, scope: PatientScope): Body<void> {
  if (!(yield* mayBeTreated(d, scope))) throw new Failure('FORBIDDEN', 'consent_missing');
}

/** Does the patient agree to what a visit is? */
export function* mayBeTreated(d: Db, scope: PatientScope): Body<boolean> {
  return (yield* agreesTo(d, { scope, kind: 'telehealth' })) && (yield* agreesTo(d, { scope, kind: 'live_video' }));
}

type Entered = { userId: string; role: VisitRole; isAdmitted: boolean; said: Said };

/** The participant as they stand now; what was said and decided before is kept. */
function asParticipant(
  visitId: string,
  before: VisitParticipantRow | undefined,
  { userId, role, isAdmitted, said }: Entered,
  nowMs: number,
) {
  const isClinician = role === 'clinician';
  return {
    id: before?.id ?? uuidv7(),
    visitId,
    userId,
    role,
    state: isAdmitted ? ('admitted' as const) : ('waiting' as const),
    waitingAt: before?.waitingAt ?? nowMs,
    admittedBy: before?.admittedBy ?? (isClinician ? userId : null),
    admittedAt: before?.admittedAt ?? (isClinician ? nowMs : null),
    leftAt: null,
    doorUntil: null,
    ...said,
  };
}

/** The patient waits to be let in; the clinician opens the visit. Repeating it changes nothing. */
function* joinVisit(d: Db, work: UnitOfWork, join: Join) {
  const { visit, standing, userId, said } = join;
  const role = roleIn(standing.relations);
  const before = yield* requireJoinable(d, work, join, role);
  // Asked so that help finds the patient; a reload of the page goes on with what was said.
  const locationText = said.locationText ?? before?.locationText ?? null;
  const presentOthers = said.presentOthers ?? before?.presentOthers ?? null;
  if (role === 'patient' && !locationText) throw new Failure('BAD_REQUEST', 'location_missing');
  if (role === 'clinician') yield* openVisit(d, { visitId: visit.id, roomName: newRoomName(), nowMs: work.nowMs });
  if (role === 'patient') yield* readVisitNotices(d, work, { clinicId: standing.scope.clinicId, visitId: visit.id });
  const isAdmitted = role === 'clinician' || (before !== undefined && wasAdmitted(before));
  const entered = { userId, role, isAdmitted, said: { locationText, presentOthers } };
  const me = yield* upsertParticipant(d, asParticipant(visit.id, before, entered, work.nowMs));
  const kind = isAdmitted ? 'joined' : 'waiting';
  const event = { id: uuidv7(), visitId: visit.id, participantId: me.id, kind, at: work.nowMs };
  yield* insertVisitEvent(d, { ...event, source: 'app' });
  tellVisit(work, visit);
  const now = (yield* findVisit(d, { ...standing.scope, visitId: visit.id })) ?? visit;
  const isIn = isAdmitted && now.state === 'open' && now.roomName !== null;
  const access: RoomAccess | null = isIn ? { roomName: now.roomName ?? '', participantId: me.id, role } : null;
  return { participantId: me.id, role, state: me.state, me, visitState: now.state, access };
}

type JoinByTab = { find: WorkBody<FoundVisit>; userId: string; said: Said; tabNonce: string | undefined };

/** Joins the visit; who is admitted has access to the room for this tab with the answer. */
export async function joinVisitAndRoom(app: AppProcess, run: RunWork, { find, tabNonce, ...by }: JoinByTab) {
  const { access, ...entered } = await run(function* (d, work) {
    return yield* joinVisit(d, work, { ...(yield* find(d, work)), ...by });
  });
  // Without it the page asks for access itself, and says what is wrong with the media server.
  const roomAccess = access && tabNonce ? await grantRoomAccess(app, access, tabNonce).catch(() => null) : null;
  return { ...entered, roomAccess };
}
