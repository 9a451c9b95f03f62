import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findSurface } from '#db/queries/annotation/surfaces';
import { retainOriginals } from '#db/queries/check-in/media';
import { findClinic } from '#db/queries/clinic/clinics';
import { insertNotice } from '#db/queries/contact/notices';
import { scheduleReminder } from '#db/queries/contact/reminders';
import type { PatientStanding } from '#db/queries/people/access';
import { findProgramOfLineage } from '#db/queries/program/programs';
import { changeHeld } from '#db/queries/review/queue';
import { supersedeReviews, updateReview } from '#db/queries/review/reviews';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { CHECK_IN_AFTER_MS } from '#domain/contact/reminders';
import { Failure, notFound } from '#domain/input/failure';
import type { PublishReview } from '#domain/review/answer';
import { DAY_MS } from '#domain/time/duration';
import { publishNextVersion } from '#server/acts/program/versions';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { HeldClaim } from './access';
import { NOT_CLAIMED } from './claims';
import { requireDraft } from './draft';
import { noteReview, tellQueue } from './history';

type Publish = HeldClaim & { answer: PublishReview };

/** Answer, marks, new dose and notice at once, and the check-in is closed. */
export function* publishReview(d: Db, work: UnitOfWork, { standing, held, checkIn, answer }: Publish) {
  const published = yield* publishDraft(d, work, { standing, answer, publishedBy: held.userId });
  const state = answer.outcome === 'redo' ? ('redo_requested' as const) : ('answered' as const);
  yield* changeHeld(d, held, { ...NOT_CLAIMED, state, closedAt: work.nowMs });
  if (state === 'redo_requested')
    yield* scheduleReminder(d, {
      ...standing.scope,
      ...{ kind: 'check_in', subjectId: checkIn.id, dueAt: work.nowMs + CHECK_IN_AFTER_MS, repeatOf: null },
    });
  yield* noteReview(d, work, { checkIn, toState: state, by: held.userId, reason: null });
  tellQueue(work, checkIn);
  return { ...published, state };
}

type Draft = { standing: PatientStanding; answer: PublishReview; publishedBy: string };

/** Publishes the draft of a claim with everything that belongs to it. */
function* publishDraft(d: Db, work: UnitOfWork, { standing, answer, publishedBy }: Draft) {
  const { scope } = standing;
  const draft = yield* requireDraft(d, answer);
  const surface = yield* findSurface(d, { ...scope, surfaceId: draft.surfaceId });
  const clinic = yield* findClinic(d, scope);
  if (!surface || !clinic) throw notFound();
  const program = yield* changeDoses(d, work, { standing, answer, publishedBy, reviewId: draft.id });
  const { summary, outcome, errorTags, checkInId } = answer;
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
      publishedAt: work.nowMs,
      draftDose: null,
    },
  });
  const { originalRetentionDays } = clinicSettingsSchema.parse(clinic.settings);
  yield* retainOriginals(d, { checkInId, retainUntil: work.nowMs + originalRetentionDays * DAY_MS });
  yield* tellPatient(d, work, { standing, reviewId: draft.id, checkInId });
  return { reviewId: draft.id, programVersion: program };
}

type Told = { standing: PatientStanding; reviewId: string; checkInId: string };

function* tellPatient(d: Db, work: UnitOfWork, { standing, reviewId, checkInId }: Told): Body<void> {
  const { scope, userId } = standing;
  if (!userId) return;
  yield* insertNotice(d, {
    id: uuidv7(),
    clinicId: scope.clinicId,
    userId,
    kind: 'review_published',
    subjectId: checkInId,
    eventKey: `review:${reviewId}`,
    createdAt: work.nowMs,
  });
  work.tell('notice', checkInId, { userId });
}

type Change = Draft & { reviewId: string };

function* changeDoses(d: Db, work: UnitOfWork, { standing, answer, publishedBy, reviewId }: Change) {
  const [change] = answer.doseChanges;
  if (!change || answer.expectedProgramVersion === null) return null;
  const program = yield* findProgramOfLineage(d, { ...standing.scope, lineageId: change.lineageId });
  if (!program) throw new Failure('CONFLICT', 'changed_meanwhile');
  return yield* publishNextVersion(d, work, {
    // The review's own notice tells of the new dose; a second one would be noise.
    standing: { ...standing, userId: null },
    programId: program.programId,
    basedOnNumber: answer.expectedProgramVersion,
    changes: answer.doseChanges,
    source: 'review',
    sourceId: reviewId,
    reason: answer.summary.slice(0, 500),
    flagReason: answer.flagReason,
    restrictionReason: answer.restrictionReason,
    publishedBy,
  });
}
