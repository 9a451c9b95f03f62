import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findSurface, insertSurface, listAnnotationOps } from '#db/queries/annotation/surfaces';
import { type CheckInRow, findCheckInPatient, listCheckInMedia } from '#db/queries/check-in/check-ins';
import { retainOriginals } from '#db/queries/check-in/media';
import { findClinic } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import type { PatientScope, PatientStanding } from '#db/queries/people/access';
import { findProgramOfLineage } from '#db/queries/program/programs';
import {
  findDraft,
  findLastReviewNumber,
  findReview,
  insertReview,
  type ReviewRow,
  supersedeReviews,
  updateReview,
} from '#db/queries/review/reviews';
import type { OperationEnvelope } from '#domain/annotation/operation';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { Failure, notFound } from '#domain/input/failure';
import type { PublishReview, SaveReview } from '#domain/review/answer';
import { DAY_MS } from '#domain/time/duration';
import { asStored } from '#server/acts/annotation/projection';
import { publishNextVersion } from '#server/acts/program/versions';
import type { Actor } from '#server/auth/gate';
import { appendOperation } from '#server/routers/annotation/annotations';
import type { Act } from '#server/runtime/unit-of-work';

const SNAPSHOT_MAX = 2000;

type Open = { scope: PatientScope; checkIn: CheckInRow; clinicianId: string; leaseToken: string };

/** One's own draft goes on; somebody else's is laid aside, with its drawing, and a new one begins. */
export function* openDraft(d: Db, act: Act, { scope, checkIn, clinicianId, leaseToken }: Open): Body<string> {
  const draft = yield* findDraft(d, { checkInId: checkIn.id });
  if (draft?.clinicianId === clinicianId) {
    yield* updateReview(d, { reviewId: draft.id, state: 'draft', change: { leaseToken } });
    return draft.id;
  }
  if (draft) yield* updateReview(d, { reviewId: draft.id, state: 'draft', change: { state: 'superseded' } });
  const [clip] = yield* listCheckInMedia(d, { checkInIds: [checkIn.id] });
  const surfaceId = uuidv7();
  yield* insertSurface(d, { id: surfaceId, ...scope, kind: 'clip', mediaId: clip?.media.id });
  const reviewId = uuidv7();
  yield* insertReview(d, {
    id: reviewId,
    clinicId: scope.clinicId,
    checkInId: checkIn.id,
    number: (yield* findLastReviewNumber(d, { checkInId: checkIn.id })) + 1,
    state: 'draft',
    clinicianId,
    summary: '',
    outcome: 'feedback',
    errorTags: [],
    surfaceId,
    surfaceRevision: 0,
    leaseToken,
    createdAt: act.nowMs,
  });
  return reviewId;
}

type Claim = { checkInId: string; leaseToken: string };

function* requireDraft(d: Db, { checkInId, leaseToken }: Claim): Body<ReviewRow> {
  const draft = yield* findDraft(d, { checkInId });
  if (draft?.leaseToken !== leaseToken) throw new Failure('CONFLICT', 'claim_lost');
  return draft;
}

export function* saveDraft(d: Db, { checkInId, leaseToken, ...change }: SaveReview): Body<void> {
  const draft = yield* requireDraft(d, { checkInId, leaseToken });
  yield* updateReview(d, { reviewId: draft.id, state: 'draft', change });
}

/** On a clip every mark says which frames it belongs to, of a clip of this check-in; there is no stage to change. */
function* isOnClip(d: Db, { op }: OperationEnvelope, checkInId: string): Body<boolean> {
  if (op.kind !== 'commit') return op.kind === 'remove';
  const { anchor } = op.mark;
  if (anchor.kind !== 'frames') return false;
  if (anchor.mediaId === undefined) return true;
  const clips = yield* listCheckInMedia(d, { checkInIds: [checkInId] });
  return clips.some(({ media }) => media.id === anchor.mediaId);
}

