import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Body, Db } from '#db/body';
import { findClinic } from '#db/queries/clinic/clinics';
import { addToFlag, type FlagRow, insertFlag } from '#db/queries/practice/flags';
import { listPractices } from '#db/queries/practice/logs';
import { listMorningChecks } from '#db/queries/practice/symptom-checks';
import type { PatientScope } from '#db/scope';
import { clinicSettingsSchema, replyRulesOf } from '#domain/clinic/settings';
import { judgePain, type Said, worseZone } from '#domain/practice/judgement';
import { BASELINE_MS } from '#domain/practice/log';
import { flagFor, type Zone } from '#domain/practice/pain-policy';
import type { MorningPain } from '#domain/practice/stop';
import { localDay } from '#domain/time/local-day';
import type { UnitOfWork } from '#server/runtime/unit-of-work';
import { beginEscalation, tellUrgent } from './escalate';
import { holdStop } from './stops';

/** What the person said before practising, and of mornings, from a while before an instant on: read once per act. */
export type PainFacts = ReturnType<typeof painFacts> extends Body<infer T> ? T : never;

/** The policy and what the person said before, as far back as the usual pain at that instant is taken from. */
export function* painFacts(d: Db, scope: PatientScope, atMs: number) {
  const clinic = yield* findClinic(d, scope);
  if (!clinic) throw new Error('the clinic of a patient exists');
  const settings = clinicSettingsSchema.parse(clinic.settings);
  const since = { ...scope, sinceMs: atMs - BASELINE_MS };
  const painsBefore = yield* listPractices(d, since);
  const mornings: MorningPain[] = [
    ...painsBefore.map(({ localOn, startedAt, painBefore }) => ({ localOn, saidAt: startedAt, pain: painBefore })),
    ...(yield* listMorningChecks(d, since)),
  ];
  return {
    policy: settings.painPolicy,
    painsBefore,
    mornings,
    settings,
    replyRules: replyRulesOf(settings, clinic.timeZone),
  };
}

type Source = { kind: FlagRow['sourceKind']; id: string };

type Answered = {
  scope: PatientScope;
  facts: PainFacts;
  /** `atMs`: when the sitting began, from which on nothing counts as usual. */
  said: Said;
  /** When it was said, on the device, and where the patient lives: a stop holds for that day at least. */
  saidAt: number;
  /** What the device's clock said, where it was wrong. */
  deviceSaidAt?: number | null;
  timeZone: string;
  /** What the device told the person; null where it did not say. The worse of the two counts. */
  shownZone: Zone | null;
  /** The exercises that it was said of; null among them = the hand as a whole. */
  lineageIds: readonly (string | null)[];
  source: Source;
  /** Which of several answers of one source. */
  kind?: string;
  /** Said by the button: red, whatever the number. */
  itHurts?: boolean;
  /** A flag and a stop for it stand already: it is judged alone. */
  isKnown?: boolean;
};

type Verdict = { zone: Zone; rule: string };

/** The worse of what this clinic finds, what the device showed, and what the button says by itself. */
function verdictOf({ said, facts, shownZone, itHurts = false }: Answered): Verdict {
  const { zone, rule } = judgePain(said, facts);
  const verdict =
    itHurts && worseZone(zone, 'red') !== zone ? { zone: 'red' as const, rule: 'it_hurts' } : { zone, rule };
  if (shownZone === null || worseZone(verdict.zone, shownZone) === verdict.zone) return verdict;
  return { zone: shownZone, rule: 'shown_on_device' };
}

function* hold(d: Db, { scope, facts, lineageIds, saidAt, timeZone }: Answered, flagId: string, verdict: Verdict) {
  const said = { saidAt, saidOn: localDay(saidAt, timeZone), policyVersion: facts.policy.version };
  // What forbids everything is one stop, however many exercises it was said of.
  const of = verdict.zone === 'urgent' ? [null] : lineageIds;
  for (const lineageId of of) yield* holdStop(d, { scope, facts, flagId, judged: { ...verdict, lineageId }, ...said });
}

/**
 * Applies the one pain policy to an answer. Red and urgent become a flag for the clinic, once per source, and a stop
 * that holds until somebody, or a morning, lifts it.
 */
export function* actOnPain(d: Db, work: UnitOfWork, answered: Answered): Body<Verdict> {
  const { scope, facts, said, saidAt, deviceSaidAt = null, source, lineageIds, itHurts, kind } = answered;
  const verdict = verdictOf(answered);
  const flag = flagFor(verdict.zone);
  if (!flag || answered.isKnown) return verdict;
  const id = uuidv7();
  const [only = null] = lineageIds;
  const isNew = yield* insertFlag(d, {
    id,
    ...scope,
    kind: kind ?? said.redFlags[0] ?? (itHurts ? 'it_hurts' : 'pain'),
    severity: flag.severity,
    sourceKind: source.kind,
    sourceId: source.id,
    rule: verdict.rule,
    policyVersion: facts.policy.version,
    lineageId: lineageIds.length === 1 ? only : null,
    pain: said.pain,
    redFlags: said.redFlags.length > 0 ? [...said.redFlags] : null,
    saidAt,
    deviceSaidAt,
    raisedAt: work.nowMs,
  });
  if (!isNew) return verdict;
  yield* hold(d, answered, id, verdict);
  if (flag.severity !== 'amber')
    yield* beginEscalation(d, work, { scope, flagId: id, times: facts.settings.escalation });
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return verdict;
}

/** A number that belongs to an open flag: it is kept with it, and makes it worse where it is worse. */
export function* actFurther(
  d: Db,
  work: UnitOfWork,
  { flag, ...answered }: Answered & { flag: FlagRow },
): Body<Verdict> {
  const { scope, said } = answered;
  const verdict = verdictOf(answered);
  const isWorse = verdict.zone === 'urgent' && flag.severity !== 'urgent';
  const change = isWorse ? { severity: 'urgent' as const, rule: verdict.rule } : {};
  yield* addToFlag(d, { ...scope, flagId: flag.id, change: { pain: said.pain, ...change } });
  if (isWorse) {
    yield* hold(d, answered, flag.id, verdict);
    yield* tellUrgent(d, work, { scope, flagId: flag.id, times: answered.facts.settings.escalation });
  }
  work.tell('flag', scope.patientId, { patientId: scope.patientId });
  return verdict;
}
