import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { isVisitSigned } from '#db/queries/visit/addenda';
import { reopenVisit } from '#db/queries/visit/open-visits';
import { insertVisitEvent, markHeld, moveVisit, setVisitSummary, type VisitRow } from '#db/queries/visit/visits';
import { Failure } from '#domain/input/failure';
import { isReopenable, OPENS_BEFORE_MS } from '#domain/visit/lifecycle';
import { closeRoom } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { type FoundVisit, tellVisit } from './access';
import { settleCues } from './cues';
import { readVisitNotices } from './notices';

type Visit = Pick<VisitRow, 'id' | 'clinicId' | 'patientId' | 'state' | 'roomName'>;

/** `leftAt`: nobody ended it, and nobody was there from then on; epoch ms. */
type Ending = { visit: Visit; leftAt?: number };

/** Ends a visit that was opened. Repeating it changes nothing. */
function* endVisit(d: Db, work: UnitOfWork, { visit, leftAt }: Ending): Body<void> {
  if (visit.state === 'scheduled') throw new Failure('CONFLICT', 'visit_not_open');
  const { nowMs } = work;
  if (yield* moveVisit(d, { visitId: visit.id, from: 'open', state: 'ended', nowMs })) {
    const source = leftAt === undefined ? ('app' as const) : ('reconcile' as const);
    yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: 'ended', at: nowMs, source });
    yield* settleCues(d, { visitId: visit.id, nowMs: leftAt ?? nowMs });
    yield* readVisitNotices(d, work, { clinicId: visit.clinicId, visitId: visit.id });
  }
  tellVisit(work, visit);
}

/** Ends a visit, then its room. `find` names it and, for a person, proves that they may; null = there is nothing to end. */
export async function endVisitAndRoom(
  app: AppProcess,
  run: RunWork,
  { find }: { find: WorkBody<Ending | null> },
): Promise<{ ended: true }> {
  const roomName = await run(function* (d, work) {
    const ending = yield* find(d, work);
    if (ending) yield* endVisit(d, work, ending);
    return ending?.visit.roomName;
  });
  if (roomName) await closeRoom(app, roomName);
  return { ended: true };
}

/**
 * Says that a visit by phone or in the clinic was held: its record can be written. CONFLICT `visit_to_come` before its time
 * can have begun, `visit_by_video` where it has a room, which is ended instead. Repeating it changes nothing.
 */
export function* holdVisit(
  d: Db,
  work: UnitOfWork,
  { visit, summary }: FoundVisit & { summary: string | null },
): Body<{ held: true }> {
  if (visit.mode === 'video') throw new Failure('CONFLICT', 'visit_by_video');
  if (visit.state === 'ended') return { held: true };
  const { nowMs } = work;
  if (nowMs < visit.startsAt - OPENS_BEFORE_MS) throw new Failure('CONFLICT', 'visit_to_come');
  const openedAt = Math.min(visit.startsAt, nowMs);
  if (!(yield* markHeld(d, { visitId: visit.id, openedAt, nowMs }))) throw new Failure('CONFLICT', 'changed_meanwhile');
  if (summary) yield* setVisitSummary(d, { visitId: visit.id, summary, summaryRevision: visit.summaryRevision + 1 });
  yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: 'held', at: nowMs, source: 'app' });
  yield* readVisitNotices(d, work, { clinicId: visit.clinicId, visitId: visit.id });
  tellVisit(work, visit);
  return { held: true };
}

/**
 * Takes back an end that was a slip: everybody who was in comes back in. What was counting then stays stopped. Repeating it
 * changes nothing; refused once the time is over or a note is signed.
 */
export function* takeBackEnd(d: Db, work: UnitOfWork, { visit, standing }: FoundVisit): Body<{ reopened: true }> {
  if (visit.state === 'open') return { reopened: true };
  // What was held without a room has none to go back to.
  if (visit.mode !== 'video') throw new Failure('CONFLICT', 'visit_stays_ended');
  const isSigned = yield* isVisitSigned(d, { ...standing.scope, visitId: visit.id });
  const { endedAt } = visit;
  if (endedAt === null || isSigned || !isReopenable(visit, work.nowMs))
    throw new Failure('CONFLICT', 'visit_stays_ended');
  yield* reopenVisit(d, { visitId: visit.id, endedAt });
  yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: 'reopened', at: work.nowMs, source: 'app' });
  tellVisit(work, visit);
  return { reopened: true };
}