export function* appendReviewOperation(
  d: Db,
  act: Act,
  { envelope, authorId, checkInId }: { checkInId: string; envelope: OperationEnvelope; authorId: string },
): Body<{ revision: number }> {
  const draft = yield* findDraft(d, { checkInId });
  if (!draft) throw new Failure('CONFLICT', 'claim_lost');
  const { surfaceId } = draft;
  if (!(yield* isOnClip(d, envelope, checkInId))) throw new Failure('BAD_REQUEST', 'not_on_clip');
  const nowMs = act.nowMs;
  return { revision: yield* appendOperation(d, { surfaceId, authorId, role: 'clinician', envelope, nowMs }) };
}

/** Stored operations of a review. Drafts are the clinic's; of a published one the patient sees what was published. */
export function* readOperations(
  d: Db,
  act: Act,
  { clinicId }: Actor,
  { reviewId, revision }: { reviewId: string; revision: number },
) {
  const found = yield* findReview(d, { reviewId });
  if (found?.clinicId !== clinicId) throw notFound();
  const patientId = yield* findCheckInPatient(d, { clinicId, checkInId: found.checkInId });
  if (!patientId) throw notFound();
  const standing = yield* act.patient(patientId);
  const surface = yield* findSurface(d, { ...standing.scope, surfaceId: found.surfaceId });
  const isPublished = found.publishedAt !== null;
  if (!surface || (!isPublished && !standing.relations.includes('clinician'))) throw notFound();
  const rows = yield* listAnnotationOps(d, { surfaceId: surface.id, sinceRevision: revision, limit: SNAPSHOT_MAX });
  const shown = isPublished ? rows.filter((row) => row.revision <= found.surfaceRevision) : rows;
  return {
    operations: shown.map(asStored),
    revision: shown.at(-1)?.revision ?? revision,
    complete: rows.length < SNAPSHOT_MAX,
  };
}

type Publish = { standing: PatientStanding; input: PublishReview; publishedBy: string };

/** Publishes the draft of a claim with everything that belongs to it. The caller closes the check-in. */
export function* publishReview(d: Db, act: Act, { standing, input, publishedBy }: Publish) {
  const { scope } = standing;
  const draft = yield* requireDraft(d, input);
  const surface = yield* findSurface(d, { ...scope, surfaceId: draft.surfaceId });
  const clinic = yield* findClinic(d, scope);
  if (!surface || !clinic) throw notFound();
  const program = yield* changeDoses(d, act, { standing, input, publishedBy, reviewId: draft.id });
  const { summary, outcome, errorTags, checkInId } = input;
  yield* supersedeReviews(d, { checkInId });
  yield* updateReview(d, {
    reviewId: draft.id,
    state: 'draft',
    change: {
      state: 'published',
      summary,
      outcome,
      errorTags,
      surfaceRevision: surface.revision,
      programVersionId: program?.programVersionId ?? null,
      publishedAt: act.nowMs,
      draftDose: null,
    },
  });
  const { originalRetentionDays } = clinicSettingsSchema.parse(clinic.settings);
  yield* retainOriginals(d, { checkInId, retainUntil: act.nowMs + originalRetentionDays * DAY_MS });
  if (standing.userId) {
    yield* insertNotice(d, {
      id: uuidv7(),
      clinicId: scope.clinicId,
      userId: standing.userId,
      kind: 'review_published',
      subjectId: checkInId,
      eventKey: `review:${draft.id}`,
      createdAt: act.nowMs,
    });
    act.tell('notice', checkInId, { userId: standing.userId });
  }
  return { reviewId: draft.id, programVersion: program };
}

type Change = Publish & { reviewId: string };

function* changeDoses(d: Db, act: Act, { standing, input, publishedBy, reviewId }: Change) {
  const [change] = input.doseChanges;
  if (!change || input.expectedProgramVersion === null) return null;
  const program = yield* findProgramOfLineage(d, { ...standing.scope, lineageId: change.lineageId });
  if (!program) throw new Failure('CONFLICT', 'changed_meanwhile');
  const published = yield* publishNextVersion(d, {
    // The review's own notice tells of the new dose; a second one would be noise.
    standing: { ...standing, userId: null },
    programId: program.programId,
    basedOnNumber: input.expectedProgramVersion,
    changes: input.doseChanges,
    source: 'review',
    sourceId: reviewId,
    reason: input.summary.slice(0, 500),
    publishedBy,
    nowMs: act.nowMs,
  });
  act.tell('program', program.programId, { patientId: standing.scope.patientId });
  return published;
}
