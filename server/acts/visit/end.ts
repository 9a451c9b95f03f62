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

/** Ends a visit that was opened. Repeating it changes nothing. */
function* endVisit(d: Db, work: UnitOfWork, { visit }: { visit: Visit }): Body<void> {
  if (visit.state === 'scheduled') throw new Failure('CONFLICT', 'visit_not_open');
  const { nowMs } = work;
  if (yield* moveVisit(d, { visitId: visit.id, from: 'open', state: 'ended', nowMs })) {
    yield* insertVisitEvent(d, { id: uuidv7(), visitId: visit.id, kind: 'ended', at: nowMs, source: 'app' });
    yield* settleCues(d, { visitId: visit.id, nowMs });
  }
  tellVisit(work, visit);
}

/** Ends a visit, then its room. `find` names it and, for a person, proves that they may. */
export async function endVisitAndRoom(
  app: AppProcess,
  run: RunWork,
  { find }: { find: WorkBody<{ visit: Visit }> },
): Promise<{ ended: true }> {
  const { roomName } = await run(function* (d, work) {
    const { visit } = yield* find(d, work);
    yield* endVisit(d, work, { visit });
    return visit;
  });
  if (roomName) await closeRoom(app, roomName);
  return { ended: true };
}
