import 'server-only';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { type CheckInRow, findCheckInPatient } from '#db/queries/check-in/check-ins';
import { findClinic } from '#db/queries/clinic/clinics';
import { findStanding } from '#db/queries/people/access';
import { insertCover } from '#db/queries/people/care-team';
import { claimCheckIn, claimNext } from '#db/queries/review/queue';
import { COVER_MS, LEASE_MS, poolLimits } from '#domain/check-in/submission';
import { clinicSettingsSchema, replyRulesOf } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import type { AppProcess } from '#server/runtime/process';
import { runSerialised } from '#server/runtime/serialised';
import type { RunWork, UnitOfWork } from '#server/runtime/unit-of-work';
import { openDraft } from './draft';
import { noteReview, tellQueue } from './history';

/** Who reviews; the membership is what joins a care team. */
type Reviewer = { clinicId: string; userId: string; membershipId: string | null };
type Begun = { checkInId: string; patientId: string; leaseToken: string; leaseUntil: number; reviewId: string };

/** The settings decide when somebody else's patient is open to the pool. */
function* claimerOf(d: Db, { nowMs }: UnitOfWork, { clinicId, userId }: Reviewer) {
  const clinic = yield* findClinic(d, { clinicId });
  if (!clinic) throw notFound();
  return {
    clinicId,
    userId,
    nowMs,
    ...poolLimits(replyRulesOf(clinicSettingsSchema.parse(clinic.settings), clinic.timeZone), nowMs),
  };
}

function newLease(nowMs: number) {
  return { leaseToken: randomUUID(), leaseUntil: nowMs + LEASE_MS };
}

/** What follows every claim: the relation, the history, a draft to work in. */
function* begin(d: Db, work: UnitOfWork, by: Reviewer, row: CheckInRow): Body<Begun> {
  const { clinicId, userId, membershipId } = by;
  const scope = { clinicId, patientId: row.patientId };
  const standing = yield* findStanding(d, { ...scope, userId, nowMs: work.nowMs });
  work.ofPatient(row.patientId);
  if (!standing?.relations.includes('clinician')) {
    if (!membershipId) throw notFound();
    const fromAt = work.nowMs;
    yield* insertCover(d, { id: uuidv7(), ...scope, membershipId, part: 'cover', fromAt, toAt: fromAt + COVER_MS });
    work.tell('patient', row.patientId, { patientId: row.patientId });
  }
  yield* noteReview(d, work, { checkIn: row, toState: row.state, by: userId, reason: 'claim' });
  const { leaseToken, leaseUntil } = row;
  if (!leaseToken || !leaseUntil) throw new Error('a claim has its lease');
  const reviewId = yield* openDraft(d, work, { scope, checkIn: row, clinicianId: userId, leaseToken });
  work.about(row.id);
  tellQueue(work, row);
  return { checkInId: row.id, patientId: row.patientId, leaseToken, leaseUntil, reviewId };
}

/** Claims the next check-in for this clinician, theirs for 15 minutes; null where nothing waits. */
function* beginNextReview(d: Db, work: UnitOfWork, by: Reviewer): Body<Begun | null> {
  const claimer = yield* claimerOf(d, work, by);
  const row = yield* claimNext(d, { ...claimer, lease: newLease(work.nowMs) });
  return row ? yield* begin(d, work, by, row) : null;
}

/** Claims the next check-in, one of a clinic after the other: they all reach for the same row. */
export function beginNextInTurn(app: AppProcess, run: RunWork, by: Reviewer): Promise<Begun | null> {
  return runSerialised(app, `claim:${by.clinicId}`, () => run((d, work) => beginNextReview(d, work, by)));
}

/** This one, by choice. One's own claim from another page is taken over; somebody else's is a CONFLICT. */
export function* beginReview(
  d: Db,
  work: UnitOfWork,
  { checkInId, ...by }: Reviewer & { checkInId: string },
): Body<Begun> {
  const { clinicId, userId } = by;
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId });
  if (!patientId) throw notFound();
  const standing = yield* findStanding(d, { clinicId, patientId, userId, nowMs: work.nowMs });
  const onCareTeam = standing?.relations.includes('clinician') ?? false;
  const claimer = yield* claimerOf(d, work, by);
  const row = yield* claimCheckIn(d, { ...claimer, checkInId, onCareTeam, lease: newLease(work.nowMs) });
  if (row) return yield* begin(d, work, by, row);
  throw onCareTeam ? new Failure('CONFLICT', 'claimed_by_other') : notFound();
}
