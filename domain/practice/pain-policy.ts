import * as z from 'zod/mini';
import { lineSchema, proseSchema, wholeNumber } from '#domain/input/fields';

/**
 * A clinic's pain rules: thresholds on the 0–10 scale. `version` counts the clinic's edits and is kept with every flag.
 * `redRise` is the rise over the person's own baseline.
 */
export const painPolicySchema = z
  .object({
    version: wholeNumber(1, 100_000),
    amberFrom: wholeNumber(1, 10),
    redFrom: wholeNumber(1, 10),
    redRise: wholeNumber(1, 10),
    urgentFrom: wholeNumber(1, 10),
    source: lineSchema(300),
    note: proseSchema(300),
  })
  .check(
    z.refine(({ amberFrom, redFrom }) => amberFrom <= redFrom, { path: ['redFrom'] }),
    z.refine(({ redFrom, urgentFrom }) => redFrom <= urgentFrom, { path: ['urgentFrom'] }),
  );
export type PainPolicy = z.infer<typeof painPolicySchema>;

export const DEFAULT_PAIN_POLICY: PainPolicy = {
  version: 1,
  amberFrom: 4,
  redFrom: 6,
  redRise: 3,
  urgentFrom: 8,
  source: 'Pain traffic light, providephysiotherapy.org.uk (0–3, 4–5, 6–10); rise and urgent: project default',
  note: 'default, not a recommendation',
};

export const redFlagSchema = z.enum([
  'sudden_loss',
  'infection',
  'colour_or_cold',
  'spreading_numbness',
  'tight_dressing',
  'hot_joint',
  'emergency_signs',
]);
export type RedFlag = z.infer<typeof redFlagSchema>;
/** Whom the patient is told to call: the clinic at once, medical contact the same day, or the emergency number. */
export type RedFlagCall = 'clinic_now' | 'doctor_today' | 'emergency';

/**
 * The yes/no questions of a symptom check, in the order asked, the emergency first. After the advice that these give to their patients: Royal
 * Brisbane and Women's Hospital (rupture), Queen Victoria Hospital and cambridgeplasticsurgery.co.uk (infection),
 * Kingston and Richmond NHS (colour, numbness, tight dressing), University Hospitals Sussex (hot joint). A default, not a
 * recommendation. "Not answered" is not "no".
 */
export const RED_FLAG_QUESTIONS: readonly { code: RedFlag; key: `pain.redFlag.${RedFlag}`; call: RedFlagCall }[] = [
  { code: 'emergency_signs', key: 'pain.redFlag.emergency_signs', call: 'emergency' },
  { code: 'sudden_loss', key: 'pain.redFlag.sudden_loss', call: 'clinic_now' },
  { code: 'infection', key: 'pain.redFlag.infection', call: 'doctor_today' },
  { code: 'colour_or_cold', key: 'pain.redFlag.colour_or_cold', call: 'clinic_now' },
  { code: 'spreading_numbness', key: 'pain.redFlag.spreading_numbness', call: 'clinic_now' },
  { code: 'tight_dressing', key: 'pain.redFlag.tight_dressing', call: 'clinic_now' },
  { code: 'hot_joint', key: 'pain.redFlag.hot_joint', call: 'clinic_now' },
];

export const zoneSchema = z.enum(['none', 'green', 'amber', 'red', 'urgent']);
export type Zone = z.infer<typeof zoneSchema>;
type PainRule =
  | 'red_flag'
  | 'not_answered'
  | 'urgent_from'
  | 'red_from'
  | 'prescription_limit'
  | 'red_rise'
  | 'amber_from'
  | 'below_amber';
type PainAct = 'go_on' | 'ease_off' | 'stop_exercise' | 'stop_and_call';

/** Does it forbid practice? Then nothing beside the words leads on to any. */
export const isStopAct = (act: PainAct) => act === 'stop_exercise' || act === 'stop_and_call';

/**
 * `values.limit` is the highest pain at which this person may go on with this exercise; `values.threshold` is the
 * number of the rule that fired.
 */
export type PainAnswer = {
  zone: Zone;
  rule: PainRule;
  key: `pain.${string}`;
  values: Record<string, number>;
  act: PainAct;
};

export type PainFacts = {
  /** 0–10; null = not answered. */
  pain: number | null;
  /** The person's own usual pain, 0–10; null = unknown, then the rise rule does not apply. */
  baseline: number | null;
  /** The questions answered "yes". */
  redFlags: readonly RedFlag[];
  /** The highest pain the prescription allows; null = the policy alone. */
  prescriptionLimit: number | null;
  policy: PainPolicy;
};

