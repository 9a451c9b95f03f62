import 'server-only';
import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { setProjectedRevision, upsertMark } from '#db/queries/annotation/marks';
import { insertAnnotationOp, insertSurface, takeRevision } from '#db/queries/annotation/surfaces';
import { attachMedia, type CheckInRow, insertCheckIn, insertCheckInEvent } from '#db/queries/check-in/check-ins';
import { insertMedia, type MediaRow } from '#db/queries/check-in/media';
import { insertReview, type ReviewRow } from '#db/queries/review/reviews';
import type { Mark } from '#domain/annotation/mark';
import type { OperationEnvelope } from '#domain/annotation/operation';
import type { CheckInAnswers } from '#domain/check-in/submission';
import { HOUR_MS } from '#domain/time/duration';
import { type Body, type Db, q } from '../body';
import { checkIns } from '../schema/check-ins';

type Owner = { clinicId: string; patientId: string; ownerUserId: string };

/** A clip that is ready, 6 seconds long, unless told otherwise. Whoever wants to play it stores the bytes and names the key. */
export function* makeClip(d: Db, { at, ...over }: Owner & Partial<MediaRow> & { at: number }): Body<string> {
  const id = over.id ?? uuidv7();
  const name = randomBytes(16).toString('hex');
  yield* insertMedia(d, {
    id,
    kind: 'clip',
    state: 'ready',
    storageKey: `${name.slice(0, 2)}/${name}`,
    sha256: '0'.repeat(64),
    bytes: 100_000,
    mime: 'video/mp4',
    width: 1280,
    height: 720,
    framesPerSecond: 30,
    frames: 180,
    durationMs: 6000,
    createdAt: at,
    ...over,
  });
  return id;
}

export type MadeCheckIn = { checkInId: string; mediaIds: string[] };

type CheckInSpec = Omit<Owner, 'ownerUserId'> & {
  userId: string;
  at: number;
  id?: string;
  lineageId?: string | null;
  question?: string;
  /** The check-in whose clip was asked for once more. */
  replacesId?: string;
  answers?: CheckInAnswers;
  state?: CheckInRow['state'];
  severity?: CheckInRow['severity'];
  dueAt?: number;
  assigneeId?: string | null;
  /** Ids of clips made before; left out = one ready clip. */
  mediaIds?: string[];
};

/** A check-in in whatever state, ready to be reviewed unless told otherwise, with its history's first line. */
export function* makeCheckIn(d: Db, spec: CheckInSpec): Body<MadeCheckIn> {
  const { clinicId, patientId, userId, at, state = 'ready', severity = 'none' } = spec;
  const checkInId = spec.id ?? uuidv7();
  const pinned = severity === 'red' || severity === 'urgent';
  const mediaIds = spec.mediaIds ?? [yield* makeClip(d, { clinicId, patientId, ownerUserId: userId, at })];
  const isClosed = state === 'answered' || state === 'redo_requested' || state === 'withdrawn';
  yield* insertCheckIn(d, {
    id: checkInId,
    clinicId,
    patientId,
    lineageId: spec.lineageId ?? null,
    question: spec.question ?? '',
    replacesId: spec.replacesId ?? null,
    answers: spec.answers ?? { v: 1, pain: 2, redFlags: [] },
    submittedAt: at,
    receivedAt: at,
    state,
    severity,
    queueRank: pinned ? 0 : 1,
    dueAt: spec.dueAt ?? at + (pinned ? 4 : 24) * HOUR_MS,
    assigneeId: spec.assigneeId ?? null,
    claimCount: 0,
    closedAt: isClosed ? at : null,
  });
  yield* attachMedia(d, { checkInId, mediaIds });
  yield* insertCheckInEvent(d, { id: uuidv7(), checkInId, fromState: null, toState: state, by: userId, at });
  return { checkInId, mediaIds };
}

type ReviewSpec = Omit<Owner, 'ownerUserId'> & {
  checkIn: MadeCheckIn;
  clinicianId: string;
  summary: string;
  at: number;
  outcome?: ReviewRow['outcome'];
  errorTags?: string[];
  /** Drawn by the clinician, in this order. */
  marks?: readonly Mark[];
  patientAnswer?: ReviewRow['patientAnswer'];
};

