import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { insertFlag } from '#db/queries/practice/flags';
import { listLogs } from '#db/queries/practice/logs';
import type { PatientScope } from '#db/scope';
import { baselinePain } from '#domain/practice/log';
import { flagFor, hasSettled, painZone } from '#domain/practice/pain-policy';
import type { MorningPain } from '#domain/practice/stop';
import { HOUR_MS } from '#domain/time/duration';
import { addDays } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import type { PainFacts } from './pain';

/** Reaches the whole day before, in every time zone. */
const MORNING_MS = 50 * HOUR_MS;

type Morning = {
  scope: PatientScope;
  facts: PainFacts;
  morning: MorningPain;
  /** The sitting before which, or the check in which it was said. */
  sourceId: string;
};

/**
 * Amber pain must settle by next morning: the first pain said before practice on the day after an amber
 * answer. Not answered stays unknown and raises nothing.
 */
export function* actOnMorning(d: Db, work: UnitOfWork, { scope, facts, morning, sourceId }: Morning): Body<void> {
  const { policy, painsBefore, mornings } = facts;
  const baseline = baselinePain(painsBefore, morning.saidAt);
  if (hasSettled({ morningPain: morning.pain, baseline, policy }) !== false) return;
  const isFirst = !mornings.some(
    (one) => one.localOn === morning.localOn && one.pain !== null && one.saidAt < morning.saidAt,
  );
  if (!isFirst) return;
  const dayBefore = addDays(morning.localOn, -1);
  const logs = yield* listLogs(d, { ...scope, sinceMs: morning.saidAt - MORNING_MS });
  const answers = [
    ...logs.filter(({ log }) => log.localOn === dayBefore).map(({ log }) => log.pain),
    ...painsBefore.filter((one) => one.localOn === dayBefore).map((one) => one.painAfter),
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
    sourceId,
    rule: 'not_settled',
    policyVersion: policy.version,
    pain: morning.pain,
    saidAt: morning.saidAt,
    raisedAt: work.nowMs,
  });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
}
