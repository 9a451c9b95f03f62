import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { insertCheckInEvent, moveCheckIn } from '#db/queries/check-in/check-ins';
import { insertNotice } from '#db/queries/contact/notices';
import { enqueueJob } from '#db/queries/runtime/jobs';
import type { Mark } from '#domain/annotation/mark';
import type { RedFlag } from '#domain/practice/pain-policy';
import { HOUR_MS } from '#domain/time/duration';
import type { Body, Db } from '../body';
import { type MadeCheckIn, makeCheckIn, makeClip, makeReview } from '../factories/check-ins';
import type { MadePatient, MadeStaff } from '../factories/people';
import type { MadeProgram } from '../factories/program';
import type { DemoPatient } from './demo-people';

/** A file that really lies in the media store. */
export type StoredFile = { storageKey: string; sha256: string; bytes: number; mime: string };

type Shown = NonNullable<DemoPatient['checkIn']>;

type Spec = {
  clinicId: string;
  nowMs: number;
  patient: MadePatient;
  program: MadeProgram;
  lead: MadeStaff;
  shown: Shown;
  clip: StoredFile | undefined;
  /** A red flag among the answers, and when it was given. */
  urgent: { at: number; redFlag: RedFlag } | null;
};

const NOTHING_YET = { frames: null, durationMs: null, width: null, height: null, framesPerSecond: null };

/**
 * The clip as its upload leaves it. The app's own work makes it ready when it starts: no row says more than the disk
 * holds. Without a file it is still on its way.
 */
function* seedClip(d: Db, { clinicId, nowMs, patient, clip }: Spec, at: number): Body<string> {
  const owner = { clinicId, patientId: patient.patientId, ownerUserId: patient.userId ?? '' };
  if (!clip) {
    const none = { storageKey: null, sha256: null, mime: null };
    return yield* makeClip(d, { ...owner, ...NOTHING_YET, ...none, state: 'pending', at });
  }
  const mediaId = yield* makeClip(d, { ...owner, ...NOTHING_YET, ...clip, state: 'received', at });
  const dedupeKey = `normalise:${mediaId}`;
  yield* enqueueJob(d, { id: uuidv7(), kind: 'normalise', dedupeKey, payload: { mediaId }, nowMs });
  return mediaId;
}

/** What a patient showed, with the answer where there is one. Returns the check-in's id; null where there is none. */
export function* seedCheckIn(d: Db, spec: Spec): Body<string | null> {
  const { clinicId, nowMs, patient, program, lead, shown, clip, urgent } = spec;
  // Nobody can have answered a clip that never came, and left unanswered for days it would be another story.
  if (shown.answer && !clip) return null;
  const at = urgent?.at ?? nowMs - shown.hoursAgo * HOUR_MS;
  const made = yield* makeCheckIn(d, {
    clinicId,
    patientId: patient.patientId,
    userId: patient.userId ?? '',
    at,
    lineageId: program.prescriptions[shown.place]?.lineageId ?? null,
    question: shown.question,
    answers: { v: 1, pain: shown.pain, redFlags: urgent ? [urgent.redFlag] : [] },
    state: clip ? 'processing' : 'received',
    severity: urgent ? 'urgent' : 'none',
    assigneeId: lead.userId,
    mediaIds: [yield* seedClip(d, spec, at)],
  });
  if (shown.answer) yield* seedAnswer(d, spec, made, at + shown.answer.hoursAfter * HOUR_MS);
  return made.checkInId;
}

function* seedAnswer(
  d: Db,
  { clinicId, patient, lead, shown: { answer } }: Spec,
  checkIn: MadeCheckIn,
  at: number,
): Body<void> {
  if (!answer) return;
  const { checkInId } = checkIn;
  const { outcome, summary, errorTags } = answer;
  const { patientId, userId } = patient;
  const marks = errorTags.map(tagMark);
  const whose = { clinicId, patientId, clinicianId: lead.userId };
  const { reviewId } = yield* makeReview(d, { ...whose, checkIn, outcome, summary, errorTags, marks, at });
  const state = outcome === 'redo' ? 'redo_requested' : 'answered';
  yield* moveCheckIn(d, { checkInId, from: ['processing'], change: { state, closedAt: at } });
  const step = { fromState: 'processing', toState: state, by: lead.userId };
  yield* insertCheckInEvent(d, { id: uuidv7(), checkInId, ...step, at });
  if (!userId) return;
  const notice = { id: uuidv7(), clinicId, userId, kind: 'review_published', subjectId: checkInId };
  yield* insertNotice(d, { ...notice, eventKey: `review:${reviewId}`, createdAt: at });
}

/** Seen in the second and a half when the clip shows the hook. */
function tagMark(code: string): Mark {
  const anchor = { kind: 'frames' as const, from: 60, to: 89 };
  return {
    kind: 'error_tag',
    markId: uuidv7(),
    anchor,
    aspect: 4 / 3,
    side: 'right',
    code,
    point: { x: 0.37, y: 0.48 },
  };
}