/** The operation that drew a mark, and its row among the marks, as the app would have stored them. */
function* drawMark(d: Db, { surfaceId, mark, authorId, at }: Drawn): Body<number> {
  const { revision } = yield* takeRevision(d, { surfaceId });
  const op = { kind: 'commit' as const, mark };
  const envelope: OperationEnvelope = { v: 1, opId: uuidv7(), lamport: revision, tMs: at, op };
  const stored = { surfaceId, revision, opId: envelope.opId, authorId, authorRole: 'clinician' as const };
  yield* insertAnnotationOp(d, {
    ...stored,
    kind: 'commit',
    body: envelope,
    tMs: at,
    receivedAt: at,
    addendumAt: null,
  });
  const frames = mark.anchor.kind === 'frames' ? mark.anchor : null;
  yield* upsertMark(d, {
    surfaceId,
    markId: mark.markId,
    authorId,
    kind: mark.kind,
    anchor: mark.anchor.kind,
    stillId: null,
    frameFrom: frames?.from ?? null,
    frameTo: frames?.to ?? null,
    ...UNMEASURED,
    side: mark.side,
    errorTag: mark.kind === 'error_tag' ? mark.code : null,
    lineageId: mark.lineageId ?? null,
    committedAt: at,
    removed: false,
    authorRole: stored.authorRole,
    lamport: envelope.lamport,
    opId: envelope.opId,
    replaces: mark.replaces ?? null,
  });
  yield* setProjectedRevision(d, { surfaceId, revision });
  return revision;
}

type Drawn = { surfaceId: string; mark: Mark; authorId: string; at: number };
const UNMEASURED = { joint: null, digit: null, motion: null, activity: null, view: null, valueDegrees: null };

/** The published answer to a made check-in; marks can be added to its surface. */
export function* makeReview(d: Db, spec: ReviewSpec): Body<{ reviewId: string; surfaceId: string }> {
  const { clinicId, patientId, checkIn, clinicianId, summary, at, outcome = 'feedback', errorTags = [] } = spec;
  const surfaceId = uuidv7();
  const reviewId = uuidv7();
  yield* insertSurface(d, { id: surfaceId, clinicId, patientId, kind: 'clip', mediaId: checkIn.mediaIds[0] });
  let surfaceRevision = 0;
  for (const mark of spec.marks ?? [])
    surfaceRevision = yield* drawMark(d, { surfaceId, mark, authorId: clinicianId, at });
  yield* insertReview(d, {
    id: reviewId,
    clinicId,
    checkInId: checkIn.checkInId,
    number: 1,
    state: 'published',
    clinicianId,
    summary,
    outcome,
    errorTags,
    surfaceId,
    surfaceRevision,
    leaseToken: uuidv7(),
    createdAt: at,
    publishedAt: at,
    patientAnswer: spec.patientAnswer ?? null,
    patientAnsweredAt: spec.patientAnswer ? at : null,
  });
  return { reviewId, surfaceId };
}

type ManySpec = {
  clinicId: string;
  count: number;
  of(n: number): Pick<CheckInRow, 'patientId' | 'assigneeId' | 'queueRank' | 'dueAt'> & { at: number };
};

/** As many as an engine's parameters allow. */
const ROWS_PER_STATEMENT = 500;

/** Many check-ins that wait for review, without clips or history: for measuring how a long queue behaves. */
export function* makeManyCheckIns(d: Db, { clinicId, count, of }: ManySpec): Body<void> {
  const rows: CheckInRow[] = [];
  for (let n = 0; n < count; n++) {
    const { at, ...own } = of(n);
    rows.push({
      id: uuidv7(),
      clinicId,
      lineageId: null,
      programVersionId: null,
      question: '',
      answers: { v: 1, pain: 2, redFlags: [] },
      replacesId: null,
      submittedAt: at,
      deviceSubmittedAt: null,
      receivedAt: at,
      state: 'ready',
      severity: 'none',
      claimedBy: null,
      leaseUntil: null,
      leaseToken: null,
      claimCount: 0,
      closedAt: null,
      ...own,
    });
  }
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    yield* q(d.insert(checkIns).values(rows.slice(from, from + ROWS_PER_STATEMENT)));
  }
}
