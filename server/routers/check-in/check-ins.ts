import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Body, Db } from '#db/body';
import {
  attachMedia,
  findCheckIn,
  findCheckInOfMedia,
  findCheckInPatient,
  insertCheckIn,
  listCheckInEvents,
  listCheckInMedia,
  listCheckIns,
  moveCheckIn,
} from '#db/queries/check-in/check-ins';
import { findMediaById, findOwnMedia, insertMedia, moveMedia } from '#db/queries/check-in/media';
import { insertNotice } from '#db/queries/contact/notices';
import type { PatientScope, PatientStanding } from '#db/queries/people/access';
import { findLeadUserId } from '#db/queries/people/care-team';
import { findConsent } from '#db/queries/people/patients';
import { listLineageVersions } from '#db/queries/program/programs';
import { findReview, updateReview } from '#db/queries/review/reviews';
import { type MediaState, UPLOAD_EXPIRED } from '#domain/check-in/media';
import {
  addClipsSchema,
  type SubmitCheckIn,
  stateOfMedia,
  submitCheckInSchema,
  triage,
} from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import { idSchema } from '#domain/input/fields';
import { answerReviewSchema } from '#domain/review/answer';
import { CLOCK_AHEAD_MS } from '#domain/time/duration';
import { reviewContext, showCheckIns } from '#server/acts/check-in/shown';
import { followMedia, noteCheckIn } from '#server/acts/check-in/state';
import { actOnPain, painFacts, raiseItHurts } from '#server/acts/practice/pain';
import { prescribedBy } from '#server/acts/program/prescribed-by';
import type { Actor } from '#server/auth/gate';
import { procedure, router } from '#server/routers/trpc';
import { once } from '#server/runtime/operations';
import type { Act } from '#server/runtime/unit-of-work';

const PAGE = 50;

/** The sender's own record, or that of the patient a caregiver helps. */
function* aboutPatient(act: Act, actor: Actor, patientId: string | undefined): Body<PatientStanding> {
  const id = patientId ?? actor.patientId;
  if (!id) throw notFound();
  return yield* act.patient(id);
}

type Clip = SubmitCheckIn['clips'][number];
type Owner = { scope: PatientScope; userId: string };

/**
 * The row that a clip will be uploaded into. A clip without the patient's consent is not taken, and says so; the
 * answers beside it are.
 */
function* expectClip(d: Db, act: Act, { scope, userId }: Owner, clip: Clip) {
  const known = yield* findMediaById(d, { mediaId: clip.mediaId });
  if (known) {
    const isOwn = known.ownerUserId === userId && known.clinicId === scope.clinicId;
    const isClip = known.patientId === scope.patientId && known.kind === 'clip';
    if (!isOwn || !isClip || (yield* findCheckInOfMedia(d, { mediaId: clip.mediaId }))) throw notFound();
    return known.state;
  }
  const consent = yield* findConsent(d, { ...scope, kind: 'clips' });
  const state = consent ? ('pending' as const) : ('failed' as const);
  yield* insertMedia(d, {
    id: clip.mediaId,
    ...scope,
    ownerUserId: userId,
    kind: 'clip',
    state,
    failure: consent ? null : 'consent_missing',
    bytes: clip.bytes,
    sha256: clip.sha256,
    consentId: consent?.id ?? null,
    createdAt: act.nowMs,
  });
  return state;
}

/** The highest pain that the newest dose of the exercise allows; an exercise that was never the patient's is unknown. */
function* painLimit(d: Db, scope: PatientScope, lineageId: string | null): Body<number | null> {
  if (lineageId === null) return null;
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds: [lineageId] });
  const newest = versions.at(-1);
  if (!newest) throw notFound();
  return newest.prescription.painLimit;
}

/** Stores the answers, triages them at once and makes the promise; the clips may still be on their way. */
function* store(d: Db, act: Act, owner: Owner, input: SubmitCheckIn) {
  const { scope, userId } = owner;
  const { checkInId: id, lineageId, question, answers, submittedAt } = input;
  const facts = yield* painFacts(d, scope, act.nowMs);
  const prescriptionLimit = yield* painLimit(d, scope, lineageId);
  const { zone } = yield* actOnPain(d, act, {
    scope,
    facts,
    pain: answers.pain,
    redFlags: answers.redFlags,
    prescriptionLimit,
    source: { kind: 'check_in', id },
  });
  const states: MediaState[] = [];
  for (const clip of input.clips) states.push(yield* expectClip(d, act, owner, clip));
  const state = stateOfMedia(states);
  const placed = triage(zone, facts.settings, act.nowMs);
  const assigneeId = yield* findLeadUserId(d, scope);
  const row = { id, ...scope, lineageId, question, answers, submittedAt, receivedAt: act.nowMs, state, ...placed };
  yield* insertCheckIn(d, { ...row, assigneeId, claimCount: 0 });
  yield* attachMedia(d, { checkInId: id, mediaIds: input.clips.map((clip) => clip.mediaId) });
  yield* noteCheckIn(d, { checkInId: id, fromState: null, toState: state, by: userId, nowMs: act.nowMs });
  act.about(id);
  act.tell('check_in', id, { patientId: scope.patientId });
  act.tell('queue', id);
  return { checkInId: id, state, zone, dueAt: placed.dueAt };
}

