import * as z from 'zod/mini';
import { DEFAULT_PAIN_POLICY, painPolicySchema } from './pain-policy';

/** What a clinic may set for itself. Versioned: an older row is read by the schema of its version. */
export const clinicSettingsSchema = z.object({
  v: z.literal(1),
  replyHours: z.int().check(z.minimum(1), z.maximum(336)),
  replyHoursRed: z.int().check(z.minimum(1), z.maximum(72)),
  noLogDays: z.int().check(z.minimum(1), z.maximum(30)),
  originalRetentionDays: z.int().check(z.minimum(0), z.maximum(365)),
  painPolicy: painPolicySchema,
});

export type ClinicSettings = z.infer<typeof clinicSettingsSchema>;

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
};
