import { compareText } from '#domain/input/order';
import { flagSaid } from '#domain/practice/flag';
import type { PainPolicy, RedFlag } from '#domain/practice/pain-policy';
import { DAY_MS, HOUR_MS } from '#domain/time/duration';

/** Days without a log before it is said: a default, not a recommendation. */
const NO_LOG_DAYS = 3;
/** A visit this near counts as due. */
const VISIT_SOON_MS = DAY_MS;

type FlagSeverity = 'amber' | 'red' | 'urgent';

/** An open flag with the answer that raised it; flags of earlier releases have no answer. */
type OpenFlag = {
  severity: FlagSeverity;
  kind: string;
  raisedAtMs: number;
  rule?: string;
  /** 0–10; null = not answered. */
  pain?: number | null;
  redFlags?: readonly RedFlag[] | null;
  /** What was said instead, and when; the flag stays. */
  correctedPain?: number | null;
  takenBackAt?: number | null;
  /** Since when somebody is told of it; null where nobody is by itself. */
  toldAtMs?: number | null;
  takenAtMs?: number | null;
  takenByName?: string | null;
};

/** What the caseload knows of one patient. Times in epoch ms; null = there is none. */
export type AttentionFacts = {
  patientId: string;
  openFlags: readonly OpenFlag[];
  waitingCheckIn: { dueAtMs: number } | null;
  lastLogAtMs: number | null;
  /** 0–10, over the last 7 days; null = not answered. */
  worstPain7Days: number | null;
  nextVisitAtMs: number | null;
  /** Days from today until the hand is to be assessed again, negative once that day is over; null = far off or not planned. */
  reassessInDays: number | null;
  hasProgram: boolean;
  /** Has a login: without one, silence means nothing. */
  joined: boolean;
};

/** The marks of the caseload, most urgent first. */
type Urgency = 'red_flag' | 'look_today' | 'due' | 'fine';

const RULES = {
  urgent_flag: 'red_flag',
  red_flag: 'red_flag',
  check_in_overdue: 'look_today',
  amber_flag: 'look_today',
  pain_red: 'look_today',
  silent: 'look_today',
  check_in_waiting: 'due',
  reassessment_due: 'due',
  no_log_yet: 'due',
  no_program: 'due',
  visit_soon: 'due',
  pain_amber: 'fine',
  visit_planned: 'fine',
  not_joined: 'fine',
  fine: 'fine',
} as const satisfies Record<string, Urgency>;

export type AttentionRule = keyof typeof RULES;
const RULE_ORDER = new Map(Object.keys(RULES).map((rule, place) => [rule, place]));
const placeOf = ({ rule }: AttentionReason) => RULE_ORDER.get(rule) ?? RULE_ORDER.size;

/**
 * Why a patient stands where they stand: rule, message key, values (ms, hours, days, pain 0–10). `weight` orders
 * reasons of the same rule, smaller first.
 */
type AttentionReason = {
  rule: AttentionRule;
  urgency: Urgency;
  key: `attention.${AttentionRule}` | `attention.flag.${'red_flags' | 'pain' | 'not_settled' | 'it_hurts'}`;
  values: Record<string, number | string>;
  /** The red-flag question answered yes, the first of them in the order asked; its short words go into the message. */
  sign?: RedFlag;
  /** Of a flag that people are told of until somebody takes it: who has it, or since when nobody does. */
  taken?: { byName: string; atMs: number } | { byName: null; sinceMs: number };
  weight: number;
};
export type Attention = { patientId: string; urgency: Urgency; reasons: [AttentionReason, ...AttentionReason[]] };

/**
 * All reasons to look at a patient, the most pressing first; `fine` alone when there is none. Open flags lead, urgent
 * before red; then what is late or over a limit, then what is due. A default of this project, not a
 * recommendation.
 */
export function attention(input: {
  facts: AttentionFacts;
  policy: PainPolicy;
  nowMs: number;
  /** Full days without a log before it counts; the clinic's setting. */
  noLogDays?: number;
}): Attention {
  const { facts, policy, nowMs, noLogDays = NO_LOG_DAYS } = input;
  const found = [
    ...facts.openFlags.map(flagReason),
    ...checkInReasons(facts, nowMs),
    ...painReasons(facts, policy),
    ...practiceReasons(facts, noLogDays, nowMs),
    ...visitReasons(facts, nowMs),
    ...assessmentReasons(facts),
  ].sort(compareReasons);
  const [first = reason('fine', {}, 0), ...rest] = found;
  return { patientId: facts.patientId, urgency: first.urgency, reasons: [first, ...rest] };
}

/**
 * Orders patients by need: first reason, then the next ones, more reasons before fewer, then the id. A total order:
 * 0 only for the same patient with the same reasons.
 */
