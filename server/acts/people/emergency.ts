import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { insertNotice } from '#db/queries/contact/notices';
import { findLeadUserId } from '#db/queries/people/care-team';
import {
  endEmergencies,
  findEmergency,
  findRunningEmergency,
  insertEmergency,
  listAdminUserIds,
  listRunningEmergencies,
  listUnreviewedEmergencies,
  reviewEmergency,
} from '#db/queries/people/emergency';
import { findRecord } from '#db/queries/people/records';
import type { PatientScope } from '#db/scope';
import { Failure, notFound } from '#domain/input/failure';
import { EMERGENCY_MS } from '#domain/people/emergency';
import type { openEmergencySchema } from '#domain/people/keeping-records';
import type { Actor } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';
import { requirePassword } from './account';
import { requireRecord } from './export';

/** More than an admin signs at once; the next ones come when these are signed. */
const UNREVIEWED_MAX = 100;

type By = Pick<Actor, 'userId' | 'clinicId' | 'membershipId'>;
type Running = { emergencyId: string; toAt: number };

/**
 * Breaks the glass: after the password again the clinician reads one record for an hour. Admins and whoever leads the
 * care team are told, the patient sees it. Who has it open already is given the same hour. Throws NOT_FOUND for a record
 * that the clinic has not or that was put away, FORBIDDEN for a wrong password, TOO_MANY_REQUESTS.
 */
export async function breakGlass(
  app: AppProcess,
  run: RunWork,
  { by, asked, nowMs }: { by: By; asked: z.output<typeof openEmergencySchema>; nowMs: number },
): Promise<Running> {
  const { patientId, reason, password } = asked;
  const scope = { clinicId: by.clinicId, patientId };
  await requireRecord(app, scope);
  await requirePassword(app, { userId: by.userId, password, nowMs });
  return await run((d, work) => openEmergency(d, work, { scope, by, reason }));
}

function* openEmergency(
  d: Db,
  work: UnitOfWork,
  { scope, by, reason }: { scope: PatientScope; by: By; reason: string },
): Body<Running> {
  const { nowMs } = work;
  const { membershipId, userId } = by;
  const record = yield* findRecord(d, scope);
  if (!record || record.lockedAt !== null || !membershipId) throw notFound();
  work.ofPatient(scope.patientId);
  const running = yield* findRunningEmergency(d, { ...scope, userId, nowMs });
  if (running) {
    work.about(running.id);
    return { emergencyId: running.id, toAt: running.toAt };
  }
  const emergencyId = uuidv7();
  const toAt = nowMs + EMERGENCY_MS;
  yield* insertEmergency(d, { id: emergencyId, ...scope, membershipId, reason, fromAt: nowMs, toAt });
  yield* tellOf(d, work, { scope, emergencyId, userId });
  work.about(emergencyId);
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { emergencyId, toAt };
}

/** An admin is asked to look at it; whoever leads the care team is told. Somebody who is both is asked. */
function* tellOf(
  d: Db,
  work: UnitOfWork,
  { scope, emergencyId, userId }: { scope: PatientScope; emergencyId: string; userId: string },
): Body<void> {
  const { clinicId, patientId } = scope;
  const lead = yield* findLeadUserId(d, scope);
  const admins = yield* listAdminUserIds(d, { clinicId, exceptUserId: userId });
  const told = new Map(lead && lead !== userId ? [[lead, 'emergency_access']] : []);
  for (const admin of admins) told.set(admin, 'emergency_access_review');
  for (const [toldId, kind] of told) {
    const notice = { clinicId, userId: toldId, kind, subjectId: patientId, eventKey: `emergency:${emergencyId}` };
    yield* insertNotice(d, { id: uuidv7(), ...notice, createdAt: work.nowMs });
    work.tell('notice', patientId, { userId: toldId });
  }
}

/** The records that the account has open now by emergency accesses, so that there is a way back to them. */
export function* readRunningEmergencies(d: Db, { nowMs }: UnitOfWork, { clinicId, userId }: By) {
  return yield* listRunningEmergencies(d, { clinicId, userId, nowMs });
}

type Own = { scope: PatientScope; userId: string };

/** Gives the record back before the hour is over. Throws NOT_FOUND where no hour of theirs runs. */
export function* endOwnEmergency(d: Db, work: UnitOfWork, { scope, userId }: Own): Body<{ ended: true }> {
  const [ended] = yield* endEmergencies(d, { ...scope, userId, nowMs: work.nowMs });
  if (!ended) throw notFound();
  work.about(ended.id);
  work.ofPatient(scope.patientId);
  work.tell('patient', scope.patientId, { patientId: scope.patientId });
  return { ended: true };
}

/** What no admin has looked at yet. `isOwn`: the reader's own, which somebody else looks at where there is one. */
export function* readUnreviewedEmergencies(d: Db, { clinicId, userId: reader }: By) {
  const others = yield* listAdminUserIds(d, { clinicId, exceptUserId: reader });
  const rows = yield* listUnreviewedEmergencies(d, { clinicId, limit: UNREVIEWED_MAX });
  return rows.map(({ userId, ...row }) => ({ ...row, isOwn: userId === reader && others.length > 0 }));
}

type Review = { by: By; emergencyId: string; note: string };

/** An admin signs that they looked at it. Throws FORBIDDEN for one's own, where another admin could. */
export function* signEmergency(d: Db, work: UnitOfWork, { by, emergencyId, note }: Review): Body<{ reviewed: true }> {
  const { clinicId, userId } = by;
  const found = yield* findEmergency(d, { clinicId, emergencyId });
  if (!found) throw notFound();
  if (found.userId === userId && (yield* listAdminUserIds(d, { clinicId, exceptUserId: userId })).length > 0)
    throw new Failure('FORBIDDEN', 'own_act');
  const review = { emergencyId, reviewedBy: userId, reviewedAt: work.nowMs, reviewNote: note };
  if (!(yield* reviewEmergency(d, review))) throw new Failure('CONFLICT', 'changed_meanwhile');
  work.about(emergencyId);
  work.ofPatient(found.patientId);
  work.tell('patient', found.patientId, { patientId: found.patientId });
  return { reviewed: true };
}
