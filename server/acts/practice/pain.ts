import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { type FlagRow, insertFlag } from '#db/queries/practice/flags';
import { listLogs, listPractices } from '#db/queries/practice/logs';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema } from '#domain/clinic/settings';
import { baselinePain, type Practice } from '#domain/practice/log';
import {
  flagFor,
  hasSettled,
  type PainAnswer,
  type PainPolicy,
  painZone,
  type RedFlag,
} from '#domain/practice/pain-policy';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';
import { addDays } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';

const BASELINE_DAYS_MS = 30 * DAY_MS;
/** Reaches the whole day before, in every time zone. */
const MORNING_MS = 50 * HOUR_MS;

/** The policy and the person's usual pain, read once per act. */
export function* painFacts(d: Db, scope: PatientScope, nowMs: number) {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw new Error('the clinic of a patient exists');
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const practices = yield* listPractices(d, { ...scope, sinceMs: nowMs - BASELINE_DAYS_MS });
  return { policy: settings.painPolicy, baseline: baselinePain(practices), settings };
}

/** "It hurts", said without a number: a red flag, once per source. */
export function* raiseItHurts(
  d: Db,
  work: UnitOfWork,
  { scope, source }: { scope: PatientScope; source: { kind: FlagRow['sourceKind']; id: string } },
): Body<void> {
  const { policy } = yield* painFacts(d, scope, work.nowMs);
  yield* insertFlag(d, {
    id: uuidv7(),
    ...scope,
    kind: 'it_hurts',
    severity: 'red',
    sourceKind: source.kind,
    sourceId: source.id,
    rule: 'it_hurts',
    policyVersion: policy.version,
    raisedAt: work.nowMs,
  });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
}

type Answered = {
  scope: PatientScope;
  facts: { policy: PainPolicy; baseline: number | null };
  pain: number | null;
  redFlags: readonly RedFlag[];
  prescriptionLimit: number | null;
  source: { kind: FlagRow['sourceKind']; id: string };
};

/** Applies the one pain policy to an answer; red and urgent become a flag for the clinic, once per source. */
export function* actOnPain(
  d: Db,
  work: UnitOfWork,
  { scope, facts, pain, redFlags, prescriptionLimit, source }: Answered,
): Body<PainAnswer> {
  const answer = painZone({ pain, baseline: facts.baseline, redFlags, prescriptionLimit, policy: facts.policy });
  const flag = flagFor(answer.zone);
  if (!flag) return answer;
  const kind = redFlags[0] ?? 'pain';
  yield* insertFlag(d, {
    id: uuidv7(),
    ...scope,
    kind,
    severity: flag.severity,
    sourceKind: source.kind,
    sourceId: source.id,
    rule: answer.rule,
    policyVersion: facts.policy.version,
    raisedAt: work.nowMs,
  });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return answer;
}

type Morning = { scope: PatientScope; facts: { policy: PainPolicy; baseline: number | null }; practice: Practice };

/**
 * Amber pain must settle by next morning: the first pain said before practice on the day after an amber
 * answer. Not answered stays unknown and raises nothing.
 */
export function* actOnMorning(d: Db, work: UnitOfWork, { scope, facts, practice }: Morning): Body<void> {
  const { baseline, policy } = facts;
  if (hasSettled({ morningPain: practice.painBefore, baseline, policy }) !== false) return;
  const since = { ...scope, sinceMs: practice.startedAt - MORNING_MS };
  const sittings = yield* listPractices(d, since);
  const isFirst = !sittings.some(
    (one) => one.localOn === practice.localOn && one.painBefore !== null && one.startedAt < practice.startedAt,
  );
  if (!isFirst) return;
  const dayBefore = addDays(practice.localOn, -1);
  const answers = [
    ...(yield* listLogs(d, since)).filter(({ log }) => log.localOn === dayBefore).map(({ log }) => log.pain),
    ...sittings.filter((one) => one.localOn === dayBefore).map((one) => one.painAfter),
  ];
  const wasAmber = answers.some(
    (pain) => painZone({ pain, baseline, redFlags: [], prescriptionLimit: null, policy }).zone === 'amber',
  );
  const flag = flagFor('amber', wasAmber);
  if (!flag) return;
  yield* insertFlag(d, {
    id: uuidv7(),
    ...scope,
    kind: 'not_settled',
    severity: flag.severity,
    sourceKind: 'log',
    sourceId: practice.id,
    rule: 'not_settled',
    policyVersion: policy.version,
    raisedAt: work.nowMs,
  });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
}