export function compareByNeed(a: Attention, b: Attention): number {
  const shared = Math.min(a.reasons.length, b.reasons.length);
  for (let i = 0; i < shared; i += 1) {
    const [one, other] = [a.reasons[i], b.reasons[i]];
    const order = one && other ? compareReasons(one, other) : 0;
    if (order !== 0) return order;
  }
  return b.reasons.length - a.reasons.length || compareText(a.patientId, b.patientId);
}

function compareReasons(a: AttentionReason, b: AttentionReason): number {
  return placeOf(a) - placeOf(b) || a.weight - b.weight;
}

function reason(rule: AttentionRule, values: AttentionReason['values'], weight: number): AttentionReason {
  return { rule, urgency: RULES[rule], key: `attention.${rule}`, values, weight };
}

function takenOf({ toldAtMs = null, takenAtMs = null, takenByName = null }: OpenFlag): Pick<AttentionReason, 'taken'> {
  if (takenAtMs !== null) return { taken: { byName: takenByName ?? '', atMs: takenAtMs } };
  return toldAtMs === null ? {} : { taken: { byName: null, sinceMs: toldAtMs } };
}

/** The flag that waits longest comes first. It says which one it is: what was said, and what was said instead. */
function flagReason(flag: OpenFlag): AttentionReason {
  const { severity, kind, raisedAtMs, rule = '', pain = null, redFlags = null } = flag;
  const { correctedPain = null, takenBackAt = null } = flag;
  const plain = { ...reason(`${severity}_flag`, { kind, raisedAtMs }, raisedAtMs), ...takenOf(flag) };
  const answer = flagSaid({ kind, rule, pain, redFlags });
  if (answer.said === 'other') return plain;
  const back = takenBackAt === null ? 'no' : correctedPain === null ? 'slip' : 'corrected';
  const values = { ...plain.values, severity, back, corrected: correctedPain ?? 0 };
  const key = `attention.flag.${answer.said}` as const;
  if (answer.said === 'it_hurts') return { ...plain, key, values };
  if (answer.said !== 'red_flags') return { ...plain, key, values: { ...values, pain: answer.pain } };
  const [sign, ...more] = answer.redFlags;
  return { ...plain, key, values: { ...values, more: more.length }, sign };
}

function checkInReasons({ waitingCheckIn }: AttentionFacts, nowMs: number): AttentionReason[] {
  if (waitingCheckIn === null) return [];
  const { dueAtMs } = waitingCheckIn;
  return nowMs > dueAtMs
    ? [reason('check_in_overdue', { dueAtMs, hours: Math.floor((nowMs - dueAtMs) / HOUR_MS) }, dueAtMs)]
    : [reason('check_in_waiting', { dueAtMs, hours: Math.ceil((dueAtMs - nowMs) / HOUR_MS) }, dueAtMs)];
}

function painReasons({ worstPain7Days: pain }: AttentionFacts, policy: PainPolicy): AttentionReason[] {
  if (pain === null || pain < policy.amberFrom) return [];
  return pain >= policy.redFrom
    ? [reason('pain_red', { pain, threshold: policy.redFrom }, -pain)]
    : [reason('pain_amber', { pain, threshold: policy.amberFrom }, -pain)];
}

/** Silence is counted in full 24-hour days since the last log. */
function practiceReasons(
  { hasProgram, joined, lastLogAtMs }: AttentionFacts,
  noLogDays: number,
  nowMs: number,
): AttentionReason[] {
  const reasons = joined ? [] : [reason('not_joined', {}, 0)];
  if (!hasProgram) return [...reasons, reason('no_program', {}, 0)];
  if (!joined) return reasons;
  if (lastLogAtMs === null) return [reason('no_log_yet', {}, 0)];
  const days = Math.floor((nowMs - lastLogAtMs) / DAY_MS);
  return days < noLogDays ? [] : [reason('silent', { days, threshold: noLogDays }, lastLogAtMs)];
}

function visitReasons({ nextVisitAtMs }: AttentionFacts, nowMs: number): AttentionReason[] {
  if (nextVisitAtMs === null || nextVisitAtMs < nowMs) return [];
  const rule = nextVisitAtMs - nowMs <= VISIT_SOON_MS ? 'visit_soon' : 'visit_planned';
  return [reason(rule, { atMs: nextVisitAtMs }, nextVisitAtMs)];
}

/** So many days before it is due it is said: a default, not a recommendation. */
export const REASSESS_SOON_DAYS = 3;

function assessmentReasons({ reassessInDays: days }: AttentionFacts): AttentionReason[] {
  if (days === null || days > REASSESS_SOON_DAYS) return [];
  return [reason('reassessment_due', { days: Math.abs(days), when: days < 0 ? 'late' : 'soon' }, days)];
}
