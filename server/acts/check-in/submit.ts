import 'server-only';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { attachMedia, findCheckIn, findCheckInOwner, insertCheckIn } from '#db/queries/check-in/check-ins';
import { findLeadUserId } from '#db/queries/people/care-team';
import { listLineageVersions } from '#db/queries/program/programs';
import type { PatientScope } from '#db/scope';
import { type SubmitCheckIn, triage, zoneOf } from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import { actOnPain, painFacts } from '#server/acts/practice/pain';
import { refuseFuture } from '#server/runtime/device-clock';
import { once } from '#server/runtime/operations';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { type ClipOwner, expectClips } from './clips';
import { noteCheckIn } from './state';

type Submit = ClipOwner & { input: SubmitCheckIn };

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
function* store(d: Db, work: UnitOfWork, { input, scope, userId }: Submit) {
  const { checkInId: id, lineageId, question, answers, submittedAt, withoutClip, replacesId = null } = input;
  const { zone, settings } = yield* judge(d, work, { input, scope });
  const expected = yield* expectClips(d, work, { scope, userId }, input.clips);
  // The answers are all there is: nothing is waited for.
  const state = withoutClip && input.clips.length === 0 ? 'ready' : expected;
  const placed = triage(zone, settings, work.nowMs);
  const assigneeId = yield* findLeadUserId(d, scope);
  const sent = { id, ...scope, lineageId, question, answers, replacesId, submittedAt };
  const row = { ...sent, receivedAt: work.nowMs, state, ...placed };
  yield* insertCheckIn(d, { ...row, assigneeId, claimCount: 0 });
  yield* attachMedia(d, { checkInId: id, mediaIds: input.clips.map((clip) => clip.mediaId) });
  yield* noteCheckIn(d, { checkInId: id, fromState: null, toState: state, by: userId, nowMs: work.nowMs });
  work.about(id);
  work.tell('check_in', id, { patientId: scope.patientId });
  work.tell('queue', id);
  return { checkInId: id, state, zone, dueAt: placed.dueAt };
}

/**
 * What the answers mean. Where a clip was asked for once more and nothing else is said than before, it means what it
 * meant: the flag of that time, and what the clinic did about it, stand.
 */
function* judge(d: Db, work: UnitOfWork, { input, scope }: Pick<Submit, 'input' | 'scope'>) {
  const { checkInId: id, lineageId, answers, replacesId } = input;
  const facts = yield* painFacts(d, scope, work.nowMs);
  const prescriptionLimit = yield* painLimit(d, scope, lineageId);
  const before = replacesId ? yield* findCheckIn(d, { ...scope, checkInId: replacesId }) : null;
  if (before === undefined) throw notFound();
  if (before && canonicalJson(before.answers) === canonicalJson(answers))
    return { zone: zoneOf(before.severity), settings: facts.settings };
  const { zone } = yield* actOnPain(d, work, {
    scope,
    facts,
    pain: answers.pain,
    redFlags: answers.redFlags,
    prescriptionLimit,
    source: { kind: 'check_in', id },
  });
  return { zone, settings: facts.settings };
}

/** The highest pain that the newest dose of the exercise allows; an exercise that was never the patient's is unknown. */
function* painLimit(d: Db, scope: PatientScope, lineageId: string | null): Body<number | null> {
  if (lineageId === null) return null;
  const versions = yield* listLineageVersions(d, { ...scope, lineageIds: [lineageId] });
  const newest = versions.at(-1);
  if (!newest) throw notFound();
  return newest.prescription.painLimit;
}