/**
 * The one rule of what a pain answer means. The first that fits: any red flag, not answered, urgent, red, over the
 * prescription's limit, risen over the baseline, amber, green. Not answered is never green. A prescription's limit can
 * only be stricter than the policy. Thresholds and their source: `DEFAULT_PAIN_POLICY`; a clinic sets its own.
 */
export function painZone(facts: PainFacts): PainAnswer {
  const { pain, baseline, redFlags, prescriptionLimit, policy } = facts;
  if (redFlags.length > 0) return redFlagAnswer(redFlags);
  if (pain === null) return { zone: 'none', rule: 'not_answered', key: 'pain.notAnswered', values: {}, act: 'go_on' };
  const limit = highestAllowed(facts);
  const answer = (zone: Zone, rule: PainRule, key: `pain.${string}`, act: PainAct, threshold: number): PainAnswer => ({
    zone,
    rule,
    key,
    values: { pain, limit, threshold },
    act,
  });
  if (pain >= policy.urgentFrom) {
    return answer('urgent', 'urgent_from', 'pain.urgent', 'stop_and_call', policy.urgentFrom);
  }
  if (pain >= policy.redFrom) return answer('red', 'red_from', 'pain.red', 'stop_exercise', policy.redFrom);
  if (prescriptionLimit !== null && pain > prescriptionLimit) {
    return answer('red', 'prescription_limit', 'pain.overLimit', 'stop_exercise', prescriptionLimit);
  }
  if (baseline !== null && pain - baseline >= policy.redRise) {
    return answer('red', 'red_rise', 'pain.risen', 'stop_exercise', policy.redRise);
  }
  if (pain >= policy.amberFrom) return answer('amber', 'amber_from', 'pain.amber', 'ease_off', policy.amberFrom);
  return answer('green', 'below_amber', 'pain.green', 'go_on', policy.amberFrom);
}

/** The highest pain, at least 0, that no rule calls red. */
function highestAllowed({ baseline, prescriptionLimit, policy }: PainFacts): number {
  const limits = [policy.redFrom - 1];
  if (prescriptionLimit !== null) limits.push(prescriptionLimit);
  if (baseline !== null) limits.push(baseline + policy.redRise - 1);
  return Math.max(0, Math.min(...limits));
}

const CALL_ORDER: readonly RedFlagCall[] = ['emergency', 'clinic_now', 'doctor_today'];

const CALL_KEYS: Record<RedFlagCall, `pain.${string}`> = {
  emergency: 'pain.callEmergency',
  clinic_now: 'pain.callClinic',
  doctor_today: 'pain.callToday',
};

/** Whom to call for the flags answered "yes", the most urgent one; null without any. */
export function callFor(redFlags: readonly RedFlag[]): RedFlagCall | null {
  const calls = RED_FLAG_QUESTIONS.filter(({ code }) => redFlags.includes(code)).map(({ call }) => call);
  return CALL_ORDER.find((call) => calls.includes(call)) ?? null;
}

/** What red flags mean, whatever the policy and the pain. */
export function redFlagAnswer(redFlags: readonly RedFlag[]): PainAnswer {
  const key = CALL_KEYS[callFor(redFlags) ?? 'clinic_now'];
  return { zone: 'urgent', rule: 'red_flag', key, values: {}, act: 'stop_and_call' };
}

/**
 * The flag a zone raises, or null. Amber raises one only when it is known to be still there next morning
 * (`hasSettled`).
 */
export function flagFor(zone: Zone, isStillThereNextMorning = false): { severity: 'amber' | 'red' | 'urgent' } | null {
  if (zone === 'urgent' || zone === 'red') return { severity: zone };
  return zone === 'amber' && isStillThereNextMorning ? { severity: 'amber' } : null;
}

/**
 * Amber is acceptable where it settles within 24 hours (Pain traffic light, providephysiotherapy.org.uk); that 2 over the
 * baseline is not settled is a default of this project, not a recommendation.
 */
const SETTLED_RISE = 2;

/**
 * Whether amber pain has settled by next morning: below amber and less than 2 over the baseline. Null when the
 * morning's pain is not answered: unknown, never settled.
 */
export function hasSettled(facts: {
  morningPain: number | null;
  baseline: number | null;
  policy: PainPolicy;
}): boolean | null {
  const { morningPain, baseline, policy } = facts;
  if (morningPain === null) return null;
  const isRisen = baseline !== null && morningPain - baseline >= SETTLED_RISE;
  return morningPain < policy.amberFrom && !isRisen;
}
