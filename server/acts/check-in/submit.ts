import 'server-only';
import type { Body, Db } from '#db/body';
import { canonicalJson } from '#db/canonical-json';
import { attachMedia, findCheckIn, findCheckInOwner, insertCheckIn } from '#db/queries/check-in/check-ins';
import { findLeadUserId } from '#db/queries/people/care-team';
import { listChecksOfSubject } from '#db/queries/practice/symptom-checks';
import type { PatientScope } from '#db/scope';
import { type CheckInAnswers, redFlagsAnswered, type SubmitCheckIn, triage, zoneOf } from '#domain/check-in/submission';
import { Failure, notFound } from '#domain/input/failure';
import type { RedFlag } from '#domain/practice/pain-policy';
import type { Righted } from '#domain/time/device-clock';
import { actOnPain, painFacts } from '#server/acts/practice/pain';
import { painLimitOf } from '#server/acts/practice/pain-limit';
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
    // Looked for in every clinic: an id that somebody else's device made is not there for this one.
    const taken = yield* findCheckInOwner(d, { checkInId: input.checkInId });
    if (taken) throw taken.patientId === scope.patientId ? new Failure('CONFLICT', 'operation_differs') : notFound();
    return yield* store(d, work, { input, ...owner });
  });
}

/** Stores the answers, triages them at once and makes the promise; the clips may still be on their way. */
function* store(d: Db, work: UnitOfWork, { input, scope, timeZone, userId }: Submit) {
  const { checkInId: id, lineageId, programVersionId = null, question } = input;
  const { withoutClip, replacesId = null } = input;
  const answers = answersOf(input);
  const said = work.rightClock({ times: [input.submittedAt], clock: input.clock })(input.submittedAt);
  const { zone, replyRules } = yield* judge(d, work, { input, scope, timeZone, answers, said });
  const expected = yield* expectClips(d, work, { scope, userId }, input.clips);
  // The answers are all there is: nothing is waited for.
  const state = withoutClip && input.clips.length === 0 ? 'ready' : expected;
  const placed = triage(zone, replyRules, work.nowMs);
  const assigneeId = yield* findLeadUserId(d, scope);
  const sent = { id, ...scope, lineageId, programVersionId, question, answers, replacesId };
  const times = { submittedAt: said.at, deviceSubmittedAt: said.deviceAt };
  const row = { ...sent, ...times, receivedAt: work.nowMs, state, ...placed };
  yield* insertCheckIn(d, { ...row, assigneeId, claimCount: 0 });
  yield* attachMedia(d, { checkInId: id, mediaIds: input.clips.map((clip) => clip.mediaId) });
  yield* noteCheckIn(d, { checkInId: id, fromState: null, toState: state, by: userId, nowMs: work.nowMs });
  work.about(id);
  work.tell('check_in', id, { patientId: scope.patientId });
  work.tell('queue', id);
  return { checkInId: id, state, zone, dueAt: placed.dueAt };
}

/** As they are stored: what earlier builds of the phone left open is not answered. */
function answersOf({ answers, shown }: SubmitCheckIn): CheckInAnswers {
  return { v: 2, pain: answers.pain, redFlags: redFlagsAnswered(answers), shown: shown ?? null };
}

const isSame = (one: CheckInAnswers, other: CheckInAnswers) =>
  one.pain === other.pain && canonicalJson(redFlagsAnswered(one)) === canonicalJson(redFlagsAnswered(other));

type Judged = Pick<Submit, 'input' | 'scope' | 'timeZone'> & { answers: CheckInAnswers; said: Righted };

/**
 * What the answers mean. Where a clip was asked for once more and nothing else is said than before, it means what it
 * meant: the flag of that time, and what the clinic did about it, stand.
 */
function* judge(d: Db, work: UnitOfWork, { input, scope, timeZone, answers, said }: Judged) {
  const { checkInId: id, lineageId, replacesId, shown } = input;
  const { at: saidAt, deviceAt: deviceSaidAt } = said;
  const facts = yield* painFacts(d, scope, saidAt);
  const prescriptionLimit = yield* painLimitOf(d, scope, lineageId);
  const before = replacesId ? yield* findCheckIn(d, { ...scope, checkInId: replacesId }) : null;
  if (before === undefined) throw notFound();
  if (before && isSame(before.answers, answers)) return { zone: zoneOf(before.severity), replyRules: facts.replyRules };
  const redFlags = answers.redFlags ?? [];
  const { zone } = yield* actOnPain(d, work, {
    scope,
    facts,
    said: { pain: answers.pain, redFlags, prescriptionLimit, atMs: saidAt },
    saidAt,
    deviceSaidAt,
    timeZone,
    shownZone: shown?.zone ?? null,
    lineageIds: [lineageId],
    source: { kind: 'check_in', id },
    // Said at the tick already, while the check-in was made.
    isKnown: yield* areFlagsSaid(d, scope, id, redFlags),
  });
  return { zone, replyRules: facts.replyRules };
}

/** Whether every red flag of a check-in was said, and not taken back, while it was made. */
function* areFlagsSaid(d: Db, scope: PatientScope, subjectId: string, redFlags: readonly RedFlag[]): Body<boolean> {
  if (redFlags.length === 0) return false;
  const checks = yield* listChecksOfSubject(d, { ...scope, subjectId });
  const said = new Set(checks.filter((one) => one.takenBackAt === null).flatMap((one) => one.redFlags ?? []));
  return redFlags.every((flag) => said.has(flag));
}
