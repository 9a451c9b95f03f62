import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import { findLeadUserId, joinAsCover, listCareTeam } from '#db/queries/people/care-team';
import { findPatient } from '#db/queries/people/patients';
import { listStaff } from '#db/queries/people/staff';
import {
  type EscalationRow,
  endEscalation,
  findEscalation,
  insertEscalation,
  insertTelling,
  listDueEscalations,
  listTellings,
  moveEscalation,
  takeDueStep,
  takeEscalation,
} from '#db/queries/practice/escalations';
import type { PatientScope } from '#db/scope';
import { COVER_MS } from '#domain/check-in/submission';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import {
  type EscalationStep,
  type EscalationTimes,
  flagEventKey,
  stepAfter,
  stepDueAt,
  type takeFlagSchema,
  toldBy,
} from '#domain/practice/escalation';
import type { AppProcess } from '#server/runtime/process';
import { runAsServer, type UnitOfWork } from '#server/runtime/unit-of-work';

type Raised = { scope: PatientScope; flagId: string };
type Tell = Raised & { step: EscalationStep | 'urgent'; userIds: readonly string[]; isFirst: boolean };

/** A notice for each of them, once per step, and a line of who was told when. */
function* tell(d: Db, work: UnitOfWork, { scope, flagId, step, userIds, isFirst }: Tell): Body<void> {
  const kind = isFirst ? 'flag_raised' : 'flag_escalated';
  const about = { kind, subjectId: scope.patientId, eventKey: flagEventKey(flagId, step), createdAt: work.nowMs };
  for (const userId of userIds) {
    if (!(yield* insertTelling(d, { flagId, step, userId, ...scope, at: work.nowMs }))) continue;
    yield* insertNotice(d, { id: uuidv7(), clinicId: scope.clinicId, userId, ...about });
    work.tell('notice', scope.patientId, { userId });
  }
}

type From = Raised & { step: EscalationStep; raisedAt: number; times: EscalationTimes };

/** Tells the people of a step; where it has none the next one is told at once. Where it came to, and when it goes on. */
function* tellFrom(
  d: Db,
  work: UnitOfWork,
  { scope, flagId, step, raisedAt, times }: From,
): Body<Pick<EscalationRow, 'step' | 'nextAt'>> {
  const userIds = toldBy(step, {
    leadUserId: yield* findLeadUserId(d, scope),
    team: yield* listCareTeam(d, { ...scope, nowMs: work.nowMs }),
    staff: yield* listStaff(d, scope),
  });
  yield* tell(d, work, { scope, flagId, step, userIds, isFirst: step === 'lead' });
  const next = stepAfter(step);
  if (next === null) return { step, nextAt: null };
  if (userIds.length > 0) return { step, nextAt: stepDueAt(next, raisedAt, times) };
  return yield* tellFrom(d, work, { scope, flagId, step: next, raisedAt, times });
}

/** In the write that raises a red or urgent flag: its lead is told at once, and the others are to be while nobody takes it. */
export function* beginEscalation(
  d: Db,
  work: UnitOfWork,
  { scope, flagId, times }: Raised & { times: EscalationTimes },
): Body<void> {
  const raisedAt = work.nowMs;
  const told = yield* tellFrom(d, work, { scope, flagId, step: 'lead', raisedAt, times });
  yield* insertEscalation(d, { flagId, ...scope, raisedAt, ...told });
}

/** In the write that makes an open flag urgent: who has it is told, else all who were told before; the way goes on. */
export function* tellUrgent(
  d: Db,
  work: UnitOfWork,
  { scope, flagId, times }: Raised & { times: EscalationTimes },
): Body<void> {
  const row = yield* findEscalation(d, { ...scope, flagId });
  if (!row) return yield* beginEscalation(d, work, { scope, flagId, times });
  const told = yield* listTellings(d, { ...scope, flagIds: [flagId] });
  const userIds = row.takenBy === null ? [...new Set(told.map(({ userId }) => userId))] : [row.takenBy];
  yield* tell(d, work, { scope, flagId, step: 'urgent', userIds, isFirst: true });
}

/** So many are gone on with in one turn. */
const DUE_AT_ONCE = 100;

/**
 * Goes on with what is due and nobody took, each in a write of its own. Any number of processes may. One that cannot go on
 * holds up none of the others, and is tried again.
 */
export async function escalateDue(app: AppProcess, nowMs: number): Promise<void> {
  const due = await app.database.read((d) => listDueEscalations(d, { nowMs, limit: DUE_AT_ONCE }));
  for (const one of due)
    await runAsServer(app, { act: 'server.escalate_flag', nowMs }, (d, work) => escalateOne(d, work, one)).catch(
      (err: unknown) => app.log.error({ err, flagId: one.flagId }, 'a red answer could not go on'),
    );
}

function* escalateOne(d: Db, work: UnitOfWork, { flagId, step }: Pick<EscalationRow, 'flagId' | 'step'>): Body<void> {
  const row = yield* takeDueStep(d, { flagId, step, nowMs: work.nowMs });
  const next = stepAfter(step);
  if (!row || next === null) return;
  const scope = { clinicId: row.clinicId, patientId: row.patientId };
  // The record was put away: nobody could open what they are told of.
  if (!(yield* findPatient(d, scope))) return;
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw new Error('the clinic of a flag exists');
  work.inClinic(scope.clinicId);
  work.ofPatient(scope.patientId);
  work.about(flagId);
  const times = clinicSettingsSchema.parse(clinic.settings).escalation;
  const told = yield* tellFrom(d, work, { scope, flagId, step: next, raisedAt: row.raisedAt, times });
  yield* moveEscalation(d, { ...scope, flagId, ...told });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
}

type Taker = { scope: PatientScope; by: string; membershipId: string | null };

/**
 * "I take it": nobody else is told any more, and whoever took it covers the patient for a day. Who comes second learns who
 * has it.
 */
export function* takeFlag(
  d: Db,
  work: UnitOfWork,
  { scope, by, membershipId, flagId }: Taker & Omit<z.output<typeof takeFlagSchema>, 'patientId'>,
): Body<{ isOwn: boolean }> {
  const { nowMs } = work;
  const flag = { ...scope, flagId };
  if (!(yield* takeEscalation(d, { ...flag, takenBy: by, nowMs }))) {
    const row = yield* findEscalation(d, flag);
    if (!row) throw notFound();
    if (row.takenBy === null) throw new Failure('CONFLICT', 'flag_closed');
    return { isOwn: row.takenBy === by };
  }
  if (membershipId) {
    const cover = { id: uuidv7(), ...scope, membershipId, fromAt: nowMs, toAt: nowMs + COVER_MS };
    yield* joinAsCover(d, { ...cover, part: 'cover' });
    work.tell('patient', scope.patientId, { patientId: scope.patientId });
  }
  work.about(flagId);
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  // Who was told reads who has it.
  for (const { userId } of yield* listTellings(d, { ...scope, flagIds: [flagId] }))
    work.tell('notice', scope.patientId, { userId });
  return { isOwn: true };
}

/** In the write that closes a flag. */
export function* stopEscalation(d: Db, work: UnitOfWork, { scope, flagId }: Raised): Body<void> {
  yield* endEscalation(d, { ...scope, flagId, nowMs: work.nowMs });
}
