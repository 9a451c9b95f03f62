import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertCheckInEvent, moveCheckIn } from '#db/queries/check-in/check-ins';
import {
  blankUser,
  cancelVisits,
  deleteJobsOf,
  deleteRecordRows,
  type ErasureRow,
  endRelations,
  findLock,
  hasOpenVisit,
  insertErasure,
  isErased,
  listObjects,
  listOpenWork,
  restoreTeam,
  setLocked,
  updateErasure,
} from '#db/queries/people/erasures';
import { findOpenHold, findRecord } from '#db/queries/people/records';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { readErasableFrom } from './keeping-term';
import { endLogin } from './records';

type Scoped = { scope: PatientScope };
/** `by` null: whoever runs the server. */
type By = Scoped & { by: string | null };
type Reasoned = By & { reason: string };

const NOTHING = { keys: [], uploads: [], copies: false };

/** A record that is there, on no hold, and in no visit. */
function* requireErasable(d: Db, { scope }: Scoped) {
  const record = yield* findRecord(d, scope);
  if (!record) throw notFound();
  if (yield* findOpenHold(d, scope)) throw new Failure('CONFLICT', 'record_on_hold');
  if (yield* hasOpenVisit(d, scope)) throw new Failure('CONFLICT', 'record_in_visit');
  return record;
}

/**
 * Puts a record away within its keeping term: nobody reaches it, it is on no list, its login has ended. Open check-ins
 * are closed and planned visits cancelled, each with its history.
 */
export function* lockRecord(d: Db, work: UnitOfWork, { scope, reason, by }: Reasoned): Body<{ locked: true }> {
  const { nowMs } = work;
  const { userId } = yield* requireErasable(d, { scope });
  if (yield* findLock(d, scope)) throw new Failure('CONFLICT', 'changed_meanwhile');
  return yield* putAway(d, work, { scope, reason, by, userId, askedAt: nowMs });
}

type PutAway = Reasoned & { userId: string | null; askedAt: number };

function* putAway(d: Db, work: UnitOfWork, { scope, reason, by, userId, askedAt }: PutAway): Body<{ locked: true }> {
  const { nowMs } = work;
  if (userId !== null) yield* endLogin(d, work, { scope });
  const open = yield* listOpenWork(d, scope);
  yield* cancelVisits(d, open.visitIds);
  for (const { id: checkInId, state } of open.checkIns) {
    const change = {
      state: 'withdrawn' as const,
      closedAt: nowMs,
      claimedBy: null,
      leaseUntil: null,
      leaseToken: null,
    };
    yield* moveCheckIn(d, { checkInId, from: [state], change });
    const event = { id: uuidv7(), checkInId, fromState: state, toState: change.state, by: by ?? undefined, at: nowMs };
    yield* insertCheckInEvent(d, { ...event, reason: 'record locked' });
  }
  yield* endRelations(d, scope, nowMs);
  yield* setLocked(d, scope, { lockedAt: nowMs });
  const id = uuidv7();
  yield* insertErasure(d, { id, ...scope, state: 'locked', reason, askedBy: by, askedAt, objects: NOTHING });
  work.ofPatient(scope.patientId);
  work.about(id);
  work.tell('queue', scope.patientId);
  return { locked: true };
}

function* requireLock(d: Db, scope: PatientScope): Body<ErasureRow> {
  const lock = yield* findLock(d, scope);
  if (!lock) throw notFound();
  return lock;
}

/** The first of the two who open a record that was put away. */
export function* askToOpen(d: Db, work: UnitOfWork, { scope, reason, by }: Reasoned): Body<{ asked: true }> {
  const lock = yield* requireLock(d, scope);
  yield* updateErasure(d, lock.id, { openAskedBy: by, openAskedAt: work.nowMs, openReason: reason });
  work.ofPatient(scope.patientId);
  work.about(lock.id);
  return { asked: true };
}

