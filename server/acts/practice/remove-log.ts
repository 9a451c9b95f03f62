import 'server-only';
import type { Body, Db } from '#db/body';
import { findLog, findRemoval, insertRemoval, removeEmptyPractice, retireLog } from '#db/queries/practice/logs';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { RemoveLog } from '#domain/practice/log';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

type Remove = { scope: PatientScope; removedBy: string; input: RemoveLog };

/**
 * Takes a log that was made by mistake out of every count, once per operation of the device. The row stays, and so do the
 * flag that it raised and what that stopped: what hurt is not unsaid by removing where it was said.
 */
export function* removeLog(d: Db, work: UnitOfWork, remove: Remove): Body<{ removed: true }> {
  const { input, removedBy } = remove;
  const queued = { opId: input.opId, userId: removedBy, procedure: 'logs.remove', input, nowMs: work.nowMs };
  return yield* once(d, queued, () => takeOut(d, work, remove));
}

function* takeOut(d: Db, work: UnitOfWork, { scope, removedBy, input }: Remove): Body<{ removed: true }> {
  const { logId, reason } = input;
  const log = yield* findLog(d, { ...scope, logId });
  if (!log) throw notFound();
  work.about(logId);
  if (!(yield* retireLog(d, { logId }))) {
    // Somebody else removed it first, which is what this person wants; a correction that came first is another matter.
    if (yield* findRemoval(d, { logId })) return { removed: true };
    throw new Failure('CONFLICT', 'changed_meanwhile');
  }
  const { performedAt, practiceId } = log;
  const right = work.rightClock({ times: [input.saidAt], clock: input.clock });
  const { at: saidAt, deviceAt: deviceSaidAt } = right(input.saidAt);
  const said = { saidAt, deviceSaidAt, receivedAt: work.nowMs };
  yield* insertRemoval(d, { logId, ...scope, performedAt, reason, ...said, removedBy });
  if (practiceId) yield* removeEmptyPractice(d, { practiceId, nowMs: work.nowMs });
  work.tell('log', scope.patientId, { patientId: scope.patientId });
  // Beside a flag that it raised stands that it was removed.
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return { removed: true };
}
