import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { insertAudit } from '#db/queries/clinic/audit';
import { insertClinic } from '#db/queries/clinic/clinics';
import { insertInvite } from '#db/queries/people/invites';
import { DEFAULT_CLINIC_SETTINGS } from '#domain/clinic/settings';
import { lineSchema, phoneSchema } from '#domain/input/fields';
import { INVITE_DAYS } from '#domain/people/account';
import { DAY_MS } from '#domain/time/duration';
import { timeZoneSchema } from '#domain/time/local-day';
import { hashToken, newToken } from '#server/auth/gate';
import type { AppProcess } from '#server/runtime/process';

export const newClinicSchema = z.object({
  name: lineSchema(120),
  timeZone: timeZoneSchema,
  phone: phoneSchema,
  emergencyNumber: phoneSchema,
  adminName: lineSchema(120),
});

export type NewClinic = z.infer<typeof newClinicSchema>;

/** A clinic and the one-time link of its first admin. There are no default credentials: without the link nobody gets in. */
export async function createClinic(
  app: AppProcess,
  input: NewClinic,
  nowMs: number,
): Promise<{ clinicId: string; url: string }> {
  const { adminName, ...clinic } = input;
  const clinicId = uuidv7();
  const token = newToken();
  await app.database.write(function* (d) {
    yield* insertClinic(d, {
      id: clinicId,
      ...clinic,
      locale: 'en',
      settings: DEFAULT_CLINIC_SETTINGS,
      demo: false,
      createdAt: nowMs,
    });
    yield* insertInvite(d, {
      id: uuidv7(),
      clinicId,
      tokenHash: hashToken(token),
      kind: 'staff',
      role: 'admin',
      discipline: 'other',
      name: adminName,
      createdAt: nowMs,
      expiresAt: nowMs + INVITE_DAYS * DAY_MS,
    });
    yield* insertAudit(d, {
      id: uuidv7(),
      clinicId,
      actorId: null,
      sessionId: null,
      act: 'clinic.create',
      patientId: null,
      subjectId: clinicId,
      outcome: 'done',
      nowMs,
    });
  });
  return { clinicId, url: new URL(`/invite/${token}`, app.env.REGRASP_URL).href };
}
