import 'server-only';
import type { Body, Db } from '#db/body';
import { attachMedia, findCheckInOwner, insertCheckIn } from '#db/queries/check-in/check-ins';
import { findLeadUserId } from '#db/queries/people/care-team';
import { listChecksOfSubject } from '#db/queries/practice/symptom-checks';
import type { PatientScope } from '#db/scope';
import { redFlagsAnswered, type SubmitCheckIn, triage } from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import type { RedFlag } from '#domain/practice/pain-policy';
import { actOnPain, painFacts } from '#server/acts/practice/pain';
import { painLimitOf } from '#server/acts/practice/pain-limit';
import { refuseFuture } from '#server/runtime/device-clock';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type ClipOwner, expectClips } from './clips';
import { noteCheckIn } from './state';

type Submit = ClipOwner & { timeZone: string; input: SubmitCheckIn };

/** Takes the answers of a patient, once per operation of the device; the clips follow under the ids named here. */
export function* submitCheckIn(d: Db, work: UnitOfWork, { input, ...owner }: Submit) {
  const { scope, userId } = owner;
  const queued = { opId: input.opId, userId, procedure: 'checkIns.submit', input, nowMs: work.nowMs };
  return yield* once(d, queued, function* () {
    refuseFuture(work, input.submittedAt);
    // Looked for in every clinic: an id that somebody else's device made is not there for this one.
    const taken = yield* findCheckInOwner(d, { checkInId: input.checkInId });
    if (taken) throw taken.patientId === scope.patientId ? new Failure('CONFLICT', 'operation_differs') : notFound();
    return yield* store(d, work, { input, ...owner });
  });
}

/** Stores the answers, triages them at once and makes the promise; the clips may still be on their way. */
function* store(d: Db, work: UnitOfWork, { input, scope, timeZone, userId }: Submit) {
  const { checkInId: id, lineageId, question, shown, submittedAt } = input;
  const { pain } = input.answers;
  const answers = { v: 2 as const, pain, redFlags: redFlagsAnswered(input.answers), shown: shown ?? null };
  const saidAt = Math.min(submittedAt, work.nowMs);
  const facts = yield* painFacts(d, scope, saidAt);
  const redFlags = answers.redFlags ?? [];
  const { zone } = yield* actOnPain(d, work, {
    scope,
    facts,
    said: {
      pain,
      redFlags,
      prescriptionLimit: yield* painLimitOf(d, scope, lineageId),
      atMs: saidAt,
    },
    saidAt,
    timeZone,
    shownZone: shown?.zone ?? null,
    lineageIds: [lineageId],
    source: { kind: 'check_in', id },
    // Said at the tick already, while the check-in was made.
    isKnown: yield* areFlagsSaid(d, scope, id, redFlags),
  });
  const state = yield* expectClips(d, work, { scope, userId }, input.clips);
  const placed = triage(zone, facts.settings, work.nowMs);
  const assigneeId = yield* findLeadUserId(d, scope);
  const row = { id, ...scope, lineageId, question, answers, submittedAt, receivedAt: work.nowMs, state, ...placed };
  yield* insertCheckIn(d, { ...row, assigneeId, claimCount: 0 });
  yield* attachMedia(d, { checkInId: id, mediaIds: input.clips.map((clip) => clip.mediaId) });
  yield* noteCheckIn(d, { checkInId: id, fromState: null, toState: state, by: userId, nowMs: work.nowMs });
  work.about(id);
  work.tell('check_in', id, { patientId: scope.patientId });
  work.tell('queue', id);
  return { checkInId: id, state, zone, dueAt: placed.dueAt };
}

/** Whether every red flag of a check-in was said, and not taken back, while it was made. */
function* areFlagsSaid(d: Db, scope: PatientScope, subjectId: string, redFlags: readonly RedFlag[]): Body<boolean> {
  if (redFlags.length === 0) return false;
  const checks = yield* listChecksOfSubject(d, { ...scope, subjectId });
  const said = new Set(checks.filter((one) => one.takenBackAt === null).flatMap((one) => one.redFlags ?? []));
  return redFlags.every((flag) => said.has(flag));
}
