import 'server-only';
import { randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import { type CheckInRow, findCheckIn, findCheckInPatient, listCheckInEvents } from '#db/queries/check-in/check-ins';
import { findClinic } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import { findStanding, listReachablePatientIds } from '#db/queries/people/access';
import { findLeadUserId, insertCover } from '#db/queries/people/care-team';
import { changeHeld, claimCheckIn, claimNext, findHeld, listQueue, upsertSkip } from '#db/queries/review/queue';
import { COVER_MS, LEASE_MS, poolLimits, SKIP_MS, SKIPS_TO_ESCALATE } from '#domain/check-in/submission';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import {
  claimedSchema,
  publishReviewSchema,
  queueCursorSchema,
  reviewOperationSchema,
  saveReviewSchema,
  skipSchema,
} from '#domain/review/answer';
import { noteCheckIn } from '#server/acts/check-in/state';
import {
  appendReviewOperation,
  openDraft,
  publishReview,
  readOperations,
  saveDraft,
} from '#server/acts/review/reviewing';
import type { Actor } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';
import { inTurn } from '#server/runtime/serialised';
import type { Act } from '#server/runtime/unit-of-work';

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

type Step = { checkIn: { id: string }; toState: CheckInRow['state']; by: string; reason: string | null };

/** One line of the check-in's history, from where the line before ended. */
function* note(d: Db, act: Act, { checkIn, ...step }: Step): Body<void> {
  const last = (yield* listCheckInEvents(d, { checkInId: checkIn.id })).at(-1);
  yield* noteCheckIn(d, { checkInId: checkIn.id, fromState: last?.toState ?? null, ...step, nowMs: act.nowMs });
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
  yield* note(d, act, { checkIn: row, toState: row.state, by: userId, reason: 'claim' });
  const { leaseToken, leaseUntil } = row;
  if (!leaseToken || !leaseUntil) throw new Error('a claim has its lease');
  const reviewId = yield* openDraft(d, act, { scope, checkIn: row, clinicianId: userId, leaseToken });
  act.about(row.id);
  tellQueue(act, row);
  return { checkInId: row.id, patientId: row.patientId, leaseToken, leaseUntil, reviewId };
}

type Claim = { checkInId: string; leaseToken: string };

/** The check-in of a claim that still holds, after the actor was found to reach its patient. */
function* requireHeld(d: Db, act: Act, { clinicId, userId }: Actor, claim: Claim) {
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: claim.checkInId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  act.about(claim.checkInId);
  const held = { ...standing.scope, userId, checkInId: claim.checkInId, leaseToken: claim.leaseToken };
  const checkIn = yield* findHeld(d, held);
  if (!checkIn) throw new Failure('CONFLICT', 'claim_lost');
  return { standing, held, checkIn };
}

/**
 * For drawing, which adds to the clinician's own draft and overwrites nothing: what waited on the device while the page
 * was reloaded carries the claim before, and is theirs all the same as long as the check-in is.
 */
function* requireOwn(d: Db, act: Act, actor: Actor, checkInId: string) {
  const patientId = yield* findCheckInPatient(d, { clinicId: actor.clinicId, checkInId });
  if (!patientId) throw notFound();
  const { scope } = yield* act.patient(patientId);
  act.about(checkInId);
  const checkIn = yield* findCheckIn(d, { ...scope, checkInId });
  if (checkIn?.state !== 'in_review' || checkIn.claimedBy !== actor.userId) throw new Failure('CONFLICT', 'claim_lost');
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
  if (lead === null || lead === by) return { state: 'ready', assigneeId: null };
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

export const reviewsRouter = router({
  /** A page of the clinic's queue. What a patient wrote is shown to their care team only. */
  queue: procedure('review.read_queue')
    .input(z.object({ cursor: z.nullish(queueCursorSchema) }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const rows = yield* listQueue(d, { clinicId, after: input.cursor ?? null, limit: PAGE });
        const own = new Set(yield* listReachablePatientIds(d, { clinicId, userId, nowMs: act.nowMs }));
        const items = rows.map((row) => {
          const onCareTeam = own.has(row.patientId);
          const claimed = row.claimedBy !== null && row.leaseUntil !== null && row.leaseUntil >= act.nowMs;
          const content = onCareTeam ? { question: row.question, lineageId: row.lineageId } : null;
          return {
            ...row,
            question: content?.question ?? null,
            lineageId: content?.lineageId ?? null,
            onCareTeam,
            claimed,
          };
        });
        const last = rows.length === PAGE ? rows.at(-1) : undefined;
        const nextCursor = last ? { queueRank: last.queueRank, dueAt: last.dueAt, id: last.id } : null;
        return { items, nextCursor, serverNowMs: act.nowMs };
      }),
    ),

  /** The next one for this clinician, theirs for 15 minutes; null where nothing waits. */
  claimNext: procedure('review.claim').mutation(({ ctx }) =>
    inTurn(ctx.app, `claim:${ctx.actor.clinicId}`, () =>
      ctx.write(function* (d, act) {
        const claimer = yield* claimerOf(d, act, ctx.actor);
        const row = yield* claimNext(d, { ...claimer, lease: newLease(act.nowMs) });
        return row ? yield* begin(d, act, ctx.actor, row) : null;
      }),
    ),
  ),

  /** This one, by choice. One's own claim from another page is taken over; somebody else's is a CONFLICT. */
  claim: procedure('review.claim')
    .input(z.object({ checkInId: idSchema }))
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: input.checkInId });
        if (!patientId) throw notFound();
        const standing = yield* findStanding(d, { clinicId, patientId, userId, nowMs: act.nowMs });
        const onCareTeam = standing?.relations.includes('clinician') ?? false;
        const claimer = yield* claimerOf(d, act, ctx.actor);
        const lease = newLease(act.nowMs);
        const row = yield* claimCheckIn(d, { ...claimer, checkInId: input.checkInId, onCareTeam, lease });
        if (row) return yield* begin(d, act, ctx.actor, row);
        throw onCareTeam ? new Failure('CONFLICT', 'claimed_by_other') : notFound();
      }),
    ),

  /** The page is still there: the claim goes on. */
  heartbeat: procedure('review.write')
    .input(claimedSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { held } = yield* requireHeld(d, act, ctx.actor, input);
        const leaseUntil = act.nowMs + LEASE_MS;
        yield* changeHeld(d, held, { leaseUntil });
        return { leaseUntil };
      }),
    ),

  /** Back to the queue; the draft stays for whoever of us comes back to it. */
  release: procedure('review.write')
    .input(claimedSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { held, checkIn } = yield* requireHeld(d, act, ctx.actor, input);
        yield* changeHeld(d, held, { ...NOT_CLAIMED, state: 'ready' });
        yield* note(d, act, { checkIn, toState: 'ready', by: ctx.actor.userId, reason: 'release' });
        tellQueue(act, checkIn);
        return { released: true };
      }),
    ),

  /** Not mine to answer, and why. The second skip brings it to the lead. */
  skip: procedure('review.write')
    .input(skipSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { held, checkIn } = yield* requireHeld(d, act, ctx.actor, input);
        const by = ctx.actor.userId;
        const change = yield* afterSkip(d, act, { checkIn, by, reason: input.reason });
        yield* changeHeld(d, held, { ...NOT_CLAIMED, ...change });
        const toState = change.state ?? 'ready';
        yield* note(d, act, { checkIn, toState, by, reason: `${SKIPPED}${input.reason}` });
        tellQueue(act, checkIn);
        return { state: toState };
      }),
    ),

  saveDraft: procedure('review.write')
    .input(saveReviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        yield* requireHeld(d, act, ctx.actor, input);
        yield* saveDraft(d, input);
        return { savedAt: act.nowMs };
      }),
    ),

  /** Stores one drawing operation on the clip. Repeating it answers with the same revision. */
  appendOperation: procedure('review.write')
    .input(reviewOperationSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        yield* requireOwn(d, act, ctx.actor, input.checkInId);
        return yield* appendReviewOperation(d, act, { ...input, authorId: ctx.actor.userId });
      }),
    ),

  /** The drawing of a review after a revision: all of it for the clinic, what was published for the patient. */
  operationsSince: procedure('check_in.read')
    .input(z.object({ reviewId: idSchema, revision: z.number().int().min(0) }))
    .query(({ ctx, input }) => ctx.read((d, act) => readOperations(d, act, ctx.actor, input))),

  /** Answer, marks, new dose and notice in one transaction; a claim that was overtaken changes nothing. */
  publish: procedure('review.write')
    .input(publishReviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { standing, held, checkIn } = yield* requireHeld(d, act, ctx.actor, input);
        const published = yield* publishReview(d, act, { standing, input, publishedBy: ctx.actor.userId });
        const state = input.outcome === 'redo' ? 'redo_requested' : 'answered';
        yield* changeHeld(d, held, { ...NOT_CLAIMED, state, closedAt: act.nowMs });
        yield* note(d, act, { checkIn, toState: state, by: ctx.actor.userId, reason: null });
        tellQueue(act, checkIn);
        return { ...published, state };
      }),
    ),
});