/** The second: the record is there again, with the care team that it had. Its login stays ended. */
export function* openRecord(d: Db, work: UnitOfWork, { scope, by }: By): Body<{ opened: true }> {
  const { nowMs } = work;
  const lock = yield* requireLock(d, scope);
  if (lock.openAskedAt === null) throw new Failure('CONFLICT', 'nobody_asked');
  if (lock.openAskedBy === by) throw new Failure('FORBIDDEN', 'needs_second_admin');
  const record = yield* findRecord(d, scope);
  yield* restoreTeam(d, scope, record?.lockedAt ?? lock.askedAt);
  yield* setLocked(d, scope, { lockedAt: null });
  yield* updateErasure(d, lock.id, { state: 'opened', openedBy: by, openedAt: nowMs });
  work.ofPatient(scope.patientId);
  work.about(lock.id);
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { opened: true };
}

/**
 * Deletes a record for good, once its keeping term is over: every row of it in this one transaction, which the triggers
 * recognise by its row in `erasures`. What is stored of it outside the database goes afterwards (`finishErasures`).
 * Audit rows stay with ids that lead to nobody. Throws CONFLICT within the term, on a hold and in a visit.
 */
export function* eraseRecord(d: Db, work: UnitOfWork, { scope, reason, by }: Reasoned): Body<{ erased: true }> {
  const { nowMs } = work;
  const { userId } = yield* requireErasable(d, { scope });
  if (nowMs < (yield* readErasableFrom(d, { scope }))) throw new Failure('CONFLICT', 'within_keeping_term');
  return yield* carryOut(d, work, { scope, reason, by, userId, askedAt: nowMs });
}

function* carryOut(d: Db, work: UnitOfWork, { scope, reason, by, userId, askedAt }: PutAway): Body<{ erased: true }> {
  const { nowMs } = work;
  const id = yield* begin(d, { scope, reason, by, nowMs: askedAt });
  const objects = yield* listObjects(d, scope);
  yield* deleteJobsOf(d, objects.uploads);
  yield* deleteRecordRows(d, scope, 'before the account');
  if (userId !== null) yield* blankUser(d, { patientId: scope.patientId, userId, nowMs });
  yield* deleteRecordRows(d, scope, 'the record itself');
  yield* updateErasure(d, id, { state: 'done', erasedBy: by, erasedAt: nowMs, objects });
  work.ofPatient(scope.patientId);
  work.about(id);
  work.tell('queue', scope.patientId);
  if (userId !== null) work.tell('session', userId, { userId });
  return { erased: true };
}

/** The row by which the triggers know; one that was locked before goes on. */
function* begin(d: Db, { scope, reason, by, nowMs }: Reasoned & { nowMs: number }): Body<string> {
  const lock = yield* findLock(d, scope);
  if (lock) {
    yield* updateErasure(d, lock.id, { state: 'running' });
    return lock.id;
  }
  const id = uuidv7();
  yield* insertErasure(d, { id, ...scope, state: 'running', reason, askedBy: by, askedAt: nowMs, objects: NOTHING });
  return id;
}

const AGAIN = 'Done again after a backup was restored';

/**
 * After a restored backup: what was decided then holds, whatever the record says of terms and holds now. Repeating it
 * changes nothing.
 */
export function* repeatErasure(
  d: Db,
  work: UnitOfWork,
  { scope, state, askedAt }: Scoped & { state: 'locked' | 'done'; askedAt: number },
): Body<void> {
  const record = yield* findRecord(d, scope);
  const again = { scope, reason: AGAIN, by: null, userId: record?.userId ?? null, askedAt };
  if (record && state === 'done') yield* carryOut(d, work, again);
  if (record && state === 'locked' && !(yield* findLock(d, scope))) yield* putAway(d, work, again);
  // The backup may be older than the record itself; that it was erased is still to be known.
  if (!record && state === 'done' && !(yield* isErased(d, scope))) {
    const row = { id: uuidv7(), ...scope, state, reason: AGAIN, askedAt, erasedAt: work.nowMs, objects: NOTHING };
    yield* insertErasure(d, row);
  }
}
