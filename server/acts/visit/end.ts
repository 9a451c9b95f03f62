import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertVisitEvent, moveVisit, type VisitRow } from '#db/queries/visit/visits';
import { Failure } from '#domain/input/failure';
import { closeRoom } from '#server/livekit/rooms';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork, WorkBody } from '#server/runtime/unit-of-work';
import { tellVisit } from './access';
import { settleCues } from './cues';

type Visit = Pick<VisitRow, 'id' | 'patientId' | 'state' | 'roomName'>;

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
