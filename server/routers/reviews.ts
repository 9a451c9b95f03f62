import 'server-only';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import { findStanding, listReachablePatientIds } from '#db/queries/access';
import { type CheckInRow, findCheckInPatient, insertCheckInEvent } from '#db/queries/check-ins';
import { insertNotice } from '#db/queries/notices';
import {
  changeHeld,
  claimCheckIn,
  claimNext,
  findHeld,
  findLeadUserId,
  insertCover,
  listCheckInEvents,
  listQueue,
  upsertSkip,
} from '#db/queries/review-queue';
import { findClinic } from '#db/queries/users';
import { COVER_MS, LEASE_MS, poolLimits, SKIP_MS, SKIPS_TO_ESCALATE } from '#domain/check-in';
import { clinicSettingsSchema } from '#domain/clinic-settings';
import { Failure, notFound } from '#domain/failure';
import { idSchema } from '#domain/input';
import {
  claimedSchema,
  publishReviewSchema,
  queueCursorSchema,
  reviewOperationSchema,
  saveReviewSchema,
  skipSchema,
} from '#domain/review';
import type { Act } from '../act';
import type { Actor } from '../auth/gate';
import { appendReviewOperation, openDraft, publishReview, saveDraft } from '../reviewing';
import { procedure, router } from '../trpc';

const PAGE = 50;
const SKIPPED = 'skip:';

/** The settings decide when somebody else's patient is open to the pool. */
function* claimerOf(d: Db, act: Act, { clinicId, userId }: Actor) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  const limits = poolLimits(clinicSettingsSchema.parse(clinic.settings), act.nowMs);
  return { clinicId, userId, nowMs: act.nowMs, ...limits };
}

function newLease(nowMs: number) {
  return { leaseToken: randomUUID(), leaseUntil: nowMs + LEASE_MS };
}

function tellQueue(act: Act, row: { id: string; patientId: string }): void {
  act.tell('check_in', row.id, { patientId: row.patientId });
  act.tell('queue', row.id);
}

/** What follows every claim: the relation, the history, a draft to work in. */
function* begin(d: Db, act: Act, actor: Actor, row: CheckInRow) {
  const { clinicId, userId, membershipId } = actor;
  const scope = { clinicId, patientId: row.patientId };
  const standing = yield* findStanding(d, { ...scope, userId, nowMs: act.nowMs });
  if (!standing?.relations.includes('clinician')) {
    if (!membershipId) throw notFound();
    const fromAt = act.nowMs;
    yield* insertCover(d, { id: uuidv7(), ...scope, membershipId, part: 'cover', fromAt, toAt: fromAt + COVER_MS });
    act.tell('patient', row.patientId, { patientId: row.patientId });
  }
  yield* insertCheckInEvent(d, {
    id: uuidv7(),
    checkInId: row.id,
    fromState: 'ready',
    toState: row.state,
    by: userId,
    reason: 'claim',
    at: act.nowMs,
  });
  const { leaseToken, leaseUntil } = row;
  if (!leaseToken || !leaseUntil) throw new Error('a claim has its lease');
  const reviewId = yield* openDraft(d, act, { scope, checkIn: row, clinicianId: userId, leaseToken });
  act.about(row.id);
  tellQueue(act, row);
  return { checkInId: row.id, patientId: row.patientId, leaseToken, leaseUntil, reviewId };
}

type Claim = { checkInId: string; leaseToken: string };

/** The check-in of a claim that still holds, after the actor was found to reach its patient. */
export function* requireHeld(d: Db, act: Act, { clinicId, userId }: Actor, claim: Claim) {
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: claim.checkInId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  act.about(claim.checkInId);
  const held = { ...standing.scope, userId, checkInId: claim.checkInId, leaseToken: claim.leaseToken };
  const checkIn = yield* findHeld(d, held);
  if (!checkIn) throw new Failure('CONFLICT', 'claim_lost');
  return { standing, held, checkIn };
}

const NOT_CLAIMED = { claimedBy: null, leaseUntil: null, leaseToken: null };

type LetGo = { checkIn: CheckInRow; by: string; reason: string };

/** Where a check-in goes that was skipped: back, or to the lead when it was skipped often enough. */
function* afterSkip(d: Db, act: Act, { checkIn, by, reason }: LetGo): Body<Partial<CheckInRow>> {
  const { clinicId, patientId } = checkIn;
  yield* upsertSkip(d, { checkInId: checkIn.id, userId: by, reason, untilAt: act.nowMs + SKIP_MS });
  const events = yield* listCheckInEvents(d, { checkInId: checkIn.id });
  const before = events.filter((event) => event.reason?.startsWith(SKIPPED)).length;
  if (before + 1 < SKIPS_TO_ESCALATE) return { state: 'ready' };
  const lead = yield* findLeadUserId(d, { clinicId, patientId });
  if (lead === null) return { state: 'ready', assigneeId: null };
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId,
    userId: lead,
    kind: 'check_in_escalated',
    subjectId: checkIn.id,
    eventKey: `escalated:${checkIn.id}:${before + 1}`,
    createdAt: act.nowMs,
  });
  act.tell('notice', checkIn.id, { userId: lead });
  return { state: 'escalated', assigneeId: lead };
}
