import 'server-only';
import type { Body, Db } from '#db/body';
import { type CheckInRow, listCheckInMedia, listCheckIns } from '#db/queries/check-in/check-ins';
import { listDerived, type MediaRow } from '#db/queries/check-in/media';
import { findClinic } from '#db/queries/clinic/clinics';
import { findPatient } from '#db/queries/people/patients';
import { listLogPage } from '#db/queries/practice/logs';
import { listErrorTags, listExerciseVersions } from '#db/queries/program/exercises';
import { doseOf, findProgramOfLineage, listLineageVersions } from '#db/queries/program/programs';
import { listReviews } from '#db/queries/review/reviews';
import type { PatientScope } from '#db/scope';
import { clipNotes } from '#domain/check-in/clip-note';
import { isOpen, promiseOf, redFlagsAnswered } from '#domain/check-in/submission';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { filmedBy } from '#domain/program/in-force';
import { everOpens } from '#domain/time/opening-hours';
import { showLogs } from '#server/acts/practice/shown-logs';

const LOGS_SHOWN = 3;
const BEFORE_MAX = 50;

/** A clip as a player needs it. */
function playable(row: MediaRow, derived: readonly MediaRow[]) {
  const of = (kind: MediaRow['kind']) => derived.find((one) => one.derivedFromId === row.id && one.kind === kind);
  const { id, kind, state, failure, bytes, width, height, framesPerSecond, frames, durationMs, filmedMs } = row;
  const light = of('light');
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
    filmedMs,
    notes: clipNotes(row.notes),
    posterId: of('poster')?.id ?? null,
    spriteId: of('sprite')?.id ?? null,
    /** The same clip for weak lines. */
    light: light ? { id: light.id, framesPerSecond: light.framesPerSecond ?? 30, bytes: light.bytes } : null,
  };
}

type Versions = ReturnType<typeof listLineageVersions> extends Body<infer T> ? T : never;

/** The exercise of each check-in as it was prescribed when it was filmed, in the words of that version. */
function* filmedOf(d: Db, scope: PatientScope, rows: readonly CheckInRow[]) {
  const lineageIds = [...new Set(rows.flatMap((row) => row.lineageId ?? []))];
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds });
  const versionIds = [...new Set(versions.map(({ prescription }) => prescription.exerciseVersionId))];
  const exercises = yield* listExerciseVersions(d, { versionIds });
  const tags = yield* listErrorTags(d, { exerciseIds: exercises.map((one) => one.exerciseId) });
  return ({ lineageId, programVersionId, submittedAt: atMs }: Filmed) => {
    const own = versions.filter(({ prescription }) => prescription.lineageId === lineageId).map(versioned);
    // A clip of what was prescribed only afterwards, by a clock that was wrong: its first version.
    const found = filmedBy(own, { programVersionId, atMs }) ?? own[0];
    if (!found) return { exercise: null, filmed: null };
    const { exerciseVersionId, side, digits } = found.prescription;
    const exercise = exercises.find((one) => one.exerciseVersionId === exerciseVersionId);
    return {
      exercise: {
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
      filmed: { version: found.number, dose: doseOf(found.prescription) },
    };
  };
}

type Filmed = Pick<CheckInRow, 'lineageId' | 'programVersionId' | 'submittedAt'>;

const versioned = (row: Versions[number]) => ({ ...row, programVersionId: row.prescription.programVersionId });

type Show = { scope: PatientScope; rows: readonly CheckInRow[]; withDrafts: boolean; nowMs: number };

/** Whether the clinic opens at all: else it promises nothing. */
export function* opensEver(d: Db, scope: { clinicId: string }, nowMs: number): Body<boolean> {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) return false;
  const { hours } = clinicSettingsSchema.parse(clinic.settings);
  return everOpens({ hours, timeZone: clinic.timeZone }, nowMs);
}

/** Check-ins with clips and reviews. Drafts, assignment and claims are the clinic's own business. */
export function* showCheckIns(d: Db, { scope, rows, withDrafts, nowMs }: Show) {
  const checkInIds = rows.map((row) => row.id);
  const clips = yield* listCheckInMedia(d, { checkInIds });
  const derived = yield* listDerived(d, { mediaIds: clips.map((clip) => clip.media.id) });
  const reviews = yield* listReviews(d, { checkInIds });
  const filmed = yield* filmedOf(d, scope, rows);
  const opens = yield* opensEver(d, scope, nowMs);
  return rows.map(({ leaseToken: _secret, claimCount: _count, ...row }) => ({
    ...row,
    // As they were meant: earlier builds of the phone could not say "None of these".
    answers: { ...row.answers, redFlags: redFlagsAnswered(row.answers) },
    assigneeId: withDrafts ? row.assigneeId : null,
    claimedBy: withDrafts ? row.claimedBy : null,
    leaseUntil: withDrafts ? row.leaseUntil : null,
    promisedAt: promiseOf(row, opens),
    /** Still unanswered after the promised time. */
    isLate: isOpen(row.state) && row.dueAt <= nowMs,
    ...filmed(row),
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
