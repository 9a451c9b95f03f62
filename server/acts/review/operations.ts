import 'server-only';
import type { Body, Db } from '#db/body';
import { findSurface, listAnnotationOps } from '#db/queries/annotation/surfaces';
import { listCheckInMedia } from '#db/queries/check-in/check-ins';
import type { PatientStanding } from '#db/queries/people/access';
import { findDraft, type ReviewRow } from '#db/queries/review/reviews';
import { mayMeasure, type OperationEnvelope } from '#domain/annotation/operation';
import { Failure, notFound } from '#domain/input/failure';
import { readDrawing } from '#server/acts/annotation/drawing';
import { appendOperation, SNAPSHOT_MAX } from '#server/acts/annotation/operations';
import { asStored } from '#server/acts/annotation/projection';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

/** On a clip every mark says which frames it belongs to, of a clip of this check-in; there is no stage to change. */
function* isOnClip(d: Db, { op }: OperationEnvelope, checkInId: string): Body<boolean> {
  if (op.kind !== 'commit') return op.kind === 'remove';
  const { anchor } = op.mark;
  if (anchor.kind !== 'frames') return false;
  if (anchor.mediaId === undefined) return true;
  const clips = yield* listCheckInMedia(d, { checkInIds: [checkInId] });
  return clips.some(({ media }) => media.id === anchor.mediaId);
}

type Append = { checkInId: string; envelope: OperationEnvelope; authorId: string; patientId: string };

/** Stores one drawing operation on the clip of a draft. Repeating it answers with the same revision. */
export function* appendReviewOperation(
  d: Db,
  work: UnitOfWork,
  { checkInId, envelope, authorId, patientId }: Append,
): Body<{ revision: number }> {
  const draft = yield* findDraft(d, { checkInId });
  if (!draft) throw new Failure('CONFLICT', 'claim_lost');
  if (!(yield* isOnClip(d, envelope, checkInId))) throw new Failure('BAD_REQUEST', 'not_on_clip');
  const { surfaceId } = draft;
  if (mayMeasure(envelope.op)) work.tell('measure', patientId, { patientId });
  return yield* appendOperation(d, work, { surfaceId, authorId, role: 'clinician', envelope, addendumAt: null });
}

type Found = { review: ReviewRow; standing: PatientStanding };

/** A draft's drawing is the clinic's alone. */
function* requireReviewSurface(d: Db, { review, standing }: Found) {
  const surface = yield* findSurface(d, { ...standing.scope, surfaceId: review.surfaceId });
  const isPublished = review.publishedAt !== null;
  if (!surface || (!isPublished && !standing.relations.includes('clinician'))) throw notFound();
  return { surface, isPublished };
}

/** The drawing of a review as it stands: what was published, and of a draft all. */
export function* readReviewDrawing(d: Db, found: Found) {
  const { surface, isPublished } = yield* requireReviewSurface(d, found);
  const untilRevision = isPublished ? found.review.surfaceRevision : surface.revision;
  const { marks } = yield* readDrawing(d, { surfaceId: surface.id, untilRevision });
  return { marks };
}

/** The operations of a review after a revision: what was published, and of a draft all. */
export function* readReviewOperations(d: Db, { revision, ...found }: Found & { revision: number }) {
  const { surface, isPublished } = yield* requireReviewSurface(d, found);
  const { review } = found;
  const rows = yield* listAnnotationOps(d, { surfaceId: surface.id, sinceRevision: revision, limit: SNAPSHOT_MAX });
  const shown = isPublished ? rows.filter((row) => row.revision <= review.surfaceRevision) : rows;
  return {
    operations: shown.map(asStored),
    revision: shown.at(-1)?.revision ?? revision,
    complete: shown.length < SNAPSHOT_MAX,
  };
}
