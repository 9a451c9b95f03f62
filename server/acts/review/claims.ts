import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { type CheckInRow, listCheckInEvents } from '#db/queries/check-in/check-ins';
import { insertNotice } from '#db/queries/contact/notices';
import { findLeadUserId } from '#db/queries/people/care-team';
import { changeHeld, upsertSkip } from '#db/queries/review/queue';
import { LEASE_MS, SKIP_MS, SKIPS_TO_ESCALATE } from '#domain/check-in/submission';
import type { SkipReason } from '#domain/review/answer';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { HeldClaim } from './access';
import { noteReview, tellQueue } from './history';

export const NOT_CLAIMED = { claimedBy: null, leaseUntil: null, leaseToken: null };
const SKIPPED = 'skip:';

type Held = Pick<HeldClaim, 'held' | 'checkIn'>;

/** The page is still there: the claim goes on. */
export function* keepClaim(d: Db, work: UnitOfWork, { held }: Held): Body<{ leaseUntil: number }> {
  const leaseUntil = work.nowMs + LEASE_MS;
  yield* changeHeld(d, held, { leaseUntil });
  return { leaseUntil };
}

/** Back to the queue; the draft stays for whoever of the clinic comes back to it. */
export function* releaseClaim(d: Db, work: UnitOfWork, { held, checkIn }: Held): Body<{ released: true }> {
  yield* changeHeld(d, held, { ...NOT_CLAIMED, state: 'ready' });
  yield* noteReview(d, work, { checkIn, toState: 'ready', by: held.userId, reason: 'release' });
  tellQueue(work, checkIn);
  return { released: true };
}

type Skip = Held & { reason: SkipReason };

/** Not mine to answer, and why. The second skip brings it to the lead. */
export function* skipCheckIn(
  d: Db,
  work: UnitOfWork,
  { held, checkIn, reason }: Skip,
): Body<{ state: CheckInRow['state'] }> {
  const by = held.userId;
  const change = yield* afterSkip(d, work, { checkIn, by, reason });
  yield* changeHeld(d, held, { ...NOT_CLAIMED, ...change });
  const toState = change.state ?? 'ready';
  yield* noteReview(d, work, { checkIn, toState, by, reason: `${SKIPPED}${reason}` });
  tellQueue(work, checkIn);
  return { state: toState };
}

/** Where a check-in goes that was skipped: back, or to the lead when it was skipped often enough. */
function* afterSkip(
  d: Db,
  work: UnitOfWork,
  { checkIn, by, reason }: { checkIn: CheckInRow; by: string; reason: SkipReason },
): Body<Partial<CheckInRow>> {
  const { clinicId, patientId } = checkIn;
  yield* upsertSkip(d, { checkInId: checkIn.id, userId: by, reason, untilAt: work.nowMs + SKIP_MS });
  const events = yield* listCheckInEvents(d, { checkInId: checkIn.id });
  const before = events.filter((event) => event.reason?.startsWith(SKIPPED)).length;
  if (before + 1 < SKIPS_TO_ESCALATE) return { state: 'ready' };
  const lead = yield* findLeadUserId(d, { clinicId, patientId });
  if (lead === null || lead === by) return { state: 'ready', assigneeId: null };
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId,
    userId: lead,
    kind: 'check_in_escalated',
    subjectId: checkIn.id,
    eventKey: `escalated:${checkIn.id}:${before + 1}`,
    createdAt: work.nowMs,
  });
  work.tell('notice', checkIn.id, { userId: lead });
  return { state: 'escalated', assigneeId: lead };
}