type Added = { owner: Owner; checkInId: string; clips: readonly Clip[] };

/** Answered in words before the clip came: with the clip it is open again. */
const CLOSED = ['answered', 'redo_requested'] as const;

/**
 * Joins clips to answers that went ahead. The promised time stands, since the answers were triaged when they came; only
 * where they were answered already does it begin anew.
 */
function* addClips(d: Db, act: Act, { owner, checkInId, clips }: Added) {
  const row = yield* findCheckIn(d, { ...owner.scope, checkInId });
  if (!row) throw notFound();
  const before = yield* listCheckInMedia(d, { checkInIds: [checkInId] });
  if (before.length > 0 || row.state === 'withdrawn') throw new Failure('CONFLICT', 'operation_differs');
  const states: MediaState[] = [];
  for (const clip of clips) states.push(yield* expectClip(d, act, owner, clip));
  yield* attachMedia(d, { checkInId, mediaIds: clips.map((clip) => clip.mediaId) });
  const reopened = { closedAt: null, dueAt: act.nowMs + (row.dueAt - row.receivedAt) };
  const state = stateOfMedia(states);
  const isOpenAgain = yield* moveCheckIn(d, { checkInId, from: [...CLOSED], change: { ...reopened, state } });
  const isWaiting = yield* moveCheckIn(d, { checkInId, from: ['received'], change: { state } });
  const toState = isOpenAgain || isWaiting ? state : row.state;
  const step = { checkInId, fromState: row.state, toState, by: owner.userId, nowMs: act.nowMs };
  yield* noteCheckIn(d, { ...step, reason: 'clips' });
  act.about(checkInId);
  act.tell('check_in', checkInId, { patientId: owner.scope.patientId });
  act.tell('queue', checkInId);
  return { checkInId, state: toState, dueAt: isOpenAgain ? reopened.dueAt : row.dueAt };
}

/** The review, if it was published to this patient. */
function* publishedReview(d: Db, act: Act, { clinicId }: Actor, reviewId: string) {
  const review = yield* findReview(d, { reviewId });
  if (review?.clinicId !== clinicId || review.publishedAt === null) throw notFound();
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: review.checkInId });
  if (!patientId) throw notFound();
  const { scope } = yield* act.patient(patientId);
  return { review, scope };
}

