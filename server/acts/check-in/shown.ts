import 'server-only';
import type { Db } from '#db/body';
import { type CheckInRow, listCheckInMedia, listCheckIns } from '#db/queries/check-in/check-ins';
import { listDerived, type MediaRow } from '#db/queries/check-in/media';
import { findPatient } from '#db/queries/people/patients';
import { listLogPage } from '#db/queries/practice/logs';
import { listErrorTags, listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, findProgramOfLineage, listLineageVersions } from '#db/queries/program/programs';
import { listReviews } from '#db/queries/review/reviews';
import type { PatientScope } from '#db/scope';
import { isOpen, redFlagsAnswered } from '#domain/check-in/submission';
import { showLogs } from '#server/acts/practice/shown-logs';

const LOGS_SHOWN = 3;
const BEFORE_MAX = 50;

/** A clip as a player needs it. */
function playable(row: MediaRow, derived: readonly MediaRow[]) {
  const of = (kind: MediaRow['kind']) => derived.find((one) => one.derivedFromId === row.id && one.kind === kind);
  const { id, kind, state, failure, bytes, width, height, framesPerSecond, frames, durationMs } = row;
  return {
    id,
    kind,
    state,
    failure,
    bytes,
    width,
    height,
    framesPerSecond,
    frames,
    durationMs,
    posterId: of('poster')?.id ?? null,
    spriteId: of('sprite')?.id ?? null,
  };
}

/** The exercise of each lineage, in the words of its newest version. */
function* exercisesOf(d: Db, scope: PatientScope, lineageIds: readonly string[]) {
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds });
  const newest = new Map(versions.map(({ prescription }) => [prescription.lineageId, prescription]));
  const versionIds = [...new Set([...newest.values()].map((one) => one.exerciseVersionId))];
  const exercises = yield* listExerciseVersions(d, { versionIds });
  const tags = yield* listErrorTags(d, { exerciseIds: exercises.map((one) => one.exerciseId) });
  return new Map(
    [...newest].map(([lineageId, { exerciseVersionId, side, digits }]) => {
      const exercise = exercises.find((one) => one.exerciseVersionId === exerciseVersionId);
      return [
        lineageId,
        {
          exerciseVersionId,
          exerciseId: exercise?.exerciseId ?? null,
          name: exercise?.texts.name ?? null,
          slug: exercise?.slug ?? null,
          category: exercise?.category ?? null,
          side,
          digits,
          errorTags: tags
            .filter((tag) => tag.exerciseId === exercise?.exerciseId)
            .map(({ code, labelPatient }) => ({ code, labelPatient })),
        },
      ];
    }),
  );
}

type Show = { scope: PatientScope; rows: readonly CheckInRow[]; withDrafts: boolean; nowMs: number };

/** Check-ins with clips and reviews. Drafts, assignment and claims are the clinic's own business. */
export function* showCheckIns(d: Db, { scope, rows, withDrafts, nowMs }: Show) {
  const checkInIds = rows.map((row) => row.id);
  const clips = yield* listCheckInMedia(d, { checkInIds });
  const derived = yield* listDerived(d, { mediaIds: clips.map((clip) => clip.media.id) });
  const reviews = yield* listReviews(d, { checkInIds });
  const lineageIds = [...new Set(rows.flatMap((row) => row.lineageId ?? []))];
  const exercises = yield* exercisesOf(d, scope, lineageIds);
  return rows.map(({ leaseToken: _secret, claimCount: _count, ...row }) => ({
    ...row,
    // As they were meant: earlier builds of the phone could not say "None of these".
    answers: { ...row.answers, redFlags: redFlagsAnswered(row.answers) },
    assigneeId: withDrafts ? row.assigneeId : null,
    claimedBy: withDrafts ? row.claimedBy : null,
    leaseUntil: withDrafts ? row.leaseUntil : null,
    /** Still unanswered after the promised time. */
    isLate: isOpen(row.state) && row.dueAt <= nowMs,
    exercise: (row.lineageId && exercises.get(row.lineageId)) || null,
    media: clips.filter((clip) => clip.checkInId === row.id).map((clip) => playable(clip.media, derived)),
    reviews: reviews
      .filter(({ review }) => review.checkInId === row.id && (withDrafts || review.publishedAt !== null))
      .map(({ review: { leaseToken: _token, ...review }, clinicianName }) => ({ ...review, clinicianName })),
  }));
}

/** What stands beside the clip in a review: the person, the dose, the last logs with pain, the feedback before. */
export function* reviewContext(d: Db, { scope, checkIn }: { scope: PatientScope; checkIn: CheckInRow }) {
  const patient = yield* findPatient(d, scope);
  const { lineageId } = checkIn;
  const program = lineageId ? yield* findProgramOfLineage(d, { ...scope, lineageId }) : undefined;
  const last = yield* listLogPage(d, { ...scope, before: null, limit: LOGS_SHOWN, lineageId });
  const place = { at: checkIn.submittedAt, id: checkIn.id };
  const before = yield* listCheckIns(d, { ...scope, before: place, lineageId, limit: BEFORE_MAX });
  const reviews = yield* listReviews(d, { checkInIds: before.map((one) => one.id) });
  const published = reviews.filter(({ review }) => review.state === 'published');
  const latest = published.toSorted((a, b) => (b.review.publishedAt ?? 0) - (a.review.publishedAt ?? 0))[0];
  return {
    patient: patient ? { id: patient.id, name: patient.name, timeZone: patient.timeZone } : null,
    program: program
      ? {
          programId: program.programId,
          version: program.number,
          prescription: program.prescription,
          dose: doseOf(program.prescription),
        }
      : null,
    logs: yield* showLogs(d, last),
    lastFeedback: latest
      ? {
          summary: latest.review.summary,
          publishedAt: latest.review.publishedAt,
          clinicianName: latest.clinicianName,
          patientAnswer: latest.review.patientAnswer,
          checkInId: latest.review.checkInId,
        }
      : null,
    earlierClips: before
      .filter((one) => one.state === 'answered')
      .map((one) => ({ checkInId: one.id, submittedAt: one.submittedAt })),
  };
}
