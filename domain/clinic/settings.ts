import * as z from 'zod/mini';
import { nameSchema } from '#domain/input/fields';
import { phoneSchema } from '#domain/input/phone-field';
import { alarmWordsSchema, DEFAULT_ALARM_WORDS } from '#domain/practice/alarm-words';
import { barriersSchema, DEFAULT_BARRIERS } from '#domain/practice/barriers';
import { DEFAULT_ESCALATION, escalationSchema } from '#domain/practice/escalation';
import { DEFAULT_PAIN_POLICY, type PainPolicy, painPolicySchema } from '#domain/practice/pain-policy';
import { openingHoursSchema } from '#domain/time/opening-hours';
import { appointmentSettingsSchema, DEFAULT_APPOINTMENT_SETTINGS } from '#domain/visit/appointment-settings';
import { DEFAULT_OPENING_HOURS, DEFAULT_REPLY_OPEN_HOURS, type ReplyRules, replyOpenHoursSchema } from './hours';
import { DEFAULT_KEEPING, keepingSchema } from './keeping';
import { DEFAULT_PUSH_SETTINGS, pushSettingsSchema } from './push-settings';
import { DEFAULT_VISIT_SETTINGS, visitSettingsSchema } from './visit-settings';

/** What a clinic may set for itself. Versioned: an older row is read by the schema of its version. */
export const clinicSettingsSchema = z.object({
  v: z.literal(1),
  /** By the clock: of releases before opening hours, and the queue's order of a clinic that never opens. */
  replyHours: z.int().check(z.minimum(1), z.maximum(336)),
  replyHoursRed: z.int().check(z.minimum(1), z.maximum(72)),
  noLogDays: z.int().check(z.minimum(1), z.maximum(30)),
  originalRetentionDays: z.int().check(z.minimum(0), z.maximum(365)),
  painPolicy: painPolicySchema,
  /** This and what follows are not in rows of earlier releases. */
  keeping: z._default(keepingSchema, DEFAULT_KEEPING),
  visits: z._default(visitSettingsSchema, DEFAULT_VISIT_SETTINGS),
  hours: z._default(openingHoursSchema, DEFAULT_OPENING_HOURS),
  /** So many hours of opening until a check-in is answered. */
  replyOpenHours: z._default(replyOpenHoursSchema, DEFAULT_REPLY_OPEN_HOURS),
  escalation: z._default(escalationSchema, DEFAULT_ESCALATION),
  push: z._default(pushSettingsSchema, DEFAULT_PUSH_SETTINGS),
  alarmWords: z._default(alarmWordsSchema, DEFAULT_ALARM_WORDS),
  barriers: z._default(barriersSchema, DEFAULT_BARRIERS),
  appointments: z._default(appointmentSettingsSchema, DEFAULT_APPOINTMENT_SETTINGS),
});

/**
 * What an admin edits. `painPolicy.version` is the version that was on screen: another one meanwhile is a conflict, and
 * the server counts on when a rule changed.
 */
export const editClinicSchema = z.object({
  name: nameSchema(120),
  phone: phoneSchema,
  emergencyNumber: phoneSchema,
  painPolicy: painPolicySchema,
});

/** The policy as it is kept: counted on when any of it differs, since flags name the version they were raised by. */
export function nextPainPolicy(before: PainPolicy, edited: PainPolicy): PainPolicy {
  const keys = Object.keys(before) as (keyof PainPolicy)[];
  const differs = keys.some((key) => key !== 'version' && before[key] !== edited[key]);
  return differs ? { ...edited, version: before.version + 1 } : before;
}

export type ClinicSettings = z.infer<typeof clinicSettingsSchema>;

/** What a clinic's row says of replies. */
export function replyRulesOf(settings: ClinicSettings, timeZone: string): ReplyRules {
  const { hours, replyHours, replyHoursRed, replyOpenHours } = settings;
  return { hours, timeZone, replyHours, replyHoursRed, replyOpenHours };
}

/**
 * Editable defaults. Reply within 24 hours is the anchor of US store-and-forward rules (HCPCS G2010);
 * the other numbers are engineering defaults, not recommendations.
 */
export const DEFAULT_CLINIC_SETTINGS: ClinicSettings = {
  v: 1,
  replyHours: 24,
  replyHoursRed: 4,
  noLogDays: 3,
  originalRetentionDays: 30,
  painPolicy: DEFAULT_PAIN_POLICY,
  keeping: DEFAULT_KEEPING,
  visits: DEFAULT_VISIT_SETTINGS,
  hours: DEFAULT_OPENING_HOURS,
  replyOpenHours: DEFAULT_REPLY_OPEN_HOURS,
  escalation: DEFAULT_ESCALATION,
  push: DEFAULT_PUSH_SETTINGS,
  alarmWords: DEFAULT_ALARM_WORDS,
  barriers: DEFAULT_BARRIERS,
  appointments: DEFAULT_APPOINTMENT_SETTINGS,
};