export const checkInsRouter = router({
  /** Answers first, from the device's queue; the clips follow by upload under the ids named here. */
  submit: procedure('check_in.submit')
    .input(submitCheckInSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { scope } = yield* aboutPatient(act, ctx.actor, input.patientId);
        const { userId } = ctx.actor;
        const queued = { opId: input.opId, userId, procedure: 'checkIns.submit', input, nowMs: act.nowMs };
        return yield* once(d, queued, function* () {
          if (input.submittedAt > act.nowMs + CLOCK_AHEAD_MS) throw new Failure('BAD_REQUEST', 'performed_in_future');
          const taken = yield* findCheckInPatient(d, { clinicId: scope.clinicId, checkInId: input.checkInId });
          if (taken) throw taken === scope.patientId ? new Failure('CONFLICT', 'operation_differs') : notFound();
          return yield* store(d, act, { scope, userId }, input);
        });
      }),
    ),

  /** The clips of answers that `submit` took without any. */
  addClips: procedure('check_in.submit')
    .input(addClipsSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { clinicId, userId } = ctx.actor;
        const { opId, checkInId, clips } = input;
        const patientId = yield* findCheckInPatient(d, { clinicId, checkInId });
        if (!patientId) throw notFound();
        const { scope } = yield* act.patient(patientId);
        const queued = { opId, userId, procedure: 'checkIns.addClips', input, nowMs: act.nowMs };
        return yield* once(d, queued, () => addClips(d, act, { owner: { scope, userId }, checkInId, clips }));
      }),
    ),

  /** Opens a clip again that the server gave up waiting for; the device still has it. Repeating it changes nothing. */
  sendAgain: procedure('check_in.submit')
    .input(z.object({ mediaId: idSchema }))
    .mutation(({ ctx, input: { mediaId } }) =>
      ctx.write(function* (d, act) {
        const clip = yield* findOwnMedia(d, { userId: ctx.actor.userId, mediaId });
        if (!clip?.patientId || clip.kind !== 'clip') throw notFound();
        const { scope } = yield* act.patient(clip.patientId);
        act.about(mediaId);
        if (clip.failure !== UPLOAD_EXPIRED) return { state: clip.state };
        if (!(yield* findConsent(d, { ...scope, kind: 'clips' }))) throw new Failure('FORBIDDEN', 'consent_missing');
        const change = { state: 'pending' as const, failure: null };
        yield* moveMedia(d, { mediaId, from: ['failed'], change });
        const checkIn = yield* followMedia(d, { mediaId, nowMs: act.nowMs });
        if (checkIn) act.tell('check_in', checkIn.id, { patientId: scope.patientId });
        return { state: change.state };
      }),
    ),

  /** The patient's own, with the promised time and where each stands. */
  mine: procedure('check_in.read').query(({ ctx }) =>
    ctx.read(function* (d, act) {
      const { scope } = yield* aboutPatient(act, ctx.actor, undefined);
      const rows = yield* listCheckIns(d, { ...scope, limit: PAGE });
      return yield* showCheckIns(d, { scope, rows, withDrafts: false });
    }),
  ),

  ofPatient: procedure('check_in.read')
    .input(z.object({ patientId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { scope, relations } = yield* act.patient(input.patientId);
        const rows = yield* listCheckIns(d, { ...scope, limit: PAGE });
        return yield* showCheckIns(d, { scope, rows, withDrafts: relations.includes('clinician') });
      }),
    ),

  /**
   * One check-in with clips, answers, reviews and the doses that the published one changed; for the clinician also the
   * dose, the last logs and the feedback before.
   */
  get: procedure('check_in.read')
    .input(z.object({ checkInId: idSchema }))
    .query(({ ctx, input }) =>
      ctx.read(function* (d, act) {
        const { clinicId } = ctx.actor;
        const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: input.checkInId });
        if (!patientId) throw notFound();
        const { scope, relations } = yield* act.patient(patientId);
        const row = yield* findCheckIn(d, { ...scope, checkInId: input.checkInId });
        if (!row) throw notFound();
        const isClinician = relations.includes('clinician');
        const [checkIn] = yield* showCheckIns(d, { scope, rows: [row], withDrafts: isClinician });
        if (!checkIn) throw notFound();
        const context = isClinician ? yield* reviewContext(d, { scope, checkIn: row, nowMs: act.nowMs }) : null;
        const events = isClinician ? yield* listCheckInEvents(d, { checkInId: row.id }) : [];
        const review = checkIn.reviews.find((one) => one.state === 'published');
        const prescribed = review
          ? yield* prescribedBy(d, scope, { source: 'review', sourceId: review.id, locale: ctx.actor.locale })
          : [];
        return { ...checkIn, context, events, newDoses: prescribed.flatMap(({ changes }) => changes) };
      }),
    ),

  /** Was the answer clear? "It hurts" is a red flag; the clinician hears of anything but "clear". First answer counts. */
  answer: procedure('check_in.answer')
    .input(answerReviewSchema)
    .mutation(({ ctx, input }) =>
      ctx.write(function* (d, act) {
        const { review, scope } = yield* publishedReview(d, act, ctx.actor, input.reviewId);
        act.about(review.id);
        if (review.patientAnswer === input.answer) return { answer: input.answer };
        if (review.patientAnswer !== null) throw new Failure('CONFLICT', 'operation_differs');
        const change = { patientAnswer: input.answer, patientAnsweredAt: act.nowMs };
        yield* updateReview(d, { reviewId: review.id, state: review.state, change });
        if (input.answer !== 'clear') yield* tellClinician(d, act, { scope, review, answer: input.answer });
        act.tell('check_in', review.checkInId, { patientId: scope.patientId });
        return { answer: input.answer };
      }),
    ),
});

type NotClear = {
  scope: PatientScope;
  review: { id: string; checkInId: string; clinicianId: string };
  answer: 'not_clear' | 'it_hurts';
};

function* tellClinician(d: Db, act: Act, { scope, review, answer }: NotClear): Body<void> {
  if (answer === 'it_hurts') yield* raiseItHurts(d, act, { scope, source: { kind: 'feedback', id: review.id } });
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId: scope.clinicId,
    userId: review.clinicianId,
    kind: `feedback_${answer}`,
    subjectId: review.checkInId,
    eventKey: `feedback:${review.id}`,
    createdAt: act.nowMs,
  });
  act.tell('notice', review.checkInId, { userId: review.clinicianId });
}
